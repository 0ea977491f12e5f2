"""Setting up a server: channels, roles, permissions, and word to moderators when a message could not go out."""

from bot.app import Convenor
from bot.delivery import ALERT, EXPOSED
from cogs.setup.alerts import AlertKind, ExposedKind
from cogs.setup.cog import Setup


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(ALERT, AlertKind())
    bot.deliveries.register(EXPOSED, ExposedKind())
    await bot.add_cog(Setup(bot))

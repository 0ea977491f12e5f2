"""`/audit`: who did what, for moderators."""

from bot.app import Convenor
from cogs.audit.cog import Audit


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(Audit(bot))

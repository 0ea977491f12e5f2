"""Welcoming newcomers, the form they fill, the moderators' decision, and the profile that comes of it."""

import cogs.onboarding.forms  # noqa: F401 - forms make themselves known by being imported
from bot.app import Convenor
from cogs.onboarding import deliveries
from cogs.onboarding.cog import Onboarding


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    deliveries.register(bot)
    await bot.add_cog(Onboarding(bot))

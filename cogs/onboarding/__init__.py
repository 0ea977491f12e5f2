"""Welcoming newcomers, the form they fill, the moderators' decision, and the profile that comes of it."""

from bot.app import Convenor
from cogs.onboarding import deliveries, flood
from cogs.onboarding.cog import Onboarding
from cogs.onboarding.forms import AnswerForm, VisibilityForm, WhoForm, WorkForm

# Forms make themselves known by being imported.
__all__ = ["AnswerForm", "VisibilityForm", "WhoForm", "WorkForm", "setup"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    deliveries.register(bot)
    flood.register(bot)
    cog = Onboarding(bot)
    await bot.add_cog(cog)
    bot.supervisor.start("newcomers", cog.arrivals.run)

"""Keeping the list of guidance: added, changed, retired, taken from lists, suggested by members."""

from bot.app import Convenor
from cogs.resources import suggesting
from cogs.resources.cog import Resources
from data.resources.suggesting import CARD, DECISION


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(CARD, suggesting.CardKind())
    bot.deliveries.register(DECISION, suggesting.DecisionKind())
    await bot.add_cog(Resources(bot))

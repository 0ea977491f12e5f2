"""Reporting in confidence: about a message or a person, read by the moderators whom it is not about."""

from bot.app import Convenor
from cogs.reports import about, form, kinds
from cogs.reports.cog import Reports
from data import reports

__all__ = ["about", "form", "setup"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(reports.CARD, kinds.Card())
    bot.deliveries.register(reports.WORD, kinds.Word())
    await bot.add_cog(Reports(bot))

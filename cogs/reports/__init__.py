"""Reporting in confidence: about a message or a person, read by the moderators whom it is not about."""

from bot.app import Convenor
from cogs.reports import about, form, kinds
from cogs.reports.cog import Reports
from data import old_reports, reports

__all__ = ["about", "form", "setup"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(reports.CARD, kinds.Card())
    bot.deliveries.register(reports.WORD, kinds.Word())
    bot.deliveries.register(old_reports.REMINDER, kinds.Waiting())
    await bot.add_cog(Reports(bot))

"""Webinars: announced, answered, reminded of, cancelled."""

from bot.app import Convenor
from cogs.webinars import kinds
from cogs.webinars.cog import Webinars
from data import webinars


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(webinars.ANNOUNCEMENT, kinds.Announcement(bot.clock))
    bot.deliveries.register(webinars.EVENT, kinds.Event(bot.clock))
    bot.deliveries.register(webinars.REMINDER, kinds.Reminder())
    bot.deliveries.register(webinars.COUNTS, kinds.ShownCounts())
    bot.deliveries.register(webinars.CANCELLED_NOTICE, kinds.CancelledNotice())
    bot.deliveries.register(webinars.CANCELLED_MARK, kinds.CancelledMark())
    bot.deliveries.register(webinars.CANCELLED_EVENT, kinds.CancelledEvent())
    bot.deliveries.register(webinars.CANCELLED_WORD, kinds.CancelledWord())
    await bot.add_cog(Webinars(bot))

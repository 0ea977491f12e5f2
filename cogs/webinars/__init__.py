"""Webinars: announced, answered, reminded of, corrected, cancelled."""

from bot.app import Convenor
from cogs.webinars import (
    after_kinds,
    changed,
    detail_forms,
    further_forms,
    hosting,
    kinds,
    native,
    offers,
    reminder_forms,
    repeating,
    series_cancelling,
    series_editing,
    series_kinds,
)
from cogs.webinars.cog import Webinars
from cogs.webinars.feed import PATH, Feeds
from cogs.webinars.reminding import PersonalReminder
from cogs.webinars.thread import thread_of
from data import webinars
from data.webinars import after, records

# Loaded where they are used; loaded here as well, so that their buttons are known from the start.
LOADED = (detail_forms, reminder_forms, repeating, series_cancelling, series_editing, further_forms)


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
    bot.deliveries.register(webinars.CHANGED_MARK, changed.ChangedMark())
    bot.deliveries.register(webinars.CHANGED_EVENT, changed.ChangedEvent())
    bot.deliveries.register(webinars.MOVED_NOTICE, changed.MovedNotice())
    bot.deliveries.register(webinars.MOVED_WORD, changed.ChangeWord())
    bot.deliveries.register(webinars.NEW_LINK_WORD, changed.ChangeWord())
    bot.deliveries.register(webinars.OFFER_WORD, offers.OfferWord())
    bot.deliveries.register(webinars.OFFER_END, offers.OfferEnd())
    bot.deliveries.register(webinars.EVENT_DIFFERS, native.EventDiffers())
    bot.deliveries.register(webinars.PERSONAL_REMINDER, PersonalReminder(bot.clock))
    bot.deliveries.register(webinars.HOST_CHECK, hosting.HostCheck(bot.clock))
    bot.deliveries.register(webinars.HOST_ALERT, hosting.HostAlert(bot.clock))
    bot.deliveries.register_place(after.THREAD, thread_of)
    bot.deliveries.register(after.AFTER, after_kinds.AfterMessage())
    bot.deliveries.register(after.MATERIAL, after_kinds.MaterialPost(bot.clock))
    bot.deliveries.register(after.MATERIAL_MARK, after_kinds.MaterialMark())
    bot.deliveries.register(after.RECAP, after_kinds.RecapPost(bot.clock))
    bot.deliveries.register(after.RECAP_MARK, after_kinds.RecapMark())
    bot.deliveries.register(records.RECAP_WORD, after_kinds.RecapWord())
    bot.deliveries.register(after.SURVEY_END, after_kinds.SurveyEnd())
    series_kinds.register(bot)
    reconciler = native.Reconciler(bot)
    await bot.add_cog(Webinars(bot))
    await bot.add_cog(native.NativeEvents(reconciler))
    bot.supervisor.start("events", reconciler.run)
    feeds = Feeds(bot)
    bot.web.routes.add(PATH, feeds.serve)
    await bot.add_cog(feeds)
    bot.supervisor.start("calendars", feeds.forget_those_who_left)

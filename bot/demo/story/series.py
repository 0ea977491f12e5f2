"""A webinar that comes back every week, and one that is cancelled."""

from datetime import UTC, datetime, timedelta

from bot.demo import acting, writings
from bot.demo.story import webinars
from bot.demo.story.checks import BEGINS, LANGUAGES, Story, has, same, stamp, words
from bot.demo.story.webinars import HOUR, SECOND, WEEK
from bot.languages import each_language

SERIES_BEGINS = datetime(2027, 3, 24, 14, 0, tzinfo=UTC)
CANCELLED = writings.FIRST_MINUTES | {"when": "2 February 2027 15:00"}
CANCELLED_BEGINS = BEGINS + timedelta(days=12)
REASON = "The speakers are called to another duty."


async def in_series(story: Story) -> str:
    """A webinar every week, over the night in which the clocks change."""
    world, maren = story.world, story.maren
    typed = writings.WOMEN_IN_COMMAND | {"when": "24 March 2027 15:00"}
    once = await acting.preview(world, maren, typed, zone="Europe/Paris")
    shown = await acting.press(maren, once, "open:webinar:repeat")
    series = acting.answer(await acting.fill(maren, shown, {"rhythm": ["weekly"], "end": "3"}))
    days = (("24 March", 1), ("31 March", 2), ("7 April", 2))
    has(series, *(f"Wednesday {day} 2027, 15:00 (UTC+0{ahead}:00)" for day, ahead in days))
    await acting.press(maren, series, "webinar:series:publish")
    announcement = acting.newest(world, story.awa, "webinars", typed["title"])
    # Each is the same hour in Paris, and another one in UTC.
    dates = [SERIES_BEGINS, SERIES_BEGINS + WEEK - HOUR, SERIES_BEGINS + 2 * WEEK - HOUR]
    has(announcement, *map(stamp, dates))
    told = acting.answer(await acting.press(story.awa, announcement, "webinar:series:all"))
    has(told, *map(stamp, dates))
    return "three Wednesdays at 15:00 in Paris, in winter and in summer time; one button says yes to all"


async def cancelled(story: Story) -> str:
    """Another webinar reminds once, then is cancelled."""
    world, maren = story.world, story.maren
    announcement = await acting.announce(world, maren, CANCELLED, zone="Europe/Paris")
    title = CANCELLED["title"]
    await acting.respond(story.awa, announcement, "going")
    same(len(webinars.reminders(story, title)), 0, "reminders at first")
    await world.pass_time(CANCELLED_BEGINS - WEEK + SECOND - world.now)
    same(len(webinars.reminders(story, title)), 1, "reminders a week before")
    before = len(acting.direct(story.awa))
    asked = acting.answer(await acting.command(world, maren, "webinar cancel", webinar=title, reason=REASON))
    await acting.press(maren, asked, "webinar:cancel")
    notice = acting.newest(world, story.awa, "webinars", each_language(LANGUAGES, "CANCELLED"))
    has(notice, title, REASON)
    same(webinars.the_event(story, title).state, "canceled", "the event's state")
    direct = acting.direct(story.awa)[before:]
    same(len(direct), 1, "direct messages to the one who was going")
    has(direct[0], title, words("fr", "Why: {reason}", reason=REASON))
    return f"a notice in #webinars, the event cancelled, word to {story.awa.name} in French"


async def reminds_no_more(story: Story) -> str:
    """The cancelled webinar's other reminders stay away."""
    world, title = story.world, CANCELLED["title"]
    before = len(acting.posts(world, story.awa, "webinars"))
    await world.pass_time(CANCELLED_BEGINS + HOUR - world.now)
    same(len(webinars.reminders(story, title)), 1, "reminders an hour after it would have begun")
    same(len(acting.posts(world, story.awa, "webinars")), before, "posts in #webinars")
    card = acting.answer(await acting.command(world, story.maren, "webinar deliveries", webinar=title))
    kept = [line for line in acting.text_of(card).splitlines() if line.endswith("not sent: the webinar was cancelled")]
    same(len(kept), 6, "messages noted as not sent")
    return f"a week passes: none of the {len(kept)} messages that were left, and the moderators see why"

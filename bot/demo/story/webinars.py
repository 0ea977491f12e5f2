"""A webinar from the moderator's form to its last reminder, and one that is cancelled."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord

from bot.demo import acting, view, writings
from bot.demo.acting import gist
from bot.demo.story.checks import BEGINS, LANGUAGES, Story, has, lacks, need, same, stamp, words
from bot.languages import each_language

WEEK, DAY, HOUR, START = timedelta(days=7), timedelta(days=1), timedelta(hours=1), timedelta()
SECOND = timedelta(seconds=1)
# Three in the afternoon in Paris is two in the afternoon UTC.
TYPED = writings.COSTING | {"when": "21 January 2027 15:00"}
TITLE, LINK = TYPED["title"], TYPED["link"]
CANCELLED = writings.FIRST_MINUTES | {"when": "2 February 2027 15:00"}
CANCELLED_BEGINS = BEGINS + timedelta(days=12)
REASON = "The speakers are called to another duty."
ANSWERS = ("Going", "Maybe", "Cannot come", "Link", "Details")


async def previewed(story: Story) -> str:
    """The moderator writes; nobody else sees it yet."""
    world, maren = story.world, story.maren
    shown = await acting.command(world, maren, "webinar create", zone="Europe/Paris", area="budgeting")
    same(acting.form_title(shown), "A webinar", "the form's title")
    preview = acting.answer(await acting.fill(maren, shown, TYPED))
    need(preview.ephemeral, "a preview that the moderator alone sees", "one for all")
    has(preview, "Nothing has been announced yet.", TITLE, stamp(BEGINS), TYPED["when"], LINK)
    has(preview, *(stamp(BEGINS - before) for before in (WEEK, DAY, HOUR)))
    clocks = set(re.findall(r"UTC[+−-]\d\d?:?\d*", acting.text_of(preview)))
    need(len(clocks) > 3, "the hour on more than three clocks of the Network", clocks)
    same(len(acting.posts(world, maren, "webinars")), 0, "posts in #webinars")
    return f"the hour on {len(clocks)} clocks around the Network, and when each reminder will go out"


async def published(story: Story) -> str:
    """She presses Publish: it is announced once, however often she presses."""
    world, maren = story.world, story.maren
    # The form is opened anew, from the draft that the preview left.
    offer = acting.answer(await acting.command(world, maren, "webinar create"))
    old = next(name for name in acting.controls(offer) if name.startswith("open:webinar:new"))
    preview = acting.answer(await acting.fill(maren, await maren.actor.click(offer, custom_id=old), TYPED))
    publish = acting.control(preview, "webinar:publish")
    told = acting.answer(await acting.press(maren, preview, "webinar:publish"))
    has(told, "Published:", "4 reminders are planned.")
    announcement = the_announcement(story)
    has(announcement, each_language(LANGUAGES, "New webinar"), stamp(BEGINS), TYPED["speakers"])
    lacks(announcement, LINK)
    labels = list(acting.controls(announcement).values())
    same(labels, [each_language(LANGUAGES, label) for label in ANSWERS], "the buttons")
    again = await acting.forge(world, maren, announcement, "webinar:show", publish)
    has(again, "This draft was published or discarded already.")
    the_announcement(story)
    return f"one announcement in four languages, with {len(labels)} buttons; a second Publish is refused"


def the_announcement(story: Story) -> discord.Message:
    """The one announcement of the webinar, as a member sees it."""
    found = acting.posts(story.world, story.awa, "webinars", each_language(LANGUAGES, "New webinar"))
    same(len([message for message in found if TITLE in acting.text_of(message)]), 1, "announcements")
    return found[0]


def the_event(story: Story, title: str) -> view.Event:
    """The one event of the server with that title."""
    found = [event for event in view.events(story.world, story.awa) if event.name == title]
    same(len(found), 1, f"events called {gist(title)}")
    return found[0]


async def in_events(story: Story) -> str:
    """It stands among the server's events."""
    event = the_event(story, TITLE)
    same(event.state, "scheduled", "the event's state")
    same(event.starts, BEGINS.isoformat(), "the event's start")
    need(LINK not in f"{event.description} {event.where}", "an event without the link", event)
    return f"“{event.name}”, {event.starts}"


async def answered(story: Story) -> str:
    """Members answer; the link is for those who come."""
    world, announcement = story.world, the_announcement(story)
    going = await acting.respond(story.awa, announcement, "going")
    has(going, words("fr", "You are going. Only you and the moderators know."), LINK)
    maybe = await acting.respond(story.jussara, announcement, "maybe")
    has(maybe, words("pt", "You might come. Only you and the moderators know."))
    lacks(maybe, LINK)
    need(going.ephemeral and maybe.ephemeral, "answers that each alone sees", "one for all")
    same(counts(story), [0, 0, 0], "the counts on the announcement at first")
    # Discord limits how often a message may be edited, so several answers share an edit.
    await world.pass_time(timedelta(minutes=3))
    same(counts(story), [1, 1, 0], "the counts on the announcement three minutes later")
    return "the link for those who come alone; the announcement counts 1 going, 1 maybe"


def counts(story: Story) -> list[int]:
    """How many answers of each kind the announcement shows."""
    text = acting.text_of(the_announcement(story))
    found = [re.search(re.escape(each_language(LANGUAGES, label)) + r": \*\*(\d+)", text) for label in ANSWERS[:3]]
    return [int(match[1]) if match else -1 for match in found]


def reminders(story: Story, title: str) -> list[discord.Message]:
    """The reminders of a webinar, as a member sees them."""
    found = acting.posts(story.world, story.awa, "webinars", title)
    return [message for message in found if message.content.startswith(each_language(LANGUAGES, "Reminder"))]


def reminded(before: timedelta, number: int) -> Callable[[Story], Awaitable[str]]:
    """A step in which time passes up to a reminder, and the bot restarts after it.

    Args:
        before: how long before the start it is due.
        number: how many were posted before it.
    """

    async def step(story: Story) -> str:
        world, due = story.world, BEGINS - before
        need(world.now < due - SECOND, f"a time before {due}", world.now)
        await world.pass_time(due - SECOND - world.now)
        same(len(reminders(story, TITLE)), number, "reminders a second before it is due")
        await world.pass_time(SECOND)
        found = reminders(story, TITLE)
        same(len(found), number + 1, "reminders when it is due")
        same(found[-1].created_at.replace(microsecond=0), due, "the time of the post")
        starts = "Starts" if before else "Starts now"
        has(found[-1], stamp(BEGINS, "R"), each_language(LANGUAGES, starts))
        await world.restart()
        await world.pass_time(timedelta(minutes=10))
        same(len(reminders(story, TITLE)), number + 1, "reminders ten minutes after a restart")
        return f"reminder {number + 1} of 4 at {found[-1].created_at:%d %B %H:%M} UTC; the bot restarts, nothing twice"

    return step


async def old_button(story: Story) -> str:
    """A button from before all these restarts still works."""
    said = await acting.respond(story.catalina, the_announcement(story), "going")
    has(said, words("es", "You are going. Only you and the moderators know."), LINK)
    return f"{story.catalina.name} presses “Going” after four restarts: {gist(acting.text_of(said), 70)}"


async def proof(story: Story) -> str:
    """The moderators see what went out."""
    card = acting.answer(await acting.command(story.world, story.maren, "webinar deliveries", webinar=TITLE))
    lines = [line for line in acting.text_of(card).splitlines() if line.startswith("- **")]
    sent = [line for line in lines if re.search(r": sent( https://\S+)?$", line)]
    same(len(lines), 6, "lines about the webinar")
    same(len(sent), 6, "lines that say “sent”")
    return "announcement, event and four reminders, each sent once"


async def cancelled(story: Story) -> str:
    """Another webinar reminds once, then is cancelled."""
    world, maren = story.world, story.maren
    announcement = await acting.announce(world, maren, CANCELLED, zone="Europe/Paris")
    title = CANCELLED["title"]
    await acting.respond(story.awa, announcement, "going")
    same(len(reminders(story, title)), 0, "reminders at first")
    await world.pass_time(CANCELLED_BEGINS - WEEK + SECOND - world.now)
    same(len(reminders(story, title)), 1, "reminders a week before")
    before = len(story.awa.user.dm_channel.history())
    asked = acting.answer(await acting.command(world, maren, "webinar cancel", webinar=title, reason=REASON))
    await acting.press(maren, asked, "webinar:cancel")
    notice = acting.newest(world, story.awa, "webinars", each_language(LANGUAGES, "CANCELLED"))
    has(notice, title, REASON)
    same(the_event(story, title).state, "canceled", "the event's state")
    direct = story.awa.user.dm_channel.history()[before:]
    same(len(direct), 1, "direct messages to the one who was going")
    has(direct[0], title, words("fr", "Why: {reason}", reason=REASON))
    return f"a notice in #webinars, the event cancelled, word to {story.awa.name} in French"


async def reminds_no_more(story: Story) -> str:
    """The cancelled webinar's other reminders stay away."""
    world, title = story.world, CANCELLED["title"]
    before = len(acting.posts(world, story.awa, "webinars"))
    await world.pass_time(CANCELLED_BEGINS + HOUR - world.now)
    same(len(reminders(story, title)), 1, "reminders an hour after it would have begun")
    same(len(acting.posts(world, story.awa, "webinars")), before, "posts in #webinars")
    card = acting.answer(await acting.command(world, story.maren, "webinar deliveries", webinar=title))
    same(acting.text_of(card).count("not sent: the webinar was cancelled"), 3, "reminders noted as not sent")
    return "a week passes: none of the three that were left, and the moderators see why"

"""A webinar from the moderator's form to its last reminder, and what follows it."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord

from bot.demo import acting, view, writings
from bot.demo.acting import gist
from bot.demo.story.checks import (
    BEGINS,
    LANGUAGES,
    Story,
    first_label,
    has,
    lacks,
    need,
    phrase,
    same,
    stamp,
    words,
)
from bot.languages import each_language

WEEK, DAY, HOUR, START = timedelta(days=7), timedelta(days=1), timedelta(hours=1), timedelta()
SECOND = timedelta(seconds=1)
# Three in the afternoon in Paris is two in the afternoon UTC.
TYPED = writings.COSTING | {"when": "21 January 2027 15:00"}
TOO_EARLY = "21 January 2027 8:00"
TITLE, LINK = TYPED["title"], TYPED["link"]
PLACES = 2
SLIDES = {"kind": ["slides"], "title": "The costing sheet", "link": "https://files.example/costing", "language": ["fr"]}
SUGGESTION = "More time for questions."
ANSWERS = ("Going", "Maybe", "Cannot come", "Link", "Details")


async def previewed(story: Story) -> str:
    """The moderator writes; nobody else sees it yet."""
    world, maren = story.world, story.maren
    shown = await acting.command(world, maren, "webinar create", zone="Europe/Paris", area="budgeting", places=PLACES)
    same(acting.form_title(shown), "A webinar", "the form's title")
    early = acting.answer(await acting.fill(maren, shown, TYPED | {"when": TOO_EARLY}))
    has(early, "Please check", "It is night (22:00 to 07:00), at least in part, in: ", "Santiago")
    preview = acting.answer(await acting.fill(maren, await acting.press(maren, early, "open:webinar:new"), TYPED))
    need(preview.ephemeral, "a preview that the moderator alone sees", "one for all")
    has(preview, "Nothing has been announced yet.", TITLE, stamp(BEGINS), TYPED["when"], LINK)
    has(preview, *(stamp(BEGINS - before) for before in (WEEK, DAY, HOUR)))
    clocks = set(re.findall(r"UTC[+−-]\d\d?:?\d*", acting.text_of(preview)))
    need(len(clocks) > 3, "the hour on more than three clocks of the Network", clocks)
    lacks(preview, "It is night")
    same(len(acting.posts(world, maren, "webinars")), 0, "posts in #webinars")
    return f"the hour on {len(clocks)} clocks around the Network, a warning of night in Chile, each reminder"


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
    await without_the_link(announcement)
    labels = list(acting.controls(announcement).values())
    same(labels, [each_language(LANGUAGES, label) for label in ANSWERS], "the buttons")
    again = await acting.forge(world, maren, announcement, "webinar:show", publish)
    has(again, "This draft was published or discarded already.")
    the_announcement(story)
    return "one announcement in four languages, a calendar file, the link in neither; a second Publish is refused"


async def without_the_link(announcement: discord.Message) -> None:
    """Insist on a calendar file that says when, and not where to join."""
    same(len(announcement.attachments), 1, "files on the announcement")
    calendar = (await announcement.attachments[0].read()).decode()
    need(f"DTSTART:{BEGINS:%Y%m%dT%H%M%SZ}" in calendar, "the hour in the calendar file", gist(calendar, 400))
    need(LINK not in calendar.replace("\r\n ", ""), "a calendar file without the link", gist(calendar, 400))


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
    """Members answer; the link is for those who come, and there are two places."""
    world, announcement = story.world, the_announcement(story)
    going = await acting.respond(story.awa, announcement, "going")
    has(going, words("fr", "You are going. Only you and the moderators know."), LINK)
    second = await acting.respond(story.jussara, announcement, "going")
    has(second, words("pt", "You are going. Only you and the moderators know."), LINK)
    waits = await acting.respond(story.catalina, announcement, "going")
    has(
        waits,
        words("es", "Places left: {left} of {all}. On the waiting list: {waiting}.", left=0, all=PLACES, waiting=1),
    )
    lacks(waits, LINK)
    need(going.ephemeral and waits.ephemeral, "answers that each alone sees", "one for all")
    same(counts(story), [0, 0, 0], "the counts on the announcement at first")
    # Discord limits how often a message may be edited, so several answers share an edit.
    await world.pass_time(timedelta(minutes=3))
    same(counts(story), [2, 0, 0], "the counts on the announcement three minutes later")
    lacks(the_announcement(story), str(story.awa.id))
    return f"two have the link, {story.catalina.name} is first on the waiting list; the post counts, and names nobody"


async def offered(story: Story) -> str:
    """A place comes free; it is offered to who waits, and taken."""
    world, catalina = story.world, story.catalina
    await acting.respond(story.jussara, the_announcement(story), "cannot")
    await world.pass_time(SECOND)
    offer = acting.newest_direct(
        catalina, phrase("es", "A place has come free at “{title}”, for which you were waiting.")
    )
    has(offer, TITLE)
    lacks(offer, LINK)
    taken = acting.answer(await acting.press_direct(catalina, offer, "webinar:take"))
    has(taken, LINK)
    return f"{catalina.name} is asked by direct message, presses “{first_label(offer)}” and gets the link"


async def reminds_me(story: Story) -> str:
    """A member asks for a reminder of her own, three hours before."""
    world, awa = story.world, story.awa
    said = await acting.respond(awa, the_announcement(story), "going")
    told = acting.answer(await acting.press(awa, said, "webinar:remindme"))
    shown = await acting.press(awa, told, "open:webinar:mine")
    chosen = acting.answer(await acting.fill(awa, shown, {"offsets": "3h", "maybe": ["no"]}))
    same(own_reminders(story), [], "direct messages that remind her, before")
    await world.pass_time(BEGINS - 3 * HOUR - world.now)
    same(own_reminders(story), [BEGINS - 3 * HOUR], "when she was reminded by direct message")
    lacks(acting.direct(awa)[-1], LINK)
    await world.restart()
    await world.pass_time(timedelta(minutes=10))
    same(own_reminders(story), [BEGINS - 3 * HOUR], "when she was reminded, after a restart")
    return f"{gist(chosen.content, 60)}; it comes once, at that minute, with the link behind a button"


def own_reminders(story: Story) -> list[datetime]:
    """When the member was reminded by direct message."""
    sign = phrase("fr", "Reminder: “{title}” begins {when}.")
    found = [message for message in acting.direct(story.awa) if sign in message.content]
    return [message.created_at.replace(microsecond=0) for message in found]


async def asked_host(story: Story) -> str:
    """An hour before, the host is asked whether all is ready."""
    asked = [message for message in acting.direct(story.maren) if TITLE in message.content]
    same(len(asked), 1, "questions to the host")
    same(asked[0].created_at.replace(microsecond=0), BEGINS - HOUR, "when she was asked")
    has(asked[0], "You are the host", LINK)
    has(
        acting.answer(await acting.press_direct(story.maren, asked[0], "webinar:ready")),
        "It is noted that all is ready.",
    )
    await story.world.pass_time(timedelta(minutes=25))
    same(acting.posts(story.world, story.maren, "moderators", TITLE), [], "alerts to the moderators")
    return f"{story.maren.name} says “All is ready”; had she been silent, a moderator would have been told"


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
    said = acting.answer(await acting.press(story.catalina, the_announcement(story), "webinar:link"))
    has(said, LINK)
    return f"{story.catalina.name} presses “Link” after five restarts: {gist(acting.text_of(said), 70)}"


async def followed(story: Story) -> str:
    """It is over: who was there, what was shown, and how it was."""
    world, maren, awa = story.world, story.maren, story.awa
    await world.pass_time(BEGINS + 2 * HOUR - world.now)
    after = acting.newest(world, awa, the_announcement(story).id, each_language(LANGUAGES, "How was it?"))
    noted = acting.answer(await acting.press(awa, after, "webinar:there"))
    need(noted.ephemeral, "an answer that she alone sees", "one for all")
    survey = await acting.press(awa, after, "open:webinar:survey")
    await acting.fill(awa, survey, {"useful": ["5"], "better": SUGGESTION})
    await acting.add_material(world, maren, TITLE, SLIDES)
    has(acting.newest(world, awa, the_announcement(story).id), str(SLIDES["link"]))
    present = acting.answer(await acting.command(world, maren, "webinar attendance", webinar=TITLE))
    has(present, awa.name)
    results = acting.answer(await acting.command(world, maren, "webinar survey", webinar=TITLE))
    lacks(results, awa.name)
    lacks(results, str(awa.id))
    return "a thread with thanks and slides; a list of who was there; two questions that name nobody"


async def proof(story: Story) -> str:
    """The moderators see what went out."""
    card = acting.answer(await acting.command(story.world, story.maren, "webinar deliveries", webinar=TITLE))
    lines = [line for line in acting.text_of(card).splitlines() if line.startswith("- **")]
    sent = [line for line in lines if re.search(r": sent( https://\S+)?$", line)]
    same(len([line for line in sent if "**Reminder" in line]), 4, "reminders noted as sent")
    rest = [line for line in lines if line not in sent]
    # Nobody had to be alerted, and the answers to the two questions are still awaited.
    same(
        len([line for line in rest if line.endswith(("not sent: all was ready", ": planned"))]), 2, "what was not sent"
    )
    same(len(rest), 2, "lines that say something else than “sent”")
    return f"{len(sent)} messages, each sent once, with the hour and where it stands"

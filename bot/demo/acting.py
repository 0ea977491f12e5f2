"""What people do in the simulated server, as they would in Discord: press, choose, fill in, and read what they see.

Nothing here reaches behind the bot: it acts through what the bot put on the screen, and says so when it is not there.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import discord
import simcord
from simcord.results import ResponseMessage

from bot.demo.world import Person, Persona, World

Shown = discord.Message | ResponseMessage
Typed = Mapping[str, Any]


class Missed(Exception):
    """Something that should be there is not.

    Args:
        expected: what should be there.
        seen: what is there instead.
    """

    def __init__(self, expected: str, seen: str) -> None:
        super().__init__(f"expected {expected}; there was {seen}")
        self.expected = expected
        self.seen = seen


# Reading -------------------------------------------------------------------------------------------------------------


def text_of(message: Shown) -> str:
    """All that can be read in a message: its text and its cards."""
    lines = [message.content]
    for embed in message.embeds:
        lines += [embed.title or "", embed.description or ""]
        lines += [f"{field.name}\n{field.value}" for field in embed.fields]
        lines.append(embed.footer.text or "")
    return "\n".join(line for line in lines if line)


def gist(text: str, limit: int = 100) -> str:
    """A text on one line, shortened, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1] + '…'}”"


def controls(message: Shown) -> dict[str, str]:
    """The buttons and menus of a message: what stands on each, by its custom_id. Links have none."""
    rows: list[Any] = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    items: list[dict[str, Any]] = [item for row in rows for item in row.get("components", [])]
    return {
        item["custom_id"]: item.get("label") or item.get("placeholder") or "" for item in items if "custom_id" in item
    }


def control(message: Shown, begins: str) -> str:
    """The custom_id of the one button or menu that begins with these parts; an asterisk stands for any one part.

    Raises:
        Missed: there is none, or there are several.
    """
    pattern = re.escape(begins).replace(r"\*", "[^:~]*") + "(?=[:~]|$)"
    found = [name for name in controls(message) if re.match(pattern, name)]
    if len(found) != 1:
        there = ", ".join(controls(message)) or "no button"
        raise Missed(f"one button “{begins}”", f"{there} under {gist(text_of(message))}")
    return found[0]


def answer(result: simcord.InteractionResult) -> ResponseMessage:
    """The message with which the bot answered: the last of them.

    Raises:
        Missed: it did not answer, or with a form.
    """
    message = result.followups[-1] if result.followups else result.response
    if message is None:
        raise Missed("an answer", "a form" if result.modal else "none")
    return message


def form_title(result: simcord.InteractionResult) -> str:
    """The title of the form that the bot showed.

    Raises:
        Missed: it showed none.
    """
    if result.modal is None:
        raise Missed("a form", gist(text_of(answer(result))))
    return str(result.modal["title"])


def posts(world: World, viewer: Person, channel: str | int, text: str = "") -> list[discord.Message]:
    """What the bot posted for all in a channel, as this person sees it, if it holds a text; oldest first."""
    history = world.channel(channel).history(viewer=viewer.actor)
    return [
        message
        for message in history
        if message.author.bot and not message.flags.ephemeral and not message.is_system() and text in text_of(message)
    ]


def newest(world: World, viewer: Person, channel: str | int, text: str = "") -> discord.Message:
    """The last of those posts.

    Raises:
        Missed: there is none.
    """
    found = posts(world, viewer, channel, text)
    if not found:
        every = posts(world, viewer, channel)
        there = f"{len(every)} posts, the last {gist(text_of(every[-1]))}" if every else "nothing"
        raise Missed(f"a post with {gist(text)} in #{channel}", there)
    return found[-1]


def direct(person: Person) -> list[discord.Message]:
    """What the bot wrote to a person alone, oldest first."""
    return [message for message in person.user.dm_channel.history() if message.author.bot]


def newest_direct(person: Person, text: str = "") -> discord.Message:
    """The last of those messages that holds a text.

    Raises:
        Missed: there is none.
    """
    found = [message for message in direct(person) if text in text_of(message)]
    if not found:
        raise Missed(f"a direct message with {gist(text)} to {person.name}", f"{len(direct(person))} others")
    return found[-1]


# Acting --------------------------------------------------------------------------------------------------------------


async def press(person: Person, message: Shown, begins: str) -> simcord.InteractionResult:
    """Press the button whose custom_id begins like this."""
    return await person.actor.click(message, custom_id=control(message, begins))


async def press_direct(person: Person, message: Shown, begins: str) -> simcord.InteractionResult:
    """Press such a button of a direct message."""
    return await person.user.click(message, custom_id=control(message, begins))


async def fill(person: Person, shown: simcord.InteractionResult, typed: Typed) -> simcord.InteractionResult:
    """Fill in the form that was shown, and send it."""
    form_title(shown)
    return await person.actor.submit_modal(shown, dict(typed))


async def command(world: World, person: Person, name: str, **options: Any) -> simcord.InteractionResult:
    """Give a slash command in the channel that every new server has."""
    return await person.actor.slash(world.channel("general"), name, **options)


# From end to end -----------------------------------------------------------------------------------------------------


async def enter(world: World, persona: Persona) -> Person:
    """Join, and accept the server's rules."""
    person = await world.join(persona, pending=True)
    await world.accept_rules(person)
    return person


async def apply(world: World, person: Person, who: Typed, work: Typed) -> ResponseMessage:
    """Press the welcome's button, fill both parts of the form, look it over and send it."""
    welcome = newest(world, person, "welcome", person.actor.mention)
    step = await fill(person, await press(person, welcome, "onboarding:start"), who)
    summary = await fill(person, await press(person, answer(step), "open:onboarding:work"), work)
    return answer(await press(person, answer(summary), "onboarding:send"))


def request_card(world: World, moderator: Person, person: Person) -> discord.Message:
    """The newest card about a person in the moderators' channel."""
    return newest(world, moderator, "moderators", person.actor.mention)


async def approve(world: World, moderator: Person, person: Person) -> None:
    """Approve a person by their card."""
    await press(moderator, request_card(world, moderator, person), "onboarding:approve")


async def preview(world: World, moderator: Person, typed: Typed, **options: Any) -> ResponseMessage:
    """Describe a webinar; gives what would be announced."""
    shown = await command(world, moderator, "webinar create", **options)
    return answer(await fill(moderator, shown, typed))


async def announce(world: World, moderator: Person, typed: Typed, **options: Any) -> discord.Message:
    """Describe a webinar, look at the preview and publish it; gives the announcement."""
    await press(moderator, await preview(world, moderator, typed, **options), "webinar:publish")
    return newest(world, moderator, "webinars", typed["title"])


async def announce_series(
    world: World, moderator: Person, typed: Typed, rhythm: Typed, **options: Any
) -> discord.Message:
    """The same for a webinar that comes back: `rhythm` is how often, and until when or how many times."""
    once = await preview(world, moderator, typed, **options)
    series = answer(await fill(moderator, await press(moderator, once, "open:webinar:repeat"), rhythm))
    await press(moderator, series, "webinar:series:publish")
    return newest(world, moderator, "webinars", typed["title"])


async def add_material(world: World, moderator: Person, title: str, typed: Typed) -> None:
    """Post slides, a recording or a document in the thread of a webinar."""
    shown = answer(await command(world, moderator, "webinar materials", webinar=title))
    await fill(moderator, await press(moderator, shown, "open:webinar:addmaterial"), typed)


async def respond(person: Person, announcement: Shown, said: str) -> ResponseMessage:
    """Press one of the answers under an announcement or a reminder: going, maybe or cannot."""
    return answer(await press(person, announcement, f"webinar:rsvp:*:{said}"))


async def draft(world: World, author: Person, parts: Mapping[str, Typed]) -> ResponseMessage:
    """Write a practice, form by form; gives the preview."""
    message = answer(await command(world, author, "practice share"))
    for part, typed in parts.items():
        shown = await press(author, message, f"open:practice:{part}")
        message = answer(await fill(author, shown, typed))
    return message


async def share(world: World, author: Person, parts: Mapping[str, Typed]) -> ResponseMessage:
    """Write a practice and send it for review."""
    return answer(await press(author, await draft(world, author, parts), "practice:send"))


async def release(world: World, title: str, *reviewers: Person) -> int:
    """Approve a practice by its card, as many as it needs; gives the id of the thread it was posted in."""
    for reviewer in reviewers:
        card = newest(world, reviewer, "practice-review", title)
        if any(name.startswith("practice:approve") for name in controls(card)):
            await press(reviewer, card, "practice:approve")
    return thread(world, title)


def thread(world: World, title: str) -> int:
    """The id of the forum's thread of that name.

    Raises:
        Missed: there is none.
    """
    found = [item for item in world.channel("practices").threads if item.name == title]
    if len(found) != 1:
        raise Missed(f"one thread {gist(title)}", ", ".join(item.name or "" for item in found) or "none")
    return found[0].id


async def forge(world: World, person: Person, message: Shown, begins: str, forged: str) -> ResponseMessage:
    """Press a button, but tell the bot that it was another one, as a client that lies would; gives the answer."""
    real = control(message, begins)
    backend = world.env.backend
    emit = backend.emit

    def lie(event: str, payload: Any) -> None:
        if event == "INTERACTION_CREATE":
            payload = json.loads(json.dumps(payload).replace(json.dumps(real), json.dumps(forged)))
        emit(event, payload)

    backend.emit = lie
    try:
        return answer(await person.actor.click(message, custom_id=real))
    finally:
        backend.emit = emit

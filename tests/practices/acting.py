"""What authors and reviewers do, step by step, as they would in Discord."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import simcord
from simcord.results import ResponseMessage

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from bot.languages import Texts, texts
from data.languages import from_locale
from data.practices import Practice, list_mine
from tests.act import all_text, components, reply

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)

AWA = Persona("awa", "Awa Ndiaye", "fr", "Africa/Dakar")
LUCIA = Persona("lucia", "Lucía Rojas", "es-419", "America/Santiago")
AINO = Persona("aino", "Aino Virtanen", "en-GB", "Europe/Helsinki")
MIRA = Persona("mira", "Mira (moderator)", "en-GB", "Europe/Tirane")

TITLE = "Mobile units for women in rural areas"
BASICS: dict[str, Any] = {
    "title": TITLE,
    "country": "Senegal",
    "key_areas": ["prevention-investigation", "capacity"],
    "stage": ["pilot"],
    "summary": "Units of two visit villages on market days, so that women can report near their homes.",
}
WHAT: dict[str, Any] = {
    "problem": "The nearest police station is hours away from most villages.",
    "intended": "More women report early, and near their homes.",
    "done": "Units of two officers visit on market days and use a room of the health post.",
    "participants": "Police, health posts, two organisations of survivors",
    "cost": "Two cars, and fuel",
}
EVIDENCE: dict[str, Any] = {
    "results": "More reports in every district; the evening visits did not work.",
    "how": "Nobody has to travel, and nobody is seen going to the police.",
    "enablers": "Health posts that share a room.",
    "adapting": "Officers trained for it must stay. The day may change.",
    "risks": "Being seen with the police: visits take place in the health post.",
}
RELEASE: dict[str, Any] = {
    "evidence_level": ["2"],
    "outcome": ["mixed"],
    "sources": "",
    "allowed": ["contact", "reuse"],
    "declarations": ["identity", "case", "authorised"],
}
FORMS = {"basics": BASICS, "what": WHAT, "evidence": EVIDENCE, "release": RELEASE}


def bot_of(world: World) -> Convenor:
    """The bot at work."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


def words(person: Person) -> Texts:
    """Texts in the language of a person's client."""
    return texts(from_locale(person.persona.locale) or "en")


def custom_id(message: Any, begins: str) -> str:
    """The one button or menu of a message whose custom_id begins like this."""
    [found] = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(begins)]
    return found


def has(message: Any, begins: str) -> bool:
    """Whether a message has a button or menu whose custom_id begins like this."""
    return any(item.get("custom_id", "").startswith(begins) for item in components(message))


async def press(person: Person, message: Any, begins: str) -> simcord.InteractionResult:
    """Press the button whose custom_id begins like this."""
    return await person.actor.click(message, custom_id=custom_id(message, begins))


async def choose(person: Person, message: Any, begins: str, value: str) -> simcord.InteractionResult:
    """Choose from the menu whose custom_id begins like this."""
    return await person.actor.select(message, [value], custom_id=custom_id(message, begins))


def stored_items(world: World, message: Any) -> list[dict[str, Any]]:
    """The buttons and menus of a message as Discord keeps them; changing them is what a client that lies does."""
    channel_id = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
    rows: Any = world.env.backend.get_message(channel_id, message.id).components
    return [item for line in rows for item in line["components"]]


async def forge(world: World, person: Person, message: Any, begins: str, forged: str) -> simcord.InteractionResult:
    """Press a button after giving it another custom_id, as a client that lies would."""
    wanted = custom_id(message, begins)
    for item in stored_items(world, message):
        if item.get("custom_id") == wanted:
            item["custom_id"] = forged
    return await person.actor.click(message, custom_id=forged)


async def member(world: World, persona: Persona) -> Person:
    """Someone with the members' role."""
    person = await world.join(persona)
    await world.give_role(person, "Member")
    return person


async def moderator(world: World, persona: Persona = MIRA) -> Person:
    """Someone with the moderators' role."""
    person = await world.join(persona)
    await world.give_role(person, "Moderator")
    return person


async def slash(world: World, person: Person, command: str, **options: Any) -> simcord.InteractionResult:
    """Give a command under `/practice`."""
    return await person.actor.slash(world.channel("general"), f"practice {command}", **options)


async def offered(world: World, person: Person, command: str, typed: str = "") -> dict[str, str]:
    """What autocomplete offers for a practice: titles by id."""
    general = world.channel("general")
    found = await person.actor.autocomplete(general, f"practice {command}", "practice", typed)
    return {choice["value"]: choice["name"] for choice in found}


async def begin(world: World, person: Person) -> simcord.InteractionResult:
    """Open the first form of a first draft."""
    return await press(person, reply(await slash(world, person, "share")), "open:practice:basics")


async def write(
    person: Person, shown: simcord.InteractionResult, first: str = "basics", **changed: Any
) -> simcord.InteractionResult:
    """Fill the four forms, from the one that is shown on; gives the preview."""
    steps = list(FORMS)
    steps = steps[steps.index(first) :]
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        typed = {name: changed.get(name, value) for name, value in FORMS[step].items()}
        sent = await person.actor.submit_modal(shown, typed)
        if following is None:
            return sent
        shown = await press(person, reply(sent), f"open:practice:{following}")
    raise AssertionError("no form was filled")


async def draft(world: World, person: Person, **changed: Any) -> Any:
    """Write a practice; gives the message with the preview."""
    return reply(await write(person, await begin(world, person), **changed))


async def share(world: World, person: Person, **changed: Any) -> Practice:
    """Write a practice and send it for review."""
    preview = await draft(world, person, **changed)
    # The clock stands still by itself, and lists go by the time of sending.
    await world.pass_time(timedelta(seconds=1))
    await press(person, preview, "practice:send")
    return (await mine(world, person))[0]


async def publish(world: World, author: Person, reviewer: Person, **changed: Any) -> Practice:
    """Write a practice, send it, and have it approved."""
    await share(world, author, **changed)
    await press(reviewer, review_cards(world)[-1], "practice:approve")
    return (await mine(world, author))[0]


async def mine(world: World, person: Person) -> list[Practice]:
    """What a person shared, as the database has it."""
    async with bot_of(world).db.read() as session:
        return await list_mine(session, world.guild.id, person.id)


def posts(world: World, channel: str | int, text: str = "") -> list[discord.Message]:
    """What everyone there sees of the bot's messages that hold a text, oldest first."""
    history = world.channel(channel).history(viewer=world.owner.actor)
    return [
        message
        for message in history
        if message.author.bot and not message.flags.ephemeral and message.type.value == 0 and text in all_text(message)
    ]


def review_cards(world: World) -> list[discord.Message]:
    """The cards in the reviewers' channel, oldest first."""
    return posts(world, "practice-review")


def thread_of(world: World, practice: Practice) -> Any:
    """The thread that a practice was posted in, as Discord has it."""
    assert practice.thread_id is not None
    return world.env.backend.channels[practice.thread_id]


def direct_messages(person: Person) -> list[discord.Message]:
    """What the bot wrote to a person."""
    return person.user.dm_channel.history()

"""What moderators and members do with webinars, step by step, as they would in Discord."""

import json
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import discord
import simcord

from bot.demo.world import Person, Persona, World
from tests.act import all_text, components, reply

AWA = Persona("awa", "Awa Ndiaye", "fr", "Africa/Dakar")
LUCIA = Persona("lucia", "Lucía Rojas", "es-419", "America/Santiago")
JOAO = Persona("joao", "João Lima", "pt-BR", "America/Sao_Paulo")
AINO = Persona("aino", "Aino Virtanen", "en-GB", "Europe/Helsinki")

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# 14:00 UTC; the world begins on 12 January 2027 at 09:00 UTC.
TYPED = {
    "title": "Budgets that count",
    "when": "20 January 2027 15:00",
    "speakers": "Ana, Bea",
    "description": "What police budgets pay for, and for whom.",
    "link": "https://meet.example/abc",
}
STARTS = 1_800_453_600


async def member(world: World, persona: Persona, *roles: str) -> Person:
    """Someone in the server with the members' role, and others if given."""
    person = await world.join(persona)
    for role in ("Member", *roles):
        await world.give_role(person, role)
    return person


async def moderator(world: World, persona: Persona = AWA) -> Person:
    """Someone with the moderators' role."""
    return await member(world, persona, "Moderator")


def custom_id(message: Any, start: str) -> str:
    """The one button of a message whose custom_id begins like this."""
    [found] = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(start)]
    return found


def label(message: Any, start: str) -> str:
    """What stands on that button."""
    [found] = [item["label"] for item in components(message) if item.get("custom_id", "").startswith(start)]
    return found


async def press(person: Person, message: Any, start: str) -> simcord.InteractionResult:
    """Press the button whose custom_id begins like this."""
    return await person.actor.click(message, custom_id=custom_id(message, start))


async def press_direct(person: Person, message: Any, start: str) -> simcord.InteractionResult:
    """Press the button of a direct message whose custom_id begins like this."""
    return await person.user.click(message, custom_id=custom_id(message, start))


def token(shown: simcord.InteractionResult) -> str:
    """Which draft a form fills."""
    assert shown.modal is not None, all_text(reply(shown))
    return shown.modal["custom_id"].rpartition(":")[2]


async def create(world: World, person: Person, **options: Any) -> simcord.InteractionResult:
    """Ask for the form."""
    options = {"zone": "Europe/Paris"} | options
    return await person.actor.slash(world.channel("general"), "webinar create", **options)


async def preview(world: World, person: Person, typed: dict[str, str] | None = None, **options: Any) -> Any:
    """Fill the form; gives the answer, which is the preview where nothing is wrong. Leaves an older draft alone."""
    shown = await create(world, person, **options)
    if shown.modal is None:
        [_, new] = [item["custom_id"] for item in components(reply(shown)) if item["custom_id"].startswith("open:")]
        shown = await person.actor.click(reply(shown), custom_id=new)
    return reply(await person.actor.submit_modal(shown, TYPED | (typed or {})))


async def resume(world: World, person: Person, typed: dict[str, str]) -> Any:
    """Ask for the form again and go on with the draft; gives a second preview of it beside the first."""
    offer = reply(await create(world, person))
    old, _ = [item["custom_id"] for item in components(offer) if item["custom_id"].startswith("open:")]
    return reply(await person.actor.submit_modal(await person.actor.click(offer, custom_id=old), TYPED | typed))


async def publish(world: World, person: Person, typed: dict[str, str] | None = None, **options: Any) -> Any:
    """Announce a webinar; gives what the moderator is told."""
    card = await preview(world, person, typed, **options)
    return reply(await press(person, card, "webinar:publish"))


def posts(world: World, channel: str | int = "webinars") -> list[discord.Message]:
    """The bot's messages to all in a channel, oldest first."""
    return [
        message for message in world.channel(channel).history() if message.author.bot and not message.flags.ephemeral
    ]


def reminders(world: World) -> list[discord.Message]:
    """The reminders, oldest first."""
    return [message for message in posts(world) if message.content.startswith("Reminder")]


def events(world: World) -> list[Any]:
    """The server's events."""
    return list(world.env.backend.guilds[world.guild.id].scheduled_events.values())


async def rsvp(person: Person, message: Any, answer: str) -> str:
    """Press an answer; gives what the person is told."""
    [button] = [
        item["custom_id"]
        for item in components(message)
        if re.match(rf"webinar:rsvp:\d+:{answer}\b", item.get("custom_id", ""))
    ]
    return all_text(reply(await person.actor.click(message, custom_id=button)))


async def run(world: World, person: Person, command: str, **options: Any) -> Any:
    """A command's answer."""
    return reply(await person.actor.slash(world.channel("general"), f"webinar {command}", **options))


async def away(world: World, span: timedelta) -> None:
    """Let the bot be off for a while, and start it again."""
    await world.env.bot.close()
    world.env.backend.clock.advance(span.total_seconds())
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()


def fields_of(message: Any) -> dict[str, str]:
    """The fields of all cards of a message, by name."""
    return {field.name or "": field.value or "" for embed in message.embeds for field in embed.fields}


async def delete_channel(world: World, name: str) -> None:
    """Delete a channel, as an administrator would."""
    world.env.backend.delete_channel(world.channel(name).id)
    await world.env.settle()


async def forged_press(world: World, person: Person, key: str) -> Any:
    """Press a button that nobody was shown, as a changed client can; gives the answer."""
    if not posts(world, "welcome"):
        await world.join(Persona("passer-by", "Passer-by"))
    message = posts(world, "welcome")[0]
    real = next(item["custom_id"] for item in components(message) if "custom_id" in item)
    with _forging(world, lambda payload: json.loads(json.dumps(payload).replace(real, key))):
        return reply(await person.actor.click(message, custom_id=real))


async def forged_form(world: World, person: Person, typed: dict[str, str]) -> Any:
    """Send a form filled beyond what Discord's own clients allow; gives the answer."""
    shown = await create(world, person)
    if shown.modal is None:
        [_, new] = [item["custom_id"] for item in components(reply(shown)) if item["custom_id"].startswith("open:")]
        shown = await person.actor.click(reply(shown), custom_id=new)

    def forge(payload: dict[str, Any]) -> dict[str, Any]:
        for part in payload["data"]["components"]:
            field = part["component"]
            field["value"] = typed.get(field["custom_id"], field["value"])
        return payload

    with _forging(world, forge):
        return reply(await person.actor.submit_modal(shown, TYPED))


@contextmanager
def _forging(world: World, forge: Callable[[dict[str, Any]], dict[str, Any]]) -> Generator[None]:
    """Change what the bot is sent of the next interaction."""
    backend = world.env.backend
    emit = backend.emit

    def emit_forged(event: str, payload: Any) -> None:
        emit(event, forge(payload) if event == "INTERACTION_CREATE" else payload)

    backend.emit = emit_forged
    try:
        yield
    finally:
        backend.emit = emit

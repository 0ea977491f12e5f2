"""What newcomers and moderators do, step by step, as they would in Discord."""

from collections.abc import Mapping
from typing import Any

import discord
import simcord

from bot.demo.world import Person, Persona, World
from bot.languages import Texts, texts
from data.languages import from_locale
from tests.act import all_text, components, reply

AWA = Persona("awa", "Awa Ndiaye", "fr", "Africa/Dakar")
LUCIA = Persona("lucia", "Lucía Rojas", "es-419", "America/Santiago")
JOAO = Persona("joao", "João Lima", "pt-BR", "America/Sao_Paulo")
AINO = Persona("aino", "Aino Virtanen", "en-GB", "Europe/Helsinki")
MIRA = Persona("mira", "Mira (moderator)", "en-GB", "Europe/Tirane")

WHO: dict[str, Any] = {
    "country": "Sénégal",
    "kind": ["police"],
    "organisation": "Police nationale",
    "role": "Commissaire",
}
WORK: dict[str, Any] = {
    "areas": ["leadership", "capacity"],
    "languages": ["fr", "en"],
    "offers": "Une formation à l'accueil",
    "seeks": "Des pairs",
    "directory": ["yes"],
}


def words(person: Person) -> Texts:
    """Texts in the language of a person's client."""
    return texts(from_locale(person.persona.locale) or "en")


def custom_id(message: Any, start: str) -> str:
    """The one button or menu of a message whose custom_id begins like this."""
    [found] = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(start)]
    return found


def has(message: Any, start: str) -> bool:
    """Whether a message has a button or menu whose custom_id begins like this."""
    return any(item.get("custom_id", "").startswith(start) for item in components(message))


def posts(world: World, channel: str, text: str = "") -> list[discord.Message]:
    """The bot's messages to all in a channel that hold a text, oldest first."""
    history = [message for message in world.channel(channel).history() if not message.flags.ephemeral]
    return [message for message in history if message.author.bot and text in all_text(message)]


def welcomes(world: World, person: Person) -> list[discord.Message]:
    """The messages that welcome a person."""
    return [message for message in posts(world, "welcome", f"<@{person.id}>") if has(message, "onboarding:start")]


async def start(world: World, person: Person, *, of: Person | None = None) -> simcord.InteractionResult:
    """Press the button under a welcome; under one's own if no other is named."""
    message = welcomes(world, of or person)[-1]
    return await person.actor.click(message, custom_id=custom_id(message, "onboarding:start"))


async def press(person: Person, message: Any, begins: str) -> simcord.InteractionResult:
    """Press the button whose custom_id begins like this."""
    return await person.actor.click(message, custom_id=custom_id(message, begins))


async def fill(
    world: World, person: Person, who: Mapping[str, Any] | None = None, work: Mapping[str, Any] | None = None
) -> simcord.InteractionResult:
    """Fill both parts of the form; gives what is shown to look over."""
    shown = await start(world, person)
    step = await person.actor.submit_modal(shown, {**WHO, **(who or {})})
    shown = await press(person, reply(step), "open:onboarding:work")
    return await person.actor.submit_modal(shown, {**WORK, **(work or {})})


async def apply(
    world: World, person: Person, who: Mapping[str, Any] | None = None, work: Mapping[str, Any] | None = None
) -> simcord.InteractionResult:
    """Fill both parts of the form, and send it."""
    return await press(person, reply(await fill(world, person, who, work)), "onboarding:send")


def cards(world: World, person: Person) -> list[discord.Message]:
    """The cards about a person in the moderators' channel, oldest first."""
    return [
        message
        for message in posts(world, "moderators")
        if message.embeds and (f"<@{person.id}>" in all_text(message) or person.name in all_text(message))
    ]


async def approve(world: World, person: Person, by: Person | None = None) -> simcord.InteractionResult:
    """Press the button on the newest card about a person."""
    return await press(by or world.owner, cards(world, person)[-1], "onboarding:approve")


async def decline(world: World, person: Person, reason: str, by: Person | None = None) -> simcord.InteractionResult:
    """Decline by the newest card about a person."""
    moderator = by or world.owner
    shown = await press(moderator, cards(world, person)[-1], "onboarding:decline")
    return await moderator.actor.submit_modal(shown, {"reason": reason})


async def member(world: World, persona: Persona, **work: Any) -> Person:
    """Someone who joined, sent the form and was approved."""
    person = await world.join(persona)
    await apply(world, person, work=work)
    await approve(world, person)
    return person


async def moderator(world: World, persona: Persona = MIRA) -> Person:
    """Someone with the moderators' role, who sent no form."""
    person = await world.join(persona)
    await world.give_role(person, "Moderator")
    return person

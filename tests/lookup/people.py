"""Who looks things up in these tests, and what they find beside what every community has."""

from datetime import timedelta
from typing import Any

import discord
from simcord.results import ResponseMessage

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.communities import get_community
from data.members import Profile, decide, submit_member
from data.wall_time import Moment
from data.webinars import NewWebinar, Webinar, create
from tests.act import components

AWA = Persona("awa", "Awa Ndiaye", "fr", "Africa/Dakar")
LUCIA = Persona("lucia", "Lucía Rojas", "es-419", "America/Santiago")
AINO = Persona("aino", "Aino Virtanen", "en-GB", "Europe/Helsinki")


def bot_of(world: World) -> Convenor:
    """The bot, as it runs now."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


async def member(world: World, persona: Persona, *, directory: bool = True, **said: Any) -> Person:
    """Someone who joined and was approved."""
    person = await world.join(persona)
    facts: dict[str, Any] = {
        "name": persona.name,
        "country": "SN",
        "organisation_kind": "police",
        "organisation": "Police nationale",
        "role": "Commissaire",
        "key_areas": ("budgeting",),
        "languages": ("fr", "en"),
        "offers": "Formation à l'accueil",
        "seeks": "",
        "language": "fr",
        "directory": directory,
    }
    async with bot_of(world).db.begin() as session:
        profile = Profile(**{**facts, **said})
        asked = await submit_member(session, world.guild.id, person.id, profile, notice_version="1", now=world.now)
        await decide(session, asked, approved=True, by=world.owner.id, now=world.now)
    await world.give_role(person, "Member")
    return person


async def webinar(world: World, title: str = "Budgets that count", **said: Any) -> Webinar:
    """A webinar in two days, announced."""
    bot = bot_of(world)
    facts: dict[str, Any] = {
        "title": title,
        "description": "How to cost prevention.",
        "speakers": "",
        "link": "https://meet.example.org/secret",
        "moment": Moment.at(world.now + timedelta(days=2), "UTC"),
        "minutes": 60,
        "key_area": "budgeting",
    }
    async with bot.db.begin() as session:
        community = await get_community(session, world.guild.id)
        assert community is not None
        made = await create(session, community, NewWebinar(**{**facts, **said}), by=world.owner.id, now=world.now)
    await world.env.settle()
    return made


def ids(message: ResponseMessage | discord.Message) -> list[str]:
    """The custom_ids on a message."""
    return [item["custom_id"] for item in components(message)]


def has(message: ResponseMessage | discord.Message, start: str) -> bool:
    """Whether something on a message has a custom_id that begins like this."""
    return any(custom_id.startswith(start) for custom_id in ids(message))


def the(message: ResponseMessage | discord.Message, start: str) -> str:
    """The one custom_id on a message that begins like this."""
    [found] = [custom_id for custom_id in ids(message) if custom_id.startswith(start)]
    return found


def options(message: ResponseMessage | discord.Message) -> list[str]:
    """What can be chosen from a message's menu."""
    return [option["value"] for item in components(message) for option in item.get("options", [])]

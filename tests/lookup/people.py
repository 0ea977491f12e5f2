"""Who looks things up in these tests, and what they find beside what every community has."""

from datetime import timedelta
from typing import Any

import discord
from simcord.results import ResponseMessage

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.communities import get_community
from data.drafts import save_draft
from data.members import Profile, decide, submit_member
from data.practices import DRAFT, Content, Practice, approve, get_visible, needs_of, submit
from data.wall_time import Moment
from data.webinars import NewWebinar, Webinar, create
from data.wording import Wording
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
        "key_areas": ("budgeting",),
    }
    async with bot.db.begin() as session:
        community = await get_community(session, world.guild.id)
        assert community is not None
        made = await create(session, community, NewWebinar(**{**facts, **said}), by=world.owner.id, now=world.now)
    await world.env.settle()
    return made


async def practice(world: World, author: Person, title: str = "Quokka patrols at night", **said: Any) -> Practice:
    """A member's practice, reviewed and posted in the forum."""
    bot = bot_of(world)
    facts: dict[str, Any] = {
        "language": "en",
        "title": Wording({"en": title}),
        "summary": Wording({"en": "Two officers walk with the neighbours."}),
        "country": "SN",
        "stage": "pilot",
        "key_areas": ("budgeting",),
        "sections": {"problem": "Streets were empty at night.", "risks": "None were found."},
        "contact_shown": True,
    }
    place: dict[str, Any] = {"community_id": world.guild.id, "user_id": author.id, "kind": DRAFT, "subject": "a1b2c3d4"}
    async with bot.db.begin() as session:
        await save_draft(session, **place, data={}, now=world.now, keep=timedelta(days=1))
        sent = await submit(
            session,
            community_id=world.guild.id,
            author_id=author.id,
            draft="a1b2c3d4",
            content=Content(**{**facts, **said}),
            now=world.now,
        )
        assert sent is not None
        needs = await needs_of(session, sent, [world.owner.id])
        await approve(
            session,
            world.guild.id,
            sent.id,
            version=sent.version,
            reviewer_id=world.owner.id,
            needs=needs,
            evidence=None,
            now=world.now,
        )
    await world.env.settle()
    async with bot.db.read() as session:
        posted = await get_visible(session, world.guild.id, sent.id)
    assert posted is not None
    return posted


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

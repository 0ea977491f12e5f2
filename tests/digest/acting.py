"""What members do with the weekly digest, step by step, as they would in Discord."""

from datetime import datetime, timedelta
from typing import Any

import discord

from bot.app import Convenor
from bot.demo.world import Person, World
from data.deliveries import Delivery
from data.deliveries.rows import read_rows
from data.digests import KIND
from data.models import DeliveryRow
from tests.act import components, reply


def bot_of(world: World) -> Convenor:
    """The bot, as it runs now."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


async def digest(world: World, person: Person, **options: Any) -> Any:
    """The command's answer."""
    return reply(await person.actor.slash(world.channel("general"), "digest", **options))


def custom_id(message: Any, begins: str) -> str:
    """The one button of a message whose custom_id begins like this."""
    [found] = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(begins)]
    return found


async def press(person: Person, message: Any, begins: str) -> Any:
    """Press that button, in the server or in the direct message; gives the answer."""
    direct = isinstance(message, discord.Message) and message.guild is None
    where = person.user if direct else person.actor
    return reply(await where.click(message, custom_id=custom_id(message, begins)))


def links(message: Any) -> list[tuple[str, str]]:
    """The buttons of a message that lead somewhere: what stands on them, and where to."""
    return [(item["label"], item["url"]) for item in components(message) if "url" in item]


def sent(person: Person) -> list[discord.Message]:
    """The digests that a person got, oldest first."""
    return [
        message
        for message in person.user.dm_channel.history()
        if any(item.get("custom_id", "").startswith("digest:off") for item in components(message))
    ]


async def rows(world: World, person: Person) -> list[Delivery]:
    """What was planned for a person, in the order in which it is or was due."""
    async with bot_of(world).db.read() as session:
        return await read_rows(
            session,
            DeliveryRow.kind == KIND,
            DeliveryRow.community_id == world.guild.id,
            DeliveryRow.target == f"user:{person.id}",
        )


async def until(world: World, moment: datetime) -> None:
    """Let time pass until a bit after a moment."""
    await world.pass_time(moment - world.now + timedelta(minutes=1))

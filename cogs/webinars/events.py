"""The server's own events for webinars: made once, changed and cancelled with them, and compared with them."""

import contextlib
import hashlib
from typing import Any

import discord

from bot.app import Convenor
from bot.delivery import Lost
from bot.render import label, plain
from data.webinars import Webinar


async def make_event(bot: Convenor, webinar: Webinar, location: str) -> int:
    """The server's event for a webinar: the one that is there, else a new one.

    Raises:
        Lost: the bot is not in the server any more.
        discord.HTTPException: Discord refused; without the permission to create events, as Forbidden.
    """
    guild = bot.get_guild(webinar.community_id)
    if guild is None:
        raise Lost("no such server")
    existing = await find_event(bot, guild, webinar)
    if existing is not None:
        return existing.id
    made = await guild.create_scheduled_event(
        name=label(webinar.title, 100),
        description=plain(webinar.description, 1000),
        start_time=webinar.starts_at,
        end_time=webinar.ends_at,
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location=location,
    )
    return made.id


async def find_event(bot: Convenor, guild: discord.Guild, webinar: Webinar) -> discord.ScheduledEvent | None:
    """The event that was made for a webinar: the noted one, else one of ours with its name and start."""
    ours = bot.user.id if bot.user else None
    for event in await guild.fetch_scheduled_events(with_counts=False):
        if event.id == webinar.event_id:
            return event
        same = event.name == label(webinar.title, 100) and event.start_time == webinar.starts_at
        if webinar.event_id is None and same and event.creator_id == ours:
            return event
    return None


async def change_event(bot: Convenor, webinar: Webinar) -> int | None:
    """Bring a webinar's event to what is published; None where there is none, or it is over."""
    guild = bot.get_guild(webinar.community_id)
    if guild is None:
        raise Lost("no such server")
    event = await find_event(bot, guild, webinar)
    if event is None or event.status not in (discord.EventStatus.scheduled, discord.EventStatus.active):
        return None
    changed: dict[str, Any] = {
        "name": label(webinar.title, 100),
        "description": plain(webinar.description, 1000),
        "end_time": webinar.ends_at,
    }
    if event.status is discord.EventStatus.scheduled and webinar.starts_at > bot.clock():
        changed["start_time"] = webinar.starts_at
    with contextlib.suppress(discord.NotFound):
        return (await event.edit(**changed)).id
    return None


def differs(webinar: Webinar, event: discord.ScheduledEvent | None) -> str | None:
    """What tells a webinar's event from the webinar: `gone`, or a mark of its name and hours; None where nothing does.

    An event that was begun or ended by hand is still the webinar's.
    """
    if event is None or event.status is discord.EventStatus.cancelled:
        return "gone"
    if event.status is not discord.EventStatus.scheduled:
        return None
    there = (event.name, event.start_time, event.end_time)
    if there == (label(webinar.title, 100), webinar.starts_at, webinar.ends_at):
        return None
    return hashlib.sha256(repr(there).encode()).hexdigest()[:8]


async def cancel_event(bot: Convenor, webinar: Webinar) -> int | None:
    """Cancel a webinar's event, or end it where it has begun; None where there is none."""
    guild = bot.get_guild(webinar.community_id)
    event = await find_event(bot, guild, webinar) if guild else None
    if event is None:
        return None
    with contextlib.suppress(discord.NotFound):
        if event.status is discord.EventStatus.scheduled:
            await event.cancel()
        elif event.status is discord.EventStatus.active:
            await event.end()
    return event.id

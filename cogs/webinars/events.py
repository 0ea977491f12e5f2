"""The server's own events for webinars: made once, changed and cancelled with them, and compared with them."""

import contextlib
import hashlib
from typing import Any

import discord

from bot.app import Convenor
from bot.delivery import Lost
from bot.render import label, plain
from data.webinars import Webinar


async def make_event(bot: Convenor, webinar: Webinar, online: str) -> int:
    """The server's event for a webinar: the one that is there, else a new one.

    Args:
        bot: the bot.
        webinar: which.
        online: what the event says of where it is, where that is nothing but a link.

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
        privacy_level=discord.PrivacyLevel.guild_only,
        **where_of(guild, webinar, online),
    )
    return made.id


def where_of(guild: discord.Guild, webinar: Webinar, online: str) -> dict[str, Any]:
    """Where an event takes place, as Discord takes it: a voice or stage channel, else a place in words.

    A channel that is gone gives way to the words. The link is in neither.
    """
    channel = guild.get_channel(webinar.channel_id or 0)
    if isinstance(channel, discord.StageChannel):
        return {"entity_type": discord.EntityType.stage_instance, "channel": channel}
    if isinstance(channel, discord.VoiceChannel):
        return {"entity_type": discord.EntityType.voice, "channel": channel}
    place = label(webinar.place, 100) if webinar.place else online
    return {"entity_type": discord.EntityType.external, "location": place}


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


async def change_event(bot: Convenor, webinar: Webinar, online: str) -> int | None:
    """Bring a webinar's event to what is published; None where there is none, or it is over.

    Args:
        bot: the bot.
        webinar: which.
        online: as for `make_event`.
    """
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
        changed |= where_of(guild, webinar, online)
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
    there: tuple[Any, ...] = (event.name, event.start_time, event.end_time)
    place = moved_to(webinar, event)
    if there == (label(webinar.title, 100), webinar.starts_at, webinar.ends_at) and place is None:
        return None
    there = there if place is None else (*there, place)
    return hashlib.sha256(repr(there).encode()).hexdigest()[:8]


def moved_to(webinar: Webinar, event: discord.ScheduledEvent) -> str | None:
    """Where somebody has moved an event to that was to be at a place in words; None where it is still there."""
    if not webinar.place or not event.location or event.location == label(webinar.place, 100):
        return None
    return event.location


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

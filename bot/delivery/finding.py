"""Looking up whether a message went out, in the channel's history or among a forum's threads."""

import contextlib
import re
from collections.abc import AsyncGenerator, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from data.deliveries import Delivery

if TYPE_CHECKING:
    from bot.app import Convenor

# Our clock may have been wrong when the message was sent, or be wrong now: by a day, as when a date was set by hand.
CLOCK_ERROR = timedelta(hours=25)
MESSAGES = 1000
THREADS = 100


class Unreadable(Exception):
    """The history does not tell: it may not be read, or is too long."""


async def find(bot: "Convenor", row: Delivery, channel: Any) -> tuple[int, int] | None:
    """The channel's id and the message's, of the message that a delivery made; None where it made none.

    Raises:
        Unreadable: the history does not tell.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: as the library does.
    """
    if not _readable(channel):
        raise Unreadable
    mark = re.compile(rf"~d{row.id}$")
    begun = row.sending_at or row.due_at
    if isinstance(channel, discord.ForumChannel):
        async for thread in _threads(bot, channel, begun - CLOCK_ERROR):
            with contextlib.suppress(discord.NotFound):
                if _is_ours(bot, await thread.fetch_message(thread.id), mark):
                    return thread.id, thread.id
        return None
    # From the newest back, since nothing says where in the history our clock's hour lies.
    seen = 0
    async for message in channel.history(limit=MESSAGES):
        if _is_ours(bot, message, mark):
            return message.channel.id, message.id
        if message.created_at < begun - CLOCK_ERROR:
            return None
        seen += 1
    if seen == MESSAGES:
        raise Unreadable
    return None


def _readable(channel: Any) -> bool:
    """Whether the history may be read: where it may not, Discord shows an empty one."""
    guild = getattr(channel, "guild", None)
    me = guild.me if guild else None
    return me is None or channel.permissions_for(me).read_message_history


def _is_ours(bot: "Convenor", message: discord.Message, mark: "re.Pattern[str]") -> bool:
    if bot.user is None or message.author.id != bot.user.id:
        return False
    return any(mark.search(custom_id) for custom_id in _custom_ids(message.components))


def _custom_ids(components: Iterable[Any]) -> Iterable[str]:
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if custom_id:
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield from _custom_ids([accessory])


async def _threads(bot: "Convenor", forum: discord.ForumChannel, after: datetime) -> AsyncGenerator[discord.Thread]:
    """The forum's threads of ours made since then, as Discord knows them: an event may never have reached us."""
    seen: set[int] = set()
    me = bot.user.id if bot.user else 0
    for thread in sorted(await forum.guild.active_threads(), key=lambda thread: thread.id, reverse=True):
        seen.add(thread.id)
        if thread.parent_id == forum.id and thread.owner_id == me and _made_since(thread, after):
            yield thread
    async for thread in forum.archived_threads(limit=THREADS):
        if thread.id not in seen and thread.owner_id == me and _made_since(thread, after):
            yield thread


def _made_since(thread: discord.Thread, after: datetime) -> bool:
    return discord.utils.snowflake_time(thread.id) >= after

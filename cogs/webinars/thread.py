"""The thread under an announcement, in which what follows a webinar stands together."""

import contextlib
from dataclasses import replace
from typing import Any

import discord

from bot.app import Convenor
from bot.delivery.posting import channel_of
from bot.render import label
from data import webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import Webinar

# Discord's code for "a thread has already been created for this message".
THREAD_THERE = 160004
# The longest that Discord knows, in minutes.
A_WEEK = 10_080


async def thread_of(bot: Convenor, row: Delivery, community: Community | None) -> Any:
    """Where a delivery about what follows goes: the thread of its webinar, made on first need.

    Where there can be none, since the announcement is gone or threads are not allowed, the channel for webinars.

    Raises:
        Lost: that is gone too.
        discord.HTTPException: Discord does not say.
    """
    number = row.subject.partition(":")[2]
    async with bot.db.read() as session:
        webinar = await webinars.get(session, row.community_id, int(number)) if number.isdecimal() else None
    thread = await _open(bot, webinar) if webinar is not None else None
    return thread or await channel_of(bot, replace(row, target=webinars.CHANNEL), community)


async def _open(bot: Convenor, webinar: Webinar) -> discord.Thread | None:
    guild = bot.get_guild(webinar.community_id)
    if guild is None or webinar.announcement_id is None:
        return None
    # A thread has the id of the message that it was made from: to make it again finds the same one.
    thread = await find_thread(bot, guild, webinar.announcement_id)
    if thread is None:
        channel = guild.get_channel(webinar.announcement_channel_id or 0)
        if not isinstance(channel, discord.TextChannel):
            return None
        try:
            partial = channel.get_partial_message(webinar.announcement_id)
            thread = await partial.create_thread(name=label(webinar.title, 100), auto_archive_duration=A_WEEK)
        except (discord.NotFound, discord.Forbidden):
            return None
        except discord.HTTPException as error:
            if error.code != THREAD_THERE:
                raise
            thread = await find_thread(bot, guild, webinar.announcement_id)
    if thread is not None and thread.archived:
        await thread.edit(archived=False)
    return thread


async def find_thread(bot: Convenor, guild: discord.Guild, thread_id: int) -> discord.Thread | None:
    """A thread of a server, also one that went to sleep; None where there is none."""
    found: Any = guild.get_thread(thread_id)
    if found is None:
        with contextlib.suppress(discord.NotFound, discord.Forbidden, discord.InvalidData):
            found = await bot.fetch_channel(thread_id)
    return found if isinstance(found, discord.Thread) and found.guild.id == guild.id else None


async def change_post(bot: Convenor, post: Delivery, embed: discord.Embed | None) -> int | None:
    """Show something else in a message that a delivery posted, or take it away where there is nothing to show.

    Returns:
        The message's id; None where it is gone, so that there is nothing left to put right.
    """
    guild = bot.get_guild(post.community_id)
    if guild is None or post.channel_id is None or post.message_id is None:
        return None
    place = guild.get_channel(post.channel_id) or await find_thread(bot, guild, post.channel_id)
    if not isinstance(place, discord.TextChannel | discord.Thread):
        return None
    with contextlib.suppress(discord.NotFound):
        if isinstance(place, discord.Thread) and place.archived:
            await place.edit(archived=False)
        message = place.get_partial_message(post.message_id)
        if embed is None:
            await message.delete()
        else:
            await message.edit(embed=embed, allowed_mentions=discord.AllowedMentions.none())
        return post.message_id
    return None

"""Posting: where a delivery goes, and the one request that gets it there."""

from typing import TYPE_CHECKING, Any

import discord

from bot import buttons
from bot.closed import HELD_BACK, is_exposed
from bot.delivery.kinds import NAME_NOBODY, Effect, Exposed, ForumPost, Lost, Post, Skip
from bot.delivery.signing import signed
from bot.requests import once
from data.communities import Community
from data.deliveries import Delivery

if TYPE_CHECKING:
    from bot.app import Convenor


async def post(
    bot: "Convenor", row: Delivery, rendered: Post | ForumPost | Effect, community: Community | None
) -> tuple[int | None, int | None]:
    """Do it.

    Returns:
        The channel's id and that of what was made, where there are such.

    Raises:
        Lost: there is no such place.
        Exposed: others see it.
        Repeated: whether it was done is not known, and what cannot be done twice was not tried again.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: as the library does.
    """
    if isinstance(rendered, Effect):
        with once():
            return None, await rendered.run()
    channel = await channel_of(bot, row, community)
    if isinstance(rendered, ForumPost):
        if not isinstance(channel, discord.ForumChannel):
            raise Lost("not a forum")
        tags = [tag for tag in channel.available_tags if tag.id in rendered.tags][:5]
        with once():
            made = await channel.create_thread(name=rendered.name, applied_tags=tags, **_message(row, rendered.post))
        return made.thread.id, made.message.id
    if isinstance(channel, discord.ForumChannel):
        raise Lost("is a forum")
    if row.target.startswith("user:") and community is not None:
        rendered = signed(rendered, community.name)
    message = await channel.send(nonce=f"convenor-{row.id}", **_message(row, rendered))
    return message.channel.id, message.id


def _message(row: Delivery, post: Post) -> dict[str, Any]:
    if not buttons.mark(post.view, row.id):
        raise ValueError(f"a message of kind {row.kind} has no button to carry its delivery's id")
    message: dict[str, Any] = {"view": post.view, "allowed_mentions": post.allowed_mentions}
    if post.content is not None:
        message["content"] = post.content
    if post.embeds:
        message["embeds"] = list(post.embeds)
    if post.files:
        message["files"] = list(post.files)
    return message


async def channel_of(bot: "Convenor", row: Delivery, community: Community | None) -> Any:
    """Where a delivery goes: `user:<id>`, `channel:<id>`, `channel:<purpose>`, or a place that a cog finds.

    Raises:
        Lost: there is no such place any more.
        Exposed: it is for moderators or members only, and others see it.
        discord.HTTPException: Discord does not say.
    """
    sort, _, which = row.target.partition(":")
    if row.target in bot.deliveries.places:
        return await bot.deliveries.places[row.target](bot, row, community)
    if sort == "user":
        return await _direct(bot, int(which))
    channel_id = int(which) if which.isdecimal() else (community.channel(row.target) if community else None)
    if channel_id is None:
        raise Lost("no such channel")
    guild = bot.get_guild(row.community_id)
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if channel is None:
        # What the gateway has not told of may be there all the same: only Discord itself knows what is gone.
        try:
            channel = await bot.fetch_channel(channel_id)
        except (discord.NotFound, discord.InvalidData) as error:
            raise Lost("no such channel") from error
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.id != row.community_id:
        raise Lost("no such channel")
    if (
        row.target in HELD_BACK
        and row.kind not in NAME_NOBODY
        and community is not None
        and isinstance(channel, discord.abc.GuildChannel)
        and is_exposed(channel, community, row.target)
    ):
        raise Exposed(channel.id)
    return channel


async def _direct(bot: "Convenor", user_id: int) -> discord.abc.Messageable:
    """Where somebody gets direct messages: asked for once."""
    known = bot.deliveries.direct.get(user_id)
    if known is not None:
        return bot.get_partial_messageable(known, type=discord.ChannelType.private)
    user = bot.get_user(user_id) or await bot.fetch_user(user_id)
    channel = user.dm_channel or await user.create_dm()
    bot.deliveries.direct[user_id] = channel.id
    return channel


def note_of(rendered: Post | ForumPost | Effect | Skip) -> str | None:
    """What is to be noted with a delivery once it is sent."""
    post = rendered.post if isinstance(rendered, ForumPost) else rendered
    return post.note if isinstance(post, Post) else None

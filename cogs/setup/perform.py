"""Carrying out a plan: channels and roles are made one by one, and what could not be made is named."""

from dataclasses import dataclass, field

import discord

from cogs.setup.plan import Part, Plan, Seen, What

SPEAK = discord.PermissionOverwrite(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
READ = discord.PermissionOverwrite(view_channel=True, read_message_history=True)
HIDDEN = discord.PermissionOverwrite(view_channel=False)


@dataclass(slots=True)
class Outcome:
    """What came of a plan."""

    places: dict[str, int | None] = field(default_factory=dict[str, int | None])
    made: list[str] = field(default_factory=list[str])
    failed: list[str] = field(default_factory=list[str])


async def perform(guild: discord.Guild, plan: Plan) -> Outcome:
    """Make what is to be made. What Discord refuses is named in the outcome; the rest is done all the same."""
    outcome = Outcome()
    for part in plan.parts:
        if part.what is not What.MAKE:
            outcome.places[part.purpose] = part.discord_id
            continue
        try:
            made = await (_make_role(guild, part) if part.is_role else _make_channel(guild, part, outcome))
        except (discord.Forbidden, discord.HTTPException):
            outcome.failed.append(part.name)
        else:
            outcome.places[part.purpose] = made.id
            outcome.made.append(f"<#{made.id}>" if not part.is_role else f"<@&{made.id}>")
    await _hand_over(guild, plan, outcome)
    await _tag_forum(guild, plan, outcome)
    return outcome


async def _hand_over(guild: discord.Guild, plan: Plan, outcome: Outcome) -> None:
    """Let the new role of moderators see and do what the one before did in each channel, and take that from the other.

    A role that a person was given for something else keeps what it has in channels that are not ours.
    """
    before, now = guild.get_role(plan.given_up or 0), _role(guild, outcome, "role:moderator")
    if before is None or now is None:
        return
    for part in plan.parts:
        channel = guild.get_channel(outcome.places.get(part.purpose) or 0)
        if part.is_role or channel is None:
            continue
        wanted = _overwrites(guild, part, outcome)
        try:
            if part.what is not What.MAKE:
                await channel.set_permissions(now, overwrite=wanted[now])
            if before in channel.overwrites:
                # It may be the role of members from now on.
                await channel.set_permissions(before, overwrite=wanted.get(before))
        except discord.HTTPException:
            outcome.failed.append(f"<#{channel.id}>")


async def _make_role(guild: discord.Guild, part: Part) -> discord.Role:
    # No rights of its own: who sees what is decided channel by channel. Only the role of those who asked to be
    # mentioned can be: Discord lets a bot mention no other.
    return await guild.create_role(
        name=part.name, permissions=discord.Permissions.none(), mentionable=part.purpose == "role:notify"
    )


async def _make_channel(guild: discord.Guild, part: Part, outcome: Outcome) -> discord.abc.GuildChannel:
    overwrites = _overwrites(guild, part, outcome)
    if part.forum:
        return await guild.create_forum(part.name, topic=part.topic, overwrites=overwrites)
    return await guild.create_text_channel(part.name, topic=part.topic, overwrites=overwrites)


def _overwrites(
    guild: discord.Guild, part: Part, outcome: Outcome
) -> dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]:
    overwrites: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {guild.me: SPEAK}
    moderator = _role(guild, outcome, "role:moderator")
    member = _role(guild, outcome, "role:member")
    if part.seen is Seen.ALL:
        overwrites[guild.default_role] = READ
    else:
        overwrites[guild.default_role] = HIDDEN
    if part.seen is Seen.MEMBERS and member is not None:
        overwrites[member] = SPEAK if part.purpose != "channel:webinars" else READ
    if moderator is not None:
        overwrites[moderator] = SPEAK
    return overwrites


def _role(guild: discord.Guild, outcome: Outcome, purpose: str) -> discord.Role | None:
    role_id = outcome.places.get(purpose)
    return guild.get_role(role_id) if role_id else None


async def _tag_forum(guild: discord.Guild, plan: Plan, outcome: Outcome) -> None:
    """Give the forum the tags it lacks, and note which tag serves what."""
    forum = guild.get_channel(outcome.places.get("channel:practices") or 0)
    if not isinstance(forum, discord.ForumChannel):
        return
    names = {tag.name for tag in forum.available_tags}
    new = [discord.ForumTag(name=name) for _, name in plan.tags if name not in names]
    # Discord allows 20 tags; those of the server stay.
    new = new[: 20 - len(names)]
    if new:
        try:
            forum = await forum.edit(available_tags=[*forum.available_tags, *new]) or forum
        except discord.HTTPException:
            outcome.failed.append(f"<#{forum.id}>")
    by_name = {tag.name: tag.id for tag in forum.available_tags}
    for purpose, name in plan.tags:
        outcome.places[purpose] = by_name.get(name)

"""Roles that follow the profile, within what the bot may do."""

import logging

import discord

from bot.app import Convenor
from bot.permissions import has_power
from cogs.onboarding import rules
from data.communities import Community, get_community
from data.members import Member
from data.members.planning import plan_trouble

log = logging.getLogger("convenor.onboarding")


async def follow(bot: Convenor, member: Member) -> bool:
    """Give and take roles as the profile says; nothing happens to someone who is not in the server.

    Returns:
        Whether all is in place now.

    Raises:
        discord.HTTPException: Discord could not be asked; a refusal is no error but gives False.
    """
    guild = bot.get_guild(member.community_id)
    async with bot.db.read() as session:
        community = await get_community(session, member.community_id)
    if guild is None or community is None:
        return False
    person = guild.get_member(member.user_id)
    if person is None:
        try:
            person = await guild.fetch_member(member.user_id)
        except discord.NotFound:
            return True
    return await _change(guild, community, person, member)


async def follow_or_tell(bot: Convenor, member: Member) -> None:
    """Give and take roles; where that is refused, the moderators are told once."""
    if await follow(bot, member):
        return
    now = bot.clock()
    async with bot.db.begin() as session:
        await plan_trouble(session, member, now=now)


async def _change(guild: discord.Guild, community: Community, person: discord.Member, member: Member) -> bool:
    change = rules.role_change(member, community.places, {role.id for role in person.roles})
    give, refused = _usable(guild, change.give)
    take = [role for role in map(guild.get_role, change.take) if role is not None and role.is_assignable()]
    complete = not change.missing and not refused and len(take) == len(change.take)
    try:
        if give:
            await person.add_roles(*give, reason="profile")
        if take:
            await person.remove_roles(*take, reason="profile")
    except discord.Forbidden:
        log.warning("roles of member %s were refused", member.id)
        return False
    return complete


def _usable(guild: discord.Guild, wanted: frozenset[int]) -> tuple[list[discord.Role], bool]:
    """The roles that the bot can and may give, and whether some are left out."""
    roles = [role for role in map(guild.get_role, wanted) if role is not None]
    # A role with powers is not for members, whatever it was set up for.
    usable = [role for role in roles if role.is_assignable() and not has_power(role)]
    return usable, len(usable) < len(wanted)

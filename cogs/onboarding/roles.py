"""Roles that follow the profile, within what the bot may do."""

import logging
from dataclasses import dataclass

import discord

from bot.app import Convenor
from bot.permissions import has_power
from cogs.onboarding import role_rules
from data.communities import Community, get_community
from data.members import APPROVED, Member, approved_members, follow_roles, get_by_user, roles_in_place, set_placed
from data.members.planning import plan_country_word, plan_roles, plan_trouble

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
    done = await _change(guild, community, person, member)
    # What differs from these later was done by hand.
    if done.placed is not None and done.placed != set(member.placed):
        async with bot.db.begin() as session:
            await set_placed(session, member, sorted(done.placed))
    return done.complete


def present(guild: discord.Guild, community: Community) -> dict[str, int]:
    """What serves which purpose, without roles for countries and languages that were deleted: nobody wants them."""
    optional = (role_rules.COUNTRY_ROLE, role_rules.LANGUAGE_ROLE)
    return {
        purpose: place
        for purpose, place in community.places.items()
        if not purpose.startswith(optional) or guild.get_role(place) is not None
    }


# What is done by hand in Discord --------------------------------------------------------------------------------------


async def heard(bot: Convenor, person: discord.Member) -> None:
    """Let the profile follow roles that somebody gave or took by hand; put right what must not follow.

    Who may give and take roles in Discord has that right there. What the bot did itself is what the profile says, and
    so changes nothing.

    Args:
        bot: the bot.
        person: as they are now.
    """
    async with bot.db.read() as session:
        community = await get_community(session, person.guild.id)
        member = await get_by_user(session, person.guild.id, person.id)
    if community is None or member is None or member.state != APPROVED:
        return
    held = {role.id for role in person.roles}
    hand = role_rules.by_hand(member, community.places, held, {role.id for role in person.guild.roles})
    if not hand.given and not hand.taken:
        return
    said = hand.apply(member)
    now = bot.clock()
    async with bot.db.begin() as session:
        after: Member | None = member
        if said is not None:
            areas, languages = said
            changed = {"given": sorted(hand.given), "taken": sorted(hand.taken)}
            after = await follow_roles(session, member, key_areas=areas, languages=languages, details=changed, now=now)
        if after is None:
            # They saved their profile at the same moment: that has planned its own roles.
            return
        if hand.of_country:
            await plan_country_word(session, after, now=now)
        # What did not go into the profile is put right; what did is in place and stays.
        await plan_roles(session, after, now=now, again=True)


async def reconcile(bot: Convenor, guild: discord.Guild) -> None:
    """Let profiles follow what was done by hand while the bot was away, as far as Discord shows the members."""
    if not guild.chunked:
        return
    async with bot.db.read() as session:
        community = await get_community(session, guild.id)
        placed = await roles_in_place(session, guild.id)
    if community is None:
        return
    ours = set(role_rules.following(community.places).values()) - {community.role(role_rules.MEMBER_ROLE)}
    there = {role.id for role in guild.roles}
    for user_id, roles in placed.items():
        person = guild.get_member(user_id)
        if person is not None and {role.id for role in person.roles} & ours != set(roles) & ours & there:
            await heard(bot, person)


async def follow_new_places(bot: Convenor, guild: discord.Guild) -> None:
    """Roles were set up: plan that those get them whose profile says so and who have them not."""
    async with bot.db.read() as session:
        community = await get_community(session, guild.id)
        members = await approved_members(session, guild.id)
    if community is None:
        return
    lacking: list[Member] = []
    for member in members:
        person = guild.get_member(member.user_id)
        if person is None:
            continue
        change = role_rules.role_change(member, present(guild, community), {role.id for role in person.roles})
        if _usable(guild, change.give)[0]:
            lacking.append(member)
    if lacking:
        now = bot.clock()
        async with bot.db.begin() as session:
            for member in lacking:
                await plan_roles(session, member, now=now, again=True)


# Carrying out ---------------------------------------------------------------------------------------------------------


async def follow_or_tell(bot: Convenor, member: Member) -> None:
    """Give and take roles; where that is refused, the moderators are told once."""
    if await follow(bot, member):
        return
    now = bot.clock()
    async with bot.db.begin() as session:
        await plan_trouble(session, member, now=now)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: whether all is in place, and which roles that follow the profile are; None if not known."""

    complete: bool
    placed: set[int] | None = None


async def _change(guild: discord.Guild, community: Community, person: discord.Member, member: Member) -> Done:
    held = {role.id for role in person.roles}
    change = role_rules.role_change(member, present(guild, community), held)
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
        return Done(complete=False)
    ours = set(role_rules.following(community.places).values())
    # The library's picture of a person is a moment behind what Discord has just answered.
    placed = ((held & ours) - {role.id for role in take}) | {role.id for role in give}
    return Done(complete, placed)


def _usable(guild: discord.Guild, wanted: frozenset[int]) -> tuple[list[discord.Role], bool]:
    """The roles that the bot can and may give, and whether some are left out."""
    roles = [role for role in map(guild.get_role, wanted) if role is not None]
    # A role with powers is not for members, whatever it was set up for.
    usable = [role for role in roles if role.is_assignable() and not has_power(role)]
    return usable, len(usable) < len(wanted)

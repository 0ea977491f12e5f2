"""Which channels of a community are closed to others, and whether they are."""

from collections.abc import Callable, Container, Mapping

import discord

from bot.authorize import Standing, standing_of
from data.communities import Community

# What stands in these names people who asked to join, and drafts that nobody has reviewed.
FOR_MODERATORS = ("channel:queue", "channel:review")
# Announcements of webinars name nobody: whether everyone may read them is the server's own choice.
FOR_MEMBERS = ("channel:introductions", "channel:practices")
# Nothing that names anybody is posted in these while others see them.
HELD_BACK = (*FOR_MODERATORS, "channel:introductions")


def is_exposed(
    channel: discord.abc.GuildChannel,
    community: Community,
    purpose: str,
    people: Mapping[int, discord.Member] | None = None,
) -> bool:
    """Whether a channel that serves a purpose is seen by people whom it is not for.

    A channel of moderators is for them alone: see `is_seen_by_others`. One of members must not be open to everyone;
    which other roles read along there is the server's own choice.

    Args:
        channel: as the bot sees it.
        community: whose channel it is.
        purpose: what it serves; others than these are never exposed.
        people: see `is_seen_by_others`.
    """
    if purpose in FOR_MEMBERS:
        return _sees(channel.guild.default_role, channel)
    if purpose not in FOR_MODERATORS:
        return False

    def moderates(person: discord.Member) -> bool:
        return standing_of(community, person) >= Standing.MODERATOR

    return is_seen_by_others(channel, {community.role("role:moderator")}, moderates, people)


def is_leaking(channel: discord.abc.GuildChannel, community: Community) -> bool:
    """Whether a channel serves moderators, or members, and is seen by people whom it is not for."""
    return any(is_exposed(channel, community, one) for one in serves(channel, community))


def serves(channel: discord.abc.GuildChannel, community: Community) -> list[str]:
    """Which of the purposes that are not for everyone a channel serves."""
    return [one for one in (*FOR_MODERATORS, *FOR_MEMBERS) if community.channel(one) == channel.id]


def is_seen_by_others(
    channel: discord.abc.GuildChannel,
    ours: Container[int | None],
    belongs: Callable[[discord.Member], bool],
    people: Mapping[int, discord.Member] | None = None,
) -> bool:
    """Whether a channel is seen by anybody but those it is for, and those who run the server.

    Every other role that sees it counts, whoever holds it now: tomorrow somebody else does. Roles with the right to
    manage the server do not count, nor does the role that Discord made for a bot: no person can be given it. A role
    that people made for their bots can be given to people, and counts. Of those let in by name, bots do not count, nor
    do those who are not in the server; but while not all of its members are known, whoever is unknown counts.

    Args:
        channel: as the bot sees it.
        ours: the roles it is for.
        belongs: whether it is for a person who was let in by name.
        people: those let in by name who are in the server, where Discord was asked (see `let_in`); else those count
            whom the bot knows.
    """
    guild = channel.guild
    if _sees(guild.default_role, channel):
        return True
    if any(_sees(role, channel) and not (role.id in ours or _is_harmless(role)) for role in guild.roles):
        return True
    for person_id in let_in(channel):
        person = guild.get_member(person_id) if people is None else people.get(person_id)
        if person is None:
            if people is None and not guild.chunked:
                return True
        elif not (person.bot or belongs(person)):
            return True
    return False


def let_in(channel: discord.abc.GuildChannel) -> set[int]:
    """Who may see a channel by name, people and bots, whether they are in the server or not."""
    return {
        who.id
        for who, rights in channel.overwrites.items()
        if rights.view_channel and not (isinstance(who, discord.Role) or getattr(who, "type", None) is discord.Role)
    }


def _is_harmless(role: discord.Role) -> bool:
    runs_it = role.permissions.administrator or role.permissions.manage_guild
    # Those who pay, or follow somebody elsewhere, get managed roles too.
    of_a_bot = role.managed and (role.tags is None or role.tags.is_bot_managed())
    return runs_it or of_a_bot


def _sees(role: discord.Role, channel: discord.abc.GuildChannel) -> bool:
    return channel.permissions_for(role).view_channel

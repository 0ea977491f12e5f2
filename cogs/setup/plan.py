"""What a server needs, and what of it is there: decided without changing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import discord

from bot.closed import is_seen_by_others
from bot.languages import Texts
from bot.permissions import Need, has_power, missing
from data.communities import Community

KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
STAGES = ("idea", "pilot", "implemented", "scaled", "ended")
# Whoever holds one of these is let in by it.
TRUSTED = ("role:moderator", "role:member")


class Seen(StrEnum):
    """Who sees a channel."""

    ALL = "all"
    MEMBERS = "members"
    MODERATORS = "moderators"


class What(StrEnum):
    """What happens to a part of the server."""

    KEEP = "keep"
    USE = "use"
    MAKE = "make"


@dataclass(frozen=True, slots=True)
class Part:
    """A channel or role that the community needs, and what will be done for it."""

    purpose: str
    name: str
    what: What
    discord_id: int | None = None
    forum: bool = False
    seen: Seen = Seen.ALL
    topic: str = ""

    @property
    def is_role(self) -> bool:
        """A role; else a channel."""
        return self.purpose.startswith("role:")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a server needs: parts, and what stands in the way."""

    parts: tuple[Part, ...]
    tags: tuple[tuple[str, str], ...]
    missing: tuple[Need, ...]
    # Roles of the server that stand above the bot's own, so that it cannot give them.
    too_high: tuple[str, ...]
    # Channels that people see who should not.
    too_open: tuple[int, ...]
    # The role of moderators until now, where another one takes its place: it gives up what it saw as such.
    given_up: int | None = None

    @property
    def to_do(self) -> list[Part]:
        """What is not in place yet."""
        return [part for part in self.parts if part.what is not What.KEEP]


def wanted(t: Texts) -> list[Part]:
    """The parts of a community, named in its first language. Names of channels are lower case, with hyphens."""
    make = What.MAKE
    return [
        Part("role:moderator", t.in_context("role", "Moderator"), make),
        Part("role:member", t.in_context("role", "Member"), make),
        Part("role:notify", t.in_context("role", "Webinar news"), make),
        *(Part(f"role:area:{area}", area_name(t, area), make) for area in KEY_AREAS),
        Part(
            "channel:welcome",
            t.in_context("channel", "welcome"),
            make,
            topic=t("New here? Press the button and introduce yourself."),
        ),
        Part(
            "channel:introductions",
            t.in_context("channel", "introductions"),
            make,
            seen=Seen.MEMBERS,
            topic=t("Who is who in the Network."),
        ),
        Part(
            "channel:webinars",
            t.in_context("channel", "webinars"),
            make,
            seen=Seen.MEMBERS,
            topic=t("Webinars, meetings and trainings, with reminders."),
        ),
        Part(
            "channel:practices",
            t.in_context("channel", "practices"),
            make,
            forum=True,
            seen=Seen.MEMBERS,
            topic=t("What worked, where, and what was learned. Share yours with /practice share."),
        ),
        Part(
            "channel:queue",
            t.in_context("channel", "moderators"),
            make,
            seen=Seen.MODERATORS,
            topic=t("Requests to join, and a notice when a message could not be sent."),
        ),
        Part(
            "channel:review",
            t.in_context("channel", "practice-review"),
            make,
            seen=Seen.MODERATORS,
            topic=t("Practices waiting for review."),
        ),
    ]


def area_name(t: Texts, area: str) -> str:
    """A key area's short name, for roles and tags: 20 characters at most."""
    return {
        "institutional-change": t.in_context("key area, short", "Institutional change"),
        "prevention-investigation": t.in_context("key area, short", "Prevention"),
        "budgeting": t.in_context("key area, short", "Budgeting"),
        "capacity": t.in_context("key area, short", "Capacity"),
        "leadership": t.in_context("key area, short", "Leadership"),
    }[area]


def stage_name(t: Texts, stage: str) -> str:
    """A practice's stage, for tags: 20 characters at most."""
    return {
        "idea": t.in_context("stage", "Idea"),
        "pilot": t.in_context("stage", "Pilot"),
        "implemented": t.in_context("stage", "Implemented"),
        "scaled": t.in_context("stage", "Scaled up"),
        "ended": t.in_context("stage", "Ended"),
    }[stage]


def tags_of(t: Texts) -> tuple[tuple[str, str], ...]:
    """The forum's tags as (purpose, name): key areas, then stages."""
    return tuple((f"tag:area:{area}", area_name(t, area)) for area in KEY_AREAS) + tuple(
        (f"tag:stage:{stage}", stage_name(t, stage)) for stage in STAGES
    )


def make_plan(guild: discord.Guild, community: Community, t: Texts, chosen: Mapping[str, int]) -> Plan:
    """Compare what a community needs with what the server has.

    Args:
        guild: the server as the bot sees it.
        community: what was set up before.
        t: texts in the community's first language.
        chosen: channels and roles that the moderator wants used, by purpose.
    """
    moderators = moderator_roles(community, chosen)
    parts: list[Part] = []
    for part in wanted(t):
        parts.append(_settle(guild, community, part, chosen, moderators))
        if part.purpose == "role:moderator" and parts[-1].discord_id:
            moderators.add(parts[-1].discord_id)
    seen = {part.discord_id: part.seen for part in parts if part.discord_id and not part.is_role}
    top = guild.me.top_role
    roles = [guild.get_role(part.discord_id) for part in parts if part.is_role and part.discord_id]
    return Plan(
        tuple(parts),
        tags_of(t),
        tuple(missing(guild.me.guild_permissions)),
        tuple(role.name for role in roles if role is not None and role >= top),
        tuple(channel.id for channel in guild.channels if is_too_open(channel, seen.get(channel.id), moderators)),
        _given_up(guild, community, chosen),
    )


def member_role_of(guild: discord.Guild, community: Community, chosen: Mapping[str, int]) -> discord.Role | None:
    """The role of members, as chosen or as it was before."""
    return guild.get_role(chosen.get("role:member") or community.role("role:member") or 0)


def _given_up(guild: discord.Guild, community: Community, chosen: Mapping[str, int]) -> int | None:
    before = community.role("role:moderator")
    if before is None or chosen.get("role:moderator", before) == before or guild.get_role(before) is None:
        return None
    return before


def moderator_roles(community: Community, chosen: Mapping[str, int]) -> set[int]:
    """The role of moderators as chosen, and as it was before, which gives up what it sees."""
    return {one for one in (chosen.get("role:moderator"), community.role("role:moderator")) if one is not None}


def is_too_open(channel: discord.abc.GuildChannel, seen: Seen | None, moderators: set[int]) -> bool:
    """Whether a channel is seen by more people than those it is for: one of members by everyone, or one of moderators.

    Args:
        channel: as the bot sees it.
        seen: whom it is for.
        moderators: their roles.
    """
    if seen is Seen.MODERATORS:
        return is_seen_by_others(channel, moderators, lambda person: _moderates(person, moderators))
    return seen is Seen.MEMBERS and channel.permissions_for(channel.guild.default_role).view_channel


def _moderates(person: discord.Member, moderators: set[int]) -> bool:
    return person.guild_permissions.manage_guild or any(role.id in moderators for role in person.roles)


def _settle(
    guild: discord.Guild,
    community: Community,
    part: Part,
    chosen: Mapping[str, int],
    moderators: set[int],
) -> Part:
    known = community.role(part.purpose) if part.is_role else community.channel(part.purpose)
    there: Sequence[discord.Role | discord.abc.GuildChannel] = guild.roles if part.is_role else guild.channels
    if part.purpose in chosen:
        what = What.KEEP if chosen[part.purpose] == known else What.USE
        return _with(part, what, chosen[part.purpose])
    if known is not None and any(item.id == known for item in there):
        return _with(part, What.KEEP, known)
    # The same name and sort as ours: most likely made by an earlier, interrupted run, or by hand for this.
    for item in there:
        taken = item.id in chosen.values() or item.id in community.places.values()
        if item.name != part.name or taken:
            continue
        if isinstance(item, discord.Role):
            serves = _is_harmless(guild, item, part)
        else:
            sort = discord.ForumChannel if part.forum else discord.TextChannel
            serves = isinstance(item, sort) and not is_too_open(item, part.seen, moderators)
        if serves:
            return _with(part, What.USE, item.id)
    return part


def _is_harmless(guild: discord.Guild, role: discord.Role, part: Part) -> bool:
    """Whether a role may be taken by its name: it gives no rights, and nobody is let in who was not before."""
    if role.is_default() or role.managed or has_power(role):
        return False
    return part.purpose not in TRUSTED or (guild.chunked and not role.members)


def _with(part: Part, what: What, discord_id: int) -> Part:
    return Part(part.purpose, part.name, what, discord_id, part.forum, part.seen, part.topic)

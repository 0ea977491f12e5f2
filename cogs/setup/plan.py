"""What a server needs, and what of it is there: decided without changing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import discord

from bot.languages import Texts
from bot.permissions import Need, missing
from data.communities import Community

KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
STAGES = ("idea", "pilot", "implemented", "scaled", "ended")


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
            topic=t("Requests to join, and word when a message could not go out."),
        ),
        Part(
            "channel:review",
            t.in_context("channel", "practice-review"),
            make,
            seen=Seen.MODERATORS,
            topic=t("Practices that wait for review."),
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
    parts = [_settle(guild, community, part, chosen) for part in wanted(t)]
    top = guild.me.top_role
    roles = [guild.get_role(part.discord_id) for part in parts if part.is_role and part.discord_id]
    return Plan(
        tuple(parts),
        tags_of(t),
        tuple(missing(guild.me.guild_permissions)),
        tuple(role.name for role in roles if role is not None and role >= top),
    )


def _settle(guild: discord.Guild, community: Community, part: Part, chosen: Mapping[str, int]) -> Part:
    known = community.role(part.purpose) if part.is_role else community.channel(part.purpose)
    there: Sequence[discord.Role | discord.abc.GuildChannel] = guild.roles if part.is_role else guild.channels
    if part.purpose in chosen:
        what = What.KEEP if chosen[part.purpose] == known else What.USE
        return _with(part, what, chosen[part.purpose])
    if known is not None and any(item.id == known for item in there):
        return _with(part, What.KEEP, known)
    # The same name and sort as ours: most likely made by an earlier, interrupted run, or by hand for this.
    for item in there:
        fits = part.is_role or isinstance(item, discord.ForumChannel if part.forum else discord.TextChannel)
        taken = item.id in chosen.values() or item.id in community.places.values()
        if fits and not taken and item.name == part.name and not _is_everyone_or_managed(item):
            return _with(part, What.USE, item.id)
    return part


def _is_everyone_or_managed(item: discord.Role | discord.abc.GuildChannel) -> bool:
    return isinstance(item, discord.Role) and (item.is_default() or item.managed or _has_power(item))


def _has_power(role: discord.Role) -> bool:
    """A role with a moderator's rights is never taken by its name alone: it must be chosen."""
    rights = role.permissions
    return rights.administrator or rights.manage_guild or rights.manage_roles or rights.ban_members


def _with(part: Part, what: What, discord_id: int) -> Part:
    return Part(part.purpose, part.name, what, discord_id, part.forum, part.seen, part.topic)

"""What is shown of people: to themselves, to moderators, to the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.utils import format_dt, snowflake_time
from sqlalchemy.ext.asyncio import AsyncSession

from bot.languages import N_, Texts
from bot.render import ACCENT, cut, label, one_line, plain, room_for
from cogs.onboarding import rules
from data import countries, network
from data.members import APPROVED, DECLINED, LAPSED, LEFT, PENDING, Attestation, Member, Profile, visible
from data.members.matching import Match
from data.members.visibility import FIELDS, ME, MEMBERS, MODERATORS
from data.wording import Wording

FIELD_LIMIT = 1024
# What people write of themselves, to each other, and as a reason, once it is escaped.
WORDS_ROOM = room_for(rules.WORDS_LIMIT)
# What people may hide, as they know it.
FIELD_NAMES = {
    "country": N_("Country"),
    "organisation": N_("Organisation"),
    "role": N_("Role or title"),
    "languages": N_("Languages"),
    "key_areas": N_("Key areas"),
    "offers": N_("Offers"),
    "seeks": N_("Looks for"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What cards tell besides the person's own words."""

    key_areas: Mapping[str, Wording]
    # Codes of the countries that are members of the Network.
    network: frozenset[str]


async def load_facts(session: AsyncSession) -> Facts:
    """The names of key areas, and which countries belong to the Network."""
    areas = await network.list_key_areas(session)
    members = await network.list_network_members(session)
    return Facts({area.id: area.name for area in areas}, frozenset(member.country for member in members))


# Words ----------------------------------------------------------------------------------------------------------------


def country_name(t: Texts, code: str | None) -> str:
    """A country's name in the reader's language; a dash where there is none."""
    return countries.name(code, t.language) if code else "–"


def language_name(t: Texts, code: str) -> str:
    """A language's name in the reader's language, as CLDR has it, beginning with a capital."""
    # Costly to import, and needed for people's forms only.
    from babel import Locale

    names: Any = Locale.parse(t.language).languages
    name: str = names.get(code, code)
    return name[:1].upper() + name[1:]


def kind_name(t: Texts, kind: str) -> str:
    """A kind of organisation in the reader's language."""
    return t(rules.ORGANISATION_KINDS[kind]) if kind in rules.ORGANISATION_KINDS else kind


def notice(t: Texts, kept_days: int) -> str:
    """The privacy notice, as it stands before the first question. Who changes it counts `NOTICE_VERSION` up.

    Args:
        t: the reader's texts.
        kept_days: how long a profile is kept after its owner left.
    """
    return t(
        "We keep what you write here for this community only. The moderators read it; the focal points of your "
        "country see your name and post and say whether they know you; other members see it only if you agree. /mydata "
        "shows you all of it, and erases it whenever you want. It is kept while you are here, {days} days after you "
        "leave, and a year if you are declined. That a message was sent to you is kept for a year. Please write "
        "nothing that identifies a survivor or an open case.",
        days=kept_days,
    )


# Fields ---------------------------------------------------------------------------------------------------------------


def _add(card: discord.Embed, name: str, value: str, *, inline: bool = False) -> None:
    if value:
        card.add_field(name=name, value=cut(value, FIELD_LIMIT), inline=inline)


def _add_profile(card: discord.Embed, t: Texts, facts: Facts, profile: Profile) -> None:
    """What a person says of themselves."""
    _add(card, t("Country"), country_name(t, profile.country), inline=True)
    _add(card, t("Kind of organisation"), kind_name(t, profile.organisation_kind), inline=True)
    _add(card, t("Organisation"), one_line(profile.organisation, FIELD_LIMIT))
    _add(card, t("Role or title"), one_line(profile.role, FIELD_LIMIT))
    _add_interests(card, t, facts, profile)


def _add_interests(card: discord.Embed, t: Texts, facts: Facts, profile: Profile) -> None:
    areas = [facts.key_areas[area].text(t.language) for area in profile.key_areas if area in facts.key_areas]
    _add(card, t("Key areas"), "\n".join(f"• {area}" for area in areas))
    _add(card, t("Languages"), ", ".join(language_name(t, code) for code in profile.languages))
    _add(card, t("Offers"), plain(profile.offers, FIELD_LIMIT))
    _add(card, t("Looks for"), plain(profile.seeks, FIELD_LIMIT))


def _title(name: str) -> str:
    # Members' names are no Markdown in titles, but Discord reads it there too.
    return one_line(name, 200)


# Cards ----------------------------------------------------------------------------------------------------------------


def _add_membership(card: discord.Embed, t: Texts, facts: Facts, profile: Profile) -> None:
    """As what they take part, which is told before they send and again when it is decided."""
    _add(card, t("Takes part as"), t(rules.MEMBERSHIPS[rules.membership(profile, facts.network)]), inline=True)


def summary_card(t: Texts, facts: Facts, profile: Profile, *, kept_days: int) -> discord.Embed:
    """What a person is about to send."""
    card = discord.Embed(title=t("Is this right?"), colour=ACCENT, description=notice(t, kept_days))
    _add_membership(card, t, facts, profile)
    _add_profile(card, t, facts, profile)
    shown = t("Yes: members may see your profile, and you are introduced to them.")
    hidden = t("No: only the moderators see your profile, and you are not introduced.")
    _add(card, t("Shown to members"), shown if profile.directory else hidden)
    agreed = [
        t("You are named to members who seek what you offer, and they to you.") if profile.matching else "",
        t("What you write may be translated for members.") if profile.translation else "",
    ]
    _add(card, t("You also agree"), "\n".join(f"• {each}" for each in agreed if each))
    _add_hidden(card, t, profile)
    return card


def _add_hidden(card: discord.Embed, t: Texts, profile: Profile) -> None:
    """What a person hides, for themselves."""
    groups: dict[str, list[str]] = {}
    for field in FIELDS:
        if field in profile.hidden:
            groups.setdefault(profile.hidden[field], []).append(t(FIELD_NAMES[field]))
    lines = [
        t("Only moderators see: {fields}", fields=", ".join(groups[MODERATORS])) if MODERATORS in groups else "",
        t("Only you see: {fields}", fields=", ".join(groups[ME])) if ME in groups else "",
    ]
    _add(card, t("Who sees what"), "\n".join(line for line in lines if line))


def profile_card(t: Texts, facts: Facts, member: Member, *, to: str) -> discord.Embed:
    """What somebody sees of a member.

    Args:
        t: the reader's texts.
        facts: names.
        member: whose profile.
        to: who reads it: `MEMBERS`, `MODERATORS` or `ME`. The last two see what others do not, and are told so.
    """
    card = discord.Embed(title=_title(member.name), colour=ACCENT, description=f"<@{member.user_id}>")
    _add_profile(card, t, facts, visible(member, to))
    if to == ME:
        _add_hidden(card, t, member)
    if to != MEMBERS and not member.listed:
        card.set_footer(text=t("Other members do not see this profile."))
    elif to == MODERATORS and member.hidden:
        card.set_footer(text=t("Other members do not see all of this."))
    return card


def introduction_card(t: Texts, facts: Facts, member: Member, matches: Sequence[Match] = ()) -> discord.Embed:
    """A member, introduced to the others, with those whom they may want to meet."""
    member = visible(member, MEMBERS)
    who = [one_line(member.role, 300), one_line(member.organisation, 300)]
    if member.country:
        who.append(country_name(t, member.country))
    said = "\n".join(line for line in who if line)
    card = discord.Embed(title=_title(member.name), description=said, colour=ACCENT)
    _add_interests(card, t, facts, member)
    _add(card, t("You may want to meet"), "\n".join(match_line(t, match) for match in matches))
    return card


def short_name(member: Member) -> str:
    """A name that fits on a button."""
    return label(member.name, 30) or "?"


def match_line(t: Texts, match: Match) -> str:
    """Somebody whom a member may want to meet, and why. Names nobody so that they are told."""
    them = match.member
    name, country = one_line(them.name, 60), country_name(t, them.country)
    parts = [f"**{name}** ({country})"]
    if match.offers:
        parts.append(t("offers: {words}", words=one_line(them.offers, 110)))
    if match.seeks:
        parts.append(t("looks for: {words}", words=one_line(them.seeks, 110)))
    return "• " + " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a moderator should know about a request besides what the person says."""

    odd_characters: bool
    young_account: bool
    # What was said about the person, newest first.
    words: tuple[Attestation, ...] = ()


def word_line(t: Texts, word: Attestation) -> str:
    """One word about a person, for the moderators."""
    who = f"<@{word.given_by}>" if word.given_by else t("someone whose data was erased")
    if not word.vouches:
        return t("{who} does not know this person.", who=who)
    until = format_dt(word.expires_at, "D")
    if word.as_focal_point:
        return t("{who}, a focal point, vouches until {day}.", who=who, day=until)
    return t("{who}, a moderator, vouches until {day}.", who=who, day=until)


def warnings(t: Texts, facts: Facts, member: Member, circumstances: Circumstances) -> list[str]:
    """What a moderator should look at twice."""
    found: list[str] = []
    if member.in_review:
        found.append(t("Already a member: the country or the kind of organisation was changed."))
    if rules.is_outside(member, facts.network):
        found.append(
            t(
                "{country} is not a member of the Network: an observer or a prospective member.",
                country=country_name(t, member.country),
            )
        )
    if circumstances.young_account:
        found.append(t("The Discord account is new."))
    if rules.mixes_letters(member):
        found.append(t("Letters of several alphabets are mixed in one word: it may imitate another name."))
    if circumstances.odd_characters:
        found.append(t("Invisible or direction-changing characters were removed from what was typed."))
    if not member.directory:
        found.append(t("Does not agree to be shown to members: there will be no introduction."))
    return found


def queue_card(t: Texts, facts: Facts, member: Member, circumstances: Circumstances) -> discord.Embed:
    """All there is to decide on, or what was decided."""
    titles = {
        PENDING: t("Request to join"),
        APPROVED: t("Request to join: approved"),
        DECLINED: t("Request to join: declined"),
        LAPSED: t("Request to join: nobody vouches any more"),
    }
    if member.state == LEFT:
        return discord.Embed(
            title=t("Request to join"),
            description=t("{name} has left the server.", name=_title(member.name)),
            colour=ACCENT,
        )
    member = visible(member, MODERATORS)
    card = discord.Embed(title=titles[member.state], colour=ACCENT)
    card.description = f"**{_title(member.name)}** · <@{member.user_id}>"
    _add_membership(card, t, facts, member)
    _add_profile(card, t, facts, member)
    created = snowflake_time(member.user_id)
    _add(card, t("Discord account created"), format_dt(created, "R"), inline=True)
    _add(card, t("Sent"), f"{format_dt(member.submitted_at, 'f')} ({format_dt(member.submitted_at, 'R')})", inline=True)
    _add(card, t("Vouched for"), "\n".join(word_line(t, word) for word in circumstances.words))
    if member.question:
        asked = plain(member.question, WORDS_ROOM)
        _add(card, t("Question"), t("{who} asked: {question}", who=f"<@{member.question_by}>", question=asked))
        _add(card, t("Answer"), plain(member.answer, WORDS_ROOM) if member.answer else t("No answer yet."))
    if member.state == PENDING:
        _add(card, t("Please note"), "\n".join(f"⚠️ {item}" for item in warnings(t, facts, member, circumstances)))
    elif member.decided_at is not None:
        _add(card, t("Decided"), f"<@{member.decided_by}> · {format_dt(member.decided_at, 'f')}")
        _add(card, t("Reason"), plain(member.decision_reason or "", FIELD_LIMIT))
    return card


def replaced_card(t: Texts, member: Member) -> discord.Embed:
    """In place of a card that a newer one has made useless."""
    return discord.Embed(
        title=t("Request to join"),
        description=t("{name} has changed this request. The newest card is further down.", name=_title(member.name)),
        colour=ACCENT,
    )


def queue_line(t: Texts, member: Member) -> str:
    """One line of the queue."""
    return (
        f"• **{one_line(member.name, 60)}** · {country_name(t, member.country)} · "
        f"{one_line(member.organisation, 80)} · {format_dt(member.submitted_at, 'R')}"
    )


def quote(text: str, limit: int) -> str:
    """A person's words, as a quotation."""
    return "\n".join(f"> {line}" for line in plain(text, limit).splitlines())

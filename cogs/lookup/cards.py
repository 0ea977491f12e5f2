"""What is shown of each thing: a few lines in a list, and a card of its own."""

from dataclasses import dataclass
from datetime import datetime

import discord

from bot.languages import Texts
from bot.render import ACCENT, cut, label, one_line, plain, safe_link
from cogs.lookup.things import Thing
from cogs.lookup.words import (
    KINDS,
    SECTIONS,
    TYPES,
    Areas,
    areas_of,
    languages_of,
    of_code,
    result_of,
    stage_of,
)
from data import countries
from data.members import Member
from data.network import CO_CHAIR, Fact, KeyArea, NetworkMember
from data.practices import Practice
from data.practices.adaptations import Told
from data.resources import ABOUT, Resource
from data.webinars import Webinar

# Discord's limits: 1,024 for a field, 6,000 for a message; five results of this size stay below, an address of 500
# characters included.
LINES_LIMIT = 750
SUMMARY_IN_LIST = 220
CARD_LIMIT = 5600


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom something is shown: texts in their language, the key areas' names, the time."""

    t: Texts
    areas: Areas
    now: datetime


def title_of(t: Texts, thing: Thing) -> str:
    """A thing's title in the reader's language where it has one, as it was written."""
    match thing:
        case Resource():
            return thing.title
        case Webinar():
            return thing.read_in(t.language).title
        case Practice() | Fact():
            return thing.title.text(t.language)
        case Told():
            country = countries.name(thing.adaptation.country or "", t.language)
            return t("Tried in {country}: {title}", country=country, title=thing.practice.title.text(t.language))
        case KeyArea() | Member():
            return thing.name if isinstance(thing, Member) else thing.name.text(t.language)
        case NetworkMember():
            return countries.name(thing.country, t.language)


def kind_of(t: Texts, kind: str, thing: Thing) -> str:
    """What sort of thing it is, in words."""
    word = of_code(t, KINDS, kind)
    if isinstance(thing, Resource):
        return f"{word} · {of_code(t, TYPES, thing.type)}"
    if isinstance(thing, NetworkMember) and thing.role == CO_CHAIR:
        chair = t("Co-chair")
        return f"{word} · {chair}"
    return word


# In a list ------------------------------------------------------------------------------------------------------------


def lines_of(
    reader: Reader, kind: str, thing: Thing, *, summary: int = SUMMARY_IN_LIST, limit: int = LINES_LIMIT
) -> str:
    """A thing in a few lines, its title left out.

    Args:
        reader: for whom.
        kind: as the search calls it.
        thing: what is shown.
        summary: how much of its summary, in characters; 0 for none.
        limit: the most characters in all; 600 at least, so that the longest address fits.
    """
    lines = [f"**{kind_of(reader.t, kind, thing)}**"]
    # An address that was cut would lead nowhere, so it is counted first and never shortened.
    link = _link(reader.t, thing)
    room = limit - (len(link) + 1 if link else 0)
    for line in _short(reader, thing, summary):
        if line and sum(map(len, lines)) + len(lines) + len(line) <= room:
            lines.append(line)
    return "\n".join([*lines, link] if link else lines)


def _short(reader: Reader, thing: Thing, summary: int) -> list[str]:
    t = reader.t
    match thing:
        case Resource():
            meaning = one_line(thing.meaning(t.language), 200)
            return [
                f"*{meaning}*" if meaning else "",
                _brief(thing.summary.text(t.language), summary),
                _published(t, thing),
                _areas(reader, thing.key_areas[:2]),
            ]
        case Practice():
            return [
                _origin(t, thing),
                _brief(thing.summary.text(t.language), summary),
                _where(t, thing),
                _areas(reader, thing.key_areas[:2]),
            ]
        case Told():
            return [_brief(thing.adaptation.changed, summary), _areas(reader, thing.practice.key_areas[:2])]
        case Member():
            return [
                _post(t, thing),
                _brief(thing.offers, summary),
                _areas(reader, thing.key_areas),
                languages_of(t, thing.languages),
            ]
        case Webinar():
            return [
                when(reader, thing),
                _brief(thing.read_in(t.language).description, summary),
                _areas(reader, thing.key_areas[:2]),
            ]
        case NetworkMember():
            return [_region(t, thing)]
        case KeyArea():
            return [_brief(thing.description.text(t.language), summary)]
        case Fact():
            return [_brief(thing.body.text(t.language), summary)]


def _areas(reader: Reader, ids: tuple[str, ...]) -> str:
    names = areas_of(reader.t, reader.areas, ids)
    if not names:
        return ""
    return reader.t.plural("Key area: {names}", "Key areas: {names}", len(ids), names=names)


def _brief(text: str, limit: int) -> str:
    return one_line(text, limit) if limit and text else ""


def _published(t: Texts, resource: Resource) -> str:
    publishers = one_line(", ".join(resource.publishers), 200)
    parts = [publishers, str(resource.year or ""), languages_of(t, resource.languages)]
    return " · ".join(part for part in parts if part)


def _link(t: Texts, thing: Thing) -> str:
    """Where a thing is, as a plain address or a channel's name; empty where there is nothing to open."""
    if isinstance(thing, Resource):
        address = safe_link(thing.url)
        if address is None:
            return ""
        if thing.url_kind == ABOUT:
            return t("A page about it: {address}", address=address)
        return t("Find it here: {address}", address=address)
    if isinstance(thing, Told):
        thing = thing.practice
    if isinstance(thing, Practice) and thing.thread_id:
        return t("Read and discuss it in {thread}", thread=f"<#{thing.thread_id}>")
    return ""


def _origin(t: Texts, practice: Practice) -> str:
    if practice.archived_at is not None:
        day = discord.utils.format_dt(practice.archived_at, "D")
        return t(
            "**Archived since {day}.** Nobody looks after it any more: it may not be done like this today.", day=day
        )
    return t("From the Network's brochure, not reviewed") if practice.from_brochure else ""


def _where(t: Texts, practice: Practice) -> str:
    country = countries.name(practice.country, t.language) if practice.country else ""
    institution = one_line(practice.institution.text(t.language), 100)
    return " · ".join(part for part in (country, institution) if part)


def _post(t: Texts, member: Member) -> str:
    country = countries.name(member.country, t.language) if member.country else ""
    parts = [one_line(member.role, 100), one_line(member.organisation, 100), country]
    return " · ".join(part for part in parts if part)


def _region(t: Texts, member: NetworkMember) -> str:
    regions = dict.fromkeys((member.region, member.subregion, member.intermediate_region))
    return " · ".join(countries.region_name(code, t.language) for code in regions if code)


def when(reader: Reader, webinar: Webinar) -> str:
    """When a webinar is: each client shows it in its own zone."""
    starts = f"{discord.utils.format_dt(webinar.starts_at, 'F')} ({discord.utils.format_dt(webinar.starts_at, 'R')})"
    return reader.t("Over: {when}", when=starts) if webinar.ends_at <= reader.now else starts


# On its own -----------------------------------------------------------------------------------------------------------


def card_of(reader: Reader, kind: str, thing: Thing) -> discord.Embed:
    """A thing with all that is to be read of it."""
    card = discord.Embed(title=one_line(title_of(reader.t, thing), 256), colour=ACCENT)
    card.set_footer(text=cut(kind_of(reader.t, kind, thing), 200))
    match thing:
        case Resource():
            _resource(card, reader, thing)
        case Practice():
            _practice(card, reader, thing)
        case Told():
            _told(card, reader, thing)
        case Member():
            _member(card, reader, thing)
        case Webinar():
            _webinar(card, reader, thing)
        case NetworkMember():
            _network_member(card, reader, thing)
        case KeyArea():
            card.description = plain(thing.description.text(reader.t.language), 1500)
        case Fact():
            card.description = plain(thing.body.text(reader.t.language), 1500)
    return card


def _add(card: discord.Embed, name: str, value: str, *, inline: bool = False) -> None:
    room = min(1024, CARD_LIMIT - len(card) - len(name))
    if value and room > 50:
        card.add_field(name=name, value=cut(value, room), inline=inline)


def _resource(card: discord.Embed, reader: Reader, resource: Resource) -> None:
    t = reader.t
    meaning = one_line(resource.meaning(t.language), 300)
    summary = plain(resource.summary.text(t.language), 2000)
    card.description = "\n\n".join(part for part in (f"*{meaning}*" if meaning else "", summary) if part)
    _add(card, t("Published by"), one_line(", ".join(resource.publishers), 1024), inline=True)
    _add(card, t("Year"), str(resource.year or ""), inline=True)
    _add(card, t("Languages"), languages_of(t, resource.languages), inline=True)
    _add(card, t("Meant for"), one_line(resource.scope.text(t.language), 300), inline=True)
    _add(card, t("Key areas"), areas_of(t, reader.areas, resource.key_areas))
    _add(card, t("Where it is"), _link(t, resource) or t("No address is known to us."))


def _practice(card: discord.Embed, reader: Reader, practice: Practice) -> None:
    t = reader.t
    parts = (_origin(t, practice), plain(practice.summary.text(t.language), 1500))
    card.description = "\n\n".join(part for part in parts if part)
    _add(card, t("Country"), countries.name(practice.country, t.language) if practice.country else "", inline=True)
    _add(card, t("Institution"), one_line(practice.institution.text(t.language), 300), inline=True)
    _add(card, t("Stage"), stage_of(t, practice.stage) if practice.stage else "", inline=True)
    if practice.contact_shown and practice.author_id is not None:
        _add(card, t("Contact"), f"<@{practice.author_id}>", inline=True)
    _add(card, t("Key areas"), areas_of(t, reader.areas, practice.key_areas))
    _add(card, t("Please note"), plain(practice.note.text(t.language), 1024))
    _add(card, t("Source"), one_line(practice.source.text(t.language), 1024))
    _add(card, t("Where it is"), _link(t, practice))
    for name, heading in SECTIONS.items():
        _add(card, t(heading), plain(practice.sections.get(name, ""), 1024))


def _told(card: discord.Embed, reader: Reader, told: Told) -> None:
    t, adaptation = reader.t, told.adaptation
    card.description = plain(told.practice.summary.text(t.language), 1000)
    _add(card, t("When"), one_line(adaptation.period, 200), inline=True)
    _add(card, t("What came of it"), result_of(t, adaptation.result) if adaptation.result else "", inline=True)
    _add(card, t("What was changed"), plain(adaptation.changed, 1024))
    _add(card, t("What was learnt"), plain(adaptation.learnt, 1024))
    _add(card, t("Where it is"), _link(t, told.practice))


def _member(card: discord.Embed, reader: Reader, member: Member) -> None:
    t = reader.t
    card.description = f"<@{member.user_id}>\n{_post(t, member)}"
    _add(card, t("Key areas"), areas_of(t, reader.areas, member.key_areas))
    _add(card, t("Languages"), languages_of(t, member.languages))
    _add(card, t("Offers"), plain(member.offers, 1024))
    _add(card, t("Looks for"), plain(member.seeks, 1024))


def _webinar(card: discord.Embed, reader: Reader, webinar: Webinar) -> None:
    t = reader.t
    card.description = f"{when(reader, webinar)}\n\n{plain(webinar.read_in(t.language).description, 2500)}"
    _add(card, t("Length"), t.plural("{n} minute", "{n} minutes", webinar.minutes), inline=True)
    _add(card, t("Speakers"), plain(webinar.speakers, 1024), inline=True)
    _add(card, t("Key areas"), areas_of(t, reader.areas, webinar.key_areas), inline=True)
    if webinar.announcement_channel_id and webinar.ends_at > reader.now:
        channel = f"<#{webinar.announcement_channel_id}>"
        _add(card, t("To take part"), t("Press “Going” under its announcement in {channel}.", channel=channel))


def _network_member(card: discord.Embed, reader: Reader, member: NetworkMember) -> None:
    t = reader.t
    country = countries.name(member.country, t.language)
    said = [t("{country}: member of the Network.", country=country)]
    if member.role == CO_CHAIR:
        said.append(t("It is one of the co-chairs."))
    if member.presented_good_practice:
        said.append(t("It presented a good practice at the first meeting."))
    card.description = " ".join(said)
    _add(card, t("Region"), _region(t, member), inline=True)
    _add(card, t("Official languages"), languages_of(t, member.languages), inline=True)


def option_of(t: Texts, kind: str, thing: Thing) -> discord.SelectOption:
    """A thing as an option of a menu, with what a title in another language means."""
    meaning = thing.meaning(t.language) if isinstance(thing, Resource) else ""
    return discord.SelectOption(
        label=label(title_of(t, thing)) or "–",
        value=f"{kind}:{thing.id}",
        description=label(meaning or kind_of(t, kind, thing)),
    )

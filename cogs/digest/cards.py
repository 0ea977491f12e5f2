"""What is shown of a week.

A message that went out stays where it is, whatever people change or take back later. So it names no member, and repeats
no question: it counts them, and its buttons show who and what there is by then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import discord
from discord.utils import format_dt

from bot.guidance import TYPES
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line, safe_link
from data import countries
from data.digests import Coming, Week
from data.languages import name_language
from data.members import Member
from data.practices import Practice
from data.practices.adaptations import Told
from data.resources import Resource
from data.webinars import GOING, LAPSED, MAYBE, OFFERED, WAITING
from data.zones import name_zone

Areas = Mapping[str, str]

# How many of each sort are listed: a phone shows them on two screens, and each has room for a button.
WEBINARS, PRACTICES, ADAPTATIONS, RESOURCES, MEMBERS = 5, 4, 2, 4, 10
TITLE, FACTS = 100, 110
# Of a card's own text.
LONGEST = 4096


class Numbers:
    """Counts what can be opened, and keeps where that leads."""

    def __init__(self) -> None:
        self.links: list[str] = []

    def line(self, title: str, link: str | None) -> str:
        """A title, with the number of the button that opens it, if one does."""
        if link is None:
            return f"**{title}**"
        self.links.append(link)
        return f"**{len(self.links)}. {title}**"


def digest_card(
    t: Texts, week: Week, *, community_id: int, name: str, areas: Areas
) -> tuple[discord.Embed, list[discord.ui.Button[discord.ui.View]]]:
    """A week, and the buttons that open what it names, numbered alike.

    Args:
        t: texts in the reader's language.
        week: what there is to tell.
        community_id: where.
        name: the community's.
        areas: the names of key areas in the reader's language, by id.
    """
    numbers = Numbers()
    sections = [
        section
        for section in (
            _section(
                t,
                t("Coming in the next two weeks"),
                [_webinar(t, numbers, one) for one in week.coming[:WEBINARS]],
                len(week.coming),
            ),
            _section(
                t,
                t("New practices"),
                [_practice(t, numbers, one, areas, community_id) for one in week.practices[:PRACTICES]],
                week.published,
            ),
            _section(
                t,
                t("Practices tried elsewhere"),
                [_adaptation(t, numbers, one, community_id) for one in week.adaptations[:ADAPTATIONS]],
                len(week.adaptations),
            ),
            _section(
                t,
                t("New guidance"),
                [_resource(t, numbers, one, areas) for one in week.resources[:RESOURCES]],
                len(week.resources),
            ),
            _section(t, t("New members"), [_members(t, week.members, week.joined)] if week.joined else [], 0),
            _section(t, t("Questions for you"), [_questions(t, week.questions)] if week.questions else [], 0),
        )
        if section
    ]
    text = "\n\n".join(sections) or t("Nothing is new, and no webinar lies ahead for you in the next two weeks.")
    title = t("Your week in {community}", community=one_line(name, 100))
    card = discord.Embed(title=title, description=cut(text, LONGEST), colour=ACCENT)
    links: list[discord.ui.Button[discord.ui.View]] = [
        discord.ui.Button(label=str(number), url=link) for number, link in enumerate(numbers.links, start=1)
    ]
    return card, links


def comes_line(t: Texts, zone: str, now: datetime) -> str:
    """When it comes, and why."""
    return t(
        "You asked for this digest. It comes on Mondays at 8:00, time zone: {zone}. With /digest you can read it at "
        "any time.",
        zone=name_zone(zone, t.language, now),
    )


def members_card(t: Texts, members: Sequence[Member], joined: int) -> discord.Embed:
    """New members, as members see them: the last of as many as `joined`."""
    lines: list[str] = []
    for one in members[:MEMBERS]:
        country = countries.name(one.country, t.language) if one.country else ""
        facts = _facts(one_line(one.role, 90), one_line(one.organisation, 90), country)
        lines.append(f"**{one_line(one.name, 100) or '?'}** (<@{one.user_id}>)" + (f"\n{facts}" if facts else ""))
    more = joined - len(members[:MEMBERS])
    if more > 0:
        lines.append(t.plural("and {n} more", "and {n} more", more))
    return discord.Embed(title=t("New members"), description=cut("\n\n".join(lines), LONGEST), colour=ACCENT)


def _section(t: Texts, name: str, items: Sequence[str], all_of_them: int) -> str:
    if not items:
        return ""
    more = all_of_them - len(items)
    rest = [t.plural("and {n} more", "and {n} more", more)] if more > 0 else []
    return "\n".join([f"### {name}", *items, *rest])


def _webinar(t: Texts, numbers: Numbers, coming: Coming) -> str:
    webinar = coming.webinar
    title = one_line(webinar.read_in(t.language).title, TITLE)
    link = _jump(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)
    when = f"{format_dt(webinar.starts_at, 'F')} ({format_dt(webinar.starts_at, 'R')})"
    return f"{numbers.line(title, link)}\n{when}\n{_answer(t, coming)}"


def _answer(t: Texts, coming: Coming) -> str:
    """How the person stands with it."""
    if coming.answer == OFFERED and coming.until is not None:
        return t("A place is kept for you until {when}.", when=format_dt(coming.until, "f"))
    said: Mapping[str | None, Callable[[], str]] = {
        GOING: lambda: t("You said: going."),
        MAYBE: lambda: t("You said: maybe."),
        WAITING: lambda: t("You are on the waiting list."),
        LAPSED: lambda: t("The place was offered to somebody else."),
    }
    return said.get(coming.answer, lambda: t("You have not answered yet."))()


def _practice(t: Texts, numbers: Numbers, practice: Practice, areas: Areas, community_id: int) -> str:
    return "\n".join(
        line
        for line in (
            numbers.line(*_titled(t, practice, community_id)),
            _facts(_country(t, practice.country), _area(areas, practice.key_areas), _other_language(t, practice)),
        )
        if line
    )


def _adaptation(t: Texts, numbers: Numbers, told: Told, community_id: int) -> str:
    one = told.adaptation
    facts = _facts(_country(t, one.country), _result(t, one.result), _other_language(t, told.practice))
    return f"{numbers.line(*_titled(t, told.practice, community_id))}\n{facts}"


def _titled(t: Texts, practice: Practice, community_id: int) -> tuple[str, str | None]:
    return one_line(practice.title.text(t.language), TITLE), _jump(community_id, practice.thread_id)


def _resource(t: Texts, numbers: Numbers, resource: Resource, areas: Areas) -> str:
    title, link = one_line(resource.title, TITLE), safe_link(resource.url)
    facts = _facts(
        t(TYPES[resource.type]) if resource.type in TYPES else "",
        one_line(", ".join(resource.publishers), 50),
        str(resource.year or ""),
        _area(areas, resource.key_areas),
    )
    return f"{numbers.line(title, link)}\n{facts}"


def _members(t: Texts, members: Sequence[Member], joined: int) -> str:
    said = t.plural("{n} person has become a member.", "{n} people have become members.", joined)
    there = sorted({countries.name(one.country, t.language) for one in members if one.country})
    if not there:
        return said
    from_where = t.pair(t("Countries"), cut(", ".join(there), 200))
    return f"{said} {from_where}"


def _questions(t: Texts, questions: int) -> str:
    return t.plural(
        "{n} question from a colleague waits for your answer.",
        "{n} questions from colleagues wait for your answer.",
        questions,
    )


def _country(t: Texts, code: str | None) -> str:
    return countries.name(code, t.language) if code else ""


def _area(areas: Areas, ids: Sequence[str]) -> str:
    """The main key area."""
    return next((areas[area] for area in ids if area in areas), "")


def _other_language(t: Texts, practice: Practice) -> str:
    """In which language it is, where that is not the reader's."""
    if t.language in practice.title.by_language:
        return ""
    return t("in {language}", language=name_language(practice.language, t.language))


def _result(t: Texts, result: str | None) -> str:
    return {
        "worked": t.in_context("outcome", "It worked"),
        "mixed": t.in_context("outcome", "Mixed results"),
        "did-not-work": t.in_context("outcome", "It did not work"),
        "harm": t.in_context("outcome", "It did harm"),
    }.get(result or "", "")


def _facts(*facts: str) -> str:
    return cut(" · ".join(fact for fact in facts if fact), FACTS * 2)


def _jump(community_id: int, channel_id: int | None, message_id: int | None = None) -> str | None:
    """The address of a message or a thread."""
    parts = [str(one) for one in (community_id, channel_id, message_id) if one]
    return "https://discord.com/channels/" + "/".join(parts) if channel_id else None


def in_rows(
    links: Iterable[discord.ui.Button[discord.ui.View]],
) -> Iterator[discord.ui.Button[discord.ui.View]]:
    """The numbered buttons, five to a row from the first row on."""
    for number, link in enumerate(links):
        link.row = number // 5
        yield link

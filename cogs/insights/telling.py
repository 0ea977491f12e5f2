"""What the numbers say in a language: pictures, their descriptions, and the rows of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.languages import FOLDERS, Texts
from bot.render import cut, label
from cogs.insights.charts import Bar, Picture, Section, drawable
from data import countries
from data.insights import FEWEST, OTHERS, Insights, Meeting


@dataclass(frozen=True, slots=True)
class Told:
    """A picture, and what it shows in words for whoever does not see it."""

    name: str
    picture: Picture
    alt: str


def day(t: Texts, when: date, *, short: bool = False) -> str:
    """A day as the language writes it."""
    from babel.dates import format_date

    return format_date(when, "medium" if short else "long", locale={**FOLDERS, "en": "en_GB"}[t.language])


def number(t: Texts, value: int | None) -> str:
    """A number, or that it is small."""
    if value is None:
        return t("under {n}", n=FEWEST)
    from babel.numbers import format_decimal

    return format_decimal(value, locale={**FOLDERS, "en": "en_GB"}[t.language])


def country_name(t: Texts, code: str) -> str:
    """A country, or the others."""
    return t("Other or not shown") if code == OTHERS else countries.name(code, t.language)


def pictures(t: Texts, found: Insights, areas: Mapping[str, str], period: str) -> list[Told]:
    """The three pictures.

    Args:
        t: the reader's texts.
        found: the numbers.
        areas: the names of the key areas, in their order, by id.
        period: which days.
    """
    note = t("Numbers from 1 to {n} are not shown, so that nobody can be recognised.", n=FEWEST - 1)
    made = [
        ("members", _members(t, found, areas, period, note)),
        ("webinars", _webinars(t, found, period, note)),
        ("practices", _practices(t, found, period, note)),
    ]
    return [Told(name, picture, described(t, picture)) for name, picture in made]


def _members(t: Texts, found: Insights, areas: Mapping[str, str], period: str, note: str) -> Picture:
    by_country = [Bar(country_name(t, code), number(t, many), many) for code, many in found.countries.items()]
    by_area = [Bar(name, number(t, found.areas.get(area, 0)), found.areas.get(area, 0)) for area, name in areas.items()]
    few = t("Too few people to tell.")
    return Picture(
        t("Members"),
        period,
        [(number(t, found.members), t("members")), (number(t, found.joined), t("joined in this period"))],
        [Section(t("By country"), by_country, few), Section(t("By key area"), by_area, few)],
        note,
    )


def titled(t: Texts, meeting: Meeting) -> str:
    """A webinar by its title, as far as it can be drawn, else by its day."""
    return drawable(label(meeting.title, 80)) or day(t, meeting.starts_at, short=True)


def _webinars(t: Texts, found: Insights, period: str, note: str) -> Picture:
    bars = [
        Bar(
            titled(t, meeting),
            f"{number(t, meeting.attended)} / {number(t, meeting.going)}",
            meeting.attended,
            meeting.going,
        )
        for meeting in found.meetings
    ]
    return Picture(
        t("Webinars"),
        period,
        [
            (number(t, found.held), t("webinars that took place")),
            (number(t, found.cancelled), t("webinars cancelled")),
            (number(t, found.going), t("said that they would come")),
            (number(t, found.attended), t("were noted as present")),
        ],
        [Section(t("Present / said that they would come"), bars, t("No webinar took place."))],
        note,
    )


def _practices(t: Texts, found: Insights, period: str, note: str) -> Picture:
    words = [Bar(drawable(label(each, 60)) or "…", number(t, many), many) for each, many in found.words.items()]
    return Picture(
        t("Practices and questions"),
        period,
        [
            (number(t, found.published), t("practices published")),
            (number(t, found.adaptations), t("adaptations told of")),
            (number(t, found.asks), t("questions to peers")),
            (number(t, found.unanswered), t("questions without an answer")),
            (number(t, found.lookups), t("lookups")),
            (number(t, found.found_nothing), t("lookups without a result")),
        ],
        [Section(t("Looked for and not found"), words, t("Nothing was looked for in vain often enough to show."))],
        note,
    )


def described(t: Texts, picture: Picture) -> str:
    """A picture in words: all that it shows, as far as Discord takes it."""
    parts = [f"{picture.title}, {picture.period}."]
    parts += [f"{t.pair(about, shown)}." for shown, about in picture.tiles]
    for section in picture.sections:
        said = "; ".join(t.pair(bar.name, bar.shown) for bar in section.bars) or section.empty
        parts.append(f"{t.pair(section.heading, said.rstrip('.'))}.")
    return cut(" ".join(parts), 1024)


def table(t: Texts, told: Sequence[Told]) -> list[list[str]]:
    """The rows of the file: everything that the pictures show."""
    rows = [[t("Part"), t("What"), t("How many")]]
    for one in told:
        picture = one.picture
        rows += [[picture.title, about, shown] for shown, about in picture.tiles]
        for section in picture.sections:
            rows += [[section.heading, bar.name, bar.shown] for bar in section.bars]
    rows.append([told[0].picture.note, "", ""])
    return rows

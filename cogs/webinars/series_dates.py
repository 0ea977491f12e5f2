"""The dates of a series as a moderator describes them, and how they are told."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import discord

from bot.errors import Refusal
from bot.languages import Texts
from bot.render import ACCENT, cut
from cogs.webinars import rules
from data.wall_time import (
    Moment,
    NoTimeOfDayFault,
    PastFault,
    WhenFault,
    in_words,
    parse_when,
    write_offset,
)
from data.wall_time.moments import LOCALES
from data.webinars import NewWebinar
from data.webinars.rhythms import (
    FORTNIGHTLY,
    MONTH_DAY,
    MONTH_END,
    MONTH_LAST,
    MONTH_NTH,
    MOST,
    PLAIN,
    SKIPPED,
    WEEKLY,
    YEARS,
    Chosen,
    Days,
    RhythmFault,
    Slot,
    TooFewFault,
    TooLongFault,
    TooManyFault,
    days_of,
    nth,
    occurrences,
)
from data.webinars.series_changing import Date
from data.zones import name_zone

# Fields of a draft.
RHYTHM = "rhythm"
END = "end"
END_TYPED_AT = "end_typed_at"
CHOICES = "choices"
ONCE = "once"
END_LIMIT = 60

# "8", "8 times": a number alone, or with the words for how often in the four languages.
_COUNT = re.compile(r"(\d{1,3})(?:\s*(?:x|×|times|dates|fois|veces|fechas|vezes|datas))?", re.IGNORECASE)
_NEVER_TWICE = "12:00"


class EndFault(Exception):
    """The end of a series can be read in more than one way.

    Args:
        fault: what is wrong with it.
    """

    def __init__(self, fault: WhenFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Plan:
    """The dates of a series as they would be announced.

    Attributes:
        rhythm: in which they come back.
        days: on which they fall.
        chosen: each date, and what was decided about it.
    """

    rhythm: str
    days: Days
    chosen: tuple[Chosen, ...]

    @property
    def open(self) -> tuple[int, Slot] | None:
        """The first date that somebody has to decide about, with its number; None where there is none."""
        for number, one in enumerate(self.chosen, start=1):
            if one.open:
                return number, one.slot
        return None

    @property
    def dates(self) -> list[Date]:
        """The dates that take place."""
        return [Date(one.slot.wall, one.moment) for one in self.chosen if one.moment is not None]


def repeats(typed: Mapping[str, Any]) -> bool:
    """Whether a draft describes a series."""
    return rules.chosen(typed.get(RHYTHM)) not in ("", ONCE)


def plan_of(typed: Mapping[str, Any], new: NewWebinar, language: str, now: datetime) -> Plan:
    """The dates of the series that a draft describes.

    Args:
        typed: the fields of the draft.
        new: its first webinar.
        language: the moderator's; the end is read in it.
        now: the time (UTC).

    Raises:
        Refusal: there is no such series.
        EndFault: the end is a date that cannot be taken as it is.
    """
    first, rhythm = new.moment.wall.date(), rules.chosen(typed.get(RHYTHM))
    count, until = read_end(typed, new.moment.zone, language, now)
    try:
        days = days_of(first, rhythm, count=count, until=until)
    except RhythmFault:
        raise Refusal("The date does not fit how it repeats any more. Choose again how it repeats.") from None
    except TooFewFault:
        raise Refusal("With this end there is one date only. Choose a later end, or let it take place once.") from None
    except TooManyFault as fault:
        raise Refusal(
            "That would be {n} dates; a series has {most} at most. Choose an earlier end.", n=fault.number, most=MOST
        ) from None
    except TooLongFault:
        raise Refusal("A series lasts {years} years at most. Choose an earlier end.", years=YEARS) from None
    plan = Plan(rhythm, days, occurrences(new.moment, days, typed.get(CHOICES) or {}))
    if plan.open is None and len(plan.dates) < 2:
        raise Refusal("With this end there is one date only. Choose a later end, or let it take place once.")
    return plan


def read_end(typed: Mapping[str, Any], zone: str, language: str, now: datetime) -> tuple[int | None, date | None]:
    """When a series ends: after how many dates, or on which day.

    Raises:
        Refusal: no end was given, or none that can be read.
        EndFault: it is a date that can be read in more than one way.
    """
    text = rules.one_line(typed.get(END))[:END_LIMIT]
    if not text:
        raise no_end()
    count = _COUNT.fullmatch(text)
    if count:
        return int(count[1]), None
    noted = typed.get(END_TYPED_AT)
    typed_at = min(datetime.fromisoformat(noted), now) if isinstance(noted, str) else now
    for phrase in (text, f"{text} {_NEVER_TWICE}"):
        try:
            return None, parse_when(phrase, language, zone, typed_at).wall.date()
        except NoTimeOfDayFault:
            continue
        except PastFault as fault:
            return None, fault.moment.wall.date()
        except WhenFault as fault:
            if not fault.readings:
                raise no_end() from None
            raise EndFault(fault) from None
    raise no_end()


def no_end() -> Refusal:
    """An end that says nothing."""
    return Refusal("Say when it ends: how many dates there are, such as 8, or the last day, such as 30 June 2027.")


def digest(new: NewWebinar, plan: Plan) -> str:
    """Eight figures that change with anything that would be announced."""
    return hashlib.sha256(repr((new, plan.rhythm, plan.dates)).encode()).hexdigest()[:8]


# Words ----------------------------------------------------------------------------------------------------------------


def rhythm_text(t: Texts, rhythm: str, first: date) -> str:
    """How a series comes back, in a few words."""
    from babel.dates import format_date  # costly to import, and needed for cards only

    weekday = format_date(first, "EEEE", locale=LOCALES[t.language])
    short = {
        WEEKLY: t("Every week, on {weekday}", weekday=weekday),
        FORTNIGHTLY: t("Every two weeks, on {weekday}", weekday=weekday),
        MONTH_DAY: t("Every month, on day {day}", day=first.day),
        MONTH_END: t("Every month, on day {day}; in shorter months on the last day", day=first.day),
        MONTH_NTH: t("Every month: {which} {weekday}", which=_ordinal(t, nth(first), first), weekday=weekday),
        MONTH_LAST: t("Every month: {which} {weekday}", which=_ordinal(t, 5, first), weekday=weekday),
    }
    if rhythm == MONTH_DAY and first.day > 28:
        return t("Every month, on day {day}; months without it are left out", day=first.day)
    return short.get(rhythm, "?")


def _ordinal(t: Texts, number: int, day: date) -> str:
    """`first` to `fourth`, or `last` for 5. Portuguese says it otherwise of Saturday and Sunday."""
    if day.weekday() < 5:
        said = [
            t.in_context("Monday to Friday", "first"),
            t.in_context("Monday to Friday", "second"),
            t.in_context("Monday to Friday", "third"),
            t.in_context("Monday to Friday", "fourth"),
            t.in_context("Monday to Friday", "last"),
        ]
    else:
        said = [
            t.in_context("Saturday or Sunday", "first"),
            t.in_context("Saturday or Sunday", "second"),
            t.in_context("Saturday or Sunday", "third"),
            t.in_context("Saturday or Sunday", "fourth"),
            t.in_context("Saturday or Sunday", "last"),
        ]
    return said[number - 1]


def wall_text(t: Texts, moment: Moment) -> str:
    """A moment as its zone's clocks show it: `Tuesday 9 February 2027, 15:00 (UTC+01:00)`."""
    return f"{in_words(moment.wall, t.language)} (UTC{write_offset(moment.offset)})"


def clocks_text(t: Texts, slot: Slot) -> str:
    """Why a wall time has to be asked about."""
    zone = name_zone(slot.zone, t.language, slot.moments[0].instant)
    if slot.kind == SKIPPED:
        return t("The clocks go forward then in {zone}, so this hour does not exist. Which do you mean?", zone=zone)
    return t("The clocks go back then in {zone}, so this hour comes twice. Which do you mean?", zone=zone)


def dates_card(t: Texts, plan: Plan, new: NewWebinar) -> discord.Embed:
    """Every date of a series in the moderator's language, and which of them differ from the rhythm."""
    zone = name_zone(new.moment.zone, t.language, new.moment.instant)
    dates = len(plan.chosen)
    card = discord.Embed(
        title=t.plural(
            "The series: {n} date", "The series: {n} dates", len(plan.dates) if plan.open is None else dates
        ),
        colour=ACCENT,
    )
    lines = [f"**{rhythm_text(t, plan.rhythm, new.moment.wall.date())}**", zone, ""]
    number = 0
    for one in plan.chosen:
        number += one.open or one.moment is not None
        if one.moment is None:
            sign, said = (f"{number}.", t("to be decided")) if one.open else ("–", t("left out"))
            lines.append(f"{sign} " + t.pair(in_words(one.slot.wall, t.language), f"**{said}**"))
            continue
        line = f"{number}. {wall_text(t, one.moment)}"
        if one.slot.kind != PLAIN and one.moment.wall != one.slot.wall:
            line += " **(" + t("instead of {hour}", hour=f"{one.slot.wall:%H:%M}") + ")**"
        lines.append(line)
    if plan.days.missing:
        lines += ["", t("No such day, so left out: {months}.", months=_months(t, plan.days.missing))]
    card.description = cut("\n".join(lines), 4096)
    return card


def _months(t: Texts, months: Sequence[date]) -> str:
    from babel.dates import format_date  # costly to import, and needed for cards only

    pattern = "MMMM 'de' y" if t.language in ("es", "pt") else "MMMM y"
    return ", ".join(format_date(month, pattern, locale=LOCALES[t.language]) for month in months)

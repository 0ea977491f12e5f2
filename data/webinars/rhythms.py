"""The rhythms in which webinars come back: on which days, and at which instants. Pure functions of their arguments.

What a clock shows stays the same over a change of the clocks; the instant moves. An hour that a day does not have, or
has twice, is never guessed at: it is a slot that somebody has to decide about.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.wall_time import Moment

WEEKLY = "weekly"
FORTNIGHTLY = "fortnightly"
# The same day of each month; months that have no such day are left out, or have it on their last day.
MONTH_DAY = "month-day"
MONTH_END = "month-end"
# The same weekday of each month, counted from its beginning, or its last.
MONTH_NTH = "month-nth"
MONTH_LAST = "month-last"

MOST = 60
YEARS = 2
# Further than any series may reach; only to find out how many there would be.
_LONGEST = 1000

# How somebody decides about a slot: its earlier instant, its later one, or neither.
EARLIER = "a"
LATER = "b"
OUT = "out"

PLAIN = "plain"
TWICE = "twice"
SKIPPED = "skipped"


class SeriesFault(Exception):
    """Days that make no series.

    Args:
        number: how many days there would be.
    """

    def __init__(self, number: int = 0) -> None:
        super().__init__(number)
        self.number = number


class RhythmFault(SeriesFault):
    """The first day does not begin that rhythm."""


class TooFewFault(SeriesFault):
    """Fewer than two days."""


class TooManyFault(SeriesFault):
    """More days than a series may have."""


class TooLongFault(SeriesFault):
    """More years than a series may have."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a series.

    Attributes:
        days: all of them, the first one first.
        missing: the first of each month in between that has no such day.
    """

    days: tuple[date, ...]
    missing: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A wall time, and the instants at which the clocks there show it.

    Attributes:
        wall: what the rhythm gives; has no zone of its own.
        zone: an IANA name.
        kind: `plain` (one moment), `twice` (the clocks go back: both moments), or `skipped` (the clocks go forward: the
            moments before and after, as far away as the clocks jump).
        moments: earlier first.
    """

    wall: datetime
    zone: str
    kind: str
    moments: tuple[Moment, ...]

    @property
    def key(self) -> str:
        """What it is called in buttons and drafts."""
        return f"{self.wall:%Y%m%d%H%M}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A slot, and what was decided about it.

    Attributes:
        slot: what the rhythm gives.
        choice: `a` or `b` for one of its moments, `out` for none; None where nothing was decided.
    """

    slot: Slot
    choice: str | None

    @property
    def open(self) -> bool:
        """Whether somebody has to decide first."""
        return self.choice is None

    @property
    def moment(self) -> Moment | None:
        """When it is; None where it is left out, or nothing was decided."""
        if self.choice is None or self.choice == OUT:
            return None
        return self.slot.moments[0 if self.choice == EARLIER else -1]


def rhythms_of(first: date) -> tuple[str, ...]:
    """The rhythms that a day can begin. Two where it can be meant in two ways, such as the last Friday and the 4th."""
    found = [WEEKLY, FORTNIGHTLY, MONTH_DAY]
    if first.day > 28:
        found.append(MONTH_END)
    if nth(first) <= 4:
        found.append(MONTH_NTH)
    if first.day + 7 > length_of(first.year, first.month):
        found.append(MONTH_LAST)
    return tuple(found)


def nth(day: date) -> int:
    """Which of its weekday in its month a day is, from 1 to 5."""
    return (day.day - 1) // 7 + 1


def length_of(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def farthest(first: date) -> date:
    """The last day that a series may have."""
    day = min(first.day, length_of(first.year + YEARS, first.month))
    return date(first.year + YEARS, first.month, day)


def days_of(first: date, rhythm: str, *, count: int | None = None, until: date | None = None) -> Days:
    """The days of a series.

    Args:
        first: its first day.
        rhythm: one of those that the day can begin.
        count: how many days; or
        until: the last day that may be one.

    Raises:
        RhythmFault, TooFewFault, TooManyFault, TooLongFault: there is no such series.
    """
    if rhythm not in rhythms_of(first):
        raise RhythmFault
    days, missing, gap = [first], list[date](), list[date]()
    for step in range(1, _LONGEST):
        day = _nth_day(first, rhythm, step)
        if day is None:
            gap.append(_month(first, step))
            continue
        if (count is not None and len(days) >= count) or (until is not None and day > until):
            break
        if count is not None and day > farthest(first) and count <= MOST:
            raise TooLongFault
        days.append(day)
        missing, gap = missing + gap, []
    # A month without the day after the last one is missed by nobody, unless the end was given as a date beyond it.
    if until is not None:
        missing += [month for month in gap if month.replace(day=length_of(month.year, month.month)) <= until]
    if len(days) < 2:
        raise TooFewFault
    if len(days) > MOST:
        raise TooManyFault(len(days))
    if days[-1] > farthest(first):
        raise TooLongFault
    return Days(tuple(days), tuple(missing))


def slot_at(wall: datetime, zone: str) -> Slot:
    """A wall time in a zone, with the instants that it may be."""
    place = ZoneInfo(zone)
    instants = {wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    moments = [Moment.at(instant, zone) for instant in sorted(instants)]
    showing = tuple(moment for moment in moments if moment.wall == wall)
    if not showing:
        return Slot(wall, zone, SKIPPED, tuple(moments))
    return Slot(wall, zone, PLAIN if len(showing) == 1 else TWICE, showing)


def decide(slot: Slot, choices: Mapping[str, str]) -> Chosen:
    """A slot with what was decided about it; a plain one needs no decision."""
    if slot.kind == PLAIN:
        return Chosen(slot, EARLIER)
    choice = choices.get(slot.key)
    return Chosen(slot, choice if choice in (EARLIER, LATER, OUT) else None)


def occurrences(first: Moment, days: Days, choices: Mapping[str, str]) -> tuple[Chosen, ...]:
    """The occurrences of a series. The first is the moment that was agreed already.

    Args:
        first: when the series begins.
        days: its days.
        choices: what was decided, by the slots' keys.
    """
    begun = Chosen(Slot(first.wall, first.zone, PLAIN, (first,)), EARLIER)
    walls = [datetime.combine(day, first.wall.time()) for day in days.days[1:]]
    return begun, *(decide(slot_at(wall, first.zone), choices) for wall in walls)


def _nth_day(first: date, rhythm: str, step: int) -> date | None:
    """The day after some steps of a rhythm; None where that month has none."""
    if rhythm in (WEEKLY, FORTNIGHTLY):
        return first + timedelta(weeks=step * (1 if rhythm == WEEKLY else 2))
    month = _month(first, step)
    length = length_of(month.year, month.month)
    if rhythm == MONTH_DAY:
        return month.replace(day=first.day) if first.day <= length else None
    if rhythm == MONTH_END:
        return month.replace(day=min(first.day, length))
    if rhythm == MONTH_NTH:
        return month + timedelta(days=(first.weekday() - month.weekday()) % 7 + 7 * (nth(first) - 1))
    last = month.replace(day=length)
    return last - timedelta(days=(last.weekday() - first.weekday()) % 7)


def _month(first: date, step: int) -> date:
    """The first day of the month that is some months after a day's own."""
    months = first.year * 12 + first.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)

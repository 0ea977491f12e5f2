"""Days as phrases say them, and which days of the calendar they are."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from data.wall_time.faults import ImpossibleDateFault

# In these languages the day stands before the month in 03/04/2027; English writes both ways.
DAY_FIRST = ("fr", "es", "pt")
# Years that a calendar can be trusted with in every zone; anything else is a slip of the finger.
YEARS = range(1900, 9000)
# 29 February is eight years apart where a century skips it.
LEAP = 8


class Days(Protocol):
    """What says a day."""

    def days(self, today: date, language: str) -> list[date]:
        """The days that may be meant, seen from a day, in the language of the person.

        Raises:
            ImpossibleDateFault: no calendar has it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """The day of a month; without a year, the next there is, today included."""

    month: int
    day: int
    year: int | None = None

    def days(self, today: date, language: str) -> list[date]:
        """That day of that year, or the next such day."""
        if self.year is not None:
            return existing((self.year, self.month, self.day))
        years = range(today.year, today.year + LEAP + 1)
        return [_next(existing(*((year, self.month, self.day) for year in years)), today)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Two figures with or without a year, of which one is the day and one the month."""

    first: int
    second: int
    year: int | None = None

    def days(self, today: date, language: str) -> list[date]:
        """Both orders where the language writes both, as far as they exist."""
        orders = [(self.second, self.first)]
        if language not in DAY_FIRST:
            orders.append((self.first, self.second))
        found: dict[date, None] = {}
        for month, day in orders:
            try:
                found |= dict.fromkeys(Named(month, day, self.year).days(today, language))
            except ImpossibleDateFault:
                continue
        if not found:
            raise ImpossibleDateFault
        return list(found)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The 16th: of the month that is some months ahead, or the next there is, today included."""

    day: int
    months: int | None = None

    def days(self, today: date, language: str) -> list[date]:
        """That day of that month, or the next such day."""
        if self.months is not None:
            return existing((*ahead(today, self.months), self.day))
        return [_next(existing(*((*ahead(today, months), self.day) for months in range(3))), today)]


@dataclass(frozen=True, slots=True)
class Nth:
    """The second Tuesday of a month, or its last (-1): of a year, of the next there is, or some months ahead."""

    count: int
    weekday: int
    month: int | None = None
    year: int | None = None
    months: int = 0

    def days(self, today: date, language: str) -> list[date]:
        """That day of the month, or of the next such month."""
        if self.month is None:
            return [self._of(*ahead(today, self.months))]
        if self.year is not None:
            return [self._of(self.year, self.month)]
        this = self._of(today.year, self.month)
        return [this if this >= today else self._of(today.year + 1, self.month)]

    def _of(self, year: int, month: int) -> date:
        (first,) = existing((year, month, 1))
        if self.count < 0:
            last = first.replace(day=calendar.monthrange(year, month)[1])
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        found = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.count - 1))
        if self.count == 0 or found.month != month:
            raise ImpossibleDateFault
        return found


@dataclass(frozen=True, slots=True)
class Shift:
    """So many days or months from today; several where people say one number and may mean another."""

    numbers: tuple[int, ...]
    months: bool = False

    def days(self, today: date, language: str) -> list[date]:
        """So far from today."""
        if self.months:
            return existing(*((*ahead(today, number), today.day) for number in self.numbers))
        return [today + timedelta(days=number) for number in self.numbers]


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday: the one to come, or that of a week which is some weeks ahead.

    Attributes:
        weekday: 0 for Monday.
        how: `bare` for "Tuesday", `this`, `next`, `last`; `week` for that of a week.
        number: weeks ahead for `week`; days to add otherwise.
    """

    weekday: int
    how: str = "bare"
    number: int = 0

    def days(self, today: date, language: str) -> list[date]:
        """The weekday to come, or that of the week."""
        coming = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        week = timedelta(days=7)
        if self.how == "week":
            day = today + timedelta(days=self.weekday - today.weekday() + 7 * self.number)
            # Weeks begin on Sunday in half of the Americas.
            return [day, day - week] if self.weekday == 6 and language != "fr" else [day]
        if self.how == "last":
            return [coming - week]
        if self.how == "next" and coming == today:
            coming += week
        found = [coming, coming + week] if self.how == "bare" and coming == today else [coming]
        return [day + timedelta(days=self.number) for day in found]


def ahead(today: date, months: int) -> tuple[int, int]:
    """The year and the month so many months from a day."""
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def existing(*days: tuple[int, int, int]) -> list[date]:
    """Those of some days (year, month, day) that exist, each once.

    Raises:
        ImpossibleDateFault: none does.
    """
    found: dict[date, None] = {}
    for year, month, day in days:
        try:
            made = date(year, month, day)
        except ValueError:
            continue
        if year in YEARS:
            found[made] = None
    if not found:
        raise ImpossibleDateFault
    return list(found)


def _next(days: list[date], today: date) -> date:
    for day in days:
        if day >= today:
            return day
    raise ImpossibleDateFault

"""Days on which offices are closed: public holidays and weekends, by country.

The first question imports a large library, for a fifth of a second: ask from another thread than the event loop's.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a whole country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        name: in the language asked for where it is known in that, else as the country itself calls it.
    """

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What keeps people at home.

    Attributes:
        holidays: one for each country that has one.
        weekends: the countries where the day belongs to the weekend.
        unknown: the countries of whose holidays nothing is known.
    """

    holidays: tuple[Holiday, ...] = ()
    weekends: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def days_off(days: Iterable[tuple[str, date]], language: str) -> DaysOff:
    """What is known of some days, each in its country.

    Args:
        days: a country (ISO 3166-1 alpha-2) and the day as its own calendars show it.
        language: in which to name holidays: en, fr, es or pt.
    """
    holidays: dict[str, Holiday] = {}
    weekends: list[str] = []
    unknown: list[str] = []
    for country, day in dict.fromkeys(days):
        known = _calendar(country, day.year, language)
        if known is None:
            unknown.append(country)
        elif day in known:
            holidays.setdefault(country, Holiday(country, known[day]))
        if day.weekday() in weekend(country, day.year):
            weekends.append(country)
    return DaysOff(tuple(holidays.values()), tuple(dict.fromkeys(weekends)), tuple(dict.fromkeys(unknown)))


@functools.lru_cache(maxsize=512)
def weekend(country: str, year: int) -> frozenset[int]:
    """The weekdays on which offices are closed in a country, Monday being 0."""
    from babel import Locale  # costly to import

    calendar = _library(country, year)
    known = frozenset[int](calendar.weekend) if calendar is not None else frozenset[int]()
    # Where the list of holidays names one day only it means the day of rest; CLDR knows which days are free.
    if len(known) >= 2:
        return known
    try:
        locale: Any = Locale.parse(f"und_{country}")
    except ValueError:
        return known or frozenset((5, 6))
    first, last = int(locale.weekend_start), int(locale.weekend_end)
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


@functools.lru_cache(maxsize=512)
def _calendar(country: str, year: int, language: str) -> dict[date, str] | None:
    """The holidays of a country and a year by day, or None where nobody knows them."""
    calendar = _library(country, year, language)
    return None if calendar is None else {day: str(name) for day, name in calendar.items()}


def _library(country: str, year: int, language: str | None = None) -> Any:
    """What the library knows of a country and a year, or None. Its names come in the language if it has that."""
    import holidays  # costly to import

    library: Any = holidays
    kind: Any = getattr(library, country, None) if country.isalpha() and country.isupper() else None
    if kind is None or len(country) != 2:
        return None
    offered: tuple[str, ...] = tuple(getattr(kind, "supported_languages", ()) or ())
    fitting = [name for name in offered if language and name.partition("_")[0] == language]
    # Without a language the library would take that of the machine it runs on.
    named = fitting[0] if fitting else getattr(kind, "default_language", None)
    return kind(years=year, language=named, expand=False) if named else kind(years=year, expand=False)

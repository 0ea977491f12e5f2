"""Reading a date and a time of day from a phrase, in figures or with the month's name, in any of the four languages."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

from data.wall_time.faults import ImpossibleDateFault, NoDateFault, NoTimeOfDayFault
from data.wall_time.moments import LOCALES, write

# In these languages the day stands before the month in 03/04/2027; English writes both ways.
DAY_FIRST = ("fr", "es", "pt")
# Years that a calendar can be trusted with in every zone; anything else is a slip of the finger.
YEARS = range(1900, 9000)

_TIME = re.compile(
    r"(?P<hour>\d{1,2})\s?(?:"
    r"(?P<half>[ap]m)"
    r"|(?:[:.]|h(?:\s(?=\d{2}$))?)(?P<minute>\d{2})(?::00)?\s?(?:(?P<half_too>[ap]m)|min|hs?)?"
    r"|(?:heures?|horas?|hs?)\b"
    r")"
)
_OFFSET = re.compile(r"(?P<name>z|utc|gmt)?\s?(?P<shift>[+-]\d{1,2}(?::?\d{2})?)?")
_ISO_DAY = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
_DAY_MONTH = re.compile(
    r"(?:the\s|le\s|el\s|dia\s)?(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|o)?\s(?:of\s|de\s)?(?P<month>[a-z]+)\.?"
    r"\s(?:de\s|del\s)?(?P<year>\d{4})"
)
_MONTH_DAY = re.compile(r"(?P<month>[a-z]+)\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?P<year>\d{4})")
# Between a date and a time, in either order.
_JOIN = r"(?:\s*t\s*|\s+(?:(?:at|on|a|as|a las|a la|le|el|em|no dia|-)\s+)?)"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase. `offset` (from UTC) wins over any zone; `weekday` is 0 for Monday."""

    day: date
    time: time
    offset: timedelta | None = None
    weekday: int | None = None

    @property
    def wall(self) -> datetime:
        """Date and time together."""
        return datetime.combine(self.day, self.time)

    @property
    def phrase(self) -> str:
        """The same, written so that there is one way to read it."""
        return write(self.wall, self.offset)


# Reads a normalised phrase in a language, at a local time; gives all readings there are, none where it is not its form.
# Raises a WhenFault where the form is clear, and what it says is not.
Reader = Callable[[str, str, datetime], list[Reading]]


def normalise(text: str) -> str:
    """A phrase in small letters without accents, one space between words, and without what carries no meaning."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if unicodedata.category(char)[0] not in "MC" or char in "\t\n")
    plain = plain.replace("−", "-").replace("–", "-").replace("’", "'")
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    return " ".join(plain.replace(",", " ").split())


def read_date_and_time(phrase: str, language: str, _now: datetime) -> list[Reading]:
    """Readings of a date and a time of day, in either order, with an optional weekday before and offset after.

    Raises:
        NoTimeOfDayFault, NoDateFault: one of the two is missing.
        ImpossibleDateFault: no calendar has that day, or no clock that hour.
    """
    for weekday, rest in _weekdays(phrase):
        for found, clock, offset in _splits(rest):
            readings = [Reading(day, clock, offset, weekday) for day in _days(found, language)]
            if readings:
                return [reading for reading in readings if reading.day.weekday() == weekday] or readings
        if _days(rest, language):
            raise NoTimeOfDayFault
    if _read_time(phrase) is not None:
        raise NoDateFault
    return []


def _splits(phrase: str) -> Iterator[tuple[str, time, timedelta | None]]:
    """Each way to cut a phrase into a date, a time of day and an offset."""
    for match in _TIME.finditer(phrase):
        before, after = phrase[: match.start()], phrase[match.end() :]
        if re.search(r"[\d:./-]$", before) or re.match(r"\s?\d|[:./]", after):
            continue
        offset_match = _OFFSET.match(after.lstrip())
        shift = _read_offset(offset_match) if offset_match else None
        rest = after.lstrip()[offset_match.end() :] if offset_match and shift is not None else after
        day_first = re.fullmatch(rf"(.+?){_JOIN}", before)
        if day_first and not rest.strip():
            yield day_first[1], _clock(match), shift
        day_last = re.fullmatch(rf"{_JOIN}(.+)", rest if rest.startswith(" ") else f" {rest}")
        if day_last and not before.strip():
            yield day_last[1], _clock(match), shift


def _read_time(phrase: str) -> time | None:
    match = _TIME.fullmatch(phrase)
    return _clock(match) if match else None


def _clock(match: "re.Match[str]") -> time:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match["half"] or match["half_too"]
    if half:
        if not 1 <= hour <= 12:
            raise ImpossibleDateFault
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ImpossibleDateFault
    return time(hour, minute)


def _read_offset(match: "re.Match[str]") -> timedelta | None:
    """The offset from UTC, or None where the phrase has none.

    Raises:
        ImpossibleDateFault: no place on Earth has it.
    """
    if match["shift"] is None:
        return timedelta() if match["name"] else None
    figures = match["shift"][1:].replace(":", "")
    hours, minutes = (int(figures), 0) if len(figures) <= 2 else (int(figures[:-2]), int(figures[-2:]))
    if hours * 60 + minutes > 14 * 60 or minutes > 59:
        raise ImpossibleDateFault
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if match["shift"].startswith("-") else offset


def _days(phrase: str, language: str) -> list[date]:
    """The days that a phrase may mean, none where it is no date.

    Raises:
        ImpossibleDateFault: it has the form of a date, and no calendar has it.
    """
    if match := _ISO_DAY.fullmatch(phrase):
        return _existing((int(match["year"]), int(match["month"]), int(match["day"])))
    if match := _FIGURES.fullmatch(phrase):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if language in DAY_FIRST:
            return _existing((year, second, first))
        return _existing((year, second, first), (year, first, second))
    match = _DAY_MONTH.fullmatch(phrase) or _MONTH_DAY.fullmatch(phrase)
    month = _names()[0].get(match["month"]) if match else None
    if match and month:
        return _existing((int(match["year"]), month, int(match["day"])))
    return []


def _existing(*days: tuple[int, int, int]) -> list[date]:
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


def _weekdays(phrase: str) -> Iterator[tuple[int | None, str]]:
    """The phrase as it is, then without a weekday at its beginning: `mar` is Tuesday in French, and March elsewhere."""
    yield None, phrase
    match = re.match(r"(?P<name>[a-z]+(?:-feira)?)\.?\s(?:(?:dia|le|el)\s)?(?=\S)", phrase)
    weekday = _names()[1].get(match["name"]) if match else None
    if match and weekday is not None:
        yield weekday, phrase[match.end() :]


@functools.cache
def _names() -> tuple[dict[str, int], dict[str, int]]:
    """Names of months (to 1..12) and weekdays (to 0..6, Monday first) in all languages, as `normalise` leaves them.

    All languages at once: no name means two different things, and people mix languages.
    """
    from babel.dates import get_day_names, get_month_names  # costly to import, and needed for names only

    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for locale in LOCALES.values():
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                of_months = cast("Mapping[int, str]", get_month_names(width, context, locale))
                of_days = cast("Mapping[int, str]", get_day_names(width, context, locale))
                for number, name in of_months.items():
                    months.setdefault(normalise(name).rstrip("."), number)
                for number, name in of_days.items():
                    days.setdefault(normalise(name).rstrip("."), number)
    months["sept"] = 9
    # Portuguese drops the second half in speech and writing alike.
    days |= {name.removesuffix("-feira"): number for name, number in days.items() if name.endswith("-feira")}
    return months, days

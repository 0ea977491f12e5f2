"""Reading phrases in four languages: by one grammar, every part of the phrase accounted for, and nothing guessed.

A kept library was weighed and left out: those that read all four languages drop what they do not know, swap day and
month, and choose a reading where there are two, and that cannot be told from their answers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from data.languages import LANGUAGES
from data.wall_time.clocks import Clock
from data.wall_time.days import Days, Weekday, existing
from data.wall_time.faults import (
    ImpossibleDateFault,
    NoDateFault,
    NoTimeOfDayFault,
    RangeFault,
    UnparseableFault,
    WhenFault,
)
from data.wall_time.grammar import read_whole
from data.wall_time.lattice import lattice
from data.wall_time.moments import Moment
from data.wall_time.places import Clocks, Offset
from data.wall_time.reading import Reading, candidates
from data.wall_time.rules import RULES, Duration

# As machines write it, and `write`; there, an offset is no end of a range.
_STAMP = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?P<mark> ?t ?| )"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?P<seconds>:00(?:\.0+)?)?"
    r"(?P<shift> ?z| ?[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_CLOCK = r"[0-9]{1,2}(?:[:.h][0-9]{2}|\s?(?:h|hs|hrs|heures?|horas?|am|pm)\b)"
_UNTIL = r"\s?(?:-|to|until|till|and|a|as|ate|ate as|hasta|hasta las|jusqu a|et|y|e)\s?(?:as|las|la)?\s?"
_RANGE = re.compile(
    rf"(?<![0-9:.]){_CLOCK}\s?h?{_UNTIL}[0-9]{{1,2}}|(?<![0-9:./-])[0-9]{{1,2}}{_UNTIL}{_CLOCK}"
    rf"|\b(?:from|between|de|das|entre|entre as|entre las)\s[0-9]{{1,2}}{_UNTIL}[0-9]{{1,2}}\b"
)
# Which fault to tell where one reading fails for one reason and another for another.
_TELLING = (RangeFault, ImpossibleDateFault, NoTimeOfDayFault, NoDateFault)


def read_phrase(phrase: str, language: str, now: datetime) -> list[Reading]:
    """All readings of a normal phrase, first in the person's own language, then in any of them.

    Raises:
        NoTimeOfDayFault, NoDateFault: one of the two is missing.
        ImpossibleDateFault: no calendar has that day, or no clock that hour.
        RangeFault: it says from when to when.
    """
    if stamp := _read_stamp(phrase):
        return stamp
    faults: list[WhenFault] = []
    for languages in ((language,), LANGUAGES):
        readings, found = _read_in(phrase, languages, language, now)
        if readings:
            return readings
        faults += found
    if not faults and _RANGE.search(phrase):
        faults.append(RangeFault())
    if faults:
        raise min(faults, key=lambda fault: _TELLING.index(type(fault)))
    return []


def _read_stamp(phrase: str) -> list[Reading]:
    match = _STAMP.fullmatch(phrase)
    if match is None:
        return []
    shift = match["shift"] or ""
    if shift.startswith("-") and "t" not in match["mark"] and not match["seconds"]:
        # 09:00-10:00 with nothing that a machine would write: the grammar has the rule for it.
        return []
    year, month, day, hour, minute = (int(match[group]) for group in ("year", "month", "day", "hour", "minute"))
    [found] = existing((year, month, day))
    [(at, _)] = Clock(hour, minute).times(None, "", today=False)
    if not shift:
        return [Reading(found, at)]
    [(offset, _)] = Offset(shift.strip().removeprefix("z")).sides(at)
    return [Reading(found, at, offset)]


def _read_in(
    phrase: str, languages: tuple[str, ...], language: str, now: datetime
) -> tuple[list[Reading], list[WhenFault]]:
    """The readings of a phrase by the words of some languages, and why other ways to read it give none."""
    meanings = lattice(phrase, languages)
    found: dict[Reading, None] = {}
    faults: list[WhenFault] = []
    for parts in sorted(read_whole(meanings, RULES), key=repr) if meanings else ():
        try:
            found |= dict.fromkeys(_combine(dict(parts), language, now))
        except UnparseableFault as fault:
            faults.append(fault)
        except OverflowError:
            # So many years ahead that no calendar goes there.
            faults.append(ImpossibleDateFault())
    agreeing = [each for each in found if each.weekday is None or each.weekday == each.day.weekday()]
    return _distinct(agreeing or found, now), faults


def _combine(parts: Mapping[str, Any], language: str, now: datetime) -> list[Reading]:
    """The readings of what a phrase says, slot by slot.

    Raises:
        UnparseableFault: it does not make a moment.
    """
    dated, relative, weekday = parts.get("date"), parts.get("relative"), parts.get("weekday")
    if isinstance(relative, Duration):
        reading = _from_now(relative, weekday, now)
        return [reading] if dated is None or reading.day in dated.days(now.date(), language) else []
    clock: Clock | None = parts.get("time")
    clocks: Clocks | None = parts.get("zone")
    if clock and clocks:
        # Tells a range, whatever else is missing.
        clocks.sides(clock.start)
    days = _days(dated, relative, weekday, now.date(), language)
    if clock is None:
        if days:
            raise NoTimeOfDayFault
        return []
    if not days:
        raise NoDateFault
    readings: list[Reading] = []
    for day in days:
        of_day = list(_at(day, clock, parts, language, now))
        if day == now.date():
            # Where one of two readings has passed today, it is the other that is meant.
            of_day = [each for each in of_day if not _passed(each, now)] or of_day
        readings += of_day
    if dated is None and relative is None:
        # "Tuesday" alone may be today only while the hour is still to come.
        readings = [each for each in readings if not _passed(each, now)] or readings
    return readings


def _days(dated: Days | None, relative: Days | None, weekday: Weekday | None, today: date, language: str) -> list[date]:
    """The days that are meant; where two ways to say it differ, those of both."""
    first, second = (said.days(today, language) if said else [] for said in (dated, relative))
    if not first and not second and weekday:
        return weekday.days(today, language)
    return [day for day in first if day in second] or [*first, *second]


def _at(day: date, clock: Clock, parts: Mapping[str, Any], language: str, now: datetime) -> Iterator[Reading]:
    """The readings of a time on a day, on each of the clocks that may be meant."""
    clocks: Clocks | None = parts.get("zone")
    weekday: Weekday | None = parts.get("weekday")
    for at, later in clock.times(parts.get("part"), language, today=day == now.date()):
        said = (weekday.weekday + later.days) % 7 if weekday else None
        for offset, zone in clocks.sides(at) if clocks else [(None, None)]:
            yield Reading(day + later, at, offset, said, zone)


def _from_now(duration: Duration, weekday: Weekday | None, now: datetime) -> Reading:
    zone = _zone_of(now)
    moment = Moment.at(now.astimezone(UTC).replace(second=0, microsecond=0) + duration.length, zone)
    said = weekday.weekday if weekday else None
    return Reading(moment.wall.date(), moment.wall.time(), moment.offset, said)


def _distinct(readings: Iterable[Reading], now: datetime) -> list[Reading]:
    """Readings that are not the same instant as one before: CET and the clocks of Paris, in winter."""
    found: dict[tuple[datetime, ...] | Reading, Reading] = {}
    for reading in readings:
        instants = tuple(moment.instant for moment in candidates(reading, _zone_of(now)))
        found.setdefault(instants or reading, reading)
    return list(found.values())


def _passed(reading: Reading, now: datetime) -> bool:
    return all(moment.instant <= now for moment in candidates(reading, _zone_of(now)))


def _zone_of(now: datetime) -> str:
    """The IANA name of the zone that counts: `now` is given in it."""
    return str(now.tzinfo)

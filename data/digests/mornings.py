"""When the week begins for somebody. Knows no database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Monday is a working day also where Friday and Saturday are the days of rest.
MONDAY = 0
BEGINS = time(8)


@dataclass(frozen=True, slots=True)
class Morning:
    """A Monday morning somewhere.

    Attributes:
        day: as the calendar there has it.
        instant: when it begins (UTC).
    """

    day: date
    instant: datetime


def next_morning(zone: str, after: datetime) -> Morning:
    """The first Monday at eight, by the clocks of a zone, that comes after an instant.

    Args:
        zone: an IANA name.
        after: aware.
    """
    there = ZoneInfo(zone)
    today = after.astimezone(there).date()
    day = today + timedelta(days=(MONDAY - today.weekday()) % 7)
    instant = _at(day, there)
    if instant <= after:
        day += timedelta(days=7)
        instant = _at(day, there)
    return Morning(day, instant)


def _at(day: date, there: ZoneInfo) -> datetime:
    return datetime.combine(day, BEGINS, there).astimezone(UTC)

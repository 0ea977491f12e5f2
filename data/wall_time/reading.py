"""Readings: one way to understand a phrase, and the instants at which the clocks show what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from data.wall_time.moments import Moment, write


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase.

    Attributes:
        day: the date on the wall.
        time: the time of day on the wall.
        offset: how far that wall is ahead of UTC, where the phrase says so; wins over any zone.
        weekday: which weekday the phrase says it is, 0 for Monday.
        zone: the IANA zone of that wall, where the phrase names one.
    """

    day: date
    time: time
    offset: timedelta | None = None
    weekday: int | None = None
    zone: str | None = None

    @property
    def wall(self) -> datetime:
        """Date and time together."""
        return datetime.combine(self.day, self.time)

    @property
    def phrase(self) -> str:
        """The same, written so that there is one way to read it."""
        return self.written(self.wall)

    def written(self, wall: datetime) -> str:
        """Another wall time as this one would be written: with its offset, or its zone."""
        return write(wall, self.offset) + (f" {self.zone}" if self.zone and self.offset is None else "")


# Reads a normal phrase in a language, at a time now (aware, in the zone that is meant); gives all readings there are,
# none where it is not its form. Raises a WhenFault where the form is clear, and what it says is not.
Reader = Callable[[str, str, datetime], list[Reading]]


def candidates(reading: Reading, zone: str) -> list[Moment]:
    """The moments at which the clocks show what a reading says: none, one, or two, the earlier first.

    Args:
        zone: the IANA zone that counts where the reading has none of its own.
    """
    wall = reading.wall
    if reading.offset is not None:
        return [Moment.at(wall.replace(tzinfo=timezone(reading.offset)), zone)]
    zone = reading.zone or zone
    place = ZoneInfo(zone)
    instants = {wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    moments = [Moment.at(instant, zone) for instant in sorted(instants)]
    return [moment for moment in moments if moment.wall == wall]

"""From a phrase to the one moment that it means, or to the question that has to be asked first."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from data.wall_time.faults import (
    AmbiguousFault,
    NonexistentFault,
    PastFault,
    TwiceFault,
    UnparseableFault,
    WeekdayFault,
)
from data.wall_time.moments import Moment, write
from data.wall_time.reading import Reader, Reading, normalise, read_date_and_time

# Further ways of reading a phrase are added here; the first that finds a reading is believed.
READERS: list[Reader] = [read_date_and_time]


def parse_when(text: str, language: str, zone: str, now: datetime) -> Moment:
    """The moment that a phrase means.

    Args:
        text: as typed, for instance `2027-03-14 15:00`, `14/03/2027 15h00`, `14 March 2027 3 pm`.
        language: of the person who typed it: en, fr, es or pt.
        zone: the IANA zone that is meant; an offset or Z in the phrase wins over it.
        now: the instant (aware) that counts as now.

    Raises:
        UnparseableFault: it is no date with a time of day.
        AmbiguousFault: there are several readings, an hour that exists twice among them.
        NonexistentFault: the clocks skip that hour in the zone.
        PastFault: it has passed.
    """
    phrase = normalise(text)
    local_now = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    readings: list[Reading] = []
    for reader in READERS:
        readings = reader(phrase, language, local_now)
        if readings:
            break
    if not readings:
        raise UnparseableFault
    if len(readings) > 1:
        moments = [moment for reading in readings for moment in candidates(reading, zone)]
        if moments and all(moment.instant <= now for moment in moments):
            raise PastFault(moments[-1])
        raise AmbiguousFault(*(reading.phrase for reading in readings))
    (reading,) = readings
    moment = settle(reading, zone)
    if moment.instant <= now:
        raise PastFault(moment)
    return moment


def settle(reading: Reading, zone: str) -> Moment:
    """The moment of one reading in a zone.

    Raises:
        WeekdayFault: its weekday is not that of its date.
        TwiceFault, NonexistentFault: the clocks change in that hour.
    """
    if reading.weekday is not None and reading.weekday != reading.day.weekday():
        raise WeekdayFault(*_without_contradiction(reading))
    moments = candidates(reading, zone)
    if len(moments) == 2:
        raise TwiceFault(*(write(moment.wall, moment.offset) for moment in moments))
    if not moments:
        # Read with the offset before the change, the hour falls after it: what the clocks then show is the nearest.
        after = reading.wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        raise NonexistentFault(write(Moment.at(after, zone).wall))
    return moments[0]


def candidates(reading: Reading, zone: str) -> list[Moment]:
    """The moments at which the clocks of a zone show what a reading says: none, one, or two, the earlier first."""
    wall = reading.wall
    if reading.offset is not None:
        return [Moment.at(wall.replace(tzinfo=timezone(reading.offset)), zone)]
    place = ZoneInfo(zone)
    instants = {wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    moments = [Moment.at(instant, zone) for instant in sorted(instants)]
    return [moment for moment in moments if moment.wall == wall]


def _without_contradiction(reading: Reading) -> list[str]:
    """What may have been meant by a date with the wrong weekday: the date, or that weekday before or after it."""
    wanted = reading.weekday or 0
    back = (reading.day.weekday() - wanted) % 7
    days = (reading.day, reading.day - timedelta(days=back), reading.day + timedelta(days=7 - back))
    return [write(datetime.combine(day, reading.time), reading.offset) for day in days]

"""From a phrase to the one moment that it means, or to the question that has to be asked first."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from data.languages import LANGUAGES
from data.wall_time.faults import (
    AmbiguousFault,
    NonexistentFault,
    PastFault,
    SeveralFault,
    TwiceFault,
    UnparseableFault,
    WeekdayFault,
)
from data.wall_time.moments import Moment, write
from data.wall_time.normal import normalise
from data.wall_time.phrases import read_phrase
from data.wall_time.reading import Reader, Reading, candidates

# Further ways of reading a phrase are added here; the first that finds a reading is believed.
READERS: list[Reader] = [read_phrase]
# No moment takes more characters to say; what is longer is not looked at.
LONGEST = 500
# As many as a person can choose from, and a row of buttons can hold beside the one to change the text.
CHOICES = 4


def parse_when(text: str, language: str, zone: str, now: datetime) -> Moment:
    """The moment that a phrase means.

    What is not said is filled in as follows. Days are counted from the local day of `now`; a date without a year, a
    day without a month and a weekday are the next there is, today included; "next Tuesday" is the first after today.
    Midnight is the beginning of the day that is said, or where that is today, its end.

    Args:
        text: as typed, for instance `2027-03-14 15:00`, `le 14 mars à 15h`, `mañana a las 3 de la tarde`.
        language: of the person who typed it: en, fr, es or pt.
        zone: the IANA zone that is meant; an offset, Z or a place in the phrase wins over it.
        now: the instant (aware) that counts as now.

    Raises:
        UnparseableFault: it is no date with a time of day.
        AmbiguousFault: there are several readings, an hour that exists twice among them.
        NonexistentFault: the clocks skip that hour in the zone.
        PastFault: it has passed.
    """
    if len(text) > LONGEST:
        raise UnparseableFault
    phrase = normalise(text)
    local_now = now.astimezone(ZoneInfo(zone))
    language = language if language in LANGUAGES else LANGUAGES[0]
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
        phrases = list(dict.fromkeys(_phrases(readings, zone)))
        raise (AmbiguousFault if _swapped(readings) else SeveralFault)(*phrases[:CHOICES])
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
        raise TwiceFault(*(write(moment.wall, moment.offset) for moment in moments), zone=reading.zone)
    if not moments:
        # Read with the offset before the change, the hour falls after it: what the clocks then show is the nearest.
        place = reading.zone or zone
        after = reading.wall.replace(tzinfo=ZoneInfo(place)).astimezone(UTC)
        raise NonexistentFault(reading.written(Moment.at(after, place).wall), zone=reading.zone)
    return moments[0]


def _phrases(readings: list[Reading], zone: str) -> list[str]:
    """Readings as phrases; on different clocks, each with its offset, so that they can be compared."""
    if len({(reading.offset, reading.zone) for reading in readings}) == 1:
        return [reading.phrase for reading in readings]
    found: list[str] = []
    for reading in readings:
        moments = candidates(reading, zone)
        offsets = [reading.wall - moment.instant.replace(tzinfo=None) for moment in moments]
        found += [write(reading.wall, offset) for offset in offsets] or [reading.phrase]
    return found


def _swapped(readings: list[Reading]) -> bool:
    """Whether day and month are what can be read either way."""
    days = {(reading.day.day, reading.day.month) for reading in readings}
    return len(days) > 1 and all((month, day) in days for day, month in days)


def _without_contradiction(reading: Reading) -> list[str]:
    """What may have been meant by a date with the wrong weekday: the date, or that weekday before or after it."""
    wanted = reading.weekday or 0
    back = (reading.day.weekday() - wanted) % 7
    days = (reading.day, reading.day - timedelta(days=back), reading.day + timedelta(days=7 - back))
    return [reading.written(datetime.combine(day, reading.time)) for day in days]

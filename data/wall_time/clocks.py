"""Times of day as phrases say them, and what a clock shows then."""

from dataclasses import dataclass
from datetime import time, timedelta

from data.wall_time.faults import ImpossibleDateFault

# What the hours of a twelve-hour clock are in each part of the day, and which of a 24-hour clock may go with it.
_TWELVE = {
    "morning": {hour: (hour,) for hour in range(1, 12)} | {12: (12, 0)},
    "afternoon": {hour: (hour + 12,) for hour in range(1, 10)} | {12: (12,)},
    "evening": {hour: (hour + 12,) for hour in range(4, 12)} | {12: (0,)},
    "night": {hour: (hour,) for hour in range(1, 6)} | {hour: (hour + 12,) for hour in range(6, 12)} | {12: (0,)},
    "dawn": {hour: (hour,) for hour in range(1, 7)} | {12: (0,)},
}
_DAY_LONG = {
    "morning": range(13),
    "afternoon": range(12, 21),
    "evening": (*range(16, 24), 0),
    "night": (*range(18, 24), *range(6)),
    "dawn": range(7),
}
# A night belongs to the day on which it began, for some: until this hour both days may be meant.
_NIGHT_ENDS = 6
# "At 3" said without more is an afternoon as well as a small hour; English says all its hours so.
_SPOKEN_TWICE = {"en": range(1, 13)}
_TWICE = range(1, 7)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes:
        hour, minute: as said.
        half: 0 for am, 12 for pm, None where neither is said.
        spoken: said the way people speak ("at 3", "half past three"), not as clocks show it ("3:00", "3h").
        midnight: said as "midnight".
    """

    hour: int
    minute: int = 0
    half: int | None = None
    spoken: bool = False
    midnight: bool = False

    @property
    def start(self) -> time:
        """The time as a clock of 24 hours reads it.

        Raises:
            ImpossibleDateFault: no clock shows it.
        """
        if self.hour > 23 or self.minute > 59:
            raise ImpossibleDateFault
        return time(self.hour, self.minute)

    def times(self, part: str | None, language: str, *, today: bool) -> list[tuple[time, timedelta]]:
        """What a clock may show, and how many days after the day that is said.

        "Midnight" is the beginning of the day that is said; that of today has passed, so it is the end of today.

        Args:
            part: the part of the day that is said as well.
            language: of the person.
            today: whether the day that is said is today.

        Raises:
            ImpossibleDateFault: no clock shows it, or not in that part of the day.
        """
        found: list[tuple[time, timedelta]] = []
        for hour in self._hours(part, language):
            nights = (0, 1) if part in ("evening", "night") and hour < _NIGHT_ENDS else (0,)
            days = (1,) if self.midnight and today else nights
            found += [(self.start.replace(hour=hour), timedelta(days=day)) for day in days]
        return found

    def _hours(self, part: str | None, language: str) -> tuple[int, ...]:
        if self.half is not None:
            if not 1 <= self.hour <= 12:
                raise ImpossibleDateFault
            hours = (self.hour % 12 + self.half,)
        elif part is not None and 1 <= self.hour <= 12 and not self.midnight:
            hours = _TWELVE[part].get(self.hour, ())
        elif part is None and self.spoken and self.hour in _SPOKEN_TWICE.get(language, _TWICE):
            hours = (self.hour % 12, self.hour % 12 + 12)
        else:
            hours = (self.hour,)
        hours = tuple(hour for hour in hours if part is None or hour in _DAY_LONG[part])
        if not hours:
            raise ImpossibleDateFault
        return hours

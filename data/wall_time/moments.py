"""Moments: an instant together with what the clocks on the wall show, and how both are written."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from data.languages import LANGUAGES

# Where CLDR has the words of our languages.
LOCALES = {"en": "en_GB", "fr": "fr", "es": "es", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a person means it, and the instant that it is.

    Attributes:
        wall: what the clock on the wall shows there; has no zone of its own.
        zone: the IANA name of the zone of that wall.
        instant: the same in UTC.
    """

    wall: datetime
    zone: str
    instant: datetime

    @classmethod
    def at(cls, instant: datetime, zone: str) -> "Moment":
        """An instant (aware) as the clocks of a zone show it."""
        utc = instant.astimezone(UTC)
        return cls(utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone, utc)

    @property
    def offset(self) -> timedelta:
        """How far the clocks of the zone are ahead of UTC then."""
        return self.wall - self.instant.replace(tzinfo=None)


def write(wall: datetime, offset: timedelta | None = None) -> str:
    """A wall time as a phrase that every language reads alike: `2027-03-14 15:00`, with ` +01:00` where it matters."""
    return f"{wall:%Y-%m-%d %H:%M}" + (f" {write_offset(offset)}" if offset is not None else "")


def write_offset(offset: timedelta) -> str:
    """`+01:00`. Seconds, which zones had before 1972, are left out."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def in_words(wall: datetime, language: str, *, year: bool = True) -> str:
    """A wall time as a language writes it, weekday first: `Sunday 14 March 2027, 15:00`."""
    from babel.dates import format_datetime  # costly to import, and needed for cards only

    pattern = {
        "en": "EEEE d MMMM y, HH:mm",
        "fr": "EEEE d MMMM y, HH:mm",
        "es": "EEEE, d 'de' MMMM 'de' y, HH:mm",
        "pt": "EEEE, d 'de' MMMM 'de' y, HH:mm",
    }[language if language in LANGUAGES else "en"]
    if not year:
        pattern = "EEE d MMM, HH:mm"
    return format_datetime(wall, pattern, tzinfo=UTC, locale=LOCALES[language if language in LANGUAGES else "en"])

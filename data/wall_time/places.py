"""Zones as phrases name them: by an offset, by a place, or by the letters that are short for one."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Protocol

from data.wall_time.faults import ImpossibleDateFault, RangeFault

# Places whose time people quote, and which the tz database knows by another city.
_QUOTED = {
    "brasilia": "America/Sao_Paulo",
    "central european": "Europe/Paris",
    "geneva": "Europe/Zurich",
    "geneve": "Europe/Zurich",
    "ginebra": "Europe/Zurich",
    "genebra": "Europe/Zurich",
    "haia": "Europe/Amsterdam",
    "la haya": "Europe/Amsterdam",
    "la haye": "Europe/Amsterdam",
    "nova iorque": "America/New_York",
    "nyc": "America/New_York",
    "ottawa": "America/Toronto",
    "pretoria": "Africa/Johannesburg",
    "rabat": "Africa/Casablanca",
    "the hague": "Europe/Amsterdam",
    "washington": "America/New_York",
    "washington dc": "America/New_York",
}


@dataclass(frozen=True, slots=True)
class Short:
    """What letters such as CET may be short for: the clocks of a region, and what they strictly say.

    Attributes:
        region: the IANA zone of those who use them.
        minutes: how far ahead of UTC they strictly are; None where they name the region's clocks all year round.
    """

    region: str
    minutes: int | None = None


# People write CET in July as well, when the clocks there show CEST; and IST in three regions.
ABBREVIATIONS: Mapping[str, tuple[Short, ...]] = {
    "acst": (Short("Australia/Adelaide", 570),),
    "aedt": (Short("Australia/Sydney", 660),),
    "aest": (Short("Australia/Sydney", 600),),
    "adt": (Short("America/Halifax", -180),),
    "art": (Short("America/Argentina/Buenos_Aires", -180),),
    "ast": (Short("America/Halifax", -240), Short("Asia/Riyadh", 180)),
    "awst": (Short("Australia/Perth", 480),),
    "bot": (Short("America/La_Paz", -240),),
    "brt": (Short("America/Sao_Paulo", -180),),
    "bst": (Short("Europe/London", 60), Short("Asia/Dhaka", 360)),
    "cat": (Short("Africa/Maputo", 120),),
    "cdt": (Short("America/Chicago", -300), Short("America/Havana", -240)),
    "cest": (Short("Europe/Paris", 120),),
    "cet": (Short("Europe/Paris", 60),),
    "clst": (Short("America/Santiago", -180),),
    "clt": (Short("America/Santiago", -240),),
    "cot": (Short("America/Bogota", -300),),
    "cst": (Short("America/Chicago", -360), Short("Asia/Shanghai", 480), Short("America/Havana", -300)),
    "eat": (Short("Africa/Nairobi", 180),),
    "ect": (Short("America/Guayaquil", -300),),
    "edt": (Short("America/New_York", -240),),
    "eest": (Short("Europe/Helsinki", 180),),
    "eet": (Short("Europe/Helsinki", 120),),
    "est": (Short("America/New_York", -300),),
    "hae": (Short("America/Toronto", -240),),
    "hne": (Short("America/Toronto", -300),),
    "hst": (Short("Pacific/Honolulu", -600),),
    "ist": (Short("Asia/Kolkata", 330), Short("Europe/Dublin", 60), Short("Asia/Jerusalem", 120)),
    "jst": (Short("Asia/Tokyo", 540),),
    "kst": (Short("Asia/Seoul", 540),),
    "mdt": (Short("America/Denver", -360),),
    "msk": (Short("Europe/Moscow", 180),),
    "mst": (Short("America/Denver", -420), Short("America/Phoenix", -420)),
    "ndt": (Short("America/St_Johns", -150),),
    "npt": (Short("Asia/Kathmandu", 345),),
    "nst": (Short("America/St_Johns", -210),),
    "nzdt": (Short("Pacific/Auckland", 780),),
    "nzst": (Short("Pacific/Auckland", 720),),
    "pdt": (Short("America/Los_Angeles", -420),),
    "pet": (Short("America/Lima", -300),),
    "pkt": (Short("Asia/Karachi", 300),),
    "pst": (Short("America/Los_Angeles", -480), Short("Asia/Manila", 480)),
    "pyt": (Short("America/Asuncion", -180),),
    "sast": (Short("Africa/Johannesburg", 120),),
    "uyt": (Short("America/Montevideo", -180),),
    "vet": (Short("America/Caracas", -240),),
    "wat": (Short("Africa/Lagos", 60),),
    "west": (Short("Europe/Lisbon", 60),),
    "wet": (Short("Europe/Lisbon", 0),),
    # As American English says them; in French, "et" is a word of another kind.
    "eastern": (Short("America/New_York"),),
    "central": (Short("America/Chicago"),),
    "mountain": (Short("America/Denver"),),
    "pacific": (Short("America/Los_Angeles"),),
}


class Clocks(Protocol):
    """Whose clocks a phrase speaks of."""

    def sides(self, start: time) -> list[tuple[timedelta | None, str | None]]:
        """What may be meant for a time of day: each an offset from UTC, or an IANA zone.

        Raises:
            ImpossibleDateFault: no place on Earth has it.
            RangeFault: it is no zone, but the end of what begins at that time.
        """
        ...


@dataclass(frozen=True, slots=True)
class Offset:
    """An offset from UTC as it was typed, such as `+02:00`.

    Attributes:
        shift: its sign and figures; empty for UTC itself.
        loose: it may as well be the end of a range: the `-10:00` of `09:00-10:00`.
    """

    shift: str
    loose: bool = False

    def sides(self, start: time) -> list[tuple[timedelta | None, str | None]]:
        """The one offset."""
        figures = self.shift[1:].replace(":", "")
        hours, minutes = (int(figures or 0), 0) if len(figures) <= 2 else (int(figures[:-2]), int(figures[-2:]))
        if self.loose and self.shift[0] == "-" and (hours, minutes) > (start.hour, start.minute):
            raise RangeFault
        if hours * 60 + minutes > 14 * 60 or minutes > 59:
            raise ImpossibleDateFault
        offset = timedelta(hours=hours, minutes=minutes)
        return [(-offset if self.shift.startswith("-") else offset, None)]


@dataclass(frozen=True, slots=True)
class Place:
    """A zone by its IANA name."""

    zone: str

    def sides(self, start: time) -> list[tuple[timedelta | None, str | None]]:
        """The one zone."""
        return [(None, self.zone)]


@dataclass(frozen=True, slots=True)
class Letters:
    """An abbreviation such as CET."""

    text: str

    def sides(self, start: time) -> list[tuple[timedelta | None, str | None]]:
        """What it strictly says, and the clocks of those who use it: often, but not always, the same."""
        shorts = ABBREVIATIONS[self.text]
        strictly = [(timedelta(minutes=short.minutes), None) for short in shorts if short.minutes is not None]
        return [*strictly, *((None, short.region) for short in shorts)]


@functools.lru_cache(maxsize=1024)
def zone_of(place: str) -> str | None:
    """The IANA name of the zone that a place has, given in its normal form; None where none or several are known."""
    from data.zones import find_zone  # which itself builds on this package

    return _QUOTED.get(place) or find_zone(place)

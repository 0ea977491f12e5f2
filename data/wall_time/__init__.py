"""Wall time: what a person means by "15:00 on 14 March", as an instant, or the question that has to be asked first.

Everything here is a pure function of its arguments. A phrase is never guessed at: one that can be read in two ways, an
hour that does not exist or exists twice, and a weekday that contradicts its date are faults which carry the possible
readings as phrases that can be read in one way only.
"""

from datetime import datetime

from data.wall_time.faults import (
    AmbiguousFault,
    ImpossibleDateFault,
    NoDateFault,
    NonexistentFault,
    NoTimeOfDayFault,
    PastFault,
    RangeFault,
    SeveralFault,
    TwiceFault,
    UnparseableFault,
    WeekdayFault,
    WhenFault,
)
from data.wall_time.moments import Moment, in_words, write, write_offset

__all__ = [
    "AmbiguousFault",
    "ImpossibleDateFault",
    "Moment",
    "NoDateFault",
    "NoTimeOfDayFault",
    "NonexistentFault",
    "PastFault",
    "RangeFault",
    "SeveralFault",
    "TwiceFault",
    "UnparseableFault",
    "WeekdayFault",
    "WhenFault",
    "in_words",
    "parse_when",
    "write",
    "write_offset",
]


def parse_when(text: str, language: str, zone: str, now: datetime) -> Moment:
    """The moment that a phrase means: see `data.wall_time.parsing`.

    Args:
        text: as typed, for instance `2027-03-14 15:00`, `le 14 mars à 15h`, `mañana a las 3 de la tarde`.
        language: of the person who typed it: en, fr, es or pt.
        zone: the IANA zone that is meant; an offset, Z or a place in the phrase wins over it.
        now: the time (UTC).

    Raises:
        WhenFault: there is none, or more than one, or it is past.
    """
    # The grammars of four languages take as long to make ready as a hundred other modules.
    from data.wall_time.parsing import parse_when as parse

    return parse(text, language, zone, now)

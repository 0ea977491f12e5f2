"""Wall time: what a person means by "15:00 on 14 March", as an instant, or the question that has to be asked first.

Everything here is a pure function of its arguments. A phrase is never guessed at: one that can be read in two ways, an
hour that does not exist or exists twice, and a weekday that contradicts its date are faults which carry the possible
readings as phrases that can be read in one way only.
"""

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
from data.wall_time.parsing import READERS, parse_when
from data.wall_time.reading import Reader, Reading

__all__ = [
    "READERS",
    "AmbiguousFault",
    "ImpossibleDateFault",
    "Moment",
    "NoDateFault",
    "NoTimeOfDayFault",
    "NonexistentFault",
    "PastFault",
    "RangeFault",
    "Reader",
    "Reading",
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

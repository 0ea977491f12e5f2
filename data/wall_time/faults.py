"""What a phrase can be instead of a moment: told apart, so that the right question can be asked."""

from data.wall_time.moments import Moment


class WhenFault(Exception):
    """A phrase that gives no instant. `code` is one of `ambiguous`, `nonexistent`, `past`, `unparseable`.

    Args:
        readings: what may have been meant, as phrases that can be read in one way only.
        zone: the IANA zone whose clocks are the reason, where the phrase names it; None for the one that is meant.
    """

    code = "unparseable"

    def __init__(self, *readings: str, zone: str | None = None) -> None:
        super().__init__(self.code, *readings)
        self.readings = readings
        self.zone = zone


class UnparseableFault(WhenFault):
    """Not a date and a time in any form that is known."""


class NoTimeOfDayFault(UnparseableFault):
    """A date without a time of day."""


class NoDateFault(UnparseableFault):
    """A time of day without a date."""


class ImpossibleDateFault(UnparseableFault):
    """A day that no calendar has, such as 31 February, or an hour that no clock shows."""


class RangeFault(UnparseableFault):
    """Two times of day, from and to, where only the beginning is asked for."""


class AmbiguousFault(WhenFault):
    """Day and month may be the other way round."""

    code = "ambiguous"


class SeveralFault(AmbiguousFault):
    """It can be read in several ways, for another reason than those below: at 3, CET in July, next week on Sunday."""


class WeekdayFault(AmbiguousFault):
    """The weekday is not that of the date."""


class TwiceFault(AmbiguousFault):
    """The clocks go back: this hour comes twice."""


class NonexistentFault(WhenFault):
    """The clocks go forward: this hour is skipped."""

    code = "nonexistent"


class PastFault(WhenFault):
    """The moment has passed.

    Args:
        moment: the moment that was meant.
    """

    code = "past"

    def __init__(self, moment: Moment) -> None:
        super().__init__()
        self.moment = moment

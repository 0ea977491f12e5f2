"""The time, also where the host's clock is wrong.

Whoever sets a server's date by hand, or starts a machine whose battery is empty, must not make reminders go out an hour
early or twice. Every answer of Discord says what time it is there, to the second; from then on a clock that only runs
on tells how much has passed. While the host's clock agrees with that, it is taken at its word; where it does not,
Discord's time is used instead, and the log says so once.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from data.steady import steady

log = logging.getLogger("convenor.clock")

# A header tells whole seconds, and an answer takes its time: less than this is no disagreement.
TOLERANCE = 3.0
# One wrong header, of some proxy, is forgotten after so many right ones.
REMEMBERED = 16


class Clock:
    """Gives the time now, aware, in UTC; use it as `clock()`.

    Args:
        host: gives the time as the host has it.
        passed: gives seconds that only grow.
    """

    def __init__(self, host: Callable[[], datetime], passed: Callable[[], float] = steady) -> None:
        self._host = host
        self._passed = passed
        # What the steady clock showed at the epoch, at the latest: an answer is read after it was written.
        self._heard: deque[float] = deque(maxlen=REMEMBERED)
        self._agreed = True

    def heard(self, date: str | None) -> None:
        """Take note of the header `Date` of an answer of Discord that has just come; others than dates are ignored."""
        try:
            told = parsedate_to_datetime(date or "")
        except ValueError:
            return
        if told.tzinfo is not None:
            self._heard.append(told.timestamp() - self._passed())

    def ahead(self) -> float | None:
        """By how many seconds the host's clock is before Discord's; None where Discord did not say."""
        return self._host().timestamp() - self._passed() - max(self._heard) if self._heard else None

    def __call__(self) -> datetime:
        """The time now."""
        host = self._host()
        if not self._heard:
            return host
        told = self._passed() + max(self._heard)
        ahead = host.timestamp() - told
        agreed = abs(ahead) <= TOLERANCE
        if agreed != self._agreed:
            self._agreed = agreed
            self._say(agreed, ahead)
        return host if agreed else datetime.fromtimestamp(told, UTC)

    def _say(self, agreed: bool, ahead: float) -> None:
        if agreed:
            log.warning("the clock of this machine is right again")
            return
        span = timedelta(seconds=round(abs(ahead)))
        direction = "fast" if ahead > 0 else "slow"
        log.warning(
            "the clock of this machine is %s %s: Discord's time is used instead. Set it right.", span, direction
        )

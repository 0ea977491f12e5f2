"""How the engine waits while Discord is away, so that it neither hammers nor oversleeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Short enough that all is out within half a minute of the end of an outage of minutes.
LONGEST = timedelta(seconds=15)
# For an outage of hours.
RARELY = timedelta(seconds=60)
HOURS = 60


@dataclass(slots=True)
class Outage:
    """Whether Discord answers. While it does not, one delivery at a time tries it.

    Attributes:
        failures: how many tries in a row went unanswered.
        since: when the pause began (UTC).
        length: how long it lasts.
    """

    failures: int = 0
    since: datetime | None = None
    length: timedelta = timedelta(0)

    @property
    def lasts(self) -> bool:
        """Whether the last try failed."""
        return self.failures > 0

    def pause(self) -> timedelta:
        """How long to wait before the next try: 1, 2, 4, 8, then 15 seconds."""
        if self.failures > HOURS:
            return RARELY
        return min(timedelta(seconds=2 ** min(max(self.failures - 1, 0), 10)), LONGEST)

    def unanswered(self, now: datetime) -> None:
        """A try went without an answer. Those that were under way together count as one."""
        if self.left(now) is None:
            self.failures += 1
            self.since, self.length = now, self.pause()

    def told_to_wait(self, now: datetime, length: timedelta) -> None:
        """Discord, or the proxy before it, wants no request at all for that long."""
        if length > (self.left(now) or timedelta(0)):
            self.since, self.length = now, length

    def answered(self) -> None:
        """Discord is there."""
        self.failures = 0
        self.since = None

    def left(self, now: datetime) -> timedelta | None:
        """For how long nothing may be tried; None where it may. A clock that was set back ends the pause."""
        if self.since is None or not self.since <= now < self.since + self.length:
            return None
        return self.since + self.length - now

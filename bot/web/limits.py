"""How often somebody may ask: so many at once, then one each so many seconds. Remembers few, and forgets early."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Limit:
    """One limit, kept for each key apart.

    Args:
        burst: how many at once.
        each: seconds until one more is allowed.
        most: how many keys are remembered at most; past that all are forgotten, so that memory stays bounded.
    """

    burst: int
    each: float
    most: int = 10_000
    _free_at: dict[str, float] = field(default_factory=dict[str, float])

    def wait(self, key: str, now: float) -> float:
        """Count one more.

        Args:
            key: who asks.
            now: seconds on a clock that only goes forward.

        Returns:
            0 where it is allowed, else the seconds until it will be; what is not allowed does not count.
        """
        known = max(self._free_at.get(key, now), now)
        early = known - now - self.each * (self.burst - 1)
        # The float's own dust must not refuse somebody who waited exactly as long as they were told.
        if early > 1e-6:
            return early
        if key not in self._free_at and len(self._free_at) >= self.most:
            self._free_at = {one: free for one, free in self._free_at.items() if free > now}
            if len(self._free_at) >= self.most:
                self._free_at.clear()
        self._free_at[key] = known + self.each
        return 0.0

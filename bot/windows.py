"""What is left of the limits that single routes have.

discord.py counts a request when it is asked for. Where many wait for their turn after that, it takes some for sent that
are not, and lets too many through later. Here a request counts when it is sent.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# A request may be quicker on its way than the answer was that told when the limit ends.
MARGIN = 0.05
# So many are remembered before those that are over are forgotten.
MANY = 1000


@dataclass(slots=True)
class Window:
    """A limit: `left` of `limit` requests until `until`, then as many again for `length` seconds."""

    limit: int
    left: int
    until: float
    length: float


class Windows:
    """The limits of all routes that Discord has told of.

    Args:
        clock: gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, Window] = {}

    def wait(self, route: str) -> float:
        """How many seconds until the next request may be sent; 0 if it may be now."""
        window = self._known.get(route)
        if window is None or window.left > 0:
            return 0.0
        return max(window.until + MARGIN - self._clock(), 0.0)

    def take(self, route: str) -> bool:
        """Note that a request is sent now; False where none may be."""
        window, now = self._known.get(route), self._clock()
        if window is None:
            return True
        if now >= window.until + MARGIN:
            window.left, window.until = window.limit, now + window.length
        if window.left <= 0:
            return False
        window.left -= 1
        return True

    def told(self, route: str, headers: Mapping[str, str]) -> None:
        """Take note of what an answer says about the limit of its route."""
        try:
            limit, left = int(headers["X-RateLimit-Limit"]), int(headers["X-RateLimit-Remaining"])
            length = float(headers["X-RateLimit-Reset-After"])
        except (KeyError, ValueError):
            return
        now, window = self._clock(), self._known.get(route)
        until = now + length
        if window is None or now >= window.until + MARGIN:
            if len(self._known) >= MANY:
                self._known = {name: one for name, one in self._known.items() if one.until > now}
            self._known[route] = Window(limit, left, until, max(length, window.length if window else 0.0))
        elif until > window.until - window.length / 2:
            # Else it is an answer from before, that was long on its way.
            window.limit, window.left = limit, min(window.left, left)
            window.until, window.length = max(window.until, until), max(window.length, length)

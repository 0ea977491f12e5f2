"""How often the bot introduces itself to Discord's gateway: a thousand times a day are allowed, and no more.

discord.py waits five seconds each time, which a gateway that refuses every session uses up in an hour and a half.
Whoever has used it up is shut out, and its token is reset.
"""

import time
from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
AT_ONCE = 3
HOUR = 3600.0


class Pace:
    """Pauses that grow with the number of times in the last hour, for each shard.

    Args:
        clock: gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[int | None, list[float]] = {}

    def pause(self, shard_id: int | None) -> float:
        """How many seconds to wait before the next time: 5, three times, then 10, 20, and so on up to 300."""
        now = self._clock()
        recent = [moment for moment in self._times.get(shard_id, []) if now - moment < HOUR]
        self._times[shard_id] = [*recent, now]
        return min(FIRST_PAUSE * 2 ** max(len(recent) + 1 - AT_ONCE, 0), LONGEST_PAUSE)

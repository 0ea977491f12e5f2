"""How often the bot asks something of Discord.

It may introduce itself to the gateway a thousand times a day. discord.py waits five seconds each time, which a gateway
that refuses every session uses up in an hour and a half. Whoever has used it up is shut out, and its token is reset.

It may send fifty requests a second over all routes (answers to interactions are not counted). discord.py does not count
them: it sends too many, is turned away, and then everything waits.

And how often one member may ask something of the bot: who never stops, be it a program, must keep nobody else waiting.
"""

import time
from collections import deque
from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
AT_ONCE = 3
HOUR = 3600.0

# Requests in any SECOND, which is a little longer than one: some are longer on their way than others.
LIMIT, SECOND = 50, 1.02
# What nobody waits for leaves room for what somebody does, and does not come in bursts.
LIMIT_OF_BULK, LEAST_GAP_OF_BULK = 49, 1 / 52

# So many commands of one member in a row, and then one in so many seconds: more than anybody types.
COMMANDS_AT_ONCE, COMMANDS_EACH = 30, 1.0
# Beyond so many members, those who have not asked for a while are forgotten.
REMEMBERED = 1000


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


class Turns:
    """Whose turn it is to send a request.

    Args:
        clock: gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken: deque[float] = deque(maxlen=LIMIT)

    def wait(self, *, bulk: bool) -> float:
        """How many seconds until the next may be sent; 0 if it may be now.

        Args:
            bulk: it is one of many, and nobody waits for it.
        """
        limit = LIMIT_OF_BULK if bulk else LIMIT
        free_at = self._taken[-limit] + SECOND if len(self._taken) >= limit else 0.0
        if bulk and self._taken:
            free_at = max(free_at, self._taken[-1] + LEAST_GAP_OF_BULK)
        return max(free_at - self._clock(), 0.0)

    def take(self) -> None:
        """Note that one is sent now."""
        self._taken.append(self._clock())


class Allowance:
    """How many commands each member may still use.

    Args:
        clock: gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # When each has all of them again.
        self._whole_at: dict[int, float] = {}

    def take(self, user_id: int) -> bool:
        """Count a command of a member; gives whether it may be carried out. One that may not counts for nothing."""
        now = self._clock()
        whole_at = max(self._whole_at.get(user_id, now), now) + COMMANDS_EACH
        if whole_at - now > COMMANDS_AT_ONCE * COMMANDS_EACH:
            return False
        if len(self._whole_at) >= REMEMBERED:
            self._whole_at = {known: moment for known, moment in self._whole_at.items() if moment > now}
        self._whole_at[user_id] = whole_at
        return True

"""Which shards a process has, and when it may introduce them to the gateway."""

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Convenor
    from data.identifying import Budget

log = logging.getLogger("convenor.shards")

# Discord wants five seconds between two sessions; to connect takes each another moment.
GAP = timedelta(seconds=6)
# A connection on which nothing is read for a minute is given up.
PATIENCE = timedelta(seconds=30)
# At most so many seconds pass before Discord is asked again how many sessions are left.
ASK_AGAIN = 3600.0
# Of what a process has, by which others know it (see `data.holding`).
ALL = "all shards"


@dataclass(frozen=True, slots=True)
class Shards:
    """Some shards out of all.

    Attributes:
        first, last: of them, both included.
        count: of all shards of the installation.
    """

    first: int
    last: int
    count: int

    @property
    def ids(self) -> list[int]:
        """Their numbers."""
        return list(range(self.first, self.last + 1))

    @property
    def names(self) -> list[str]:
        """By which one process knows what another has."""
        return [f"shard {number}" for number in self.ids]

    @property
    def are_all(self) -> bool:
        """Whether no other process is needed."""
        return self.last - self.first + 1 == self.count


def parse_shards(value: str) -> Shards:
    """Shards as `0-3/16` (the first four of sixteen) or `4/16` (one of them).

    Raises:
        ValueError: they are none.
    """
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", value.strip())
    if found is not None:
        shards = Shards(int(found[1]), int(found[2] or found[1]), int(found[3]))
        if shards.first <= shards.last < shards.count:
            return shards
    raise ValueError("needs shards such as 0-3/16: the first four of sixteen")


class Turns:
    """When this process may introduce a shard to the gateway, which takes few at once from all processes together.

    Args:
        bot: the running bot.
    """

    def __init__(self, bot: "Convenor") -> None:
        self._bot = bot
        self._at_once = 0
        self._granted: set[int] = set()

    async def before_launch(self, shard_id: int) -> None:
        """Wait for the turn of a shard that has no connection yet, however long that takes.

        Raises:
            discord.HTTPException, DatabaseFault: Discord or the database do not say.
        """
        from data.identifying import Budget, SpentError  # as in `_take`

        # After a connection that failed its turn is over.
        self._granted.discard(shard_id)
        while shard_id not in self._granted:
            limits = await self._bot.fetch_session_start_limits()
            self._at_once = max(limits.max_concurrency, 1)
            told = Budget(limits.remaining, timedelta(milliseconds=limits.reset_after))
            try:
                wait = await self._take(shard_id, None, told)
            except SpentError as spent:
                seconds = spent.wait.total_seconds()
                log.warning("Discord takes no more sessions today: shard %s waits for %.0f s", shard_id, seconds)
                await asyncio.sleep(min(seconds, ASK_AGAIN))
            else:
                await asyncio.sleep(wait.total_seconds() if wait else 0.0)
                self._granted.add(shard_id)

    async def before_identify(self, shard_id: int, pause: float) -> None:
        """Wait for the turn of a shard that is connected, and introduces itself again.

        Args:
            shard_id: which.
            pause: for how many seconds it is to wait in any case, if it had no turn before it was connected.

        Raises:
            TimeoutError: its turn is too far away; it is to connect again later.
        """
        if shard_id in self._granted:
            self._granted.discard(shard_id)
            return
        from data.faults import DatabaseFault  # as in `_take`
        from data.identifying import SpentError

        await asyncio.sleep(pause)
        try:
            wait = await self._take(shard_id, PATIENCE, None)
        except SpentError as spent:
            raise TimeoutError("Discord takes no more sessions today") from spent
        except DatabaseFault as fault:
            # Anything else would end the program, for an outage that hit the gateway too.
            raise TimeoutError("the database does not say whose turn it is") from fault
        if wait is None:
            raise TimeoutError("many shards wait to be introduced")
        await asyncio.sleep(wait.total_seconds())

    async def _take(self, shard_id: int, at_most: timedelta | None, told: "Budget | None") -> timedelta | None:
        # The command line reads the settings, which know shards, and needs no database for it.
        from data.identifying import spend, take_turn

        name, now = f"identify:{self._bot.application_id}", self._bot.clock()
        async with self._bot.db.begin() as session:
            turn = f"{name}:{shard_id % max(self._at_once, 1)}"
            wait = await take_turn(session, turn, GAP, now=now, at_most=at_most)
            if wait is not None:
                await spend(session, name, told, now=now, wait=wait)
        return wait

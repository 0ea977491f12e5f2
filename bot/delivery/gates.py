"""How many deliveries to one place are under way at once.

Discord takes a few messages for one channel and then lets the next ones wait. If many are due there, those that
wait must not take the room of what goes elsewhere. A target such as `channel:review` is another place in each
community, so that what is due in one of them keeps no other waiting.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Discord's own number: five messages in five seconds.
EACH = 5

# A community and a target in it.
Where = tuple[int, str]


@dataclass(slots=True)
class Gates:
    """One for each target in each community; each lets `EACH` through.

    Attributes:
        waiting: how many wait at any of them.
    """

    waiting: int = 0
    _gates: dict[Where, asyncio.Semaphore] = field(default_factory=dict[Where, asyncio.Semaphore])
    _held: Counter[Where] = field(default_factory=Counter[Where])

    @asynccontextmanager
    async def through(self, where: Where) -> AsyncGenerator[None]:
        """Wait until there is room, and take it for the block."""
        gate = self._gates.setdefault(where, asyncio.Semaphore(EACH))
        self._held[where] += 1
        try:
            self.waiting += 1
            try:
                await gate.acquire()
            finally:
                self.waiting -= 1
            try:
                yield
            finally:
                gate.release()
        finally:
            self._held[where] -= 1
            if not self._held[where]:
                del self._held[where], self._gates[where]

    def full(self) -> list[Where]:
        """The places that have as many as may be under way, or more that wait."""
        return [where for where, held in self._held.items() if held >= EACH]

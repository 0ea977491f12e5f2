"""How many deliveries to one place are under way at once.

Discord takes a few messages for one channel and then lets the next ones wait. If many are due there, those that
wait must not take the room of what goes elsewhere.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Discord's own number: five messages in five seconds.
EACH = 5


@dataclass(slots=True)
class Gates:
    """One for each target; each lets `EACH` through.

    Attributes:
        waiting: how many wait at any of them.
    """

    waiting: int = 0
    _gates: dict[str, asyncio.Semaphore] = field(default_factory=dict[str, asyncio.Semaphore])
    _held: Counter[str] = field(default_factory=Counter[str])

    @asynccontextmanager
    async def through(self, target: str) -> AsyncGenerator[None]:
        """Wait until there is room, and take it for the block."""
        gate = self._gates.setdefault(target, asyncio.Semaphore(EACH))
        self._held[target] += 1
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
            self._held[target] -= 1
            if not self._held[target]:
                del self._held[target], self._gates[target]

    def full(self) -> list[str]:
        """The targets that have as many as may be under way, or more that wait."""
        return [target for target, held in self._held.items() if held >= EACH]

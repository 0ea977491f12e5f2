"""Background work that must not die: restarted with growing pauses, and its failures reported."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import report

log = logging.getLogger("convenor.work")

FIRST_PAUSE = 1.0
# A disk that was full has room again: all goes on within less than a minute.
LONGEST_PAUSE = 30.0


def _set_result_unless_cancelled(waiter: "asyncio.Future[None]") -> None:
    # Named like asyncio's own function for sleeping, by which simulated clocks recognise a sleep.
    if not waiter.done():
        waiter.set_result(None)


class Alarm:
    """A sleep that can be ended early. A ring while nobody sleeps ends the next sleep at once."""

    def __init__(self) -> None:
        self._rung = False
        self._waiter: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """End the sleep under way, or the next one."""
        self._rung = True
        if self._waiter is not None:
            _set_result_unless_cancelled(self._waiter)

    async def sleep(self, seconds: float) -> None:
        """Sleep for that long, or until rung."""
        if not self._rung:
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            handle = loop.call_later(max(seconds, 0.0), _set_result_unless_cancelled, self._waiter)
            try:
                await self._waiter
            finally:
                handle.cancel()
                self._waiter = None
        self._rung = False


@dataclass(slots=True)
class Work:
    """One piece of background work and how it fares."""

    name: str
    task: "asyncio.Task[None]"
    failures: int = 0
    failed_at: datetime | None = None


class Supervisor:
    """Keeps background work alive.

    Args:
        clock: gives the time now, in UTC.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.work: dict[str, Work] = {}

    def start(self, name: str, run: Callable[[], Awaitable[object]]) -> None:
        """Run something until it returns; when it fails, report it and run it again after a pause."""
        task = asyncio.create_task(self._keep(name, run), name=f"convenor:{name}")
        self.work[name] = Work(name, task)

    async def _keep(self, name: str, run: Callable[[], Awaitable[object]]) -> None:
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while True:
            begun = loop.time()
            try:
                await run()
            except Exception as error:  # noqa: BLE001 - whatever it is, the work has to go on
                work = self.work[name]
                work.failures += 1
                work.failed_at = self._clock()
                await report(error, where=f"work {name}")
            else:
                return
            if loop.time() - begun > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """End all work and wait until it has ended."""
        tasks = [work.task for work in self.work.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.work.clear()

"""Transactions shared by what happens at about the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

Result = TypeVar("Result")
Work = Callable[[AsyncSession], Awaitable[Any]]
Waiting = tuple[Work, "asyncio.Future[Any]"]


@dataclass(slots=True)
class Together:
    """Does in one transaction what several ask for at once: a commit waits for the disk, however small it is.

    What is asked for while one transaction is under way goes into the next: no clock decides how much that is.

    Args:
        transaction: opens one.
    """

    transaction: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    _waiting: list[Waiting] = field(default_factory=list[Waiting])
    _working: "asyncio.Task[None] | None" = None

    async def do(self, work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        """Do something in a transaction that may be others' too, and wait until that has ended (is committed).

        Args:
            work: may be called twice: where another's fails, all is done again, each in a transaction of its own.

        Returns:
            What `work` returned.

        Raises:
            Exception: what `work` or the database raised; then nothing of it was written.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._working is None:
            self._working = asyncio.create_task(self._work(), name="delivery transaction")
        return await done

    async def settle(self) -> None:
        """Wait until all is done, also what nobody waits for any more."""
        if self._working is not None:
            await asyncio.wait({self._working})

    async def _work(self) -> None:
        try:
            while self._waiting:
                taken, self._waiting = self._waiting, []
                if len(taken) == 1 or not await self._all(taken):
                    for work, done in taken:
                        await self._alone(work, done)
        finally:
            self._working = None

    async def _all(self, taken: list[Waiting]) -> bool:
        """Do all in one transaction; returns False where that failed, and nothing is done."""
        try:
            async with self.transaction() as session:
                results = [await work(session) for work, _ in taken]
        except Exception:  # noqa: BLE001 - whoever it belongs to gets it when each is done alone
            return False
        for (_, done), result in zip(taken, results, strict=True):
            if not done.done():
                done.set_result(result)
        return True

    async def _alone(self, work: Work, done: "asyncio.Future[Any]") -> None:
        try:
            async with self.transaction() as session:
                result = await work(session)
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            if not done.done():
                done.set_exception(error)
        else:
            if not done.done():
                done.set_result(result)

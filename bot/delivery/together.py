"""Transactions shared by what happens at about the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

Result = TypeVar("Result")
Work = Callable[[AsyncSession], Awaitable[Any]]
Hold = Callable[[AsyncSession, Collection[int]], Awaitable[set[int]]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody waits for.

    Attributes:
        work: what is to be done.
        row: the only row that it changes, if it is only one.
        done: takes what comes of it.
    """

    work: Work
    row: int | None
    done: "asyncio.Future[Any]"


async def _hold_all(_session: AsyncSession, rows: Collection[int]) -> set[int]:
    return set(rows)


@dataclass(slots=True)
class Together:
    """Does in one transaction what several ask for at once: a commit waits for the disk, however small it is.

    What is asked for while one transaction is under way goes into the next: no clock decides how much that is.

    Args:
        transaction: opens one.
        hold: has the transaction hold some of these rows, without waiting for any, and returns which. What is not held
            is done alone: a transaction for many must not wait for somebody who waits for it.
    """

    transaction: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    hold: Hold = _hold_all
    _waiting: list[Waiting] = field(default_factory=list[Waiting])
    _working: "asyncio.Task[None] | None" = None

    async def do(self, work: Callable[[AsyncSession], Awaitable[Result]], *, row: int | None = None) -> Result:
        """Do something in a transaction that may be others' too, and wait until that has ended (is committed).

        Args:
            work: may be called twice: where another's fails, all is done again, each in a transaction of its own.
            row: the only row that it changes. None where it changes others as well: it is done alone.

        Returns:
            What `work` returned.

        Raises:
            Exception: what `work` or the database raised; then nothing of it was written.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(work, row, done))
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
                for one in await self._left([each for each in taken if each.row is not None]):
                    await self._alone(one)
                for one in taken:
                    if one.row is None:
                        await self._alone(one)
        finally:
            self._working = None

    async def _left(self, taken: list[Waiting]) -> list[Waiting]:
        """Do all in one transaction; returns what is to be done alone: what was not held, or all where it failed."""
        if len(taken) < 2:
            return taken
        try:
            async with self.transaction() as session:
                held = await self.hold(session, [one.row for one in taken if one.row is not None])
                results = [(one, await one.work(session)) for one in taken if one.row in held]
        except Exception:  # noqa: BLE001 - whoever it belongs to gets it when each is done alone
            return taken
        for one, result in results:
            if not one.done.done():
                one.done.set_result(result)
        return [one for one in taken if one.row not in held]

    async def _alone(self, one: Waiting) -> None:
        try:
            async with self.transaction() as session:
                result = await one.work(session)
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            if not one.done.done():
                one.done.set_exception(error)
        else:
            if not one.done.done():
                one.done.set_result(result)

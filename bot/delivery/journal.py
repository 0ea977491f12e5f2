"""Notes what happens to deliveries: several notes in one commit where many are under way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from data.database import Database

Note = Callable[[AsyncSession], Awaitable[Any]]


@dataclass(slots=True)
class Journal:
    """Commits together what is to be noted at about the same time: a commit waits for the disk, however small it is.

    Args:
        database: where notes are written, once it is open.
        patience: how long to wait for others to note something too, in seconds.
    """

    database: Callable[[], Database]
    patience: Callable[[], float]
    _waiting: list[tuple[Note, "asyncio.Future[Any]"]] = field(default_factory=list[Any])
    _writing: "asyncio.Task[None] | None" = None

    async def write(self, note: Note) -> Any:
        """Do something in a write transaction that may be others' too, and wait until it is committed.

        Args:
            note: may be called twice: where another's fails, all are done again, each in a transaction of its own.

        Returns:
            What `note` returned.

        Raises:
            Exception: what `note` or the database raised; then nothing of it was written.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((note, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all(), name="delivery journal")
        return await done

    async def settle(self) -> None:
        """Wait until all is written, also what nobody waits for any more."""
        if self._writing is not None:
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                if patience := self.patience():
                    await asyncio.sleep(patience)
                notes, self._waiting = self._waiting, []
                if len(notes) == 1 or not await self._together(notes):
                    for note, done in notes:
                        await self._alone(note, done)
        finally:
            self._writing = None

    async def _together(self, notes: "list[tuple[Note, asyncio.Future[Any]]]") -> bool:
        """Write all in one transaction; returns False where that failed, and nothing is written."""
        try:
            async with self.database().begin() as session:
                results = [await note(session) for note, _ in notes]
        except Exception:  # noqa: BLE001 - whoever it belongs to gets it when each is written alone
            return False
        for (_, done), result in zip(notes, results, strict=True):
            if not done.done():
                done.set_result(result)
        return True

    async def _alone(self, note: Note, done: "asyncio.Future[Any]") -> None:
        try:
            async with self.database().begin() as session:
                result = await note(session)
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            if not done.done():
                done.set_exception(error)
        else:
            if not done.done():
                done.set_result(result)

"""What one process has and no other, for instance a shard, or the making of a backup (on PostgreSQL).

It is held by a lock of a connection, and so ends with the process, whatever ends it. Who is stopped or cut off, and
shows no sign of life, loses it to the next who asks, as in `data.leading`; but whoever asks while the other is alive is
refused, and does not wait.

A SQLite file has one process at a time, which has everything (see `data.alone`).
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager, suppress

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from data import leading
from data.database import Database
from data.faults import DatabaseFault, InUseFault
from data.statements import lock_number
from data.steady import steady

log = logging.getLogger("convenor.database")

_TRY, _TRY_SHARED = text("SELECT pg_try_advisory_lock(:key)"), text("SELECT pg_try_advisory_lock_shared(:key)")
_SEEN = text(f"SELECT max(seen.state_change) {leading.HOLDERS}")


@asynccontextmanager
async def holding(
    db: Database, names: Collection[str], *, beside: Collection[str] = ()
) -> AsyncGenerator[asyncio.Event]:
    """Have what is named until the end, until this process dies, or until the event that is given is set.

    Args:
        db: opened by each of the processes.
        names: what no other may have at the same time.
        beside: what others may have as well, but none may have for itself.

    Raises:
        InUseFault: another process has it, and is alive.
        DatabaseFault: the database is unreachable.
    """
    lost = asyncio.Event()
    if db.dialect == "sqlite":
        yield lost
        return
    async with db.apart("holding", lost.set) as connection:
        with db.reaching():
            for statement, wanted in ((_TRY_SHARED, beside), (_TRY, names)):
                for name in wanted:
                    await _take(connection, statement, name, db.safe_url)
        beating = asyncio.create_task(_beat(db, connection, lost), name="holding")
        try:
            yield lost
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating


@asynccontextmanager
async def only_one(db: Database, name: str) -> AsyncGenerator[bool]:
    """Gives whether this process does alone what is named, until the end; none waits for another.

    Raises:
        DatabaseFault: the database is unreachable.
    """
    if db.dialect == "sqlite":
        yield True
        return
    async with db.apart("turn", lambda: None) as connection:
        with db.reaching():
            mine = bool((await connection.execute(_TRY, {"key": lock_number(name)})).scalar_one())
        yield mine


async def _take(connection: AsyncConnection, statement: TextClause, name: str, where: str) -> None:
    """Take what is free; watch whoever else has it, until they show that they are alive, or were silent for too long.

    Raises:
        InUseFault: they are alive, or cannot be made to let go.
    """
    key, known, since = {"key": lock_number(name)}, None, steady()
    while not (await connection.execute(statement, key)).scalar_one():
        seen = (await connection.execute(_SEEN, key)).scalar_one()
        alive = known is not None and seen is not None and seen > known
        if alive or steady() - since > 2 * leading.SILENT:
            raise InUseFault(
                f"Another Convenor has {name} and is at work with the database {where}: two of them would do "
                "everything twice. Stop the other one first, or give each process shards of its own (--shards)."
            )
        if known is None:
            log.warning("another process has %s: looking whether it is alive", name)
            known = seen
        await connection.execute(leading.DEPOSE, {**key, "silent": leading.SILENT})
        await asyncio.sleep(leading.LOOK)


async def _beat(db: Database, connection: AsyncConnection, lost: asyncio.Event) -> None:
    """Give signs of life, until one fails."""
    try:
        while True:
            await asyncio.sleep(leading.BEAT)
            with db.reaching():
                async with asyncio.timeout(leading.SILENT):
                    await connection.execute(text("SELECT 1"))
    except DatabaseFault:
        lost.set()
    except Exception as error:  # noqa: BLE001 - whatever it was: there was no sign of life
        log.error("no sign of life could be given: %s", type(error).__name__)  # noqa: TRY400 - it may hold an address
        lost.set()

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

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from data import leading
from data.database import Database
from data.faults import DatabaseFault, InUseFault
from data.statements import lock_number

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
                    while not (await connection.execute(statement, {"key": lock_number(name)})).scalar_one():
                        await _see_to_holder(connection, db, name)
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


async def _see_to_holder(connection: AsyncConnection, db: Database, name: str) -> None:
    """Watch another process that has it, until it shows that it is alive, or was silent for too long.

    Raises:
        InUseFault: it is alive.
    """
    key = {"key": lock_number(name)}
    log.warning("another process has %s: looking whether it is alive", name)
    known = (await connection.execute(_SEEN, key)).scalar_one()
    while known is not None:
        await connection.execute(leading.DEPOSE, {**key, "silent": leading.SILENT})
        await asyncio.sleep(leading.LOOK)
        seen = (await connection.execute(_SEEN, key)).scalar_one()
        if seen is not None and seen > known:
            raise InUseFault(
                f"Another Convenor has {name} and is at work with the database {db.safe_url}: two of them would do "
                "everything twice. Stop the other one first, or give each process shards of its own (--shards)."
            )
        known = seen


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

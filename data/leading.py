"""Who leads among several processes on PostgreSQL: one at a time, elected by a lock, deposed when it falls silent.

The lock belongs to a connection, and so ends with the process, whatever ends it. A process that is stopped, or cut off,
keeps its connection: it shows no sign of life, and whoever waits ends the connection after `SILENT` seconds. By then it
has long known that it may not act: it does so only for `CERTAIN` seconds after each sign of life.

A SQLite file has one process at a time, which leads.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from data.database import Database
from data.faults import DatabaseFault, unreachable
from data.statements import lock_number, presence_number
from data.steady import steady

log = logging.getLogger("convenor.database")

# In seconds. Between two signs of life; for how long each is good; and from when on others take over.
BEAT, CERTAIN, SILENT = 1.5, 5.0, 8.0
# How often those who wait look, in seconds.
LOOK = 1.0
# PostgreSQL shows both halves of a lock's number. Whoever may connect as the same user may end its connections.
HOLDERS = (
    "FROM pg_locks AS held JOIN pg_stat_activity AS seen ON seen.pid = held.pid "
    "WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1 "
    "AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND held.classid = CAST((CAST(:key AS bigint) >> 32) & 4294967295 AS oid) "
    "AND held.objid = CAST(CAST(:key AS bigint) & 4294967295 AS oid)"
)
DEPOSE = text(
    f"SELECT pg_terminate_backend(held.pid) {HOLDERS} "
    "AND clock_timestamp() - seen.state_change > make_interval(secs => :silent)"
)
_TRY = text("SELECT pg_try_advisory_lock(:key)")


@dataclass(slots=True)
class Lead:
    """What one process may do alone, for as long as it is certain that it leads.

    Attributes:
        certain_until: by the steady clock, in seconds.
        fault: why it leads no more.
    """

    certain_until: float = math.inf
    fault: DatabaseFault | None = field(default=None)

    @property
    def certain(self) -> bool:
        """Whether no other can lead now."""
        return self.fault is None and steady() < self.certain_until

    def check(self) -> None:
        """Go on leading.

        Raises:
            DatabaseFault: another may lead by now.
        """
        if self.fault is not None:
            raise self.fault


@asynccontextmanager
async def leading(
    db: Database, name: str, owner: str, *, on_loss: Callable[[], None] = lambda: None
) -> AsyncGenerator[Lead]:
    """Wait until this process leads; it does until the end, until it dies, or until `on_loss` is called.

    Args:
        db: opened by each of the processes.
        name: what there is to lead.
        owner: this process: what it holds by that name (see `data.statements.absent`) is its own while it leads.
        on_loss: told, in the event loop, that another may lead by now.

    Raises:
        DatabaseFault: the database became unreachable while it waited.
    """
    if db.dialect == "sqlite":
        yield Lead()
        return
    lead = Lead(certain_until=0.0)

    def lose(fault: DatabaseFault) -> None:
        if lead.fault is None:
            lead.fault = fault
            on_loss()

    async with db.apart("presence", lambda: lose(unreachable(db.safe_url))) as connection:
        await _elect(db, connection, lead, name, owner)
        beating = asyncio.create_task(_beat(db, connection, lead, lose), name=f"lead:{name}")
        try:
            yield lead
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating


async def _elect(db: Database, connection: AsyncConnection, lead: Lead, name: str, owner: str) -> None:
    statement, values = presence_number(owner)
    with db.reaching():
        here = (await connection.execute(text(statement), values)).scalar_one()
        # An earlier connection of this process may have been cut off, and still be held by the server.
        await _take(connection, here)
        lead.certain_until = await _take(connection, lock_number(name)) + CERTAIN


async def _take(connection: AsyncConnection, key: int) -> float:
    """Wait for a lock, and end the connection that holds it if it is silent; gives when it was asked for."""
    while True:
        since = steady()
        if (await connection.execute(_TRY, {"key": key})).scalar_one():
            return since
        await connection.execute(DEPOSE, {"key": key, "silent": SILENT})
        await asyncio.sleep(LOOK)


async def _beat(db: Database, connection: AsyncConnection, lead: Lead, lose: Callable[[DatabaseFault], None]) -> None:
    """Give signs of life, until one fails."""
    try:
        while lead.fault is None:
            await asyncio.sleep(BEAT)
            since = steady()
            with db.reaching():
                async with asyncio.timeout(SILENT):
                    await connection.execute(text("SELECT 1"))
            lead.certain_until = since + CERTAIN
    except DatabaseFault as fault:
        lose(fault)
    except Exception as error:  # noqa: BLE001 - whatever it was: there was no sign of life
        log.error("no sign of life could be given: %s", type(error).__name__)  # noqa: TRY400 - it may hold an address
        lose(unreachable(db.safe_url))

"""Hearing at once what other processes on PostgreSQL wrote: a hint, which may get lost. The tables are the truth."""

import asyncio
import contextlib
from typing import Any

from sqlalchemy import text

from data.database import Database
from data.statements import HINTS

# What every transaction may have marked, since nobody knows what was missed.
EVERYTHING = frozenset(("planned", "changed", "settings", "gone"))
# How often a connection that says nothing is asked whether it is still there, in seconds.
ASK = 30.0


async def follow_hints(db: Database) -> None:
    """Have `db.tell` called for what other processes wrote, until the connection is lost; returns at once on SQLite.

    Raises:
        DatabaseFault: the database became unreachable; begin anew.
    """
    if db.dialect == "sqlite":
        return
    ended = asyncio.Event()

    def heard(_connection: object, _process: int, _channel: str, told: str) -> None:
        by, *marked = told.split()
        if by != db.name:
            db.tell(frozenset(marked))

    async with db.apart("hints", ended.set) as connection:
        with db.reaching():
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.add_listener(HINTS, heard)
        db.tell(EVERYTHING)
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), ASK)
            with db.reaching():
                async with asyncio.timeout(ASK):
                    await connection.execute(text("SELECT 1"))

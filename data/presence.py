"""Whether somebody else is at work with a database that several may reach."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from data import engines
from data.engines import Address
from data.faults import fault_from, unreachable

A_MOMENT = 1.0
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE 'convenor%' AND pid <> pg_backend_pid()"
)


async def others(connection: AsyncConnection, seconds: float = A_MOMENT) -> bool:
    """Whether a Convenor has another connection to the same PostgreSQL database than this one.

    Args:
        connection: with no transaction begun.
        seconds: how long connections are waited for whose program has just ended, which the server is slow to see.
    """
    for _ in range(round(seconds * 10)):
        async with connection.begin():
            if not (await connection.execute(_OTHERS)).scalar_one():
                return False
        await asyncio.sleep(0.1)
    return True


async def others_at_work(address: Address) -> bool:
    """Whether a Convenor has a connection to a PostgreSQL database. Of a SQLite file `data.alone` tells.

    Raises:
        DatabaseFault: the server cannot be asked.
    """
    if address.dialect == "sqlite":
        return False
    engine = engines.single_use(address, "question")
    try:
        async with engine.connect() as connection:
            return await others(connection)
    except Exception as error:
        if isinstance(error, OSError | TimeoutError):
            raise unreachable(address.shown) from error
        if (fault := fault_from(error, address.shown)) is not None:
            raise fault from error
        raise
    finally:
        await engine.dispose()

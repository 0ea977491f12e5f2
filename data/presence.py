"""Whether somebody else is at work with a database that several may reach."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from data import engines
from data.engines import Address
from data.faults import fault_from, unreachable

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE 'convenor%' AND pid <> pg_backend_pid()"
)


async def others(connection: AsyncConnection) -> bool:
    """Whether a Convenor has another connection to the same PostgreSQL database than this one."""
    return bool((await connection.execute(_OTHERS)).scalar_one())


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

"""Whether somebody else is at work with a database that several may reach."""

from sqlalchemy import text

from data import engines
from data.engines import Address
from data.faults import fault_from, unreachable


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
            found = await connection.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND application_name LIKE 'convenor%' AND pid <> pg_backend_pid()"
                )
            )
            return bool(found.scalar_one())
    except Exception as error:
        if isinstance(error, OSError | TimeoutError):
            raise unreachable(address.shown) from error
        if (fault := fault_from(error, address.shown)) is not None:
            raise fault from error
        raise
    finally:
        await engine.dispose()

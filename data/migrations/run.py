"""Bringing a database up to date, in one transaction, by one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from data import engines, schema
from data.engines import Address
from data.faults import NotOursFault
from data.statements import lock_number


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, without a file: the scripts lie next to this module, the connection is ours."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(address: Address, *, unfinished: bool = False) -> None:
    """Bring the tables to the newest revision; a stop on the way leaves them as they were.

    Args:
        address: where.
        unfinished: also those of a database that is just being filled from another.

    Raises:
        DatabaseFault: the database is newer than this program, or holds another program's tables.
        SQLAlchemyError: what the driver says; the caller knows how to word it.
    """
    if address.dialect == "sqlite":
        # SQLite alters a table by making it anew. With foreign keys on, dropping the old one would delete the rows
        # that point to it; the setting cannot change inside a transaction.
        engine = engines.sqlite_writer(address, foreign_keys=False)
    else:
        engine = engines.single_use(address)
    try:
        async with engine.begin() as connection:
            # SQLite: BEGIN IMMEDIATE is the lock. What was read before waiting for it may be old by now.
            if address.dialect == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number("migration")})
            await connection.run_sync(_upgrade, address.shown, unfinished)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, where: str, unfinished: bool) -> None:
    stored = schema.stored_revision(connection, where, unfinished=unfinished)
    if stored == schema.head():
        return
    if stored is not None and stored not in schema.revisions():
        raise schema.newer(stored)
    command.upgrade(configuration(connection), "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise NotOursFault(
                f"The database {where} has rows that point nowhere (table {broken[0]}). It was left as it is."
            )

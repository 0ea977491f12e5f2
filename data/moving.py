"""Carrying everything from one database to another, for instance when a community outgrows its SQLite file.

What is copied is counted on the way and compared at the end. Until then the target is marked as unfinished: the bot
does not open it, and the same command goes on where it was stopped, however it was stopped.
"""

import hashlib
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data import engines
from data.alone import alone
from data.database import Database
from data.engines import Address, parse_address
from data.faults import DatabaseFault, InUseFault, fault_from, unreachable
from data.models import Base
from data.presence import others_at_work
from data.schema import MOVING

AT_ONCE = 1000
_WIDE = 1 << 256


class MoveFault(DatabaseFault):
    """The move cannot be made, or did not come out right; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried over.

    Attributes:
        tables: how many tables.
        rows: how many rows in all.
    """

    tables: int
    rows: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What two tables have in common where they hold the same: how many rows, and a sum that no order changes."""

    rows: int
    digest: int


async def move(source: str, target: str, *, say: Callable[[str], None] = lambda _line: None) -> Moved:
    """Carry all rows over, compare them, and make the target ready for the bot.

    Args:
        source: the address of the database in use. It is brought up to date, and else stays as it is.
        target: the address of an empty database, or of one in which this was begun before.
        say: is told how far it is, a line for each table.

    Raises:
        DatabaseFault: it cannot be done, or was stopped by a fault; the sentence says why. The source is unchanged.
    """
    of, to = parse_address(source), parse_address(target)
    if of.shown == to.shown:
        raise MoveFault("Both addresses name the same database.")
    async with AsyncExitStack() as stack:
        for url, address in ((source, of), (target, to)):
            stack.enter_context(alone(url))
            if await others_at_work(address):
                raise InUseFault(f"A Convenor is at work with the database {address.shown}. Stop it first.")
        if of.path is not None and not (of.path.exists() and of.path.stat().st_size):
            raise MoveFault(f"There is no database {of.path}.")
        async with Database.open(source):
            # Up to date now, and whole as far as anybody can tell.
            pass
        try:
            return await _carry(stack, of, to, say)
        except (DBAPIError, OSError, TimeoutError) as error:
            fault = fault_from(error, to.shown)
            if fault is None and not isinstance(error, DBAPIError):
                fault = unreachable(to.shown)
            if fault is None:
                raise
            raise fault from error


async def _carry(stack: AsyncExitStack, of: Address, to: Address, say: Callable[[str], None]) -> Moved:
    # A table is summed up here while the transaction waits, however long that takes.
    patient = {"patient": True}
    reading = (
        engines.sqlite_readers(of) if of.path else engines.postgresql_reader(engines.postgresql_engine(of, **patient))
    )
    stack.push_async_callback(reading.dispose)
    async with reading.connect() as source:
        await _prepare(to, await _name_of(source))
        # Without foreign keys while it is filled: the order of tables is right, but that of rows need not be.
        writing = engines.sqlite_writer(to, foreign_keys=False) if to.path else engines.postgresql_engine(to, **patient)
        stack.push_async_callback(writing.dispose)
        rows = 0
        tables = Base.metadata.sorted_tables
        for table in tables:
            copied = await _copy(source, writing, table)
            rows += copied
            say(f"{table.name}: {copied} rows")
        await _compare(source, writing, tables)
        await _finish(source, writing, tables)
    return Moved(len(tables), rows)


async def _name_of(source: AsyncConnection) -> str:
    """By which a source is known again: what it holds that no two have in common."""
    found = await source.execute(text("SELECT value FROM kept_value WHERE key = 'erasure:secret'"))
    made = await source.execute(text("SELECT min(created_at) FROM community"))
    said = f"{found.scalar_one_or_none()} {made.scalar_one_or_none()}"
    return hashlib.sha256(said.encode()).hexdigest()


async def _prepare(to: Address, name: str) -> None:
    """Make the tables of the target, which must be empty or begun before, and mark it as unfinished until the end.

    Raises:
        MoveFault: it holds something else.
    """
    if to.path is not None:
        engines.prepare_file(to.path)
    engine = engines.sqlite_writer(to) if to.path else engines.single_use(to, "move")
    try:
        async with engine.begin() as connection:
            there = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
            if MOVING in there:
                found = (await connection.execute(text(f"SELECT source FROM {MOVING}"))).scalar_one_or_none()  # noqa: S608
                if found != name:
                    raise MoveFault(
                        f"A move from another database into {to.shown} was begun and not finished. Empty it first."
                    )
            elif there:
                raise MoveFault(f"The database {to.shown} is not empty. Nothing was changed: give an empty one.")
            else:
                await connection.execute(text(f"CREATE TABLE {MOVING} (source TEXT NOT NULL)"))
                await connection.execute(text(f"INSERT INTO {MOVING} (source) VALUES (:name)"), {"name": name})  # noqa: S608
    finally:
        await engine.dispose()
    from data.migrations.run import upgrade

    await upgrade(to, unfinished=True)


async def _copy(source: AsyncConnection, writing: AsyncEngine, table: Table) -> int:
    """Copy what of a table is not there yet; gives how many rows there are then."""
    async with writing.connect() as target:
        done = int((await target.execute(select(func.count()).select_from(table))).scalar_one())
    # Rows come in the source's own order of keys each time, so that what is there is always the beginning.
    async for some in _rows(source, table, done):
        async with writing.begin() as target:
            await target.execute(insert(table), [dict(row) for row in some])
        done += len(some)
    return done


async def _rows(source: AsyncConnection, table: Table, skip: int = 0) -> AsyncGenerator[Sequence[Any]]:
    query = select(table).order_by(*table.primary_key.columns).offset(skip)
    result = await source.stream(query, execution_options={"yield_per": AT_ONCE})
    async for some in result.mappings().partitions(AT_ONCE):
        yield some


async def _compare(source: AsyncConnection, writing: AsyncEngine, tables: Sequence[Table]) -> None:
    """Read everything again on both sides.

    Raises:
        MoveFault: something differs.
    """
    async with writing.connect() as target:
        for table in tables:
            here, there = await _sum(source, table), await _sum(target, table)
            if here != there:
                raise MoveFault(
                    f"The table {table.name} is not the same on both sides ({here.rows} and {there.rows} rows): the "
                    "source changed meanwhile, or the target did. Empty the target and begin again."
                )
        if target.dialect.name == "sqlite":
            broken = (await target.execute(text("PRAGMA foreign_key_check"))).first()
            if broken is not None:
                raise MoveFault(f"A row of {broken[0]} points nowhere: the source is damaged. Restore a backup.")


async def _sum(connection: AsyncConnection, table: Table) -> Sum:
    rows, digest = 0, 0
    async for some in _rows(connection, table):
        for row in some:
            said = json.dumps([_plain(value) for value in row.values()], sort_keys=True, ensure_ascii=True)
            digest = (digest + int.from_bytes(hashlib.sha256(said.encode()).digest())) % _WIDE
        rows += len(some)
    return Sum(rows, digest)


def _plain(value: Any) -> Any:
    """A value as both databases would say it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if value is None or isinstance(value, str | int | float | list | dict):
        return value  # pyright: ignore[reportUnknownVariableType] - a document
    return str(value)


async def _finish(source: AsyncConnection, writing: AsyncEngine, tables: Sequence[Table]) -> None:
    """Go on with the numbers where the source stands, and take the mark away, in one transaction."""
    async with writing.begin() as target:
        for table in tables:
            if table.dialect_options["sqlite"]["autoincrement"]:
                [column] = table.primary_key.columns
                assert isinstance(column.type, BigInteger)  # noqa: S101 - whatever counts by itself is one
                await _set_last(target, table.name, column.name, await _last(source, table.name, column.name))
        await target.execute(text(f"DROP TABLE {MOVING}"))


async def _last(source: AsyncConnection, table: str, column: str) -> int:
    """The last number that was given; 0 where none was."""
    if source.dialect.name == "sqlite":
        found = await source.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})
        return int(found.scalar_one_or_none() or 0)
    name = (await source.execute(select(func.pg_get_serial_sequence(table, column)))).scalar_one()
    found = await source.execute(text(f"SELECT last_value, is_called FROM {name}"))  # noqa: S608 - a name of the database's own
    last, called = found.one()
    return int(last) if called else 0


async def _set_last(target: AsyncConnection, table: str, column: str, last: int) -> None:
    if target.dialect.name == "sqlite":
        await target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        await target.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": table, "last": last}
        )
        return
    name = (await target.execute(select(func.pg_get_serial_sequence(table, column)))).scalar_one()
    await target.execute(
        text("SELECT setval(:name, :last, :called)"), {"name": name, "last": max(last, 1), "called": last > 0}
    )

"""What keeps a database from taking changes for a while: no room on its disk, or another program that holds it."""

import resource
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import asyncpg

from tests.databases import run
from tests.wire.scene import Scene

# What PostgreSQL says when its disk is full, in answer to every statement that writes.
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END$$
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


async def carry_out(url: str, *statements: str) -> None:
    """Carry out statements, with `{table}` for each table in turn."""
    connection = await asyncpg.connect(url)
    try:
        tables = [row["tablename"] for row in await connection.fetch(TABLES)]
        for statement in statements:
            for table in tables if "{table}" in statement else tables[:1]:
                await connection.execute(statement.format(table=table))
    finally:
        await connection.close()


@contextmanager
def full(scene: Scene, pid: int) -> Generator[None]:
    """For the program, the disk of the database has no room."""
    if scene.database_url.startswith("sqlite"):
        # As if the disk ended there: no file of the bot's grows beyond, the database's log least of all.
        unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        yield
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
        return
    trigger = "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION no_room()"
    run(carry_out(scene.database_url, NO_ROOM, trigger))
    yield
    run(carry_out(scene.database_url, "DROP FUNCTION no_room() CASCADE"))


@asynccontextmanager
async def held(scene: Scene) -> AsyncGenerator[None]:
    """Another program holds the database: SQLite's readers go on, PostgreSQL's wait as well."""
    if scene.database_url.startswith("sqlite"):
        holder = sqlite3.connect(scene.database_url.removeprefix("sqlite:///"), isolation_level=None)
        try:
            holder.execute("BEGIN IMMEDIATE")
            yield
        finally:
            holder.close()
        return
    connection = await asyncpg.connect(scene.database_url)
    try:
        async with connection.transaction():
            names = ", ".join(row["tablename"] for row in await connection.fetch(TABLES))
            await connection.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()

"""Transactions, and what opening a database finds."""

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.database import Database, ReadOnlyFault
from data.kept import get_value, set_value
from data.models import KeptRow
from data.schema import head
from data.statements import mark
from tests.databases import administer


async def kept(database: Database, key: str = "k") -> str | None:
    async with database.read() as session:
        return await get_value(session, key)


async def write_and_fail(database: Database, value: str, *marks: str) -> None:
    async with database.begin() as session:
        await set_value(session, "k", value)
        for what in marks:
            mark(session, what)
        raise ZeroDivisionError


async def test_committed_at_the_end_and_rolled_back_on_an_error(database: Database) -> None:
    async with database.begin() as session:
        await set_value(session, "k", "first")
    with pytest.raises(ZeroDivisionError):
        await write_and_fail(database, "second")
    assert await kept(database) == "first"


async def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(RuntimeError, match=r"use db\.begin"):
        async with database.read() as session:
            await session.execute(text("DELETE FROM kept_value"))
    with pytest.raises(RuntimeError, match=r"use db\.begin"):
        async with database.read() as session:
            session.add(KeptRow(key="k", value="unsaved"))
    assert await kept(database) is None
    async with database.begin() as session:  # the connection is good for writing still
        await set_value(session, "k", "v")


async def test_a_glance_reads_what_is_there_now_refuses_to_write_and_outlives_its_connection(
    database: Database,
) -> None:
    async with database.begin() as session:
        await set_value(session, "k", "first")
    async with database.glance() as session:
        assert await get_value(session, "k") == "first"
        driver: Any = (await (await session.connection()).get_raw_connection()).driver_connection
    async with database.begin() as session:
        await set_value(session, "k", "second")
    if database.dialect == "postgresql":
        ended = asyncio.Event()

        def end(_connection: object) -> None:
            ended.set()

        driver.add_termination_listener(end)
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'convenor'")
        await asyncio.wait_for(ended.wait(), 10)
    async with database.glance() as session:
        assert await get_value(session, "k") == "second"
    with pytest.raises((ReadOnlyFault, DBAPIError)):
        async with database.glance() as session:
            await session.execute(text("DELETE FROM kept_value"))
    assert await kept(database) == "second"


async def test_one_snapshot_for_a_whole_read(database: Database) -> None:
    async with database.begin() as session:
        await set_value(session, "k", "before")
    async with database.read() as reading:
        assert await get_value(reading, "k") == "before"
        async with database.begin() as session:
            await set_value(session, "k", "after")
        assert await get_value(reading, "k") == "before"
    assert await kept(database) == "after"


async def test_no_update_is_lost_when_many_read_then_write(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as one, Database.open(sqlite_url) as other:

        async def add(database: Database) -> None:
            async with database.begin() as session:
                before = int(await get_value(session, "count") or 0)
                await asyncio.sleep(0)
                await set_value(session, "count", str(before + 1))

        await asyncio.gather(*(add(database) for _ in range(60) for database in (one, other)))
        assert await kept(one, "count") == "120"


async def test_a_task_cannot_wait_for_itself(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database:
        async with database.begin() as session:
            with pytest.raises(RuntimeError, match="pass its session on"):
                async with database.begin():
                    pass
            await set_value(session, "k", "v")
        assert await kept(database) == "v"


async def test_a_cancelled_writer_lets_the_next_one_in(database: Database) -> None:
    inside = asyncio.Event()

    async def slow() -> None:
        async with database.begin() as session:
            await set_value(session, "k", "half")
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(slow())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), database.begin() as session:
        assert await get_value(session, "k") is None
        await set_value(session, "k", "whole")
    assert await kept(database) == "whole"


async def test_marks_are_told_after_the_commit_only(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    told: list[frozenset[str]] = []

    def broken(marks: frozenset[str]) -> None:
        raise ZeroDivisionError

    database.after_commit(broken)
    database.after_commit(told.append)
    async with database.begin() as session:
        mark(session, "planned")
        mark(session, "changed")
        await set_value(session, "k", "v")
        assert told == []
    assert told == [{"planned", "changed"}]
    assert await kept(database) == "v"  # a listener's fault is not the writer's
    assert "what follows a commit failed" in caplog.text
    with pytest.raises(ZeroDivisionError):
        await write_and_fail(database, "lost", "planned")
    async with database.begin() as session:
        await set_value(session, "k", "w")
    assert len(told) == 1


async def test_sqlite_is_set_up_as_designed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "convenor.sqlite"
    before = os.umask(0)
    try:
        async with Database.open(f"sqlite:///{path}") as database:
            async with database.begin() as session:
                for pragma, value in {
                    "journal_mode": "wal",
                    "synchronous": 2,
                    "foreign_keys": 1,
                    "busy_timeout": 5000,
                }.items():
                    assert (await session.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
                await set_value(session, "k", "v")
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("convenor.sqlite", "convenor.sqlite-wal", "convenor.sqlite-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["convenor.sqlite"]  # the log was folded in at the end


async def test_head_is_read_without_alembic(db_url: str) -> None:
    async with Database.open(db_url, migrate=False) as database:
        assert await database.head() == head()
        assert database.dialect in db_url


def test_a_start_without_news_imports_nothing_slow(sqlite_url: str) -> None:
    script = """
import asyncio, sys
from data.database import Database
from data.seeding import ensure_seeded
async def main():
    async with Database.open(sys.argv[1]) as database:
        assert await ensure_seeded(database) is None
asyncio.run(main())
print(sorted({"alembic", "mako", "yaml", "babel", "asyncpg"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, sqlite_url], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")

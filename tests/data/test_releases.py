"""Every released database, with data in it, comes up to date on both databases; a kill on the way leaves old or new."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, inspect, select, text

from data.audit import list_entries
from data.communities import all_communities
from data.database import Database
from data.engines import parse_address, single_use, sqlite_writer
from data.health import waiting
from data.members import get_by_user
from data.schema import head
from data.seeding import ensure_seeded
from data.webinars import get as get_webinar
from tests.data import releases
from tests.data.conftest import NOW
from tests.faults import LONG

# Where it is killed: early, at the last moment, and, as there is no such statement, just after the end. The long form
# goes through all of them.
KILLS = ("commit", *(map(str, range(1, 1000)) if LONG else ("15", "999")))
# Rows of these may only become more: each stands for something that people did.
LASTING = ("community", "place", "member", "consent", "webinar", "rsvp", "practice", "delivery", "audit_entry")


async def fill(url: str, revision: str) -> None:
    address = parse_address(url)
    engine = sqlite_writer(address) if address.dialect == "sqlite" else single_use(address)
    async with engine.begin() as connection:
        await connection.run_sync(releases.load, revision)
    await engine.dispose()


async def counted(url: str) -> tuple[str, dict[str, int]]:
    """The revision of a database, and how many rows its lasting tables have."""
    address = parse_address(url)
    engine = sqlite_writer(address) if address.dialect == "sqlite" else single_use(address)

    def count(connection: Connection) -> tuple[str, dict[str, int]]:
        tables = [name for name in LASTING if inspect(connection).has_table(name)]
        rows = {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}  # noqa: S608
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(), rows

    async with engine.begin() as connection:
        found = await connection.run_sync(count)
    await engine.dispose()
    return found


async def whole(url: str) -> dict[str, tuple[list[str], list[str]]]:
    """All that stands in a database: the columns and the rows of each table."""
    address = parse_address(url)
    engine = sqlite_writer(address) if address.dialect == "sqlite" else single_use(address)

    def read(connection: Connection) -> dict[str, tuple[list[str], list[str]]]:
        tables = MetaData()
        tables.reflect(connection)
        return {
            table.name: (
                sorted(f"{column.name} {column.type} {column.nullable}" for column in table.columns),
                sorted(str(tuple(row)) for row in connection.execute(select(table))),
            )
            for table in tables.sorted_tables
        }

    async with engine.begin() as connection:
        found = await connection.run_sync(read)
    await engine.dispose()
    return found


async def kill_on_the_way(url: str) -> None:
    """Each kill leaves the old one, whole; the one after the end leaves the new one."""
    old = await whole(url)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.data.upgrading", url), stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdin is not None
    assert process.stdout is not None

    try:
        for point in KILLS:
            process.stdin.write(f"{point}\n".encode())
            assert int(await process.stdout.readline()) == -signal.SIGKILL
            if (await counted(url))[0] == head():
                break
            assert await whole(url) == old, point
        else:
            pytest.fail("it never came up to date")
        process.stdin.close()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()


@pytest.mark.parametrize("revision", releases.revisions())
async def test_it_comes_up_to_date_with_all_that_people_did(empty_url: str, revision: str) -> None:
    await fill(empty_url, revision)
    before = await counted(empty_url)
    assert before[0] == revision
    await kill_on_the_way(empty_url)
    async with Database.open(empty_url) as db:
        assert await db.head() == head()
        await ensure_seeded(db)
        async with db.read() as session:
            [community] = await all_communities(session)
            members = {row["user_id"]: row for row in releases.read(revision)["member"]}
            for user_id, row in members.items():
                found = await get_by_user(session, community.id, user_id)
                assert found is not None
                assert (found.name, found.state) == (row["name"], row["state"])
            for row in releases.read(revision)["webinar"]:
                kept = await get_webinar(session, community.id, row["id"])
                assert kept is not None
                assert kept.title == row["title"]
            assert await list_entries(session, community.id, limit=5)
            await waiting(session, NOW, NOW - timedelta(days=1))
    after = await counted(empty_url)
    assert all(after[1][name] >= rows for name, rows in before[1].items())

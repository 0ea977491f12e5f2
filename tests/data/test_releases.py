"""Every released database, with data in it, comes up to date on both databases; a kill on the way leaves old or new."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import Connection, inspect, text

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

# Upgrades, and is killed at the given statement that changes a table.
KILLED = """
import asyncio, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from data.database import Database

seen = 0

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *rest):
    global seen
    seen += statement.lstrip().startswith(("ALTER", "CREATE", "DROP", "UPDATE", "INSERT"))
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with Database.open(sys.argv[1]):
        pass

asyncio.run(main())
"""
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


@pytest.mark.parametrize("revision", releases.revisions())
async def test_it_comes_up_to_date_with_all_that_people_did(empty_url: str, revision: str) -> None:
    await fill(empty_url, revision)
    before = await counted(empty_url)
    assert before[0] == revision
    for statement in (15,):
        killed = subprocess.run([sys.executable, "-c", KILLED, empty_url, str(statement)], check=False)
        if killed.returncode == -signal.SIGKILL:
            assert await counted(empty_url) == before, "a kill on the way leaves the old one, whole"
        else:
            assert killed.returncode == 0
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

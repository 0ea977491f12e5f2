"""Who is alive: what a dead process had claimed is taken over at once, what a living one has is left alone."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import release, renew
from data.faults import DatabaseFault
from tests.data.conftest import NOW
from tests.data.test_deliveries import MINUTE, begin, claim, claim_one, current, interrupted, planned
from tests.databases import drop, make


async def test_what_a_dead_process_claimed_is_free_at_once(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database, owner="dead")
    assert await claim(database, NOW + MINUTE, owner="two") == [], "only where it is asked for"
    (taken,) = await claim(database, NOW + MINUTE, owner="two", other_owners=True)
    assert (taken.id, taken.lease_owner) == (row.id, "two")


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncGenerator[tuple[Database, Database]]:
    """A PostgreSQL database, opened by two processes: a SQLite file has one at a time, and nobody to tell."""
    url = make("postgresql", tmp_path)
    async with Database.open(url) as one, Database.open(url) as two:
        yield one, two
    drop(url)


async def test_what_a_living_process_has_is_left_to_it(pair: tuple[Database, Database]) -> None:
    here, there = pair
    async with here.begin() as session:
        community = await ensure_community(
            session, 1, name="Network", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[0]
        )
    async with there.present("alive") as still_present:
        await planned(there, community, occurrence="claimed")
        await planned(there, community, occurrence="begun")
        first, second = await claim(there, owner="alive")
        assert await begin(there, second)
        assert await claim(here, NOW + MINUTE, owner="two", other_owners=True) == []
        assert await interrupted(here, NOW + MINUTE, owner="two", other_owners=True) == []
        await still_present()
    assert [row.id for row in await claim(here, NOW + MINUTE, owner="two", other_owners=True)] == [first.id]
    assert [row.id for row in await interrupted(here, NOW + MINUTE, owner="two", other_owners=True)] == [second.id]


async def test_presence_that_is_lost_is_noticed(pair: tuple[Database, Database]) -> None:
    here, there = pair
    async with there.present("alive") as still_present:
        async with here.begin() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'convenor-presence' AND datname = current_database()"
                )
            )
        with pytest.raises(DatabaseFault):
            await still_present()


async def test_on_sqlite_nobody_has_to_be_told(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database, database.present("alive") as still_present:
        await still_present()


async def test_what_is_put_off_without_an_owner_waits_for_its_time(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database, owner="one")
    async with database.begin() as session:
        assert await release(session, row, now=NOW, retry_at=NOW + 2 * MINUTE, reason="rate limited")
    assert await claim(database, NOW + MINUTE, owner="two", other_owners=True) == []
    assert len(await claim(database, NOW + 2 * MINUTE, owner="two", other_owners=True)) == 1


async def test_leases_of_slow_work_are_renewed_and_those_of_others_are_not(
    database: Database, community: Community
) -> None:
    await planned(database, community, occurrence="mine")
    mine = await claim_one(database, owner="one")
    await planned(database, community, occurrence="theirs")
    theirs = await claim_one(database, owner="two")
    async with database.begin() as session:
        await renew(session, [mine.id, theirs.id], owner="one", until=NOW + timedelta(hours=1))
    assert (await current(database, mine)).wake_at == NOW + timedelta(hours=1)
    assert (await current(database, theirs)).wake_at == theirs.wake_at

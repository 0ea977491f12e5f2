"""Who is alive: what a dead process had claimed is taken over at once, what a living one has is left alone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import data.leading as module
from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import release, renew
from data.faults import DatabaseFault
from data.hints import EVERYTHING, follow_hints
from data.leading import leading
from data.statements import mark
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
    async with leading(there, "test", "alive"):
        await planned(there, community, occurrence="claimed")
        await planned(there, community, occurrence="begun")
        first, second = await claim(there, owner="alive")
        assert await begin(there, second)
        assert await claim(here, NOW + MINUTE, owner="two", other_owners=True) == []
        assert await interrupted(here, NOW + MINUTE, owner="two", other_owners=True) == []
    assert [row.id for row in await claim(here, NOW + MINUTE, owner="two", other_owners=True)] == [first.id]
    assert [row.id for row in await interrupted(here, NOW + MINUTE, owner="two", other_owners=True)] == [second.id]


async def test_a_lead_that_is_lost_is_noticed_at_once(pair: tuple[Database, Database]) -> None:
    here, there = pair
    lost = asyncio.Event()
    async with leading(there, "test", "alive", on_loss=lost.set) as lead:
        assert lead.certain
        async with here.begin() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'convenor-presence' AND datname = current_database()"
                )
            )
        await asyncio.wait_for(lost.wait(), 10)
        assert not lead.certain
        with pytest.raises(DatabaseFault):
            lead.check()


async def test_one_leads_and_the_next_only_once_it_has_ended(
    pair: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    monkeypatch.setattr(module, "LOOK", 0.02)
    second = AsyncExitStack()
    async with leading(here, "test", "one") as lead:
        waiting = asyncio.create_task(second.enter_async_context(leading(there, "test", "two")))
        async with leading(there, "something else", "three"):
            await asyncio.sleep(0.2)
        assert lead.certain
        assert not waiting.done()
    async with second:
        assert (await asyncio.wait_for(waiting, 10)).certain


async def test_who_falls_silent_is_deposed(pair: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    for name, seconds in (("LOOK", 0.05), ("SILENT", 0.4), ("CERTAIN", 0.2)):
        monkeypatch.setattr(module, name, seconds)
    # The next sign of life is due in a second and a half.
    async with leading(here, "test", "one") as first, asyncio.timeout(1.4), leading(there, "test", "two") as second:
        assert second.certain
        assert not first.certain


async def test_on_sqlite_the_one_process_leads(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database, leading(database, "test", "alive") as lead:
        lead.check()
        assert lead.certain


async def test_what_one_process_writes_another_hears_of(pair: tuple[Database, Database]) -> None:
    here, there = pair
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    there.after_commit(heard.put_nowait)
    following = asyncio.create_task(follow_hints(there))
    try:
        assert await asyncio.wait_for(heard.get(), 10) == EVERYTHING, "nobody knows what was missed"
        async with here.begin() as session:
            mark(session, "planned")
        assert await asyncio.wait_for(heard.get(), 1) == {"planned"}
        async with there.begin() as session:
            mark(session, "changed")
        assert await asyncio.wait_for(heard.get(), 1) == {"changed"}
        await asyncio.sleep(0.1)
        assert heard.empty(), "of its own it hears once"
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


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

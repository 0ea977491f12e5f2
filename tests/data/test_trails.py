"""The trails: what changed for the search, who did what, and small facts that are kept."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from data.audit import AuditEntry, list_entries, record
from data.changes import Change, changes_after, last_change, record_change
from data.communities import Community
from data.database import Database
from data.kept import get_value, set_value
from data.models import AuditRow
from tests.data.conftest import NOW


async def test_changes_in_their_order(database: Database, community: Community) -> None:
    async with database.begin() as session:
        start = await last_change(session)
        for kind, object_id, owner in (("webinar", 12, community.id), ("resource", "a-slug", None)):
            await record_change(session, kind, object_id, owner)
    async with database.read() as session:
        first, second = await changes_after(session, start, 10)
        assert first == Change(start + 1, "webinar", "12", community.id)
        assert second == Change(start + 2, "resource", "a-slug", None)
        assert await changes_after(session, start, 1) == [first]
        assert await changes_after(session, second.seq, 10) == []
        assert await last_change(session) == second.seq


@pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)  # SQLite has one writer, and so one order
async def test_no_change_appears_before_an_earlier_one(database: Database) -> None:
    """Else a reader would pass over the earlier one for good."""

    async def second() -> None:
        async with database.begin() as session:
            await record_change(session, "webinar", "second")

    async with database.begin() as session:
        start = await last_change(session)
        await record_change(session, "webinar", "first")
        task = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        async with database.read() as reading:
            assert await changes_after(reading, start, 10) == []
        assert not task.done()
    await task
    async with database.read() as session:
        assert [change.object_id for change in await changes_after(session, start, 10)] == ["first", "second"]


async def test_numbers_are_never_used_again(database: Database) -> None:
    async with database.begin() as session:
        await record_change(session, "webinar", 1)
        before = await last_change(session)
    async with database.begin() as session:
        await session.execute(text("DELETE FROM change"))
    async with database.begin() as session:
        await record_change(session, "webinar", 2)
        assert await last_change(session) == before + 1


async def test_who_did_what(database: Database, community: Community) -> None:
    async with database.begin() as session:
        for number, (actor, action) in enumerate(
            [(7, "webinar.create"), (None, "webinar.remind"), (7, "webinar.cancel")]
        ):
            await record(
                session,
                community_id=community.id,
                at=NOW,
                actor_id=actor,
                action=action,
                object_kind="webinar",
                object_id=12,
                details={"number": number},
            )
    async with database.read() as session:
        entries = await list_entries(session, community.id)
        assert [entry.details["number"] for entry in entries] == [2, 1, 0]
        last = entries[0]
        assert last == AuditEntry(
            last.id, community.id, NOW, last.actor, 7, "webinar.cancel", "webinar", "12", {"number": 2}
        )
        # The log itself knows a code only; the same one each time.
        assert last.actor == entries[2].actor != "7"
        assert entries[1].actor is None
        assert [entry.details["number"] for entry in await list_entries(session, community.id, actor_id=7)] == [2, 0]
        assert [e.details["number"] for e in await list_entries(session, community.id, action="webinar.remind")] == [1]
        assert len(await list_entries(session, community.id, limit=1)) == 1
        assert await list_entries(session, community.id + 1) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
async def test_nothing_is_taken_out_of_the_log(database: Database, community: Community, statement: str) -> None:
    async with database.begin() as session:
        await record(
            session, community_id=community.id, at=NOW, actor_id=7, action="setup", object_kind="o", object_id="1"
        )

    async def meddle() -> None:
        async with database.begin() as session:
            await session.execute(text(statement))

    with pytest.raises(DBAPIError, match="only ever added to"):
        await meddle()


async def test_values_are_replaced(database: Database) -> None:
    async with database.begin() as session:
        await set_value(session, "key", "old")
        await set_value(session, "key", "new")
        assert await get_value(session, "key") == "new"
        assert await get_value(session, "other") is None


async def test_an_instant_without_a_zone_is_refused(database: Database, community: Community) -> None:
    async def note(at: datetime) -> None:
        async with database.begin() as session:
            session.add(
                AuditRow(community_id=community.id, at=at, action="a", object_kind="o", object_id="1", details={})
            )

    with pytest.raises(StatementError, match="needs a zone"):
        await note(NOW.replace(tzinfo=None))
    zoned = datetime.fromisoformat("2027-03-04T10:30:00.123456+01:00")
    await note(zoned)
    async with database.read() as session:
        (entry,) = await list_entries(session, community.id)
    assert entry.at == zoned
    assert str(entry.at) == "2027-03-04 09:30:00.123456+00:00"


async def test_none_is_null_and_not_a_document(database: Database) -> None:
    async with database.read() as session:
        everyones = await session.execute(text("SELECT count(*) FROM resource WHERE scope IS NULL"))
        assert everyones.scalar_one() > 1

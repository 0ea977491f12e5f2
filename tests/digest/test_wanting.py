"""When the next digest is due, and that it is planned once, moved, taken back, and kept apart, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.communities import Community, ensure_community, set_preference
from data.database import Database
from data.deliveries import Delivery, begin_sending, cancel_pending, claim_due, mark_sent, mark_skipped
from data.deliveries.rows import read_rows
from data.digests import (
    KIND,
    follow_zone,
    next_due,
    next_morning,
    plan_after,
    plan_missing,
    since_of,
    start_digest,
    stop_digest,
    wish_of,
)
from data.models import DeliveryRow
from data.personal import erase, note_departure
from data.seeding import ensure_seeded

# A Thursday.
NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
AWA, BEA = 700_000_000_000_000_001, 700_000_000_000_000_002
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    "zone, after, due",
    [
        # Clocks go forward in Paris on 28 March 2027, and back on 31 October.
        ("Europe/Paris", "2027-03-15 07:00", "2027-03-22 07:00"),
        ("Europe/Paris", "2027-03-22 07:00", "2027-03-29 06:00"),
        ("Europe/Paris", "2027-10-25 06:00", "2027-11-01 07:00"),
        # In Santiago they go back on 4 April.
        ("America/Santiago", "2027-04-04 12:00", "2027-04-05 12:00"),
        ("America/Santiago", "2027-03-29 10:59", "2027-03-29 11:00"),
        # Far east and far west: the Monday there.
        ("Pacific/Auckland", "2027-03-07 18:59", "2027-03-07 19:00"),
        ("Pacific/Honolulu", "2027-03-08 17:59", "2027-03-08 18:00"),
        ("Asia/Kathmandu", "2027-03-08 02:15", "2027-03-15 02:15"),
    ],
)
def test_monday_at_eight_stays_monday_at_eight(zone: str, after: str, due: str) -> None:
    said = next_morning(zone, datetime.fromisoformat(f"{after}+00:00"))
    assert said.instant == datetime.fromisoformat(f"{due}+00:00")
    assert said.day.weekday() == 0


async def planned(session: Any, community: Community, user: int) -> list[Delivery]:
    target = DeliveryRow.target == f"user:{user}"
    return await read_rows(session, target, DeliveryRow.kind == KIND, DeliveryRow.community_id == community.id)


async def claimed(session: Any, now: datetime) -> list[Delivery]:
    return await claim_due(session, now=now, owner="me", lease=timedelta(minutes=5), limit=9)


async def test_each_plans_the_next_and_who_stops_gets_none_even_if_it_was_taken_up(
    database: Database, community: Community
) -> None:
    await ensure_seeded(database)
    first = datetime(2027, 3, 8, 8, tzinfo=UTC)
    async with database.begin() as session:
        there = await ensure_community(
            session, 5, name="Elsewhere", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[]
        )
        for user in (AWA, BEA):
            await set_preference(session, community.id, user, zone="Africa/Dakar")
            assert await start_digest(session, community, user, language="fr", now=NOW) == first
        assert await start_digest(session, there, AWA, language="en", now=NOW) == first
        # Asking again changes nothing, and plans no second one.
        assert await start_digest(session, community, AWA, language="fr", now=NOW + timedelta(days=1)) == first
        [row] = await planned(session, community, AWA)
        assert since_of(row) == first - WEEK
        wish = await wish_of(session, community.id, AWA)
        assert wish is not None
        assert wish.asked_at == NOW
    async with database.begin() as session:
        mine = {(row.community_id, row.target): row for row in await claimed(session, first)}
        assert len(mine) == 3
    awa, bea = mine[community.id, f"user:{AWA}"], mine[community.id, f"user:{BEA}"]
    async with database.begin() as session:
        # Awa's is taken up, and not on its way yet.
        assert await stop_digest(session, community.id, AWA, first)
        assert not await stop_digest(session, community.id, AWA, first)
    async with database.begin() as session:
        assert not await begin_sending(session, awa, now=first)
        assert await begin_sending(session, bea, now=first)
        assert await mark_sent(session, bea, now=first, channel_id=1, message_id=2)
        # A crash may let the same be noted twice.
        for _ in range(2):
            await plan_after(session, community, bea, told=True, now=first + timedelta(minutes=1))
        await plan_after(session, community, awa, told=True, now=first)
        assert [row.state for row in await planned(session, community, AWA)] == ["skipped"]
        assert [(row.state, row.due_at) for row in await planned(session, community, BEA)] == [
            ("sent", first),
            ("pending", first + WEEK),
        ]
        # What is new is told from where the last one ended; after a gap, from where it began, but for a month at most.
        [_, second] = await planned(session, community, BEA)
        assert since_of(second) == first
        assert await next_due(session, there.id, AWA) == first, "another community's is not touched"
        # What could not be told is told to whoever wants it again later; after a year, only what is news.
        for later, days in ((timedelta(days=8), 21), (timedelta(days=360), 28)):
            due = await start_digest(session, community, AWA, language="fr", now=first + later)
            [*_, again] = await planned(session, community, AWA)
            assert (again.due_at, since_of(again)) == (due, due - timedelta(days=days))
            assert await stop_digest(session, community.id, AWA, first + later)
    late = second.due_at + timedelta(days=60)
    async with database.begin() as session:
        [again] = [row for row in await claimed(session, late) if row.kind == KIND and row.target == f"user:{BEA}"]
        assert await mark_skipped(session, again, now=late, reason="late")
        await plan_after(session, community, again, told=False, now=late)
        [*_, third] = await planned(session, community, BEA)
        assert late < third.due_at <= late + WEEK
        assert since_of(third) == third.due_at - timedelta(days=28)
        # Who asks for it again before the Monday gets it after all.
        await stop_digest(session, community.id, BEA, late)
        assert await next_due(session, community.id, BEA) is None
        assert await start_digest(session, community, BEA, language="fr", now=late) == third.due_at
    async with database.begin() as session:
        # In an older copy, what was ahead may be behind.
        assert await plan_missing(session, late, 9) == 0
        await cancel_pending(session, subject=f"user:{BEA}", reason="lost", now=late)
        assert await plan_missing(session, late, 9) == 1
        assert await next_due(session, community.id, BEA) == third.due_at + WEEK
    async with database.begin() as session:
        assert await note_departure(session, community.id, BEA, late), "it is held, and forgotten in time"
        await erase(session, community.id, BEA, keep_practices=True, by=None, now=late)
        assert await wish_of(session, community.id, BEA) is None
        assert await planned(session, community, BEA) == []
        assert not [
            row for row in await claimed(session, late + WEEK) if row.kind == KIND and row.target == f"user:{BEA}"
        ]


async def test_it_follows_whoever_moves_and_comes_once_on_a_monday(database: Database, community: Community) -> None:
    await ensure_seeded(database)
    async with database.begin() as session:
        await set_preference(session, community.id, AWA, zone="Pacific/Auckland")
        first = await start_digest(session, community, AWA, language="en", now=NOW)
        assert first == datetime(2027, 3, 7, 19, tzinfo=UTC)
        await set_preference(session, community.id, AWA, zone="Asia/Tokyo")
        await follow_zone(session, community, AWA, NOW)
        assert await next_due(session, community.id, AWA) == datetime(2027, 3, 7, 23, tzinfo=UTC)
        await set_preference(session, community.id, AWA, zone="Pacific/Auckland")
        await follow_zone(session, community, AWA, NOW)
        assert await next_due(session, community.id, AWA) == first
    async with database.begin() as session:
        [row] = await claimed(session, first)
        assert await begin_sending(session, row, now=first)
        assert await mark_sent(session, row, now=first, channel_id=1, message_id=2)
        await plan_after(session, community, row, told=True, now=first)
        # The same Monday begins once more, in Chile.
        await set_preference(session, community.id, AWA, zone="America/Santiago")
        await follow_zone(session, community, AWA, first)
        assert await next_due(session, community.id, AWA) == datetime(2027, 3, 15, 11, tzinfo=UTC)
        # Without a zone of their own, and without a country, it is the community's.
        await set_preference(session, community.id, AWA, zone=None)
        await follow_zone(session, community, AWA, first)
        assert await next_due(session, community.id, AWA) == datetime(2027, 3, 15, 12, tzinfo=UTC)

"""What must go out once: planned once, claimed once, and never overwritten by a worker that was away too long."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import (
    Delivery,
    begin_sending,
    cancel_pending,
    claim_due,
    claim_interrupted,
    expire_overdue,
    get_delivery,
    keep_sending,
    list_for_subject,
    mark_failed,
    mark_sent,
    mark_skipped,
    release,
    renew,
)
from data.deliveries import next_due as next_due_of
from data.deliveries import plan as plan_delivery
from tests.data.conftest import NOW

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def other(db_url: str) -> AsyncGenerator[Database]:
    """The same database, opened by what may as well be another process."""
    async with Database.open(db_url) as opened:
        yield opened


async def plan(session: AsyncSession, community: Community, **given: Any) -> Delivery:
    facts: dict[str, Any] = {
        "community_id": community.id,
        "kind": "webinar.reminder",
        "subject": "webinar:12",
        "target": "channel:webinars",
        "occurrence": "3600",
        "due_at": NOW,
        "now": NOW - HOUR,
    }
    return await plan_delivery(session, **facts | given)


async def planned(database: Database, community: Community, **given: Any) -> Delivery:
    async with database.begin() as session:
        return await plan(session, community, **given)


async def claim(database: Database, now: datetime = NOW, **given: Any) -> list[Delivery]:
    facts: dict[str, Any] = {"now": now, "owner": "one", "lease": 5 * MINUTE, "limit": 20}
    async with database.begin() as session:
        return await claim_due(session, **facts | given)


async def claim_one(database: Database, now: datetime = NOW, **given: Any) -> Delivery:
    (row,) = await claim(database, now, **given)
    return row


async def interrupted(database: Database, now: datetime, **given: Any) -> list[Delivery]:
    facts: dict[str, Any] = {"now": now, "owner": "two", "lease": 5 * MINUTE, "limit": 20}
    async with database.begin() as session:
        return await claim_interrupted(session, **facts | given)


async def begin(database: Database, row: Delivery, now: datetime = NOW) -> bool:
    async with database.begin() as session:
        return await begin_sending(session, row, now=now)


async def sent(database: Database, row: Delivery, now: datetime = NOW) -> bool:
    async with database.begin() as session:
        return await mark_sent(session, row, now=now, channel_id=5, message_id=6)


async def current(database: Database, row: Delivery) -> Delivery:
    async with database.read() as session:
        found = await get_delivery(session, row.community_id, row.id)
    assert found is not None
    return found


async def next_due(database: Database, **given: Any) -> datetime | None:
    async with database.read() as session:
        return await next_due_of(session, **given)


# Planning -------------------------------------------------------------------------------------------------------------


async def test_a_plan_is_kept_as_it_was_made(database: Database, community: Community) -> None:
    marks: list[frozenset[str]] = []
    database.after_commit(marks.append)
    row = await planned(database, community, details={"offset": 3600}, expires_at=NOW + HOUR)
    assert row == await current(database, row)
    assert (row.state, row.attempts, row.due_at, row.expires_at) == ("pending", 0, NOW, NOW + HOUR)
    assert (row.details, row.planned_at, row.lease_owner) == ({"offset": 3600}, NOW - HOUR, None)
    assert marks == [{"planned"}]


async def test_planning_again_moves_what_is_pending(database: Database, community: Community) -> None:
    first = await planned(database, community)
    again = await planned(database, community, due_at=NOW + HOUR, details={"a": 1}, now=NOW)
    assert again == replace(first, due_at=NOW + HOUR, wake_at=NOW + HOUR, details={"a": 1}, planned_at=NOW)
    async with database.read() as session:
        assert await list_for_subject(session, community.id, "webinar:12") == [again]


@pytest.mark.parametrize(
    "difference",
    [{"occurrence": "0"}, {"kind": "webinar.announcement"}, {"target": "user:7"}, {"subject": "webinar:13"}],
)
async def test_what_differs_in_its_key_is_another_delivery(
    database: Database, community: Community, difference: dict[str, str]
) -> None:
    first = await planned(database, community)
    assert (await planned(database, community, **difference)).id != first.id


async def test_communities_do_not_meet(database: Database, community: Community) -> None:
    async with database.begin() as session:
        neighbour = await ensure_community(
            session, 2, name="Next door", now=NOW, languages=("es",), zone="UTC", reminder_offsets=()
        )
        mine = await plan(session, community)
        theirs = await plan(session, neighbour)
    assert mine.id != theirs.id
    async with database.begin() as session:
        assert await get_delivery(session, neighbour.id, mine.id) is None
        assert await list_for_subject(session, neighbour.id, "webinar:12") == [theirs]
        cancelled = await cancel_pending(
            session, subject="webinar:12", reason="cancelled", now=NOW, community_id=neighbour.id
        )
    assert cancelled == 1
    assert (await current(database, mine)).state == "pending"
    # Where as much is under way to a place of the one as may be, the same place of the other is not kept waiting.
    again = await planned(database, neighbour, occurrence="0")
    full: dict[str, Any] = {
        "kinds": ["webinar.reminder"],
        "without": [(community.id, "channel:webinars"), (neighbour.id, "server")],
    }
    assert await next_due(database, **full) == again.due_at
    assert [row.id for row in await claim(database, **full)] == [again.id]
    full["without"] = [(community.id, "channel:webinars"), (neighbour.id, "channel:webinars")]
    assert await claim(database, **full) == []


async def test_the_same_plan_twice_leaves_a_claim_alone(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    assert await planned(database, community) == row
    assert await begin(database, row)


async def test_a_new_hour_takes_a_claimed_message_back(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    await planned(database, community, due_at=NOW + HOUR)
    assert not await begin(database, row)
    assert (await claim_one(database, NOW + HOUR)).id == row.id


@pytest.mark.parametrize("state", ["sending", "sent", "failed"])
async def test_what_is_out_of_hand_is_not_planned_again(database: Database, community: Community, state: str) -> None:
    await planned(database, community)
    row = await claim_one(database)
    assert await begin(database, row)
    if state == "sent":
        assert await sent(database, row)
    elif state == "failed":
        async with database.begin() as session:
            assert await mark_failed(session, row, now=NOW, reason="403:50001")
    before = await current(database, row)
    assert before.state == state
    assert await planned(database, community, due_at=NOW + HOUR) == before


@pytest.mark.parametrize(
    "reason, due_at, revived",
    [
        ("cancelled", NOW + HOUR, True),
        ("replanned", NOW + HOUR, True),
        ("late", NOW + HOUR, True),  # put off to a later day, it is in time again
        ("late", NOW - HOUR, False),
        ("not needed", NOW + HOUR, False),
    ],
)
async def test_what_was_skipped_comes_back_with_its_cause(
    database: Database, community: Community, reason: str, due_at: datetime, revived: bool
) -> None:
    first = await planned(database, community)
    async with database.begin() as session:
        assert await cancel_pending(session, subject=first.subject, reason=reason, now=NOW) == 1
    skipped = await current(database, first)
    assert (skipped.state, skipped.reason, skipped.finished_at) == ("skipped", reason, NOW)
    again = await planned(database, community, due_at=due_at, now=NOW)
    assert again.id == first.id
    if revived:
        assert (again.state, again.due_at, again.reason, again.finished_at) == ("pending", due_at, None, None)
    else:
        assert again == skipped


async def test_two_plans_at_once_make_one(database: Database, other: Database, community: Community) -> None:
    rows = await asyncio.gather(*(planned(each, community) for each in (database, other) * 5))
    assert len({row.id for row in rows}) == 1


async def test_cancelling_spares_other_kinds_and_what_is_under_way(database: Database, community: Community) -> None:
    started = await planned(database, community, occurrence="started")
    assert await begin(database, await claim_one(database))
    reminder = await planned(database, community)
    announcement = await planned(database, community, kind="webinar.announcement")
    async with database.begin() as session:
        count = await cancel_pending(
            session, subject="webinar:12", reason="cancelled", now=NOW, kind="webinar.reminder"
        )
    assert count == 1
    states = [(await current(database, row)).state for row in (started, reminder, announcement)]
    assert states == ["sending", "skipped", "pending"]


async def test_a_cancelled_message_is_not_sent_by_who_had_claimed_it(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    async with database.begin() as session:
        await cancel_pending(session, subject=row.subject, reason="cancelled", now=NOW)
    assert not await begin(database, row)
    assert not await sent(database, row)
    assert (await current(database, row)).state == "skipped"


async def test_what_is_useless_by_now_is_skipped_as_late(database: Database, community: Community) -> None:
    late = await planned(database, community, expires_at=NOW - MINUTE, due_at=NOW - HOUR)
    useful = await planned(database, community, occurrence="0", expires_at=NOW)
    assert [row.id for row in await claim(database)] == [useful.id]
    async with database.begin() as session:
        assert await expire_overdue(session, NOW) == 1
        assert await expire_overdue(session, NOW) == 0
    row = await current(database, late)
    assert (row.state, row.reason, row.finished_at) == ("skipped", "late", NOW)


# Claims ---------------------------------------------------------------------------------------------------------------


async def test_only_what_is_due_and_of_a_known_kind_is_claimed(database: Database, community: Community) -> None:
    await planned(database, community, occurrence="later", due_at=NOW + timedelta(microseconds=1))
    await planned(database, community, kind="unknown")
    late = await planned(database, community, occurrence="b", due_at=NOW - HOUR)
    due = await planned(database, community, occurrence="a", due_at=NOW)
    rows = await claim(database, kinds=["webinar.reminder"])
    assert [row.id for row in rows] == [late.id, due.id]
    assert {row.lease_owner for row in rows} == {"one"}
    assert {row.wake_at for row in rows} == {NOW + 5 * MINUTE}
    assert None not in {row.lease_token for row in rows}
    assert await claim(database, kinds=["webinar.reminder"]) == []
    assert await claim(database, kinds=[]) == []


async def test_no_row_is_claimed_twice(database: Database, other: Database, community: Community) -> None:
    async with database.begin() as session:
        ids = {(await plan(session, community, occurrence=str(number))).id for number in range(60)}

    async def worker(number: int) -> list[int]:
        mine: list[int] = []
        while rows := await claim((database, other)[number % 2], owner=f"worker {number}", limit=3):
            assert {row.lease_owner for row in rows} == {f"worker {number}"}
            mine += [row.id for row in rows]
        return mine

    claimed = await asyncio.gather(*map(worker, range(8)))
    everything = [row_id for mine in claimed for row_id in mine]
    assert len(everything) == 60
    assert set(everything) == ids


@pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)  # SQLite has one writer: the next waits its turn
async def test_a_claim_under_way_keeps_nobody_waiting(
    database: Database, other: Database, community: Community
) -> None:
    first = await planned(database, community, occurrence="a")
    second = await planned(database, community, occurrence="b")
    async with database.begin() as session:
        facts: dict[str, Any] = {"now": NOW, "owner": "one", "lease": MINUTE, "limit": 1}
        assert [row.id for row in await claim_due(session, **facts)] == [first.id]
        async with asyncio.timeout(2):
            assert [row.id for row in await claim(other)] == [second.id]


async def test_a_slow_worker_cannot_overwrite_its_successor(
    database: Database, other: Database, community: Community
) -> None:
    await planned(database, community)
    slow = await claim_one(database, owner="slow")
    assert await claim(other, NOW + 4 * MINUTE, owner="quick") == []
    quick = await claim_one(other, NOW + 5 * MINUTE, owner="quick")
    assert not await begin(database, slow)
    async with database.begin() as session:
        assert not await mark_skipped(session, slow, now=NOW, reason="x")
        assert not await mark_failed(session, slow, now=NOW, reason="x")
        assert not await release(session, slow, now=NOW, retry_at=NOW, reason="x")
        assert not await keep_sending(session, slow, retry_at=NOW)
    assert await current(database, slow) == quick
    assert await begin(other, quick)
    assert not await sent(database, slow)
    assert await sent(other, quick)


# Sending --------------------------------------------------------------------------------------------------------------


async def test_from_claim_to_proof(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    assert not await sent(database, row)  # it was not begun
    assert await begin(database, row)
    assert not await begin(database, row)  # once is enough
    under_way = await current(database, row)
    assert (under_way.state, under_way.attempts, under_way.sending_at) == ("sending", 1, NOW)
    async with database.begin() as session:
        assert await mark_sent(session, row, now=NOW + MINUTE, channel_id=5, message_id=6, reason="possible repeat")
    proof = await current(database, row)
    assert (proof.state, proof.channel_id, proof.message_id) == ("sent", 5, 6)
    assert (proof.finished_at, proof.reason, proof.lease_token) == (NOW + MINUTE, "possible repeat", None)
    assert proof.wake_at is None
    assert not await sent(database, row)
    assert await next_due(database) is None


async def test_put_off_and_tried_again(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    assert await begin(database, row)
    async with database.begin() as session:
        assert await release(session, row, now=NOW, retry_at=NOW + 30 * MINUTE, reason="rate limited")
    waiting = await current(database, row)
    assert (waiting.state, waiting.attempts, waiting.sending_at) == ("pending", 1, None)
    assert (waiting.due_at, waiting.reason, waiting.lease_owner) == (NOW, "rate limited", None)
    assert await next_due(database) == NOW + 30 * MINUTE
    assert await claim(database, NOW + 29 * MINUTE) == []
    again = await claim_one(database, NOW + 30 * MINUTE)
    assert await begin(database, again, NOW + 30 * MINUTE)
    assert (await current(database, row)).sending_at == NOW + 30 * MINUTE


async def test_an_open_outcome_is_looked_at_again(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    assert await begin(database, row)
    async with database.begin() as session:
        assert await keep_sending(session, row, retry_at=NOW + MINUTE)
    async with database.begin() as session:
        # Whoever renews leases may have counted it among what is under way a moment before.
        assert row.lease_owner is not None
        await renew(session, [row.id], owner=row.lease_owner, until=NOW + HOUR)
    assert await next_due(database) == NOW + MINUTE
    assert await interrupted(database, NOW) == []
    (found,) = await interrupted(database, NOW + MINUTE)
    assert (found.state, found.attempts, found.sending_at, found.lease_owner) == ("sending", 2, NOW, "two")
    assert not await sent(database, row)
    assert await sent(database, found)


async def test_a_failure_before_the_post_counts_too(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database)
    async with database.begin() as session:
        assert await keep_sending(session, row, retry_at=NOW + MINUTE)
    waiting = await current(database, row)
    assert (waiting.state, waiting.attempts) == ("pending", 1)
    assert await claim(database, NOW) == []
    assert (await claim_one(database, NOW + MINUTE)).id == row.id


async def test_what_a_dead_process_left_is_taken_over(database: Database, community: Community) -> None:
    await planned(database, community)
    row = await claim_one(database, owner="dead")
    assert await begin(database, row)
    assert await claim(database, NOW + HOUR) == []  # it may have been posted: not for a plain claim
    assert await interrupted(database, NOW, owner="dead", other_owners=True) == []
    assert await interrupted(database, NOW) == []
    assert [left.id for left in await interrupted(database, NOW, other_owners=True)] == [row.id]
    assert [left.id for left in await interrupted(database, NOW + 5 * MINUTE)] == [row.id]


async def test_interrupted_rows_are_claimed_once(database: Database, other: Database, community: Community) -> None:
    async with database.begin() as session:
        for number in range(20):
            await plan(session, community, occurrence=str(number))
    for row in await claim(database):
        assert await begin(database, row)
    later = NOW + HOUR
    found = await asyncio.gather(
        *(interrupted(each, later, owner=str(number), limit=7) for number in range(3) for each in (database, other))
    )
    ids = [row.id for rows in found for row in rows]
    assert len(ids) == len(set(ids)) == 20


async def test_when_to_look_again(database: Database, community: Community) -> None:
    assert await next_due(database) is None
    await planned(database, community, occurrence="far", due_at=NOW + HOUR)
    await planned(database, community, kind="unknown", due_at=NOW - HOUR)
    assert await next_due(database) == NOW - HOUR
    assert await next_due(database, kinds=["webinar.reminder"]) == NOW + HOUR
    await planned(database, community, occurrence="near", due_at=NOW)
    assert await next_due(database, kinds=["webinar.reminder"]) == NOW
    await claim_one(database, kinds=["webinar.reminder"])
    assert await next_due(database, kinds=["webinar.reminder"]) == NOW + 5 * MINUTE

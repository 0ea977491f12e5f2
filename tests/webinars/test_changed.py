"""What follows from correcting a webinar, in one transaction, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data.audit import list_entries
from data.communities import Community
from data.database import Database
from data.deliveries import PENDING, SENT, SKIPPED, begin_sending, claim_due, mark_sent
from data.wall_time import Moment
from data.webinars import (
    ANNOUNCEMENT,
    CHANGED_EVENT,
    CHANGED_MARK,
    EVENT,
    EVENT_DIFFERS,
    GOING,
    MAYBE,
    MOVED_NOTICE,
    MOVED_WORD,
    NEW_LINK_WORD,
    REMINDER,
    Edited,
    NewWebinar,
    Webinar,
    cancel,
    edit,
    get,
    note_announcement,
    note_event,
    plan_event_card,
    put_event_back,
)
from tests.webinars.test_remembered import (
    AWA,
    BEA,
    DAY,
    MODERATOR,
    NOW,
    STARTS,
    answer,
    community,
    new,
    note_community,
    planned,
    publish,
)

__all__ = ["community"]

HOUR = timedelta(hours=1)


async def change(
    database: Database, community: Community, webinar: Webinar, wanted: NewWebinar, now: Any = NOW, by: int = MODERATOR
) -> Edited | None:
    async with database.begin() as session:
        return await edit(session, community, webinar.id, wanted, version=webinar.version, by=by, now=now)


async def send_all(database: Database, now: Any) -> None:
    """Everything that is due goes out."""
    async with database.begin() as session:
        for row in await claim_due(session, now=now, owner="w", lease=HOUR, limit=100, kinds=None):
            assert await begin_sending(session, row, now=now)
            assert await mark_sent(session, row, now=now, channel_id=1, message_id=row.id, reason=None)


async def reminders(database: Database, webinar: Webinar) -> dict[tuple[str, Any], str]:
    return {
        (row.occurrence.partition(":")[0], row.due_at): row.state
        for row in await planned(database, webinar)
        if row.kind == REMINDER
    }


async def test_a_moved_webinar_is_planned_anew(database: Database, community: Community) -> None:
    made = await publish(database, community)
    later = STARTS + 3 * HOUR
    done = await change(database, community, made, new(starts=later))
    assert done is not None
    assert (done.moved, done.new_link, done.told) == (True, False, 0)
    async with database.read() as session:
        assert await get(session, community.id, made.id) == done.webinar
        [entry] = await list_entries(session, community.id, action="webinar.edit")
    assert (done.webinar.version, done.webinar.starts_at) == (2, later)
    assert done.webinar.wall_time == Moment.at(later, "America/Santiago").wall
    assert entry.details["changed"] == ["starts_at"]
    found = await reminders(database, made)
    assert found == {
        **{(str(o), STARTS - timedelta(seconds=o)): SKIPPED for o in (604_800, 86_400, 3_600, 0)},
        **{(str(o), later - timedelta(seconds=o)): PENDING for o in (604_800, 86_400, 3_600, 0)},
    }
    rows = await planned(database, made)
    assert {row.reason for row in rows if row.state == SKIPPED} == {"replanned"}
    first = {row.kind: row for row in rows if row.kind in (ANNOUNCEMENT, EVENT)}
    assert (first[ANNOUNCEMENT].expires_at, first[EVENT].expires_at) == (later + HOUR, later)
    assert first[ANNOUNCEMENT].details == {"notify": True}


async def test_what_went_out_stays_and_a_moved_webinar_is_reminded_of_again(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)
    now = STARTS - DAY + HOUR
    await send_all(database, now)
    later = STARTS + 2 * DAY
    done = await change(database, community, made, new(starts=later), now)
    assert done is not None
    found = await reminders(database, made)
    assert found["86400", STARTS - DAY] == SENT
    assert found["86400", later - DAY] == PENDING, "the new hour has its own reminder a day before"
    assert ("604800", later - 7 * DAY) not in found, "what would be past for the new hour is not planned"
    back = await change(database, community, done.webinar, new(starts=STARTS), now)
    assert back is not None
    found = await reminders(database, made)
    assert found["86400", STARTS - DAY] == SENT, "back at the old hour, nothing of it goes out twice"
    assert found["3600", STARTS - HOUR] == PENDING
    assert found["3600", later - HOUR] == SKIPPED


async def test_those_who_come_are_told_of_the_hour_they_knew(database: Database, community: Community) -> None:
    made = await publish(database, community)
    await answer(database, made, AWA, GOING)
    await answer(database, made, BEA, MAYBE)
    one = await change(database, community, made, new(starts=STARTS + HOUR))
    assert one is not None
    assert one.told == 1
    two = await change(database, community, one.webinar, new(starts=STARTS + 2 * HOUR))
    assert two is not None
    rows = [row for row in await planned(database, made) if row.kind in (MOVED_NOTICE, MOVED_WORD)]
    assert {(row.target, row.state) for row in rows if row.occurrence == "2"} == {
        ("channel:webinars", SKIPPED),
        (f"user:{AWA}", SKIPPED),
    }
    waiting = [row for row in rows if row.state == PENDING]
    assert {row.target for row in waiting} == {"channel:webinars", f"user:{AWA}"}
    assert {row.details["was"] for row in waiting} == {int(STARTS.timestamp())}, "nobody heard of the hour between"


async def test_a_new_link_is_for_those_who_come_and_text_is_for_nobody(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)
    await answer(database, made, AWA, GOING)
    linked = await change(database, community, made, replace(new(), link="https://meet.example/new"))
    assert linked is not None
    assert (linked.moved, linked.new_link, linked.told) == (False, True, 1)
    worded = await change(
        database, community, linked.webinar, replace(new(), link="https://meet.example/new", title="Other")
    )
    assert worded is not None
    assert (worded.moved, worded.new_link, worded.told) == (False, False, 0)
    rows = await planned(database, made)
    told = [(row.kind, row.target) for row in rows if row.kind in (MOVED_NOTICE, MOVED_WORD, NEW_LINK_WORD)]
    assert told == [(NEW_LINK_WORD, f"user:{AWA}")]
    assert [row.occurrence for row in rows if row.kind == CHANGED_MARK] == ["2", "3"]
    assert all(row.state == PENDING for row in rows if row.kind == REMINDER)
    moved = await change(
        database, community, worded.webinar, replace(new(starts=STARTS + HOUR), link="https://meet.example/new")
    )
    assert moved is not None
    [word] = [row for row in await planned(database, made) if row.state == PENDING and row.target == f"user:{AWA}"]
    assert (word.kind, word.details["link"]) == (MOVED_WORD, True), "one message tells of both"


async def test_of_two_moderators_one_wins(database: Database, community: Community) -> None:
    made = await publish(database, community)
    assert await change(database, community, made, new("First")) is not None
    assert await change(database, community, made, new("Second"), by=MODERATOR + 1) is None
    async with database.read() as session:
        found = await get(session, community.id, made.id)
        assert len(await list_entries(session, community.id, action="webinar.edit")) == 1
    assert found is not None
    assert found.title == "First"


async def test_what_cannot_be_changed_stays(database: Database, community: Community) -> None:
    made = await publish(database, community)
    with pytest.raises(ValueError, match="future"):
        await change(database, community, made, new(starts=NOW - HOUR))
    with pytest.raises(ValueError, match="minutes"):
        await change(database, community, made, replace(new(), minutes=0))
    assert await change(database, await note_community(database, 8), made, new("Foreign")) is None
    assert await change(database, community, made, new("Late"), STARTS + DAY) is None
    under_way = await change(database, community, made, new("Under way"), STARTS + timedelta(minutes=5))
    assert under_way is not None
    async with database.begin() as session:
        await cancel(session, community.id, made.id, version=2, reason="", by=MODERATOR, now=STARTS)
    assert await change(database, community, under_way.webinar, new("Gone"), STARTS) is None


async def test_what_is_posted_after_a_change_is_brought_up_to_date(database: Database, community: Community) -> None:
    made = await publish(database, community)
    assert await change(database, community, made, new("Other")) is not None
    async with database.begin() as session:
        await note_announcement(session, community.id, made.id, 11, 22, NOW)
        await note_event(session, community.id, made.id, 33, NOW)
    found = {(row.kind, row.occurrence) for row in await planned(database, made)}
    assert {(CHANGED_MARK, "posted:22"), (CHANGED_EVENT, "made:33")} <= found


async def test_moderators_are_asked_once_about_each_difference(database: Database, community: Community) -> None:
    made = await publish(database, community)
    async with database.begin() as session:
        await note_event(session, community.id, made.id, 33, NOW)
        noted = await get(session, community.id, made.id)
        assert noted is not None
        assert not await plan_event_card(session, noted, 33, None, "gone", NOW), "the event is just being made"
    await send_all(database, NOW)
    async with database.begin() as session:
        assert await plan_event_card(session, noted, 33, None, "gone", NOW)
        assert not await plan_event_card(session, noted, 33, None, "gone", NOW)
        assert await plan_event_card(session, noted, 33, STARTS + HOUR, "ab", NOW)
        assert not await plan_event_card(session, noted, 33, STARTS + HOUR, "ab", NOW)
        assert await put_event_back(session, community.id, made.id, 33, gone=False, by=MODERATOR, now=NOW)
        assert not await plan_event_card(session, noted, 33, STARTS + HOUR, "ab", NOW), "on its way back"
    await send_all(database, NOW)
    async with database.begin() as session:
        assert await plan_event_card(session, noted, 33, STARTS + HOUR, "ab", NOW), "the same again is told again"
        assert await put_event_back(session, community.id, made.id, 34, gone=True, by=MODERATOR, now=NOW) is None
        back = await put_event_back(session, community.id, made.id, 33, gone=True, by=MODERATOR, now=NOW)
        assert back is not None
        assert back.event_id is None
        assert await put_event_back(session, community.id, made.id, 33, gone=True, by=MODERATOR, now=NOW) is None
    rows = await planned(database, made)
    assert len([row for row in rows if row.kind == EVENT_DIFFERS]) == 3
    assert (EVENT, "back:33", PENDING) in [(row.kind, row.occurrence, row.state) for row in rows]

"""What is remembered of series, and what is planned with each change, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.communities import Community
from data.database import Database
from data.deliveries import PENDING, SENT, SKIPPED, Delivery, list_for_subject
from data.models import DeliveryRow
from data.wall_time import Moment
from data.webinars import (
    ANNOUNCEMENT,
    CANCELLED_NOTICE,
    EVENT,
    GOING,
    REMINDER,
    NewWebinar,
    Webinar,
    cancel,
    edit,
    get,
    note_announcement,
    set_rsvp,
)
from data.webinars.records import (
    SERIES_CANCELLED,
    SERIES_CANCELLED_WORD,
    SERIES_MARK,
    SERIES_MOVED,
    SERIES_MOVED_WORD,
    as_new,
)
from data.webinars.rhythms import WEEKLY, days_of, occurrences
from data.webinars.series import AHEAD, occurrence_of, occurrences_of_series, webinars_of_series
from data.webinars.series_changing import (
    ChangedMeanwhile,
    Date,
    OccurrenceChange,
    cancel_series,
    create_series,
    differing,
    edit_series,
)
from tests.webinars.test_remembered import AWA, BEA, MODERATOR, NOW, community, new

__all__ = ["community"]

WEEK = timedelta(days=7)
STARTS = datetime(2027, 2, 3, 14, 0, tzinfo=UTC)


async def series(database: Database, community: Community, count: int = 4, starts: datetime = STARTS) -> list[Webinar]:
    first = Moment.at(starts, "Europe/Paris")
    chosen = occurrences(first, days_of(first.wall.date(), WEEKLY, count=count), {})
    dates = [Date(one.slot.wall, one.moment) for one in chosen if one.moment]
    async with database.begin() as session:
        return await create_series(session, community, new(starts=starts), dates, rhythm=WEEKLY, by=MODERATOR, now=NOW)


async def planned(database: Database, community: Community, webinar: Webinar) -> list[Delivery]:
    async with database.read() as session:
        return await list_for_subject(session, community.id, webinar.subject)


def due(rows: list[Delivery], kind: str, state: str = PENDING) -> list[datetime]:
    return [row.due_at for row in rows if row.kind == kind and row.state == state]


async def announced(database: Database, community: Community, webinar: Webinar, message_id: int) -> None:
    """As the engine notes it."""
    async with database.begin() as session:
        [row] = [
            row for row in await list_for_subject(session, community.id, webinar.subject) if row.kind == ANNOUNCEMENT
        ]
        stored = await session.get(DeliveryRow, row.id)
        assert stored is not None
        stored.state, stored.wake_at = SENT, None
        await note_announcement(session, community.id, webinar.id, 5, message_id, NOW)


def moved(webinar: Webinar, by: timedelta) -> NewWebinar:
    return replace(as_new(webinar), moment=Moment.at(webinar.starts_at + by, webinar.zone))


async def test_each_date_is_a_webinar_with_its_own_reminders_and_its_own_turn(
    database: Database, community: Community
) -> None:
    made = await series(database, community)
    rows = [await planned(database, community, webinar) for webinar in made]
    assert [due(several, ANNOUNCEMENT) for several in rows] == [
        [NOW],
        *([webinar.starts_at - AHEAD] for webinar in made[1:]),
    ]
    assert [due(several, EVENT) for several in rows[1:]] == [[webinar.starts_at - AHEAD] for webinar in made[1:]]
    for webinar, several in zip(made, rows, strict=True):
        assert [webinar.starts_at - date for date in due(several, REMINDER)] == [
            timedelta(seconds=offset) for offset in community.reminder_offsets
        ]
    async with database.read() as session:
        places = await occurrences_of_series(session, community.id, 1)
        assert [(place.number, place.total, place.lead_id) for place in places] == [
            (number, 4, made[0].id) for number in range(1, 5)
        ]
        assert await occurrence_of(session, 8, made[0].id) is None, "another community's"
        assert await webinars_of_series(session, 8, 1) == []
    for dates in ([], [Date(STARTS.replace(tzinfo=None), made[0].moment)] * 2):
        with pytest.raises(ValueError, match="a series has two dates"):
            async with database.begin() as session:
                await create_series(session, community, new(), dates, rhythm=WEEKLY, by=MODERATOR, now=NOW)


async def test_a_series_published_shortly_before_it_begins_floods_nobody(
    database: Database, community: Community
) -> None:
    made = await series(database, community, starts=NOW + timedelta(days=2))
    times = [due(await planned(database, community, webinar), ANNOUNCEMENT)[0] for webinar in made]
    assert times[0] == NOW
    assert times[1] == made[1].starts_at - WEEK - timedelta(hours=1), "before its first reminder"
    assert times[2:] == [webinar.starts_at - AHEAD for webinar in made[2:]]
    assert times == sorted(set(times))


async def test_where_the_lead_is_cancelled_before_it_was_announced_the_next_leads(
    database: Database, community: Community
) -> None:
    made = await series(database, community)
    async with database.begin() as session:
        await cancel(session, community.id, made[0].id, version=1, reason="", by=MODERATOR, now=NOW)
    assert due(await planned(database, community, made[0]), ANNOUNCEMENT) == []
    assert due(await planned(database, community, made[1]), ANNOUNCEMENT) == [NOW]
    [lead] = [row for row in await planned(database, community, made[1]) if row.kind == ANNOUNCEMENT]
    assert lead.details == {"notify": True}
    await announced(database, community, made[1], 77)
    async with database.begin() as session:
        await cancel(session, community.id, made[2].id, version=1, reason="", by=MODERATOR, now=NOW)
    assert due(await planned(database, community, made[1]), SERIES_MARK) == [NOW]
    async with database.read() as session:
        place = await occurrence_of(session, community.id, made[3].id)
    assert place is not None
    assert place.lead_id == made[1].id


async def test_one_that_is_moved_on_its_own_is_announced_before_its_new_hour(
    database: Database, community: Community
) -> None:
    made = await series(database, community)
    await announced(database, community, made[0], 77)
    there = made[3]
    for by, apart in ((timedelta(hours=1), True), (timedelta(), False), (-2 * WEEK, True)):
        async with database.begin() as session:
            current = await get(session, community.id, there.id)
            assert current is not None
            new = moved(there, by)
            await edit(session, community, there.id, new, version=current.version, by=MODERATOR, now=NOW)
        async with database.read() as session:
            place = await occurrence_of(session, community.id, there.id)
        assert place is not None
        assert (place.apart, place.wall_time) == (apart, there.wall_time)
        wanted = max(NOW, there.starts_at + by - AHEAD)
        assert due(await planned(database, community, there), ANNOUNCEMENT) == [wanted]
    assert len(due(await planned(database, community, made[0]), SERIES_MARK)) == 3


async def test_several_are_moved_with_one_word_to_each(database: Database, community: Community) -> None:
    made = await series(database, community)
    async with database.begin() as session:
        for webinar in made[1:]:
            await set_rsvp(session, community.id, webinar.id, AWA, GOING, NOW)
        await set_rsvp(session, community.id, made[3].id, BEA, GOING, NOW)
        await set_rsvp(session, community.id, made[0].id, MODERATOR, GOING, NOW)
    hour = timedelta(hours=1)
    changes = [OccurrenceChange(webinar.id, 1, moved(webinar, hour), webinar.wall_time + hour) for webinar in made[1:]]
    async with database.begin() as session:
        done = await edit_series(session, community, changes, by=MODERATOR, now=NOW)
    assert (done.moved, done.told) == (3, 2)
    rows = await planned(database, community, made[1])
    assert len(due(rows, SERIES_MOVED)) == 1
    words = {row.target: sorted(row.details["was"]) for row in rows if row.kind == SERIES_MOVED_WORD}
    ids = [str(webinar.id) for webinar in made]
    assert words == {f"user:{AWA}": ids[1:], f"user:{BEA}": ids[3:]}
    for webinar in made[1:]:
        rows = await planned(database, community, webinar)
        assert due(rows, "webinar.moved") == due(rows, "webinar.moved.dm") == []
        assert [webinar.starts_at + hour - date for date in due(rows, REMINDER)] == [
            timedelta(seconds=offset) for offset in community.reminder_offsets
        ]
    async with database.read() as session:
        places = await occurrences_of_series(session, community.id, 1)
    assert [place.wall_time.hour for place in places] == [15, 16, 16, 16]
    assert not any(place.apart for place in places)


async def test_of_several_all_are_changed_or_none(database: Database, community: Community) -> None:
    made = await series(database, community)
    async with database.begin() as session:
        await edit(session, community, made[2].id, replace(as_new(made[2]), title="Other"), version=1, by=BEA, now=NOW)
    changes = [OccurrenceChange(one.id, 1, replace(as_new(one), title="Mine")) for one in made]
    with pytest.raises(ChangedMeanwhile):
        async with database.begin() as session:
            await edit_series(session, community, changes, by=MODERATOR, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        async with database.begin() as session:
            await cancel_series(session, community.id, [(one.id, 1) for one in made], reason="", by=MODERATOR, now=NOW)
    async with database.read() as session:
        several = await webinars_of_series(session, community.id, 1)
    assert [one.title for one in several] == [made[0].title, made[1].title, "Other", made[3].title]
    assert not any(one.cancelled for one in several)
    assert differing(several[2], replace(as_new(several[2]), title="New")) == {"title": "New"}


async def test_several_are_cancelled_with_one_word_to_each_and_nothing_is_left(
    database: Database, community: Community
) -> None:
    made = await series(database, community)
    await announced(database, community, made[0], 77)
    async with database.begin() as session:
        for webinar in made:
            await set_rsvp(session, community.id, webinar.id, AWA, GOING, NOW)
        done = await cancel_series(
            session, community.id, [(one.id, 1) for one in made[1:]], reason="No funds", by=MODERATOR, now=NOW
        )
    assert (len(done.webinars), done.told) == (3, 1)
    rows = await planned(database, community, made[1])
    assert [row.details for row in rows if row.kind == SERIES_CANCELLED_WORD] == [
        {"webinars": [one.id for one in made[1:]]}
    ]
    assert len(due(rows, SERIES_CANCELLED)) == 1
    assert due(await planned(database, community, made[0]), SERIES_MARK) == [NOW]
    for webinar in made[1:]:
        rows = await planned(database, community, webinar)
        assert due(rows, REMINDER) == due(rows, ANNOUNCEMENT) == due(rows, EVENT) == due(rows, CANCELLED_NOTICE) == []
        assert len(due(rows, REMINDER, SKIPPED)) == len(community.reminder_offsets)
    assert len(due(await planned(database, community, made[0]), REMINDER)) == len(community.reminder_offsets)

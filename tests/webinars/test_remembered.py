"""What is remembered of webinars, and what is planned with each change, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from data.audit import list_entries
from data.changes import changes_after
from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import PENDING, SKIPPED, Delivery, claim_due, list_for_subject, mark_failed
from data.wall_time import Moment
from data.webinars import (
    ANNOUNCEMENT,
    CANCELLED_EVENT,
    CANCELLED_MARK,
    CANCELLED_NOTICE,
    CANCELLED_WORD,
    COUNTS,
    EVENT,
    HOST_CHECK,
    REMINDER,
    Counts,
    NewWebinar,
    Webinar,
    cancel,
    counts,
    create,
    get,
    next_counts,
    next_of_key_area,
    note_announcement,
    note_event,
    plan_failed_again,
    rsvp_of,
    search_titles,
    set_rsvp,
    upcoming,
    users_going,
    webinar_documents,
)
from data.webinars.after import AFTER, AFTER_PAUSE, SURVEY_END, SURVEY_SPAN

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
STARTS = datetime(2027, 1, 20, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MODERATOR, AWA, BEA = 100, 201, 202


@pytest.fixture
async def community(database: Database) -> Community:
    return await note_community(database, 7)


async def note_community(database: Database, number: int) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session,
            number,
            name="Network",
            now=NOW,
            languages=("en", "fr"),
            zone="UTC",
            reminder_offsets=(604_800, 86_400, 3_600, 0),
        )


def new(title: str = "Budgets that count", starts: datetime = STARTS, area: str | None = "budgeting") -> NewWebinar:
    return NewWebinar(
        title=title,
        description="What they pay for.",
        speakers="Ana",
        link="https://meet.example/abc",
        moment=Moment.at(starts, "America/Santiago"),
        minutes=60,
        key_areas=(area,) if area else (),
        notify=True,
    )


async def publish(database: Database, community: Community, webinar: NewWebinar | None = None) -> Webinar:
    async with database.begin() as session:
        return await create(session, community, webinar or new(), by=MODERATOR, now=NOW)


async def planned(database: Database, webinar: Webinar) -> list[Delivery]:
    async with database.read() as session:
        return await list_for_subject(session, webinar.community_id, webinar.subject)


async def answer(
    database: Database, webinar: Webinar, user_id: int, said: str, now: datetime = NOW + DAY
) -> Counts | None:
    async with database.begin() as session:
        answered = await set_rsvp(session, webinar.community_id, webinar.id, user_id, said, now)
    return answered.counts if answered else None


async def test_a_webinar_keeps_its_wall_time_its_zone_and_its_instant(database: Database, community: Community) -> None:
    made = await publish(database, community)
    async with database.read() as session:
        found = await get(session, community.id, made.id)
    assert found == made
    assert found is not None
    assert (found.starts_at, found.zone) == (STARTS, "America/Santiago")
    assert found.wall_time == datetime(2027, 1, 20, 12, 0, tzinfo=UTC).replace(tzinfo=None)
    assert found.moment == new().moment
    assert found.ends_at == STARTS + timedelta(hours=1)


async def test_everything_that_must_go_out_is_planned_with_it(database: Database, community: Community) -> None:
    made = await publish(database, community)
    rows = await planned(database, made)
    assert {(row.kind, row.target, row.occurrence, row.due_at) for row in rows} == {
        (ANNOUNCEMENT, "channel:webinars", "", NOW),
        (EVENT, "server", "", NOW),
        (REMINDER, "channel:webinars", "604800", STARTS - 7 * DAY),
        (REMINDER, "channel:webinars", "86400", STARTS - DAY),
        (REMINDER, "channel:webinars", "3600", STARTS - timedelta(hours=1)),
        (REMINDER, "channel:webinars", "0", STARTS),
        (HOST_CHECK, f"user:{MODERATOR}", f"{int(STARTS.timestamp())}:1", STARTS - timedelta(hours=1)),
        (AFTER, "thread", "", made.ends_at + AFTER_PAUSE),
        (SURVEY_END, "channel:queue", "", made.ends_at + SURVEY_SPAN),
    }
    reminders = [row for row in rows if row.kind == REMINDER]
    assert [row.expires_at for row in reminders[:-1]] == [row.due_at for row in reminders[1:]]
    assert reminders[-1].expires_at == STARTS + timedelta(minutes=30)
    assert next(row for row in rows if row.kind == ANNOUNCEMENT).details == {"notify": True}
    async with database.read() as session:
        [entry] = await list_entries(session, community.id, action="webinar.create")
        changes = await changes_after(session, 0, 1000)
    assert (entry.actor_id, entry.object_id) == (MODERATOR, str(made.id))
    assert any((change.kind, change.object_id) == ("webinar", str(made.id)) for change in changes)


async def test_nothing_is_kept_where_the_transaction_fails(database: Database, community: Community) -> None:
    async def fail() -> None:
        async with database.begin() as session:
            await create(session, community, new(), by=MODERATOR, now=NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        await fail()
    async with database.read() as session:
        assert await upcoming(session, community.id, now=NOW) == []
        assert await list_for_subject(session, community.id, "webinar:1") == []


async def test_a_webinar_in_the_past_is_never_noted(database: Database, community: Community) -> None:
    with pytest.raises(ValueError, match="future"):
        await publish(database, community, new(starts=NOW))


async def test_another_community_does_not_see_it(database: Database, community: Community) -> None:
    made, other = await publish(database, community), await note_community(database, 8)
    async with database.begin() as session:
        assert await get(session, other.id, made.id) is None
        assert await upcoming(session, other.id, now=NOW) == []
        assert await search_titles(session, other.id, "", now=NOW) == []
        assert await set_rsvp(session, other.id, made.id, AWA, "going", NOW) is None
        assert await cancel(session, other.id, made.id, version=1, reason="", by=MODERATOR, now=NOW) is None


async def test_an_answer_replaces_the_one_before(database: Database, community: Community) -> None:
    made = await publish(database, community)
    assert await answer(database, made, AWA, "going") == Counts(going=1)
    assert await answer(database, made, BEA, "maybe") == Counts(going=1, maybe=1)
    assert await answer(database, made, AWA, "cannot") == Counts(maybe=1, cannot=1)
    async with database.read() as session:
        assert await rsvp_of(session, made.id, AWA) == "cannot"
        assert await rsvp_of(session, made.id, 999) is None
        assert await users_going(session, made.id) == []
    with pytest.raises(ValueError, match="no such answer"):
        await answer(database, made, AWA, "perhaps")


async def test_many_answers_at_once_are_all_counted(database: Database, community: Community) -> None:
    made = await publish(database, community)
    await asyncio.gather(*(answer(database, made, user_id, "going") for user_id in range(300, 320)))
    async with database.read() as session:
        assert await counts(session, made.id) == Counts(going=20)


async def test_a_webinar_that_is_over_takes_no_answers(database: Database, community: Community) -> None:
    made = await publish(database, community)
    assert await answer(database, made, AWA, "going", now=made.ends_at - timedelta(seconds=1)) is not None
    assert await answer(database, made, BEA, "going", now=made.ends_at) is None


async def test_many_answers_share_one_edit_of_the_announcement(database: Database, community: Community) -> None:
    made = await publish(database, community)
    await answer(database, made, AWA, "going")
    assert not [row for row in await planned(database, made) if row.kind == COUNTS], "there is nothing to edit yet"
    async with database.begin() as session:
        await note_announcement(session, community.id, made.id, 11, 22, NOW)
    at = NOW + 2 * DAY
    for user_id in range(300, 310):
        await answer(database, made, user_id, "maybe", now=at + timedelta(seconds=user_id - 300))
    await answer(database, made, 300, "maybe", now=at + 3 * DAY)
    [row] = [row for row in await planned(database, made) if row.kind == COUNTS]
    assert row.due_at == next_counts(made.created_at, at)


def test_counts_are_brought_up_to_date_soon_at_first_and_rarely_later() -> None:
    soon = next_counts(NOW, NOW + timedelta(minutes=5)) - NOW - timedelta(minutes=5)
    later = next_counts(NOW, NOW + 5 * DAY) - NOW - 5 * DAY
    assert timedelta(seconds=60) < soon <= timedelta(minutes=3)
    assert timedelta(minutes=10) <= later <= timedelta(minutes=20)


async def test_cancelling_stops_what_is_pending_and_tells_those_who_come(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)
    await answer(database, made, AWA, "going")
    await answer(database, made, BEA, "maybe")
    async with database.begin() as session:
        done = await cancel(session, community.id, made.id, version=1, reason="Ill", by=MODERATOR, now=NOW + DAY)
    assert done is not None
    assert (done.cancelled, done.cancel_reason, done.cancelled_at, done.version) == (True, "Ill", NOW + DAY, 2)
    rows = await planned(database, made)
    assert {(row.kind, row.reason) for row in rows if row.state == SKIPPED} == {
        (kind, "cancelled") for kind in (ANNOUNCEMENT, EVENT, REMINDER, HOST_CHECK, AFTER, SURVEY_END)
    }
    assert {(row.kind, row.target) for row in rows if row.state == PENDING} == {
        (CANCELLED_NOTICE, "channel:webinars"),
        (CANCELLED_MARK, "server"),
        (CANCELLED_EVENT, "server"),
        (CANCELLED_WORD, f"user:{AWA}"),
    }
    assert await answer(database, made, BEA, "going") is None
    async with database.read() as session:
        assert await upcoming(session, community.id, now=NOW) == []
        assert await webinar_documents(session) == []
        assert len(await list_entries(session, community.id, action="webinar.cancel")) == 1


async def test_cancelling_has_one_effect(database: Database, community: Community) -> None:
    made = await publish(database, community)

    async def stop(version: int = 1) -> Webinar | None:
        async with database.begin() as session:
            return await cancel(session, community.id, made.id, version=version, reason="", by=MODERATOR, now=NOW)

    assert await stop(version=5) is None, "it is not the webinar that the moderator saw"
    done = await asyncio.gather(stop(), stop(), stop())
    assert sum(each is not None for each in done) == 1
    assert sum(row.kind == CANCELLED_NOTICE for row in await planned(database, made)) == 1


async def test_what_is_posted_while_it_is_cancelled_is_put_right(database: Database, community: Community) -> None:
    made = await publish(database, community)
    async with database.begin() as session:
        await cancel(session, community.id, made.id, version=1, reason="", by=MODERATOR, now=NOW)
        await note_announcement(session, community.id, made.id, 11, 22, NOW)
        await note_event(session, community.id, made.id, 33, NOW)
    rows = await planned(database, made)
    assert {(row.kind, row.occurrence) for row in rows if row.kind in (CANCELLED_MARK, CANCELLED_EVENT)} == {
        (CANCELLED_MARK, ""),
        (CANCELLED_MARK, "22"),
        (CANCELLED_EVENT, ""),
        (CANCELLED_EVENT, "33"),
    }


async def test_what_failed_is_planned_again_once_for_each_time_it_failed(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)

    async def again(now: datetime) -> int:
        async with database.begin() as session:
            return await plan_failed_again(session, community.id, now)

    async def fail() -> None:
        async with database.begin() as session:
            for row in await claim_due(session, now=NOW, owner="x", lease=DAY, limit=10):
                await mark_failed(session, row, now=NOW, reason="no such channel")

    assert await again(NOW) == 0, "nothing has failed"
    await fail()
    assert [await again(NOW), await again(NOW)] == [2, 0]
    rows = [row for row in await planned(database, made) if row.kind in (ANNOUNCEMENT, EVENT) and row.state == PENDING]
    assert {(row.kind, row.occurrence) for row in rows} == {(ANNOUNCEMENT, "again:1"), (EVENT, "again:1")}
    assert next(row for row in rows if row.kind == ANNOUNCEMENT).details == {"notify": True}
    await fail()
    assert await again(made.ends_at) == 0, "it is over"
    assert await again(NOW) == 2
    async with database.begin() as session:
        await note_announcement(session, community.id, made.id, 11, 22, NOW)
        await note_event(session, community.id, made.id, 33, NOW)
    await fail()
    assert await again(NOW) == 0, "both are there"


async def test_what_is_ahead_or_under_way_is_listed_next_first(database: Database, community: Community) -> None:
    later = await publish(database, community, new("Later", STARTS + DAY, area="leadership"))
    sooner = await publish(database, community, new("Sooner", STARTS))
    async with database.read() as session:

        async def listed(now: datetime, area: str | None = None) -> list[int]:
            return [webinar.id for webinar in await upcoming(session, community.id, now=now, key_area=area)]

        assert await listed(NOW) == [sooner.id, later.id]
        assert await listed(NOW, "leadership") == [later.id]
        assert await listed(sooner.ends_at - timedelta(seconds=1)) == [sooner.id, later.id]
        assert await listed(sooner.ends_at) == [later.id]
        following = await next_of_key_area(session, community.id, "budgeting", now=NOW)
        assert following == sooner
        assert await next_of_key_area(session, community.id, "capacity", now=NOW) is None


async def test_titles_are_found_without_accents_those_ahead_first(database: Database, community: Community) -> None:
    late = await publish(database, community, new("Évaluer la prévention II", STARTS + DAY))
    soon = await publish(database, community, new("Évaluer la prévention I", STARTS))
    await publish(database, community, new("Budgets", STARTS))
    async with database.read() as session:

        async def found(text: str, now: datetime, *, only_ahead: bool = False) -> list[int]:
            titles = await search_titles(session, community.id, text, now=now, only_ahead=only_ahead)
            return [webinar.id for webinar in titles]

        assert await found("evaluer  la PREV", NOW) == [soon.id, late.id]
        assert await found("prevention", soon.ends_at) == [late.id, soon.id]
        assert await found("prevention", soon.ends_at, only_ahead=True) == [late.id]
        assert await found("%", NOW) == []
        assert len(await found("", NOW)) == 3


async def test_the_search_knows_what_it_is_about(database: Database, community: Community) -> None:
    made = await publish(database, community)
    async with database.read() as session:
        [document] = await webinar_documents(session, [str(made.id)])
    assert (document.kind, document.id, document.community_id) == ("webinar", str(made.id), community.id)
    assert document.title("fr") == "Budgets that count"
    assert document.key_areas == ("budgeting",)
    assert "meet.example" not in str(document), "the link is for those who come"

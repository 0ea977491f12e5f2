"""What is kept of a webinar that is over, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import String, literal_column, select, text

from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import PENDING, SKIPPED, list_for_subject
from data.models import SurveyAnswerRow, SurveyMarkRow
from data.wall_time import Moment
from data.webinars import NewWebinar, Webinar, cancel, create, edit, set_rsvp
from data.webinars.after import AFTER, AFTER_PAUSE, MATERIAL, SURVEY_END, SURVEY_SPAN, past
from data.webinars.attendance import attendees, note_attendance, remove_attendance
from data.webinars.materials import MOST, FullFault, NewMaterial, ThereFault, add_material, list_materials
from data.webinars.recaps import get_recap, write_recap
from data.webinars.survey import Results, answer_survey, forget_who_answered, has_answered, survey_results

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
STARTS = datetime(2027, 1, 20, 15, 0, tzinfo=UTC)
OVER = STARTS + timedelta(hours=2)
MODERATOR = 100


@pytest.fixture
async def community(database: Database) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session, 7, name="Network", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )


def new(starts: datetime = STARTS, **more: Any) -> NewWebinar:
    about: dict[str, Any] = {"title": "Budgets", "description": "Costs.", "speakers": "", "link": None, "minutes": 60}
    return NewWebinar(**about, moment=Moment.at(starts, "UTC"), **more)


@pytest.fixture
async def webinar(database: Database, community: Community) -> Webinar:
    async with database.begin() as session:
        return await create(session, community, new(), by=MODERATOR, now=NOW)


def link(number: int) -> NewMaterial:
    return NewMaterial(kind="slides", title="Slides", url=f"https://files.example/{number}", language=None)


async def test_what_follows_moves_and_goes_with_the_webinar(
    database: Database, community: Community, webinar: Webinar
) -> None:
    async def planned() -> dict[str, tuple[str, datetime]]:
        async with database.read() as session:
            rows = await list_for_subject(session, community.id, webinar.subject)
        return {row.kind: (row.state, row.due_at) for row in rows if row.kind in (AFTER, SURVEY_END)}

    ends = webinar.ends_at
    assert await planned() == {AFTER: (PENDING, ends + AFTER_PAUSE), SURVEY_END: (PENDING, ends + SURVEY_SPAN)}
    later = timedelta(days=3)
    async with database.begin() as session:
        moved = await edit(session, community, webinar.id, new(STARTS + later), version=1, by=MODERATOR, now=NOW)
    assert moved is not None
    assert await planned() == {
        AFTER: (PENDING, ends + later + AFTER_PAUSE),
        SURVEY_END: (PENDING, ends + later + SURVEY_SPAN),
    }
    async with database.begin() as session:
        await cancel(session, community.id, webinar.id, version=2, reason="", by=MODERATOR, now=NOW)
    assert {state for state, _ in (await planned()).values()} == {SKIPPED}
    async with database.read() as session:
        assert await past(session, community.id, now=OVER + later) == []


async def test_of_many_at_once_each_answer_is_kept_once_and_none_is_lost(
    database: Database, community: Community, webinar: Webinar
) -> None:
    async def answer(user_id: int) -> bool:
        async with database.begin() as session:
            return await answer_survey(session, webinar, user_id, 1 + user_id % 5, f"Text {user_id}")

    taken = await asyncio.gather(*(answer(user_id) for user_id in [*range(1, 11), *range(1, 11)]))
    assert sorted(taken) == [False] * 10 + [True] * 10
    async with database.read() as session:
        results = await survey_results(session, community.id, webinar.id)
        assert (results.answers, results.useful, results.mean) == (10, (2, 2, 2, 2, 2), 3.0)
        assert sorted(results.better) == sorted(f"Text {user_id}" for user_id in range(1, 11))
        assert await survey_results(session, 8, webinar.id) == Results(0), "another community"
    async with database.begin() as session:
        await forget_who_answered(session, webinar.id)
        assert not await has_answered(session, webinar.id, 1)
        assert (await survey_results(session, community.id, webinar.id)).answers == 10


async def test_nothing_in_the_database_leads_from_an_answer_to_a_person(
    database: Database, community: Community, webinar: Webinar
) -> None:
    """Not a column, not the order in which the rows lie, and not the transaction that wrote them."""
    users = [9, 3, 7, 1, 8]
    for user_id in users:
        async with database.begin() as session:
            await answer_survey(session, webinar, user_id, 5, f"Text {user_id}")
    async with database.read() as session:
        columns = {table: set(table.__table__.columns.keys()) for table in (SurveyAnswerRow, SurveyMarkRow)}
        assert columns[SurveyAnswerRow] & columns[SurveyMarkRow] == {"community_id", "webinar_id"}
        assert not {"answered_at", "created_at", "user_id"} & columns[SurveyAnswerRow]
        sqlite = session.get_bind().dialect.name == "sqlite"
        for table, key in ((SurveyAnswerRow, "id"), (SurveyMarkRow, "user_id")):
            name = table.__tablename__
            if sqlite:
                made = await session.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
                assert "WITHOUT ROWID" in made.scalar_one()
            else:
                lie: Any = select(literal_column("xmin::text", String), table.__table__.c[key]).order_by(text("ctid"))
                rows: list[Any] = list(await session.execute(lie))
                assert len({row[0] for row in rows}) == 1, "one transaction for all"
                assert [row[1] for row in rows] == sorted(row[1] for row in rows), "in the order of the keys"
        ids = list(await session.scalars(select(SurveyAnswerRow.id)))
        assert len({len(key) for key in ids}) == 1


async def test_the_list_knows_who_said_what_and_who_was_there(
    database: Database, community: Community, webinar: Webinar
) -> None:
    async with database.begin() as session:
        for user_id, said in ((1, "going"), (2, "maybe"), (3, "cannot")):
            await set_rsvp(session, community.id, webinar.id, user_id, said, NOW)
        assert await note_attendance(session, webinar, [2], OVER) == 1
        assert await note_attendance(session, webinar, [2], OVER) == 0
        assert await note_attendance(session, webinar, [2, 4, 4], OVER, by=MODERATOR) == 1
        assert await note_attendance(session, webinar, [], OVER, by=MODERATOR) == 0
        found = await attendees(session, webinar)
        assert [(one.user_id, one.answer, one.there, one.by_moderator) for one in found] == [
            (2, "maybe", True, False),
            (4, None, True, True),
            (1, "going", False, False),
            (3, "cannot", False, False),
        ]
        assert await remove_attendance(session, webinar, [2, 3], OVER, by=MODERATOR) == 1
        assert [one.user_id for one in await attendees(session, webinar) if one.there] == [4]


async def test_of_two_moderators_at_once_one_adds_and_one_writes(
    database: Database, community: Community, webinar: Webinar
) -> None:
    async def add(number: int) -> str:
        async with database.begin() as session:
            try:
                await add_material(session, webinar, link(number), by=MODERATOR, now=OVER)
            except (ThereFault, FullFault) as fault:
                return type(fault).__name__
        return "added"

    assert sorted(await asyncio.gather(*(add(0) for _ in range(5)))) == ["ThereFault"] * 4 + ["added"]
    assert sorted(await asyncio.gather(*(add(number) for number in range(1, MOST + 3)))) == ["FullFault"] * 3 + [
        "added"
    ] * (MOST - 1)

    async def write(words: str) -> bool:
        async with database.begin() as session:
            return await write_recap(session, webinar, words, version=0, by=MODERATOR, now=OVER) is not None

    assert sorted(await asyncio.gather(write("Mine."), write("Hers."))) == [False, True]
    async with database.begin() as session:
        assert len(await list_materials(session, community.id, webinar.id)) == MOST
        assert await list_materials(session, 8, webinar.id) == []
        changed = await write_recap(session, webinar, "Both.", version=1, by=MODERATOR, now=OVER)
        assert changed is not None
        assert await get_recap(session, webinar.id) == changed
        rows = await list_for_subject(session, community.id, webinar.subject)
        assert len([row for row in rows if row.kind == MATERIAL]) == MOST

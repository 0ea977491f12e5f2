"""Every table is accounted for; and where a person goes, nothing of them is left in any of them."""

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.languages import texts
from cogs.mydata import words
from data.aliases import alias_of
from data.communities import Community, ensure_community, set_preference
from data.database import Database
from data.members import Profile, mark_returned, submit_member
from data.models import AuditRow, Base, DeliveryRow, MemberRow, PeerRequestRow, PracticeRow, WebinarRow
from data.personal import (
    HOLDINGS,
    KEEPERS,
    NOBODYS,
    Holding,
    erase,
    held,
    is_erased,
    note_departure,
    people_known,
)
from data.seeding import ensure_seeded
from data.types import UTCDateTime
from tests.data.conftest import NOW

PERSON, OTHER = 700_000_000_000_000_111, 700_000_000_000_000_222
CANARY = "canary-of-a-person"
# Columns that hold somebody's id are named like this.
OF_SOMEBODY = re.compile(
    r"(^|_)(user|member|author|actor|host|owner|by|person|moderator|reviewer|reporter|speaker|attendee)(_id)?$"
)


# Named like that, and yet no person.
OF_NOBODY = {"lease_owner", "as_moderator"}
# Other columns of rows that are made already, or made in another way.
AGAIN = {
    "alias",
    "decisions_on_members",
    "decisions_on_practices",
    "decisions_on_suggestions",
    "attendance_noted",
    "reports_handled",
    "reports_about",
    "attestations_given",
    "focal_points_named",
    "questions_asked",
    "expected_listed",
    "practice_answers",
}


def every_table() -> set[type[Base]]:
    return {mapper.class_ for mapper in Base.registry.mappers}


def test_every_table_is_named() -> None:
    named = {holding.table for holding in HOLDINGS}
    assert every_table() - named - set(NOBODYS) == set(), "say in data/personal/holdings.py what becomes of it"
    assert not named & set(NOBODYS)


def test_every_column_that_holds_somebody_is_named() -> None:
    missed = [
        f"{table.__name__}.{column.key}"
        for table in every_table()
        for column in table.__table__.columns
        if OF_SOMEBODY.search(column.key)
        and column.key not in OF_NOBODY
        and column.key not in {name for holding in HOLDINGS if holding.table is table for name in holding.persons}
    ]
    assert missed == []


def test_everything_shown_has_a_name() -> None:
    assert {holding.name for holding in HOLDINGS if holding.shown} <= set(words.TITLES)
    assert {column for holding in HOLDINGS for column in holding.shown} <= set(words.COLUMNS)


def filler(column: Any, kind: type, text: str) -> Any:
    """Something that fits a column, with the person's words in it where it takes words."""
    if kind is datetime:
        return NOW if isinstance(column.type, UTCDateTime) else NOW.replace(tzinfo=None)
    if kind in (int, bool):
        return kind(1)
    if kind is str:
        return text
    return {"en": CANARY} if column.key in ("title", "summary", "sections", "details", "data", "hidden") else [CANARY]


async def put(session: AsyncSession, community: Community, holding: Holding, ids: dict[str, Any], user: int) -> None:
    """A row with the person in it, and their words in every column that takes words."""
    values: dict[str, Any] = {}
    # Told apart where they must be, by what is not the person's id.
    number = 1 if user == PERSON else 2
    for column in holding.table.__table__.columns:
        kind = datetime if isinstance(column.type, UTCDateTime) else column.type.python_type
        if column.key in holding.persons:
            values[column.key] = ids.get(column.key, f"user:{user}" if kind is str else user)
        elif column.key in ids:
            values[column.key] = ids[column.key]
        elif column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            values[column.key] = ids.get(target)
        elif not (column.primary_key and kind is int):
            values[column.key] = filler(column, kind, f"{CANARY}:{holding.name}:{column.key}:{number}")
    if holding.table is DeliveryRow:
        values |= {"state": "pending", "message_id": 5, "channel_id": 6, "target": f"user:{user}"}
    session.add(holding.table(**values))
    await session.flush()


async def fill(database: Database, community: Community, user: int) -> None:
    """Everything that can be held about a user."""
    async with database.begin() as session:
        ids: dict[str, Any] = {"community_id": community.id, "community": community.id, "key_area": "budgeting"}
        ids["actor"] = await alias_of(session, community.id, user)
        # What others hang on comes first; a row that is there already is not made twice.
        for holding in sorted(HOLDINGS, key=lambda one: one.table not in (MemberRow, WebinarRow)):
            if holding.name in AGAIN:
                continue
            await put(session, community, holding, ids, user)
            if holding.table is MemberRow:
                query = select(MemberRow.id).where(MemberRow.user_id == user)
                ids["member"] = ids["member_id"] = (await session.execute(query)).scalar_one()
            elif holding.table is PracticeRow:
                query = select(PracticeRow.id).where(PracticeRow.author_id == user)
                ids["practice"] = (await session.execute(query)).scalar_one()
            elif holding.table is PeerRequestRow:
                query = select(PeerRequestRow.id).where(PeerRequestRow.user_id == user)
                ids["peer_request"] = (await session.execute(query)).scalar_one()
            elif holding.table is WebinarRow:
                query = select(WebinarRow.id).where(WebinarRow.created_by == user)
                ids["webinar"] = ids["webinar_id"] = (await session.execute(query)).scalar_one()


async def everything(session: AsyncSession) -> dict[str, list[str]]:
    """Every row of every table as text."""
    return {
        table.name: [repr(tuple(row)) for row in await session.execute(select(table))]
        for table in Base.metadata.sorted_tables
    }


async def test_nothing_of_a_person_is_left(database: Database, community: Community) -> None:
    await ensure_seeded(database)
    await fill(database, community, PERSON)
    await fill(database, community, OTHER)
    async with database.read() as session:
        others = await held(session, community.id, OTHER)
        mine = await held(session, community.id, PERSON)
        wanted = {one.name for one in HOLDINGS} - AGAIN | {"alias"}
        assert set(mine) == set(others) == wanted, "everything is shown"
    async with database.begin() as session:
        await erase(session, community.id, PERSON, keep_practices=False, by=PERSON, now=NOW)
    async with database.read() as session:
        assert await held(session, community.id, PERSON) == {}
        assert await held(session, community.id, OTHER) == others, "another person's is not touched"
        left = await everything(session)
        # Two rows still know whom to take the roles from, and whose name from what is on its way, until that is done.
        roles = [row for row in left.pop("delivery") if str(PERSON) in row]
        assert len(roles) == 2
        assert all("mydata.roles" in row for row in roles)
        assert [row for rows in left.values() for row in rows if str(PERSON) in row] == []
        deleted = {one.table.__tablename__ for one in HOLDINGS if not one.forget and not one.kept}
        # A practice that was not published is emptied, not deleted: its words are gone all the same.
        for name in deleted | {"practice"}:
            assert len([row for row in left[name] if CANARY in row]) <= len(others), name
    async with database.begin() as session:
        assert await is_erased(session, community.id, PERSON, NOW)
        assert not await is_erased(session, community.id, OTHER, NOW)


async def test_who_has_no_profile_is_known_to_have_left_and_forgotten_in_time(
    database: Database, community: Community
) -> None:
    await ensure_seeded(database)
    later = NOW + timedelta(days=91)
    [left] = [keeper for keeper in KEEPERS if keeper.name == "left"]
    async with database.begin() as session:
        assert not await note_departure(session, community.id, PERSON, NOW), "nothing is held of them"
        for user in (PERSON, OTHER):
            await set_preference(session, community.id, user, language="fr")
        assert await people_known(session, community.id) == {PERSON, OTHER}
        for user in (PERSON, OTHER):
            assert await note_departure(session, community.id, user, NOW)
        assert await people_known(session, community.id) == set()
        await mark_returned(session, community.id, [OTHER])
        assert await people_known(session, community.id) == {OTHER}
    async with database.begin() as session:
        assert await left.apply(session, later, timedelta(days=90)) == 1
        assert await left.apply(session, later, timedelta(days=90)) == 0
        assert await held(session, community.id, PERSON) == {}
        assert set(await held(session, community.id, OTHER)) == {"preferences"}


async def test_the_log_stays_and_leads_to_nobody(database: Database, community: Community) -> None:
    await ensure_seeded(database)
    await fill(database, community, PERSON)
    async with database.read() as session:
        before = len((await session.execute(select(AuditRow.id))).all())
    async with database.begin() as session:
        await erase(session, community.id, PERSON, keep_practices=True, by=PERSON, now=NOW)
    async with database.read() as session:
        after = len((await session.execute(select(AuditRow.id))).all())
        assert after > before


def test_values_are_shown_as_people_read_them() -> None:
    t = texts("fr")
    shown = words.entry_text(
        t, {"country": "SN", "given_at": NOW.isoformat(), "contact_shown": False, "offers": ""}, words.Names()
    )
    assert "Sénégal" in shown
    assert "<t:" in shown
    assert "non" in shown
    assert shown.count("\n") == 2
    names = words.Names({7: "Des budgets qui comptent"}, {"budgeting": "Budgétisation"})
    codes = {
        "webinar_id": 7,
        "answer": "going",
        "key_area": "budgeting",
        "offsets": [604800, 5400],
        "languages": ["fr", "pt"],
        "organisation_kind": "police",
        "kind": "onboarding.welcome",
        "state": "lapsed",
    }
    shown = words.entry_text(t, codes, names)
    for word in ("Des budgets qui comptent", "Budgétisation", "1\xa0semaine", "90 minutes", "portugais", "Adhésion"):
        assert word in shown, word
    assert not re.search(r"going|604800|onboarding|lapsed|budgeting", shown)


async def test_another_community_is_not_touched(database: Database, community: Community) -> None:
    await ensure_seeded(database)
    await fill(database, community, PERSON)
    async with database.begin() as session:
        there = await ensure_community(
            session, 5, name="Elsewhere", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[]
        )
        await set_preference(session, there.id, PERSON, language="fr")
        profile = Profile(
            **dict.fromkeys(("name", "organisation_kind", "organisation", "role", "offers", "seeks"), "x"),
            country="SN",
            key_areas=("budgeting",),
            languages=("fr",),
            language="fr",
            directory=True,
        )
        await submit_member(session, there.id, PERSON, profile, notice_version="2", now=NOW)
        before = await held(session, there.id, PERSON)
    assert {"profile", "key_areas", "consents", "preferences", "actions", "alias"} <= set(before)
    async with database.begin() as session:
        await erase(session, community.id, PERSON, keep_practices=True, by=PERSON, now=NOW)
        assert await held(session, community.id, PERSON) == {}
        assert await held(session, there.id, PERSON) == before


async def test_erased_twice_at_once(database: Database, community: Community) -> None:
    await ensure_seeded(database)
    await fill(database, community, PERSON)

    async def once() -> None:
        async with database.begin() as session:
            await erase(session, community.id, PERSON, keep_practices=True, by=PERSON, now=NOW)

    await asyncio.gather(once(), once())
    async with database.read() as session:
        assert await held(session, community.id, PERSON) == {}

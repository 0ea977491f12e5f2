"""What stood in a database of an earlier release is there after the update, on both databases."""

from datetime import timedelta

from alembic import command
from sqlalchemy import Connection, text

from data.audit import list_entries
from data.database import Database
from data.deliveries import list_for_subject
from data.engines import parse_address, single_use, sqlite_writer
from data.members import attestations
from data.migrations.run import configuration
from data.personal import KEEPERS
from data.webinars import get

FIRST = """
INSERT INTO community (id, name, languages, zone, reminder_offsets, created_at)
VALUES (7, 'Network', '["en"]', 'UTC', '[]', '2027-01-01 00:00:00+00:00');
INSERT INTO key_area (id, position, name, description) VALUES ('budgeting', 3, '{}', '{}');
INSERT INTO webinar (id, community_id, state, title, description, speakers, wall_time, zone, starts_at, minutes,
  key_area, created_by, created_at, version)
VALUES (5, 7, 'scheduled', 'Budgets', 'Costs', '', '2027-01-20 15:00:00', 'UTC', '2027-01-20 15:00:00+00:00', 60,
  'budgeting', 100, '2027-01-01 00:00:00+00:00', 1);
INSERT INTO member (id, community_id, user_id, state, name, country, organisation_kind, organisation, role, languages,
  offers, seeks, language, submitted_at, decided_at, decided_by, version)
VALUES (3, 7, 201, 'approved', 'Awa', 'SN', 'police', 'Police', 'Commissaire', '["fr"]', '', '', 'fr',
  '2027-01-01 00:00:00+00:00', '2027-01-01 00:00:00+00:00', 100, 2);
INSERT INTO audit_entry (community_id, at, actor_id, action, object_kind, object_id, details)
VALUES (7, '2027-01-01 00:00:00+00:00', 100, 'onboarding.approve', 'member', '3', '{}');
INSERT INTO rsvp (webinar_id, user_id, answer, answered_at) VALUES (5, 201, 'going', '2027-01-02 00:00:00+00:00')
"""


def first_release(connection: Connection) -> None:
    """The tables as they began, with a webinar in them that somebody comes to."""
    command.upgrade(configuration(connection), "0001")
    for statement in FIRST.split(";\n"):
        connection.execute(text(statement.replace(":", "\\:")))


async def test_a_webinar_keeps_its_key_area_its_answers_and_its_number(empty_url: str) -> None:
    address = parse_address(empty_url)
    sqlite = address.dialect == "sqlite"
    engine = sqlite_writer(address) if sqlite else single_use(address)
    async with engine.begin() as connection:
        await connection.run_sync(first_release)
    await engine.dispose()
    async with Database.open(empty_url) as database, database.read() as session:
        found = await get(session, 7, 5)
        assert found is not None
        assert (found.key_areas, found.kind, found.audience, found.capacity) == (("budgeting",), "webinar", "all", None)
        assert (found.spoken, found.interpreted, found.host) == ((), (), 100)
        said = (await session.execute(text("SELECT user_id, answer, turn FROM rsvp"))).all()
        assert [tuple(row) for row in said] == [(201, "going", None)]
        if sqlite:
            last = await session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'webinar'"))
            assert last.scalar_one() == 5, "its number is never given again"


async def test_the_log_keeps_who_did_what_and_members_keep_their_place_until_they_were_told(empty_url: str) -> None:
    address = parse_address(empty_url)
    engine = sqlite_writer(address) if address.dialect == "sqlite" else single_use(address)
    async with engine.begin() as connection:
        await connection.run_sync(first_release)
    await engine.dispose()
    [words] = [keeper for keeper in KEEPERS if keeper.name == "words"]
    async with Database.open(empty_url) as database:
        async with database.read() as session:
            [entry] = await list_entries(session, 7)
            assert (entry.actor_id, entry.action, entry.object_id) == (100, "onboarding.approve", "3")
            assert entry.actor != "100", "by an alias only"
            [word] = await attestations(session, 3)
            assert (word.given_by, word.vouches, word.as_focal_point) == (100, True, False)
        soon = word.expires_at - timedelta(days=29)
        async with database.begin() as session:
            assert await words.apply(session, soon - timedelta(days=9), timedelta(days=90)) == 0
            assert await words.apply(session, soon, timedelta(days=90)) == 1
            assert await words.apply(session, soon, timedelta(days=90)) == 0
            planned = {row.kind for row in await list_for_subject(session, 7, "member:3")}
            assert {"onboarding.renew", "onboarding.renew.ask", "onboarding.lapse"} <= planned

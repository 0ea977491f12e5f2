"""What stood in a database of an earlier release is there after the update, on both databases."""

from alembic import command
from sqlalchemy import Connection, text

from data.database import Database
from data.engines import parse_address, single_use, sqlite_writer
from data.migrations.run import configuration
from data.webinars import get

FIRST = """
INSERT INTO community (id, name, languages, zone, reminder_offsets, created_at)
VALUES (7, 'Network', '["en"]', 'UTC', '[]', '2027-01-01 00:00:00+00:00');
INSERT INTO key_area (id, position, name, description) VALUES ('budgeting', 3, '{}', '{}');
INSERT INTO webinar (id, community_id, state, title, description, speakers, wall_time, zone, starts_at, minutes,
  key_area, created_by, created_at, version)
VALUES (5, 7, 'scheduled', 'Budgets', 'Costs', '', '2027-01-20 15:00:00', 'UTC', '2027-01-20 15:00:00+00:00', 60,
  'budgeting', 100, '2027-01-01 00:00:00+00:00', 1);
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

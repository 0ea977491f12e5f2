"""What is due is found by an index, and what was planned before there was one is found as well."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, event, text

from data.communities import Community
from data.database import Database
from data.deliveries import claim_due, claim_interrupted, expire_overdue, next_due
from data.engines import parse_address, prepare_file, single_use, sqlite_writer
from data.migrations.run import configuration
from data.types import UTCDateTime
from tests.data.conftest import NOW
from tests.data.test_deliveries import HOUR, begin, claim, claim_one, planned

BEFORE = "0003"
PLANNED = """
INSERT INTO delivery (community_id, kind, subject, occurrence, target, details, due_at, state, attempts, planned_at,
                      lease_owner, lease_until)
VALUES (1, 'webinar.reminder', 'webinar:12', :state || :number, 'channel:webinars', '{}', :due, :state, 0, :due,
        :owner, :until)
"""


@contextmanager
def statements() -> Generator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_1: object, _2: object, statement: str, values: Any, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)  # PostgreSQL walks where a table is as small as this one
async def test_nothing_walks_through_the_table(database: Database, community: Community) -> None:
    facts: dict[str, Any] = {"now": NOW, "owner": "one", "lease": HOUR, "limit": 20, "other_owners": True}
    with statements() as seen:
        async with database.begin() as session:
            await expire_overdue(session, NOW)
            await claim_interrupted(session, **facts)
            await claim_due(session, **facts, kinds=["webinar.reminder", "webinar.announcement"])
            await next_due(session, kinds=["webinar.reminder"])
    async with database.read() as session:
        connection = await session.connection()
        for statement, values in seen:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [step for *_, step in plan if "delivery" in str(step)]
            assert steps
            assert all(step.startswith("SEARCH delivery USING") for step in steps), (statement, steps)


async def test_what_is_finished_wakes_nobody_and_the_dead_are_followed_at_once(
    database: Database, community: Community
) -> None:
    """Also where the dead one's clock was ahead by a day."""
    ahead = NOW + timedelta(days=1)
    await planned(database, community, occurrence="begun")
    begun = await claim_one(database, ahead, owner="dead")
    assert await begin(database, begun, ahead)
    await planned(database, community, occurrence="claimed")
    await claim_one(database, ahead, owner="dead")
    assert await claim(database) == []
    found = await claim(database, owner="two", other_owners=True)
    assert [row.occurrence for row in found] == ["claimed"]
    async with database.begin() as session:
        left = await claim_interrupted(session, now=NOW, owner="two", lease=HOUR, limit=20)
    assert [row.id for row in left] == [begun.id]


async def test_what_was_planned_before_is_found_when_it_was_due(empty_url: str) -> None:
    cases: list[tuple[str, str | None, datetime | None, datetime | None]] = [
        # state, owner and end of the lease before; when it wakes
        ("pending", None, None, NOW),
        ("pending", None, NOW - HOUR, NOW),
        ("pending", "one", NOW + HOUR, NOW + HOUR),
        ("sending", "one", NOW - HOUR, NOW - HOUR),
        ("sending", None, None, NOW),
        ("sent", None, None, None),
        ("skipped", None, NOW + HOUR, None),
    ]

    def before(connection: Connection) -> None:
        command.upgrade(configuration(connection), BEFORE)
        connection.execute(
            text(
                "INSERT INTO community (id, name, languages, zone, reminder_offsets, created_at)"
                " VALUES (1, 'Network', '[]', 'UTC', '[]', :now)"
            ).bindparams(now=kept(NOW))
        )
        for number, (state, owner, until, _) in enumerate(cases):
            values = {"state": state, "number": str(number), "due": kept(NOW), "owner": owner, "until": kept(until)}
            connection.execute(text(PLANNED), values)

    address = parse_address(empty_url)
    sqlite = address.dialect == "sqlite"

    def kept(moment: datetime | None) -> Any:
        return f"{moment:%Y-%m-%d %H:%M:%S.%f}" if sqlite and moment else moment

    if address.path is not None:
        prepare_file(Path(address.path))
    engine = sqlite_writer(address) if sqlite else single_use(address)
    async with engine.begin() as connection:
        await connection.run_sync(before)
    await engine.dispose()
    async with Database.open(empty_url) as database, database.read() as session:
        rows = await session.execute(
            text("SELECT state, wake_at FROM delivery ORDER BY id").columns(wake_at=UTCDateTime())
        )
        assert [tuple(row) for row in rows] == [(state, wakes) for state, _, _, wakes in cases]

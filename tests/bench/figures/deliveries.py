"""Deliveries: asking a large table when to look again, and claiming what is due.

A table with many planned rows (`--rows`), due over the coming year and of all kinds in like parts; one in fifty is due
already. `next_due` is one statement; `expire_overdue` (of nothing) and `claim_due(100)` are a write transaction
each, with its commit; after each claim the rows are set free again, uncounted. The floor runs the very statements that
ours sent, as they reached the driver, in transactions of the same sort, through `sqlite3` and through `asyncpg`: it
tells whether the statements suit the table, and the rest is what SQLAlchemy, threads and sessions cost. SQLite writes
with `synchronous=FULL`; the test server of PostgreSQL does not wait for the disk.
"""

import sqlite3
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import pytest
from sqlalchemy import Connection, Engine, event, text

from data.communities import ensure_community
from data.database import Database
from data.deliveries import claim_due, expire_overdue, next_due
from tests import databases
from tests.bench.figure import Figure, Options, alternate, percentile

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
KINDS = [f"bench.kind{number}" for number in range(20)]
COMMUNITY = 1
CLAIMED = 100
LOOKS, CLAIMS = 20, 10
SET_FREE = "UPDATE delivery SET lease_owner = NULL, lease_token = NULL, wake_at = due_at WHERE lease_owner = 'bench'"
# Rows made in the database itself: a million sent there one by one take minutes.
FILL = """
INSERT INTO delivery (community_id, kind, subject, occurrence, target, details, due_at, wake_at, expires_at, state,
                      attempts, planned_at)
SELECT 1, 'bench.kind' || (number % :kinds), 'webinar:' || (number / 4), CAST(number % 4 AS TEXT), 'channel:webinars',
       '{{}}', {due_at}, {due_at}, {expires_at}, 'pending', 0, {due_at}
FROM {numbers}
"""
# For each database: numbers from 0, and a moment as it is kept, from seconds.
NUMBERS = {
    "sqlite": (
        """(WITH RECURSIVE counted (number) AS
            (SELECT 0 UNION ALL SELECT number + 1 FROM counted WHERE number + 1 < :rows)
            SELECT number FROM counted)""",
        "strftime('%Y-%m-%d %H:%M:%f000', {}, 'unixepoch')",
    ),
    "postgresql": ("generate_series(0, CAST(:rows AS BIGINT) - 1) AS counted (number)", "to_timestamp({})"),
}

Statement = tuple[str, tuple[Any, ...]]
Job = Callable[[], Awaitable[object]]


class Raw(Protocol):
    """A connection without anything around it."""

    async def run(self, statements: Sequence[Statement], *, write: bool) -> None:
        """Run statements in one transaction and fetch what they return."""
        ...


@dataclass(slots=True)
class Sqlite:
    connection: sqlite3.Connection

    async def run(self, statements: Sequence[Statement], *, write: bool) -> None:
        self.connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        for statement, values in statements:
            self.connection.execute(statement, values).fetchall()
        self.connection.execute("COMMIT")


@dataclass(slots=True)
class Postgresql:
    connection: "asyncpg.Connection[asyncpg.Record]"

    async def run(self, statements: Sequence[Statement], *, write: bool) -> None:
        isolation = "read_committed" if write else "repeatable_read"
        async with self.connection.transaction(isolation=isolation, readonly=not write):
            for statement, values in statements:
                await self.connection.fetch(statement, *values)


@asynccontextmanager
async def raw(dialect: str, url: str) -> AsyncGenerator[Raw]:
    if dialect == "sqlite":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in ("busy_timeout = 5000", "foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        yield Sqlite(connection)
        connection.close()
        return
    server = await asyncpg.connect(url)
    # What autovacuum does a minute later.
    await server.execute("ANALYZE delivery")
    yield Postgresql(server)
    await server.close()


@dataclass(slots=True)
class Recorder:
    """Notes what reaches the driver, but for the transactions themselves."""

    statements: list[Statement] = field(default_factory=list[Statement])

    def note(
        self, _connection: Connection, _cursor: object, statement: str, values: Any, _context: object, _many: bool
    ) -> None:
        if not statement.startswith("BEGIN"):
            self.statements.append((statement, tuple(values)))


@contextmanager
def recorded() -> Generator[list[Statement]]:
    recorder = Recorder()
    event.listen(Engine, "before_cursor_execute", recorder.note)
    try:
        yield recorder.statements
    finally:
        event.remove(Engine, "before_cursor_execute", recorder.note)


async def fill(db: Database, rows: int) -> None:
    """Plan so many messages, one in fifty due by now and the others over a year."""
    async with db.begin() as session:
        await ensure_community(
            session, COMMUNITY, name="Bench", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )
        numbers, moment = NUMBERS[db.dialect]
        due = rows // 50
        facts = {
            "rows": rows,
            "due": due,
            "step": timedelta(days=365).total_seconds() / max(rows - due, 1),
            "now": NOW.timestamp(),
            "in_a_year": NOW.timestamp() + timedelta(days=400).total_seconds(),
            "kinds": len(KINDS),
        }
        due_at = moment.format("CAST(:now AS FLOAT) + (number - :due) * CAST(:step AS FLOAT)")
        statement = FILL.format(numbers=numbers, due_at=due_at, expires_at=moment.format("CAST(:in_a_year AS FLOAT)"))
        await session.execute(text(statement), facts)


async def median_of(times: int, work: Job, after: Job | None = None) -> float:
    """How long it takes, in milliseconds: the median of so many times, with something uncounted after each."""
    seconds: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - began)
        if after is not None:
            await after()
    return percentile(seconds, 0.5) * 1000


async def compare(dialect: str, url: str, options: Options) -> list[Figure]:
    async with Database.open(url) as db:
        await fill(db, options.rows)
        async with raw(dialect, url) as bare:

            async def look() -> None:
                async with db.glance() as session:
                    assert await next_due(session, kinds=KINDS) is not None

            async def expire() -> None:
                async with db.begin() as session:
                    assert await expire_overdue(session, NOW) == 0

            async def claim() -> None:
                async with db.begin() as session:
                    lease = timedelta(minutes=5)
                    found = await claim_due(session, now=NOW, owner="bench", lease=lease, limit=CLAIMED, kinds=KINDS)
                    assert len(found) == min(CLAIMED, options.rows // 50 + 1)

            async def set_free() -> None:
                await bare.run([(SET_FREE, ())], write=True)

            with recorded() as looking:
                await look()
            with recorded() as expiring:
                await expire()
            with recorded() as claiming:
                await claim()
            await set_free()

            looks = await alternate(
                options.rounds,
                lambda: median_of(LOOKS, look),
                lambda: median_of(LOOKS, lambda: bare.run(looking, write=False)),
            )
            expiries = await alternate(
                options.rounds,
                lambda: median_of(LOOKS, expire),
                lambda: median_of(LOOKS, lambda: bare.run(expiring, write=True)),
            )
            claims = await alternate(
                options.rounds,
                lambda: median_of(CLAIMS, claim, set_free),
                lambda: median_of(CLAIMS, lambda: bare.run(claiming, write=True), set_free),
            )
    name, driver = {"sqlite": ("SQLite", "sqlite3"), "postgresql": ("PostgreSQL", "asyncpg")}[dialect]
    against = f"the same SQL through {driver}"
    return [
        Figure(f"{what} of {options.rows:,} rows, {name}", "ms", tuple(ours), tuple(floor), against)
        for what, (ours, floor) in (
            ("next_due", looks),
            ("expire_overdue", expiries),
            (f"claim_due({CLAIMED})", claims),
        )
    ]


async def measure(options: Options) -> list[Figure]:
    found: list[Figure] = []
    for dialect in databases.DIALECTS:
        with tempfile.TemporaryDirectory(prefix="convenor-bench-") as folder:
            try:
                url = databases.make(dialect, Path(folder))
            except pytest.skip.Exception as reason:
                found.append(Figure(f"deliveries, {dialect}", "ms", (), (), "", why_not=str(reason)))
                continue
            found += await compare(dialect, url, options)
            databases.drop(url)
    return found

"""Members: a profile and the queue of moderators, in a community of 10,000 and in one of 20.

What `/profile view` and `/onboarding queue` read of the database and make of it, in one process with SQLite and without
Discord: the same code, on two files that differ only in how many people they hold. Half of those are members, and half
wait for a decision.
"""

import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bot.languages import texts
from cogs.onboarding import cards
from data.communities import ensure_community
from data.database import Database
from data.members import count_pending, get_by_user, list_pending
from data.members.visibility import MEMBERS
from data.models import ConsentRow, MemberKeyAreaRow, MemberRow
from data.seeding import ensure_seeded
from tests.bench.figure import Figure, Options, alternate, spread

COMMUNITY = 1
MANY, FEW = 10_000, 20
TIMES = 300
NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)


async def fill(db: Database, people: int) -> None:
    """So many people: each other one waits."""
    await ensure_seeded(db)
    async with db.begin() as session:
        await ensure_community(
            session, COMMUNITY, name="Network", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[0]
        )
        rows = [
            MemberRow(
                community_id=COMMUNITY,
                user_id=number,
                state="pending" if number % 2 else "approved",
                name=f"Person {number}",
                country="SN",
                organisation_kind="police",
                organisation="Police nationale",
                role="Commissaire",
                languages=["fr", "en"],
                offers="A training of recruits",
                seeks="Peers who measure trust",
                language="fr",
                submitted_at=NOW,
            )
            for number in range(1, people + 1)
        ]
        session.add_all(rows)
        await session.flush()
        session.add_all(MemberKeyAreaRow(member_id=row.id, key_area="budgeting") for row in rows)
        session.add_all(
            ConsentRow(member_id=row.id, purpose="directory", notice_version="1", given_at=NOW) for row in rows
        )


async def timed(work: Callable[[], Awaitable[object]]) -> list[float]:
    """How long it takes each of many times, in seconds."""
    seconds: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - began)
    return seconds


async def measure(options: Options) -> list[Figure]:
    t = texts("fr")
    found: list[Figure] = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convenor-bench-")))
        opened: list[Database] = []
        for people in (MANY, FEW):
            db = await stack.enter_async_context(Database.open(f"sqlite:///{folder}/{people}.sqlite"))
            await fill(db, people)
            opened.append(db)

        def profile(db: Database, people: int) -> Callable[[], Awaitable[object]]:
            users = cycle(range(2, people + 1, 2))

            async def view() -> object:
                async with db.read() as session:
                    member = await get_by_user(session, COMMUNITY, next(users))
                    facts = await cards.load_facts(session)
                assert member is not None
                return cards.profile_card(t, facts, member, to=MEMBERS)

            return view

        def queue(db: Database, _people: int) -> Callable[[], Awaitable[object]]:
            async def show() -> object:
                async with db.read() as session:
                    total = await count_pending(session, COMMUNITY)
                    waiting = await list_pending(session, COMMUNITY, limit=10)
                return total, [cards.queue_line(t, member) for member in waiting]

            return show

        for what, make in (("a profile", profile), ("the queue", queue)):
            many, few = make(opened[0], MANY), make(opened[1], FEW)
            ours, floor = await alternate(options.rounds, lambda many=many: timed(many), lambda few=few: timed(few))
            found += spread(f"{what}, {MANY:,} people", f"the same with {FEW}", ours, floor)
    return found

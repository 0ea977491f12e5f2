"""What the engine does to many deliveries at once waits for nobody: two that wait for each other end in an error."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.together import Together
from data.communities import ensure_community
from data.database import Database
from data.deliveries import (
    Delivery,
    begin_sending,
    cancel_pending,
    claim_due,
    claim_interrupted,
    expire_overdue,
    hold,
    plan,
    renew,
)
from tests.databases import drop, make

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
OWNER, MINUTE = "process", timedelta(minutes=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    """Four deliveries, about two things."""
    url = make("postgresql", tmp_path)
    try:
        async with Database.open(url) as opened:
            async with opened.begin() as session:
                await ensure_community(
                    session, 1, name="Network", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[]
                )
                for number in range(4):
                    await plan(
                        session,
                        community_id=1,
                        kind="test",
                        subject=f"test:{number % 2}",
                        occurrence=str(number),
                        target="channel:1",
                        due_at=NOW,
                        expires_at=NOW + MINUTE,
                        now=NOW,
                    )
            yield opened
    finally:
        drop(url)


async def test_keeping_taking_over_and_ending_waits_for_no_other_transaction(database: Database) -> None:
    async with database.begin() as session:
        rows = await claim_due(session, now=NOW, owner=OWNER, lease=MINUTE, limit=4)
    async with database.begin() as noting:
        assert await begin_sending(noting, rows[0], now=NOW)
        async with asyncio.timeout(5), database.begin() as stepping:
            await renew(stepping, [row.id for row in rows], owner=OWNER, until=NOW + 2 * MINUTE)
            assert await expire_overdue(stepping, NOW + 2 * MINUTE) == 3, "all but the first"
        async with asyncio.timeout(5), database.begin() as stepping:
            again = await claim_interrupted(stepping, now=NOW, owner="next", lease=MINUTE, limit=4, other_owners=True)
            assert again == [], "nobody knows yet what becomes of the first"


async def test_a_person_who_changes_what_is_being_noted_waits_for_nobody_who_waits_for_them(database: Database) -> None:
    together = Together(database.begin, hold)

    async def begin(row: Delivery) -> bool:
        return await together.do(lambda session: begin_sending(session, row, now=NOW), row=row.id)

    async with database.begin() as session:
        rows = await claim_due(session, now=NOW, owner=OWNER, lease=MINUTE, limit=4)
    async with asyncio.timeout(10):
        async with database.begin() as person:
            assert await cancel_pending(person, subject="test:1", reason="cancelled", now=NOW) == 2
            noting = [asyncio.create_task(begin(row)) for row in rows]
            # What the person has not touched is noted meanwhile. Were the others' turn awaited in the same transaction,
            # the next step of the person would wait for it.
            done, _ = await asyncio.wait(noting, timeout=5, return_when=asyncio.FIRST_COMPLETED)
            assert done
            assert await cancel_pending(person, subject="test:0", reason="cancelled", now=NOW) == 0, "on their way"
        assert await asyncio.gather(*noting) == [True, False, True, False]

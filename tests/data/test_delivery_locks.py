"""What the engine does to many deliveries at once waits for nobody: two that wait for each other end in an error."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.communities import ensure_community
from data.database import Database
from data.deliveries import begin_sending, claim_due, expire_overdue, plan, renew
from tests.databases import drop, make

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
OWNER, MINUTE = "process", timedelta(minutes=1)


async def test_keeping_leases_and_skipping_what_is_late_waits_for_no_other_transaction(tmp_path: Path) -> None:
    url = make("postgresql", tmp_path)
    try:
        async with Database.open(url) as database:
            async with database.begin() as session:
                await ensure_community(
                    session, 1, name="Network", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[]
                )
                for number in range(2):
                    await plan(
                        session,
                        community_id=1,
                        kind="test",
                        subject="test:1",
                        occurrence=str(number),
                        target="channel:1",
                        due_at=NOW,
                        expires_at=NOW + MINUTE,
                        now=NOW,
                    )
                first, second = await claim_due(session, now=NOW, owner=OWNER, lease=MINUTE, limit=2)
            async with database.begin() as noting:
                assert await begin_sending(noting, first, now=NOW)
                async with asyncio.timeout(5), database.begin() as stepping:
                    await renew(stepping, [first.id, second.id], owner=OWNER, until=NOW + 2 * MINUTE)
                    assert await expire_overdue(stepping, NOW + 2 * MINUTE) == 1, "the second one"
    finally:
        drop(url)

"""What is done twice in the same moment on PostgreSQL, where nobody waits for the one right to write."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.ask import steadily
from bot.errors import Refusal
from cogs.peers import rules
from cogs.peers.views import send_once
from data.communities import ensure_community
from data.database import Database
from data.drafts import save_draft
from data.models import CommunityRow, PeerRequestRow
from tests.databases import drop, make
from tests.webinars.test_remembered import NOW

AWA = 11


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Database]:
    """A database on PostgreSQL, with two communities in it."""
    url = make("postgresql", tmp_path)
    try:
        async with Database.open(url) as database:
            async with database.begin() as session:
                for number in (1, 2):
                    await ensure_community(
                        session, number, name="", now=NOW, languages=["en"], zone="UTC", reminder_offsets=[0]
                    )
            yield database
    finally:
        drop(url)


async def test_a_question_to_peers_that_is_sent_five_times_is_asked_once(server: Database) -> None:
    typed = {"question": "How do you cost a special unit in a small budget?", "key_areas": ["budgeting"]}
    async with server.begin() as session:
        await save_draft(
            session,
            community_id=1,
            user_id=AWA,
            kind=rules.DRAFT,
            data={**typed, "languages": [], "region": ["anywhere"]},
            now=NOW,
            keep=timedelta(days=1),
        )
    together = asyncio.Barrier(5)

    async def press() -> bool:
        async with server.begin() as session:
            await together.wait()
            try:
                await send_once(session, 1, AWA, "en", NOW)
            except Refusal:
                return False
            return True

    assert sum(await asyncio.gather(*(press() for _ in range(5)))) == 1
    async with server.read() as session:
        assert await session.scalar(select(func.count()).select_from(PeerRequestRow)) == 1


async def test_two_who_wait_for_each_other_both_get_through(server: Database) -> None:
    """Each holds what the other needs: PostgreSQL undoes one of the two, which is done anew."""
    both, tries = asyncio.Barrier(2), Counter[str]()

    async def change(who: str, ids: tuple[int, int]) -> None:
        tries[who] += 1
        async with server.begin() as session:
            for number, community_id in enumerate(ids):
                row = update(CommunityRow).where(CommunityRow.id == community_id)
                await session.execute(row.values(name=CommunityRow.name + who))
                if number == 0 and tries[who] == 1:
                    await both.wait()

    await asyncio.gather(steadily(lambda: change("A", (1, 2))), steadily(lambda: change("B", (2, 1))))
    assert sorted(tries.values()) == [1, 2]
    async with server.read() as session:
        names = (await session.scalars(select(CommunityRow.name))).all()
    assert [sorted(name) for name in names] == [["A", "B"], ["A", "B"]], "each change is there, once"

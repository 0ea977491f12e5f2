"""What happens at once: many in one transaction, and one that fails spoils no other."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.together import Together, Work
from data.database import Database
from data.kept import get_value, set_value
from tests.databases import sqlite_url

__all__ = ["sqlite_url"]


@pytest.fixture
async def db(sqlite_url: str) -> AsyncGenerator[Database]:
    async with Database.open(sqlite_url) as opened:
        yield opened


def noting(key: str, used: list[AsyncSession]) -> Work:
    async def note(session: AsyncSession) -> str:
        used.append(session)
        await set_value(session, key, "noted")
        if key == "broken":
            raise ValueError(key)
        return key

    return note


async def kept(db: Database, key: str) -> bool:
    async with db.read() as session:
        return await get_value(session, key) == "noted"


async def test_what_happens_at_once_is_committed_at_once_and_before_anyone_goes_on(db: Database) -> None:
    together, used = Together(db.begin), list[AsyncSession]()

    async def work(key: str) -> bool:
        assert await together.do(noting(key, used), row=int(key[4:])) == key
        return await kept(db, key)

    assert all(await asyncio.gather(*(work(f"key {number}") for number in range(10))))
    assert len(used) == 10
    assert len(set(map(id, used))) == 1


async def test_what_cannot_be_noted_spoils_nothing_else_and_tells_its_own(db: Database) -> None:
    together, used = Together(db.begin), list[AsyncSession]()
    found = await asyncio.gather(
        *(together.do(noting(key, used), row=row) for row, key in enumerate(("a", "broken", "b"))),
        return_exceptions=True,
    )
    assert [str(each) for each in found] == ["a", "broken", "b"]
    assert isinstance(found[1], ValueError)
    assert [await kept(db, key) for key in ("a", "broken", "b")] == [True, False, True]


async def test_what_nobody_waits_for_any_more_is_still_written(db: Database) -> None:
    together, used = Together(db.begin), list[AsyncSession]()
    task = asyncio.create_task(together.do(noting("left", used)))
    await asyncio.sleep(0)
    task.cancel()
    await together.settle()
    assert await kept(db, "left")

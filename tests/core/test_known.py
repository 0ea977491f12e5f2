"""What was read a moment ago is read again once it can have changed."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.demo.world import World
from bot.known import SECONDS, Known
from data.communities import Community, Preference, set_preference, update_settings
from data.database import Database

ANA = 7


@dataclass
class Watch:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


async def choose(db: Database, community_id: int, language: str) -> None:
    async with db.begin() as session:
        await set_preference(session, community_id, ANA, language=language)


async def test_what_another_process_changes_is_seen_within_a_second_and_ones_own_at_once(world: World) -> None:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    db, here, watch = bot.db, world.guild.id, Watch()
    other, own = Known(db, watch), Known(db, watch)
    db.after_commit(lambda marked: own.forget() if "settings" in marked else None)
    for known in (other, own):
        assert await known.preference(here, ANA) is None
        assert (await _community(known, here)).zone != "Africa/Dakar"
    await choose(db, here, "fr")
    async with db.begin() as session:
        await update_settings(session, here, zone="Africa/Dakar")
    assert await own.preference(here, ANA) == Preference("fr", None)
    assert (await _community(own, here)).zone == "Africa/Dakar"
    watch.now += SECONDS - 0.01
    assert await other.preference(here, ANA) is None, "it was read a moment ago"
    watch.now += 0.01
    assert await other.preference(here, ANA) == Preference("fr", None)
    assert (await _community(other, here)).zone == "Africa/Dakar"
    assert await other.preference(here + 1, ANA) is None, "what somebody chose here is not known elsewhere"


async def test_what_was_changed_while_it_was_read_is_not_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    db, here = bot.db, world.guild.id
    known = Known(db, Watch())
    glance = db.glance

    @asynccontextmanager
    async def slow() -> AsyncGenerator[AsyncSession]:
        async with glance() as session:
            yield session
        await choose(db, here, "es")
        known.forget()

    monkeypatch.setattr(db, "glance", slow)
    assert await known.preference(here, ANA) is None, "as it was when it was read"
    monkeypatch.undo()
    assert await known.preference(here, ANA) == Preference("es", None)


async def _community(known: Known, community_id: int) -> Community:
    found = await known.community(community_id)
    assert found is not None
    return found

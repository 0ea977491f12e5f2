"""The real bot in a simulated server, on a real database, for every test that wants one."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import URL, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.app import create_bot
from bot.demo.world import Persona, World, open_world
from bot.errors import as_refusal
from bot.permissions import needed
from bot.settings import Settings
from data.database import Database
from data.seeding import ensure_seeded
from tests import openapi

# A machine that builds other things meanwhile is slow, not wrong. On the way to a release the same cases are tried each
# time; new ones are for the people who can look at them.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("suite")

# A Tuesday morning; no country changes its clocks that day.
START = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)

OWNER = Persona("ana-secretariat", "Ana (secretariat)", "en-GB", "America/New_York")


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Generator[None]:
    """Hundreds of databases are opened by one process here: what a statement is in SQL is found out for one of them.

    So is what the words of the Network's facts stand for, which a bot that goes on has no use for.
    """
    first: dict[str, Engine] = {}

    def sharing(url: URL, **given: Any) -> AsyncEngine:
        made = create_async_engine(url, **given)
        known = first.setdefault(url.drivername, made.sync_engine)
        made.sync_engine.dialect = known.dialect
        made.sync_engine._compiled_cache = known._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.engines.create_async_engine", sharing)
        patch.setattr("data.search.index.forget", lambda: None)
        yield


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and facts, made once; tests get copies."""
    import asyncio

    path = tmp_path_factory.mktemp("seeded") / "convenor.db"

    async def make() -> None:
        async with Database.open(f"sqlite:///{path}") as db:
            await ensure_seeded(db)

    asyncio.run(make())
    return path


@pytest.fixture
def settings(tmp_path: Path, seeded_file: Path) -> Settings:
    """Settings on a fresh database of the test's own."""
    path = tmp_path / "convenor.db"
    shutil.copyfile(seeded_file, path)
    return Settings(database_url=f"sqlite:///{path}", poll_seconds=86400)


@pytest.fixture
def new_world(settings: Settings) -> Callable[[], AbstractAsyncContextManager[World]]:
    """Starts the bot in a server that it was just invited to, with exactly the permissions of the invitation."""

    def start() -> AbstractAsyncContextManager[World]:
        return open_world(lambda: create_bot(settings), OWNER, now=START, bot_permissions=needed())

    return start


@asynccontextmanager
async def hosted(opening: AbstractAsyncContextManager[World]) -> AsyncGenerator[World]:
    """Open and close a world in one task: pytest runs the two halves of a fixture in different contexts."""
    opened: asyncio.Future[World] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def host() -> None:
        try:
            async with opening as world:
                opened.set_result(world)
                await done.wait()
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)

    task = asyncio.create_task(host())
    try:
        yield await opened
    finally:
        done.set()
        await task


@pytest.fixture
async def bare_world(
    new_world: Callable[[], AbstractAsyncContextManager[World]],
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> AsyncGenerator[World]:
    """A server in which nothing was set up. `general` is its only channel.

    A fault of ours fails the test, wherever it was reported, unless the test is marked `faults`: it makes them happen.
    """
    async with hosted(new_world()) as world:
        world.guild.create_text_channel("general")
        yield world
        raised = [error for error in world.env.errors if as_refusal(error) is None]
        wrong = openapi.faults(world.env.http_requests)
    logged = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name.startswith("convenor") and record.levelno >= logging.ERROR
    ]
    assert not wrong, "Discord would refuse these requests"
    if request.node.get_closest_marker("faults") is None:
        assert not raised
        assert not logged


@pytest.fixture
async def world(bare_world: World) -> World:
    """A server that its owner set up with `/setup`, announcing in all four languages, English first."""
    owner, general = bare_world.owner.actor, bare_world.channel("general")
    plan = await owner.slash(general, "setup")
    assert plan.response is not None
    await owner.click(plan.response, label="Set up the server")
    return bare_world

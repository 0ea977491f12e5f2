"""The real bot in a simulated server, on a real database, for every test that wants one."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest

from bot.app import create_bot
from bot.demo.world import Persona, World, open_world
from bot.errors import as_refusal
from bot.permissions import needed
from bot.settings import Settings
from tests import openapi, shared
from tests.databases import run, sqlite_template, stop_servers
from tests.kept import Kept, go_on, keep
from tests.neighbours import Neighbours, meet

Opened = TypeVar("Opened")

# A machine that builds other things meanwhile is slow, not wrong. On the way to a release the same cases are tried each
# time; new ones are for the people who can look at them.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("suite")

# A Tuesday morning; no country changes its clocks that day.
START = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)

OWNER = Persona("ana-secretariat", "Ana (secretariat)", "en-GB", "America/New_York")


def pytest_sessionfinish() -> None:
    """Leave no database server behind."""
    stop_servers()


@pytest.fixture(scope="session", autouse=True)
def shared_by_all() -> Generator[None]:
    """What each of hundreds of worlds in this process would find out anew."""
    with pytest.MonkeyPatch.context() as patch:
        shared.share_statements(patch)
        shared.share_indexes(patch)
        shared.ask_sqlite_at_once(patch)
        shared.settle_in_time(patch)
        yield


@pytest.fixture(scope="session")
def seeded_file() -> Path:
    """A SQLite file with all tables and facts, made once; tests get copies."""
    return sqlite_template()


def settings_on(path: Path, seeded_file: Path) -> Settings:
    """Settings on a fresh copy of the seeded database."""
    shutil.copyfile(seeded_file, path)
    return Settings(database_url=f"sqlite:///{path}", poll_seconds=86400)


@pytest.fixture
def settings(tmp_path: Path, seeded_file: Path) -> Settings:
    """Settings on a fresh database of the test's own."""
    return settings_on(tmp_path / "convenor.db", seeded_file)


def invited(settings: Settings) -> AbstractAsyncContextManager[World]:
    """Starts the bot in a server that it was just invited to, with exactly the permissions of the invitation."""
    return open_world(lambda: create_bot(settings), OWNER, now=START, bot_permissions=needed())


@asynccontextmanager
async def hosted(opening: AbstractAsyncContextManager[Opened]) -> AsyncGenerator[Opened]:
    """Open and close a world in one task: pytest runs the two halves of a fixture in different contexts."""
    opened: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
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


Watch = Callable[[World], AbstractContextManager[None]]


@pytest.fixture
def watch(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Watch:
    """Looks on while a test goes through a world.

    A fault of ours fails the test, wherever it was reported, unless the test is marked `faults`: it makes them happen.
    """

    @contextmanager
    def watching(world: World) -> Generator[None]:
        yield
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

    return watching


@pytest.fixture
async def bare_world(settings: Settings, watch: Watch) -> AsyncGenerator[World]:
    """A server in which nothing was set up. `general` is its only channel."""
    async with hosted(invited(settings)) as world:
        world.guild.create_text_channel("general")
        with watch(world):
            yield world


@pytest.fixture(scope="session")
def set_up(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept[None]:
    """A server that its owner set up with `/setup`, announcing in all four languages, English first; made once."""
    folder = tmp_path_factory.mktemp("set-up")

    async def make() -> Kept[None]:
        settings = settings_on(folder / "convenor.db", seeded_file)
        async with invited(settings) as world:
            world.guild.create_text_channel("general")
            owner, general = world.owner.actor, world.channel("general")
            plan = await owner.slash(general, "setup")
            assert plan.response is not None
            await owner.click(plan.response, label="Set up the server")
        return keep(world, settings, folder, None)

    return run(make())


@pytest.fixture
async def world(set_up: Kept[None], settings: Settings, watch: Watch) -> AsyncGenerator[World]:
    """A server that its owner set up with `/setup`, announcing in all four languages, English first."""
    async with hosted(go_on(set_up, settings)) as (world, _):
        with watch(world):
            yield world


@pytest.fixture(scope="session")
def met(set_up: Kept[None], seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept[Neighbours]:
    """That server, filled, and another one next to it; made once."""
    folder = tmp_path_factory.mktemp("met")

    async def make() -> Kept[Neighbours]:
        settings = settings_on(folder / "convenor.db", seeded_file)
        async with go_on(set_up, settings) as (world, _):
            neighbours = await meet(world)
        return keep(world, settings, folder, neighbours)

    return run(make())


@pytest.fixture
async def neighbours(met: Kept[Neighbours], settings: Settings, watch: Watch) -> AsyncGenerator[Neighbours]:
    """Two communities, one with much that the other must never hear of."""
    async with hosted(go_on(met, settings)) as (world, neighbours):
        with watch(world):
            yield neighbours

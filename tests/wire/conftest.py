"""A server of our own for each test, and the real bot on a real database."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from tests.databases import db_url, make, sqlite_url
from tests.wire.control import Nursery
from tests.wire.scene import Scene, open_scene

__all__ = ["db_url", "sqlite_url"]


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where bots start quickly."""
    opened = Nursery(tmp_path_factory.mktemp("nursery"))
    yield opened
    opened.close()


@pytest.fixture
async def scene(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    """A server with a community in it, on SQLite, without rate limits."""
    async with open_scene(tmp_path, make("sqlite", tmp_path), nursery=nursery) as opened:
        yield opened

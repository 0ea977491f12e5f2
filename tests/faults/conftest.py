"""A server of our own, a database of each sort, and bots that are meant to die."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.databases import db_url, make
from tests.wire.control import Nursery
from tests.wire.scene import Scene, open_scene

__all__ = ["db_url"]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server with a community in it, on SQLite, without rate limits."""
    async with open_scene(tmp_path, make("sqlite", tmp_path)) as opened:
        yield opened


@pytest.fixture
async def deadly(tmp_path: Path, db_url: str) -> AsyncGenerator[Scene]:
    """The same on either database, with bots that start quickly."""
    async with Nursery.open(tmp_path) as nursery, open_scene(tmp_path, db_url, nursery=nursery) as opened:
        # So that there is something to be killed in between.
        await opened.server.order("delay", least=0.005, most=0.05)
        yield opened

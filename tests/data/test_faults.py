"""A database that cannot be used: one clear sentence, nothing replaced, no password told."""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.database import (
    AccessFault,
    BusyFault,
    Database,
    DatabaseFault,
    NewerSchemaFault,
    NotOursFault,
    OlderSchemaFault,
    UnreachableFault,
    UnreadableAddressFault,
)
from data.kept import set_value
from tests.databases import address_of, administer, make, postgresql_server

SECRET = "hush-hush"


async def fault_of(url: str, *, migrate: bool = True) -> DatabaseFault:
    with pytest.raises(DatabaseFault) as caught:
        async with Database.open(url, migrate=migrate):
            pass
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert "sqlalche.me" not in message
    return caught.value


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.engines.BUSY_MILLISECONDS", 200)


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        f"mysql://me:{SECRET}@host/name",
        f"postgresql://me:{SECRET}@host",
        f"postgresql://me:{SECRET}@host:port/name",
        f"postgresql+psycopg://me:{SECRET}@host/name",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file.sqlite?mode=ro",
        "sqlite://host/file.sqlite",
    ],
)
async def test_an_address_that_cannot_be_read(url: str) -> None:
    fault = await fault_of(url)
    assert isinstance(fault, UnreadableAddressFault)
    assert SECRET not in "".join(traceback.format_exception(fault))


async def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert str(tmp_path) in str(await fault_of(f"sqlite:///{tmp_path}"))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("journal", ["wal", "delete"])
async def test_a_locked_file(sqlite_url: str, journal: str) -> None:
    with contextlib.closing(sqlite3.connect(path_of(sqlite_url), isolation_level=None)) as holder:
        holder.execute(f"PRAGMA journal_mode = {journal}")
        holder.execute("BEGIN IMMEDIATE")
        fault = await fault_of(sqlite_url)
        assert isinstance(fault, BusyFault)
        assert "in use by another program" in str(fault)
        holder.execute("ROLLBACK")
    async with Database.open(sqlite_url) as database, database.begin() as session:
        await set_value(session, "k", "v")


@pytest.mark.usefixtures("impatient")
async def test_a_file_that_is_locked_later(sqlite_url: str) -> None:
    async with Database.open(sqlite_url) as database:
        with contextlib.closing(sqlite3.connect(path_of(sqlite_url), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(BusyFault):
                async with database.begin():
                    pass
            holder.execute("ROLLBACK")
        async with database.begin() as session:
            await set_value(session, "k", "v")


# Root may write anywhere, so the attempt is made as nobody: after one that works, when everything has been imported.
ATTEMPT = """
import asyncio, json, os, sys
from data.database import Database, DatabaseFault
from data.kept import set_value

async def write(path):
    try:
        async with Database.open(f"sqlite:///{path}") as database:
            async with database.begin() as session:
                await set_value(session, "k", "v")
    except DatabaseFault as fault:
        return [type(fault).__name__, str(fault)]
    return ["written", ""]

assert asyncio.run(write(sys.argv[1])) == ["written", ""]
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(json.dumps(asyncio.run(write(sys.argv[2]))))
"""


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user reaches, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="convenor-rights-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def attempt(works: Path, path: Path) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPT, str(works), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    kind, message = json.loads(done.stdout)
    return kind, message


@pytest.mark.parametrize(
    "file_mode, folder_mode, outcome",
    [
        (0o444, 0o555, "ReadOnlyFault"),
        (0o444, 0o777, "ReadOnlyFault"),
        (0o666, 0o555, "ReadOnlyFault"),  # SQLite keeps its log next to the file
        (0o000, 0o777, "ReadOnlyFault"),
        (None, 0o555, "ReadOnlyFault"),
        (0o666, 0o777, "written"),
    ],
)
def test_rights_that_are_missing(
    sqlite_url: str, public_folder: Path, file_mode: int | None, folder_mode: int, outcome: str
) -> None:
    path = public_folder / "convenor.sqlite"
    if file_mode is not None:
        shutil.copy(path_of(sqlite_url), path)
        path.chmod(file_mode)
    public_folder.chmod(folder_mode)
    kind, message = attempt(path_of(sqlite_url), path)
    assert kind == outcome, message
    assert outcome == "written" or str(path) in message


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert "cannot be made" in str(await fault_of(f"sqlite:///{tmp_path}/file/convenor.sqlite"))


@pytest.mark.parametrize("damage", ["text", "schema", "header"])
async def test_a_damaged_file_is_left_as_it_is(sqlite_url: str, damage: str) -> None:
    path = path_of(sqlite_url)
    content = bytearray(path.read_bytes())
    if damage == "text":
        content = bytearray(b"Dear diary, " * 1000)
    elif damage == "schema":
        content[100:4096] = os.urandom(3996)
    else:
        content[:16] = b"SQLite format 4\0"
    path.write_bytes(content)
    fault = await fault_of(sqlite_url)
    assert isinstance(fault, NotOursFault)
    assert "restore a backup" in str(fault)
    assert path.read_bytes() == content


async def test_a_page_that_is_damaged_is_told_when_it_is_read(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'kept_value'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    async with Database.open(sqlite_url) as database:
        with pytest.raises(NotOursFault, match="damaged"):
            async with database.begin() as session:
                await set_value(session, "k", "v")


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "convenor.sqlite"
    path.touch(mode=0o640)
    async with Database.open(f"sqlite:///{path}") as database:
        assert await database.head() is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o640  # its rights are its owner's choice


def change(url: str, *statements: str) -> None:
    """Do something to a database behind Convenor's back."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(path_of(url))) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return
    import asyncpg

    from tests.databases import run

    async def work() -> None:
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    run(work())


async def test_a_newer_database(db_url: str) -> None:
    change(db_url, "UPDATE alembic_version SET version_num = '9999'")
    fault = await fault_of(db_url)
    assert isinstance(fault, NewerSchemaFault)
    assert str(fault) == "This database was written by a newer Convenor (revision 9999). Update the program."


async def test_an_older_database_is_not_changed_unasked(empty_url: str) -> None:
    assert isinstance(await fault_of(empty_url, migrate=False), OlderSchemaFault)
    async with Database.open(empty_url):
        pass
    async with Database.open(empty_url, migrate=False):
        pass


async def test_another_programs_tables(empty_url: str) -> None:
    change(empty_url, "CREATE TABLE member (id integer)")
    fault = await fault_of(empty_url)
    assert isinstance(fault, NotOursFault)
    assert "another program" in str(fault)


async def test_a_database_marked_twice(db_url: str) -> None:
    change(db_url, "INSERT INTO alembic_version VALUES ('0000')")
    assert isinstance(await fault_of(db_url), NotOursFault)


async def test_a_server_that_is_not_there() -> None:
    fault = await fault_of(f"postgresql://me:{SECRET}@127.0.0.1:1/convenor")
    assert isinstance(fault, UnreachableFault)
    assert "me:***@127.0.0.1:1/convenor" in str(fault)
    assert SECRET not in "".join(traceback.format_exception(fault))


async def test_a_wrong_password() -> None:
    url = postgresql_server()
    hba = Path(url.rpartition("host=")[2]) / "pg_hba.conf"
    trusting = hba.read_text()
    administer("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    try:
        hba.write_text(f"local all guarded scram-sha-256\n{trusting}")
        administer("SELECT pg_reload_conf()")
        await asyncio.sleep(0.5)  # the server reads its rules when it gets to it
        fault = await fault_of(url.replace("postgres:@", f"guarded:{SECRET}@"))
        assert isinstance(fault, AccessFault)
        assert "refused" in str(fault)
        assert SECRET not in "".join(traceback.format_exception(fault))
    finally:
        hba.write_text(trusting)
        administer("SELECT pg_reload_conf()", "DROP ROLE guarded")


async def test_a_database_that_the_server_does_not_have() -> None:
    assert "does not exist" in str(await fault_of(address_of("nowhere")))


async def test_a_connection_that_is_cut(tmp_path: Path) -> None:
    url = make("postgresql", tmp_path)
    async with Database.open(url) as database:

        async def be_cut() -> None:
            async with database.begin() as session:
                await set_value(session, "k", "v")
                administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'convenor'")
                await set_value(session, "k", "w")

        with pytest.raises(UnreachableFault):
            await be_cut()
        async with database.begin() as session:  # a new connection takes its place
            await set_value(session, "k", "v")

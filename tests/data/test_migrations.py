"""The history of the tables leads to the models, whole or not at all, once."""

import contextlib
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from data.database import Database, NotOursFault
from data.models import Base
from data.schema import VERSIONS, head, revisions, tables

UPGRADE = """
import asyncio, os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from data.database import Database, NotOursFault

stop_at, seen = int(sys.argv[2]), 0

@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    global seen
    seen += "CREATE TABLE" in statement
    if seen == stop_at:
        os._exit(9)

async def main():
    async with Database.open(sys.argv[1]) as database:
        print(await database.head())

asyncio.run(main())
"""

CARELESS = """
from alembic import op

revision, down_revision = "0099", "{before}"

def upgrade():
    op.execute("INSERT INTO place VALUES (1, 'channel:welcome', 2)")
"""


def start(url: str, *, stop_at: int = -1) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", UPGRADE, url, str(stop_at)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def test_migrated_tables_are_the_models(db_url: str) -> None:
    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection), tables())

    async with Database.open(db_url) as database, database.read() as session:
        assert await (await session.connection()).run_sync(differences) == []


def test_sqlite_statements_are_the_same(sqlite_url: str, tmp_path: Path) -> None:
    """What the comparison above does not see: ids that are never used again, and what a deletion takes along."""
    engine = create_engine(f"sqlite:///{tmp_path}/models.sqlite")
    Base.metadata.create_all(engine)
    engine.dispose()

    def statements(path: Path) -> dict[str, list[str]]:
        wanted = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(wanted).fetchall()
        # A column that was added later stands on the line of the one before.
        return {
            name: sorted(re.split(r",\s*\n|, (?=\w+ [A-Z]+)", re.sub(r"[\"\t]|\s*\n\)$", "", sql)))
            for name, sql in rows
            if name != "alembic_version"
        }

    assert statements(Path(sqlite_url.removeprefix("sqlite:///"))) == statements(tmp_path / "models.sqlite")


def test_the_newest_file_is_alembics_head() -> None:
    scripts = ScriptDirectory(str(VERSIONS.parent))
    assert scripts.get_heads() == [head()]
    assert sorted(script.revision for script in scripts.walk_revisions()) == list(revisions())


async def test_a_stop_on_the_way_leaves_the_old_state(empty_url: str) -> None:
    process = start(empty_url, stop_at=8)
    process.communicate(timeout=60)
    assert process.returncode == 9
    async with Database.open(empty_url) as database:
        assert await database.head() == head()


def test_several_processes_at_once_migrate_once(empty_url: str) -> None:
    processes = [start(empty_url) for _ in range(3)]
    outcomes = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert outcomes == [(f"{head()}\n", "", 0)] * 3


async def test_rows_that_point_nowhere_stop_a_sqlite_migration(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A step that breaks references is undone, and the revision stays what it was."""
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    for file in [*VERSIONS.glob("*.py"), *VERSIONS.parent.glob("*.*")]:
        target = versions if file.parent == VERSIONS else versions.parent
        (target / file.name).write_bytes(file.read_bytes())
    (versions / "0099_careless.py").write_text(CARELESS.format(before=head()))
    monkeypatch.setattr("data.schema.VERSIONS", versions)
    monkeypatch.setattr("data.migrations.run.__file__", str(versions.parent / "run.py"))
    before = head()
    revisions.cache_clear()
    try:
        assert head() == "0099"
        with pytest.raises(NotOursFault, match="point nowhere"):
            async with Database.open(sqlite_url):
                pass
    finally:
        monkeypatch.undo()
        revisions.cache_clear()
    async with Database.open(sqlite_url) as database:
        assert await database.head() == before

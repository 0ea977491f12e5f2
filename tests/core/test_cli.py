"""The command line, as an operator uses it: in a process of its own, on a machine where nothing was set up."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def convenor(home: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command with an empty home and no settings."""
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=bare | {"HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])} | environ,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_lookup_answers_where_nothing_was_set_up(tmp_path: Path) -> None:
    for attempt in ("first", "again"):
        done = convenor(tmp_path, "lookup", "trabajadoras sociales en comisarías", "--lang", "es", "--json")
        assert done.returncode == 0, (attempt, done.stderr)
        found = json.loads(done.stdout)
        assert set(found) == {"results"}
        assert set(found["results"][0]) == {"kind", "id", "title", "score"}
        assert found["results"][0]["id"] == "fr-social-workers"
        assert done.stderr == ""
    file = tmp_path / ".local/share/convenor/convenor.db"
    assert file.stat().st_mode & 0o077 == 0, "members' data is for its owner alone"


@pytest.fixture
def database(tmp_path: Path, seeded_file: Path) -> Path:
    """A database file as an earlier start left it."""
    return Path(shutil.copyfile(seeded_file, tmp_path / "convenor.db"))


def test_lookup_is_honest_about_nothing(tmp_path: Path, database: Path) -> None:
    done = convenor(tmp_path, "lookup", "pizza recipe", "--json", DATABASE_URL=f"sqlite:///{database}")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"results": []})


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database " * 100, encoding="utf-8")
    before = file.read_bytes()
    done = convenor(tmp_path, "lookup", "x", DATABASE_URL=f"sqlite:///{file}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == before


def test_a_newer_database_is_refused(tmp_path: Path, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = convenor(tmp_path, "lookup", "x", DATABASE_URL=f"sqlite:///{database}")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "newer" in done.stderr


def test_a_locked_database_says_so(tmp_path: Path, database: Path) -> None:
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        done = convenor(tmp_path, "seed", DATABASE_URL=f"sqlite:///{database}")
    finally:
        holder.close()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "in use by another program" in done.stderr


def test_a_server_that_does_not_answer_says_so_without_the_password(tmp_path: Path) -> None:
    done = convenor(tmp_path, "lookup", "x", DATABASE_URL="postgresql://u:canary-secret@127.0.0.1:1/none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "canary-secret" not in done.stderr + done.stdout


def test_what_nobody_foresaw_is_told_without_a_word_of_what_it_quotes(tmp_path: Path) -> None:
    broken = """
import sys
from bot import cli
async def doctor(settings, arguments):
    raise ValueError("canary of a member")
cli.JOBS["doctor"] = doctor
sys.exit(cli.main(["doctor"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", broken], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Convenor ended by a fault of its own." in done.stderr
    assert "ValueError" in done.stderr
    assert "in doctor" in done.stderr
    assert "canary" not in done.stderr

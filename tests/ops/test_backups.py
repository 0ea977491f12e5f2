"""Backups are whole, are put back whole, and bring back nothing that was to be gone."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import hosted
from bot.app import Convenor, create_bot
from bot.demo.world import World
from bot.settings import Settings, backups_of
from data.backups import BackupFault, guard, in_folder, keep, make, restore
from data.backups.files import damage
from data.backups.journal import FILE
from data.backups.mending import LEAP
from data.backups.sealing import age
from data.communities import Community, get_preference, set_preference
from data.database import Database
from data.deliveries import list_for_subject, plan
from data.faults import InUseFault, NotOursFault
from data.holding import only_one
from data.kept import set_value
from data.peers import NewRequest, ask_peers, end_request, get_request
from data.personal import erase
from data.personal.erasing import ensure_secret
from data.practices import WITHDRAWN, find, subject_of
from data.practices.adaptations import find_adaptation, take_back
from data.sqlite_release import Release, can_lose_pages
from data.statements import marks
from tests.core.test_cli import convenor
from tests.data.conftest import NOW
from tests.databases import drop
from tests.databases import make as make_database
from tests.practices.test_data import published, withdraw
from tests.practices.test_life_data import draft, told
from tests.wire.control import until

LEAVER, STAYER = 555_111, 555_222
HOUR = timedelta(hours=1)


async def reminder(db: Database, community: Community, occurrence: str) -> int:
    async with db.begin() as session:
        await plan(
            session,
            community_id=community.id,
            kind="test",
            subject="webinar:1",
            occurrence=occurrence,
            target="channel:webinars",
            due_at=NOW + HOUR,
            now=NOW,
        )
        return max(row.id for row in await list_for_subject(session, community.id, "webinar:1"))


@pytest.mark.usefixtures("postgresql_programs")
async def test_what_was_erased_since_stays_erased(
    db_url: str, database: Database, community: Community, tmp_path: Path
) -> None:
    """Also where the database of now is lost, and only the folder with the backups is left."""
    folder = tmp_path / "elsewhere"
    async with database.begin() as session:
        await ensure_secret(session)
        for user in (LEAVER, STAYER):
            await set_preference(session, community.id, user, language="fr", zone=None)
    practice, tried = await published(database, community), await published(database, community, "00000002")
    await draft(database, community, tried)
    adaptation = await told(database, community, tried)
    assert adaptation is not None
    async with database.begin() as session:
        new = NewRequest(question="How did you begin?", language="en", key_areas=("budgeting",))
        asked, _ = await ask_peers(session, community_id=community.id, user_id=STAYER, new=new, now=NOW)
    await reminder(database, community, "before")

    async def go_on() -> None:
        for number in range(10_000):
            async with database.begin() as session:
                await set_value(session, "busy", str(number))

    going_on = asyncio.create_task(go_on())
    key = age.x25519.Identity.generate()
    keys = tmp_path / "keys.txt"
    keys.write_text(f"{key}\n")
    made = await make(db_url, folder, NOW, key=str(key.to_public()))
    assert not going_on.done(), "nobody waits for a backup"
    going_on.cancel()
    with suppress(asyncio.CancelledError):
        await going_on
    assert made.path.stat().st_mode & 0o077 == 0

    async with database.begin() as session:
        await erase(session, community.id, LEAVER, keep_practices=True, by=LEAVER, now=NOW + HOUR)
    assert await withdraw(database, community, practice)
    async with database.begin() as session:
        await take_back(session, community.id, adaptation.id, actor_id=STAYER, reason="author", now=NOW + HOUR)
        assert await end_request(session, asked, withdrawn=True, now=NOW + HOUR)
        assert "gone" in marks(session)
    last = await reminder(database, community, "after")
    assert await keep(database, folder) == 4
    assert await keep(database, folder) == 0
    written = (folder / FILE).read_text()
    assert str(LEAVER) not in written
    assert {json.loads(line)["kind"] for line in written.splitlines()} == {
        "person",
        "practice",
        "adaptation",
        "peer",
    }
    # As a crash leaves it.
    (folder / FILE).write_text(written + '{"at": "2027-')
    if database.dialect == "postgresql":
        with pytest.raises(InUseFault, match="at work"):
            await restore(db_url, made.path, NOW + 2 * HOUR, keys=keys)
        async with database.begin() as session:
            # As a later release would leave it.
            await session.execute(text("CREATE TABLE made_later (id bigint PRIMARY KEY)"))
            await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database._writer.dispose()
    if database.dialect == "sqlite":
        Path(db_url.removeprefix("sqlite:///")).unlink()

    done = await restore(db_url, made.path, NOW + 2 * HOUR, keys=keys)
    assert (done.mended.erased, done.mended.withdrawn) == (1, 3)
    assert done.mended.looked_up >= 1
    async with Database.open(db_url) as restored:
        if restored.dialect == "postgresql":
            again = await make(db_url, folder, NOW + 3 * HOUR)
            assert again.path.stat().st_size < 1.5 * made.path.stat().st_size, "what was set aside is in no backup"
        async with restored.read() as session:
            assert await get_preference(session, community.id, LEAVER) is None
            kept = await get_preference(session, community.id, STAYER)
            assert kept is not None
            assert kept.language == "fr"
            found = await find(session, community.id, practice.id)
            assert found is not None
            assert (found.state, bool(found.title)) == (WITHDRAWN, False)
            about = await list_for_subject(session, community.id, subject_of(practice.id))
            assert [row.kind for row in about if row.target.startswith("user:") and row.state == "pending"] == [], (
                "its author was told when it went first"
            )
            again_gone = await find_adaptation(session, community.id, adaptation.id)
            assert again_gone is not None
            assert (again_gone.changed, again_gone.learnt, again_gone.withdrawn_reason) == ("", "", "author")
            question = await get_request(session, community.id, asked.id)
            assert question is not None
            assert (question.state, question.question) == ("withdrawn", "")
            [row] = await list_for_subject(session, community.id, "webinar:1")
            assert (row.state, row.sending_at) == ("sending", NOW + HOUR), "looked up first: it may have gone out"
        assert await reminder(restored, community, "later") > last + LEAP / 2, "no number is given twice"


def decrypted(path: Path, keys: Path) -> bytes:
    """As its owner reads it without us: with the command `age`, or with its library where that is not installed."""
    command = shutil.which("age")
    if command is not None:
        return subprocess.run([command, "-d", "-i", keys, path], check=True, capture_output=True).stdout
    [key] = [line for line in keys.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
    return bytes(age.decrypt(path.read_bytes(), [age.x25519.Identity.from_str(key)]))


def test_encrypted_rotated_listed_and_put_back_by_hand(tmp_path: Path, seeded_file: Path) -> None:
    key = age.x25519.Identity.generate()
    keys = tmp_path / "keys.txt"
    keys.write_text(f"# of the tests\n{key}\n")
    file = tmp_path / "convenor.db"
    settings = {"DATABASE_URL": f"sqlite:///{file}", "CONVENOR_BACKUP_KEY": str(key.to_public())}
    file.write_bytes(seeded_file.read_bytes())
    for name in ("convenor-20200101T000000Z.sqlite", "convenor-20200102T000000Z.sqlite", "notes.txt"):
        (tmp_path / "backups").mkdir(exist_ok=True)
        (tmp_path / "backups" / name).write_text("old")
    done = convenor(tmp_path, "backup", CONVENOR_BACKUP_KEEP="2", **settings)
    assert done.returncode == 0, done.stderr
    made = Path(done.stdout.strip())
    left = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert left == ["convenor-20200102T000000Z.sqlite", made.name, "notes.txt"]
    assert made.name.endswith(".sqlite.age")
    assert b"SQLite" not in made.read_bytes()
    readable = decrypted(made, keys)
    assert readable.startswith(b"SQLite format 3")
    (tmp_path / "readable.sqlite").write_bytes(readable)
    assert damage(tmp_path / "readable.sqlite") is None

    file.write_bytes(b"broken" * 1000)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(f"{age.x25519.Identity.generate()}\n")
    for said, given in (("--key FILE", None), ("another key", wrong), ("AGE-SECRET-KEY-", made)):
        with pytest.raises(BackupFault, match=said):
            asyncio.run(restore(settings["DATABASE_URL"], made, NOW, keys=given))
        assert file.read_bytes() == b"broken" * 1000
    done = convenor(tmp_path, "restore", str(made), "--key", str(keys), **settings)
    assert done.returncode == 0, done.stderr
    assert damage(file) is None
    [aside] = tmp_path.glob("convenor.db.replaced-*")
    assert aside.read_bytes() == b"broken" * 1000
    assert [path.name for path in (tmp_path / "backups").iterdir() if ".part" in path.name] == []


def test_a_damaged_database_is_set_aside_loudly_and_nothing_empty_takes_its_place(
    tmp_path: Path, seeded_file: Path
) -> None:
    file = tmp_path / "convenor.db"
    settings = {"DATABASE_URL": f"sqlite:///{file}", "DISCORD_TOKEN": "no.real.token"}
    whole = seeded_file.read_bytes()
    file.write_bytes(whole)
    made = asyncio.run(make(settings["DATABASE_URL"], tmp_path / "backups", NOW)).path
    file.write_bytes(whole[:20_000] + b"\xa5" * 30_000 + whole[50_000:])
    damaged = file.read_bytes()

    first = convenor(tmp_path, "run", **settings)
    assert (first.returncode, first.stderr.count("\n")) == (2, 1)
    assert "IS DAMAGED" in first.stderr
    assert f"convenor restore {made}" in first.stderr
    [aside] = tmp_path.glob("convenor.db.damaged-*Z")
    assert aside.read_bytes() == damaged
    with pytest.raises(NotOursFault, match="set aside as"):
        guard(settings["DATABASE_URL"], tmp_path / "backups", NOW)
    assert not file.exists()
    asyncio.run(restore(settings["DATABASE_URL"], made, NOW))
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM resource").fetchone()[0] > 50
    connection.close()
    # Another program's file is not ours to move.
    file.write_bytes(b"some letter " * 500)
    file.with_name("convenor.db.lock").unlink()
    guard(settings["DATABASE_URL"], tmp_path / "backups", NOW)
    assert file.read_bytes() == b"some letter " * 500


@pytest.mark.parametrize(
    "release, touched",
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_which_sqlite_can_lose_pages(release: Release, touched: bool) -> None:
    assert can_lose_pages(release) is touched


async def test_only_one_connection_writes_and_copies_the_log(sqlite_url: str) -> None:
    """What keeps the fault of those releases away."""
    async with Database.open(sqlite_url) as db:
        async with db._reader.connect() as reader:
            for pragma, value in (("query_only", 1), ("wal_autocheckpoint", 0)):
                assert (await reader.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
        writers: Any = db._writer.pool
        assert (writers.size(), writers._max_overflow) == (1, 0)


async def test_the_bot_sees_to_it_by_itself(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted, "FIRST_WAIT", 0.0)
    bot, folder = world.env.bot, backups_of(settings)
    assert isinstance(bot, Convenor)
    await hosted.after_opening(bot)
    async with bot.db.begin() as session:
        await set_preference(session, world.guild.id, LEAVER, language="fr", zone=None)
    async with bot.db.begin() as session:
        await erase(session, world.guild.id, LEAVER, keep_practices=True, by=LEAVER, now=bot.clock())

    async def done() -> bool:
        return (folder / FILE).exists() and bool(in_folder(folder))

    assert await until(done)
    [backup] = in_folder(folder)
    assert damage(backup.path) is None
    assert '"person"' in (folder / FILE).read_text()


async def tried(bot: Convenor, folder: Path) -> bool:
    """As the bot does it: again until there is one."""

    async def done() -> bool:
        return await hosted._make_backup(bot, folder)

    return bool(await until(done))


@pytest.mark.usefixtures("postgresql_programs")
async def test_of_two_processes_with_one_database_one_makes_the_backup(tmp_path: Path) -> None:
    url = make_database("postgresql", tmp_path)
    settings = Settings(database_url=url, backup_folder=tmp_path / "backups")
    folder = backups_of(settings)
    bots = [create_bot(settings, clock=lambda: NOW) for _ in range(2)]
    try:
        async with Database.open(url) as bots[0].db, Database.open(url) as bots[1].db:
            async with only_one(bots[0].db, "backup") as mine:
                assert mine
                assert not await hosted._make_backup(bots[1], folder), "another is at it"
            # In the same folder, the second finds that there is one by now.
            assert all(await asyncio.gather(*(tried(bot, folder) for bot in bots)))
    finally:
        drop(url)
    assert len(in_folder(folder)) == 1

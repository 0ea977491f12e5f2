"""Everything is carried to the other database and back, the same to the last row; a kill on the way costs nothing."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data.communities import ensure_community, get_preference, set_preference
from data.database import Database, DatabaseFault, NotOursFault
from data.deliveries import list_for_subject, plan
from data.moving import MoveFault, move
from data.search.lookup import lookup_json
from data.seeding import ensure_seeded
from tests.databases import drop, make
from tests.faults import LONG
from tests.practices.test_data import published

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
MANY = 300
# Moves, and is killed: in the middle of the table with the most rows, or when a step is to begin.
KILLED = """
import asyncio, os, signal, sys
from data import moving

moving.AT_ONCE = 100
real, seen = moving._rows, 0

async def rows(source, table, skip=0):
    global seen
    async for some in real(source, table, skip):
        yield some
        seen += table.name == "delivery"
        if seen == 2:
            os.kill(os.getpid(), signal.SIGKILL)

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "_rows":
    moving._rows = rows
else:
    setattr(moving, sys.argv[3], die)
asyncio.run(moving.move(sys.argv[1], sys.argv[2]))
"""
POINTS = ("_rows", "_compare", "_finish", "_set_last") if LONG else ("_rows",)


async def filled(url: str) -> None:
    """A community with people, a practice, and more deliveries than are copied at once then."""
    async with Database.open(url) as db:
        await ensure_seeded(db)
        async with db.begin() as session:
            community = await ensure_community(
                session, 7, name="Réseau", now=NOW, languages=("fr",), zone="UTC", reminder_offsets=(3600, 0)
            )
            await set_preference(session, 7, 201, language="pt", zone="America/Sao_Paulo")
            for number in range(MANY):
                await plan(
                    session,
                    community_id=7,
                    kind="test",
                    subject="webinar:1",
                    occurrence=str(number),
                    target="channel:webinars",
                    due_at=NOW + timedelta(minutes=number),
                    now=NOW,
                    details={"é": [number, None, True]},
                )
        await published(db, community)


async def killed_on_the_way(source: str, target: str) -> None:
    """Each kill leaves a target that nobody takes for all there is."""
    for point in POINTS:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", KILLED, source, target, point),
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        _, said = await process.communicate()
        assert process.returncode == -signal.SIGKILL, said
        with pytest.raises(NotOursFault, match="is not complete"):
            async with Database.open(target):
                pass


async def test_there_and_back_with_a_kill_on_the_way(tmp_path: Path) -> None:
    source, target = make("sqlite", tmp_path, empty=True), make("postgresql", tmp_path, empty=True)
    back = make("sqlite", tmp_path, empty=True)
    await filled(source)
    try:
        await killed_on_the_way(source, target)
        lines: list[str] = []
        there = await move(source, target, say=lines.append)
        assert any(line.startswith("delivery: 3") for line in lines)
        with pytest.raises(MoveFault, match="not empty"):
            await move(source, target)
        async with Database.open(target) as db:
            # It works on, and gives no number twice.
            async with db.begin() as session:
                found = await get_preference(session, 7, 201)
                assert found is not None
                assert (found.language, found.zone) == ("pt", "America/Sao_Paulo")
                rows = await list_for_subject(session, 7, "webinar:1")
                assert len(rows) == MANY
                assert rows[5].due_at == NOW + timedelta(minutes=int(rows[5].occurrence))
                highest = (await session.execute(text("SELECT max(id) FROM delivery"))).scalar_one()
                await plan(
                    session,
                    community_id=7,
                    kind="test",
                    subject="webinar:2",
                    occurrence="",
                    target="server",
                    due_at=NOW,
                    now=NOW,
                )
                [row] = await list_for_subject(session, 7, "webinar:2")
                assert row.id == highest + 1
            assert (await lookup_json(db, "trabajadoras sociales en comisarías", "es", 3))["results"]
            with pytest.raises(DatabaseFault, match="at work"):
                await move(target, back)
        if LONG:
            await killed_on_the_way(target, back)
        again = await move(target, back)
        assert (again.tables, again.rows) >= (there.tables, there.rows + 1)
        async with Database.open(back) as db, db.read() as session:
            assert len(await list_for_subject(session, 7, "webinar:1")) == MANY
            last = await session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'delivery'"))
            assert last.scalar_one() == highest + 1
    finally:
        drop(target)


async def test_what_is_not_ours_stays_as_it_is(tmp_path: Path) -> None:
    source, other = make("sqlite", tmp_path), tmp_path / "other.sqlite"
    for wrong, said in ((f"sqlite:///{tmp_path}/none.sqlite", "There is no database"), (source, "the same database")):
        with pytest.raises(MoveFault, match=said):
            await move(wrong, source)
    other.write_bytes(Path(source.removeprefix("sqlite:///")).read_bytes())
    before = other.read_bytes()
    with pytest.raises(MoveFault, match="not empty"):
        await move(source, f"sqlite:///{other}")
    assert other.read_bytes() == before
    assert os.access(other, os.W_OK)

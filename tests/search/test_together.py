"""Several processes on one PostgreSQL, each with an index of its own, hear of every change at once."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from data.changes import record_change
from data.communities import ensure_community
from data.database import Database
from data.glossary import add_term
from data.hints import follow_hints
from data.members import Profile, decide, get_by_user, submit_member
from data.models import PracticeRow
from data.personal import erase
from data.search.index import SearchIndex
from tests.databases import drop, make
from tests.search.test_following import COMMUNITY, add_practice

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
AWA = 4_321
PROMISED = 1.0


@asynccontextmanager
async def process(url: str) -> AsyncGenerator[tuple[Database, SearchIndex]]:
    """A database and an index, as each process of the bot has them, without the poll."""
    async with Database.open(url) as db:
        index = await SearchIndex.build(db)
        changed = asyncio.Event()
        db.after_commit(lambda _marks: changed.set())

        async def follow() -> None:
            while True:
                await changed.wait()
                changed.clear()
                await index.refresh(db)

        tasks = [asyncio.create_task(follow()), asyncio.create_task(follow_hints(db))]
        try:
            # Told everything once it listens.
            await asyncio.wait_for(changed.wait(), 10)
            yield db, index
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def soon(true: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it was not within what is promised.
    """
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > PROMISED:
            raise TimeoutError
        await asyncio.sleep(0.005)


async def test_each_process_finds_at_once_what_another_changed_and_nothing_that_is_gone(tmp_path: Path) -> None:
    url = make("postgresql", tmp_path)
    try:
        async with process(url) as (here, mine), process(url) as (there, others):

            def found(index: SearchIndex, query: str) -> set[str]:
                hits = index.search(query, language="fr", community_id=COMMUNITY).hits
                typed = index.complete(query, language="fr", community_id=COMMUNITY)
                return {f"{hit.kind}:{hit.id}" for hit in (*hits, *typed)}

            await add_practice(here, "brigades", "Brigades cyclistes")
            await soon(lambda: "practice:brigades" in found(others, "brigades cyclistes"))
            async with there.begin() as session:
                community = await ensure_community(
                    session, COMMUNITY, name="Network", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
                )
                profile = Profile(
                    name="Awa Quokkadiop",
                    country="SN",
                    organisation_kind="police",
                    organisation="Police nationale",
                    role="Commissaire",
                    key_areas=("budgeting",),
                    languages=("fr",),
                    offers="",
                    seeks="",
                    language="fr",
                    directory=True,
                )
                asked = await submit_member(session, community.id, AWA, profile, notice_version="1", now=NOW)
                await decide(session, asked, approved=True, by=1, now=NOW)
                await add_term(session, COMMUNITY, "vélopolice", ["brigades cyclistes"], by=1, now=NOW)
            async with there.read() as session:
                awa = await get_by_user(session, COMMUNITY, AWA)
            assert awa is not None
            name = f"member:{awa.id}"
            for index in (mine, others):
                await soon(lambda index=index: name in found(index, "quokkadiop"))
                await soon(lambda index=index: "practice:brigades" in found(index, "vélopolice"))
                assert not index.search("quokkadiop", language="fr", community_id=-COMMUNITY).hits

            async with here.begin() as session:
                await erase(session, COMMUNITY, AWA, keep_practices=True, by=None, now=NOW)
                await session.execute(update(PracticeRow).where(PracticeRow.id == "brigades").values(state="withdrawn"))
                await record_change(session, "practice", "brigades", COMMUNITY)
            for index in (mine, others):
                await soon(lambda index=index: not found(index, "quokkadiop") & {name})
                await soon(lambda index=index: "practice:brigades" not in found(index, "brigades cyclistes"))
                assert "Quokkadiop" not in str(index.search("quokkadio", language="fr", community_id=COMMUNITY))
    finally:
        drop(url)

"""What is remembered of what follows a published practice, on both databases."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from data.communities import Community
from data.database import Database
from data.deliveries import list_for_subject
from data.drafts import save_draft
from data.practices import DRAFT, Practice, find, subject_of
from data.practices.adaptations import (
    ADAPTATION_DRAFT,
    MOST,
    Adaptation,
    Tally,
    Telling,
    TooManyAdaptationsFault,
    find_adaptation,
    let_through,
    list_adaptations,
    refresh_adaptation,
    take_back,
    tally,
    tell,
)
from data.practices.expiring import EXPIRY, draft_subject, plan_expiry_words
from data.practices.following import STEP
from data.practices.freshness import (
    ASKED,
    ask_next,
    confirm,
    is_current,
    offer,
    plan_missing_revisits,
    retire,
    take_over,
)
from data.practices.rows import Contest
from data.practices.saving import forget_saved, list_saved, save_practice
from data.practices.translations import approve_translation, get_translation, may_translate, offer_translation
from data.search.sources import adaptation_documents
from tests.practices.acting import NOW
from tests.practices.test_data import AUTHOR, OTHER, REVIEWER, published, withdraw

TOLD = Telling(
    language="fr", country="CL", period="2026", changed="Autrement.", result="mixed", learnt="Demander d'abord."
)
CONTEST = Contest(field="learnt", type="phone", text="800 123", reason="Une ligne publique.")
YEAR = timedelta(days=365)


async def told(
    database: Database, community: Community, made: Practice, telling: Telling = TOLD, *, now: datetime = NOW
) -> Adaptation | None:
    async with database.begin() as session:
        return await tell(session, made, community_id=community.id, author_id=OTHER, telling=telling, now=now)


async def draft(database: Database, community: Community, made: Practice) -> None:
    async with database.begin() as session:
        await save_draft(
            session,
            community_id=community.id,
            user_id=OTHER,
            kind=ADAPTATION_DRAFT,
            subject=made.id,
            data={},
            now=NOW,
            keep=YEAR,
        )


async def kinds(database: Database, community: Community, subject: str) -> list[tuple[str, str, str]]:
    async with database.read() as session:
        planned = await list_for_subject(session, community.id, subject)
    return sorted((row.kind, row.target, row.state) for row in planned)


async def test_adaptations(database: Database, community: Community) -> None:
    made = await published(database, community)
    await draft(database, community, made)
    # Sent twice at once, it is told once.
    one, two = await asyncio.gather(*(told(database, community, made) for _ in range(2)))
    first = one or two
    assert first is not None
    assert one is None or two is None
    assert await kinds(database, community, f"adaptation:{first.id}") == [
        ("adaptation.post", "channel:77", "pending"),
        ("adaptation.word", f"user:{AUTHOR}", "pending"),
    ]
    await draft(database, community, made)
    second = await told(database, community, made, replace(TOLD, contested=(CONTEST,)))
    assert second is not None
    assert second.state == "waiting"
    async with database.begin() as session:
        assert await tally(session, community.id, made.id) == [Tally("CL", {"mixed": 1})]
        assert [one.id for one in await adaptation_documents(session)] == [str(first.id)]
        # Not by whoever wrote it, nor in another community.
        assert await let_through(session, community.id, second.id, actor_id=OTHER, now=NOW) is None
        assert await let_through(session, community.id + 1, second.id, actor_id=REVIEWER, now=NOW) is None
        assert await let_through(session, community.id, second.id, actor_id=REVIEWER, now=NOW) is not None
        assert await let_through(session, community.id, second.id, actor_id=REVIEWER, now=NOW) is None
        assert await tally(session, community.id, made.id) == [Tally("CL", {"mixed": 2})]
    for number in range(MOST - 1):
        await draft(database, community, made)
        if number < MOST - 2:
            await told(database, community, made)
            continue
        with pytest.raises(TooManyAdaptationsFault):
            await told(database, community, made)
        assert await told(database, community, made, now=NOW + timedelta(days=1, seconds=1)) is not None
    async with database.begin() as session:
        # A card and a post of one adaptation that are both late are put right one by one.
        for late in (7, 8):
            await refresh_adaptation(session, second, late, NOW)
        rows = await list_for_subject(session, community.id, f"adaptation:{second.id}")
        assert sum(row.kind == "adaptation.refresh" and ".posted." in row.occurrence for row in rows) == 2
        gone = await take_back(session, community.id, first.id, actor_id=REVIEWER, reason="moderator", now=NOW)
        assert gone is not None
        assert (gone.changed, gone.learnt, gone.country, gone.author_id) == ("", "", None, OTHER)
        assert await take_back(session, community.id, first.id, actor_id=OTHER, reason="author", now=NOW) is None
        _, total = await list_adaptations(session, community.id, made.id, limit=1)
        assert total == MOST
        assert len(await adaptation_documents(session, [str(first.id), str(second.id), "x"])) == 1
    await withdraw(database, community, made)
    async with database.read() as session:
        assert await adaptation_documents(session) == []
        assert await find_adaptation(session, community.id, second.id) is not None
        assert (await list_adaptations(session, community.id, made.id, limit=5))[1] == 0


async def test_saved(database: Database, community: Community) -> None:
    made = await published(database, community)
    async with database.begin() as session:
        for hour in range(2):
            await save_practice(session, community.id, OTHER, made.id, NOW + timedelta(hours=hour))
        assert [one.id for one in await list_saved(session, community.id, OTHER)] == [made.id]
        assert await list_saved(session, community.id, AUTHOR) == []
    await withdraw(database, community, made)
    async with database.begin() as session:
        assert await list_saved(session, community.id, OTHER) == []
        assert await forget_saved(session, community.id, OTHER, made.id)
        assert not await forget_saved(session, community.id, OTHER, made.id)


async def test_freshness(database: Database, community: Community) -> None:
    made = await published(database, community)
    subject, later = subject_of(made.id), NOW + YEAR
    async with database.begin() as session:
        [step] = [row for row in await list_for_subject(session, community.id, subject) if row.kind == STEP]
        assert (step.due_at, step.target) == (later, "server")
        assert is_current(made, step.occurrence)
        await ask_next(session, made, "owner", later)
        # Nobody is a focal point of this country: the moderators are next.
        await ask_next(session, made, "focal", later)
        asked = await find(session, community.id, made.id)
        assert asked is not None
        assert (asked.asked, asked.version) == ("moderators", made.version)
        done = await confirm(session, community.id, made.id, actor_id=AUTHOR, now=later)
        assert done is not None
        assert (done.fresh_at, done.asked) == (later, None)
        assert not is_current(done, step.occurrence)
        rows = await list_for_subject(session, community.id, subject)
        assert {row.state for row in rows if row.kind in ASKED.values()} == {"skipped"}
        assert [row.due_at for row in rows if row.kind == STEP and row.state == "pending"] == [later + YEAR]
        assert await plan_missing_revisits(session, later) == 0
        # Retired once; brought back by confirming it.
        assert await retire(session, community.id, made.id, actor_id=AUTHOR, now=later) is not None
        assert await retire(session, community.id, made.id, actor_id=AUTHOR, now=later) is None
        rows = await list_for_subject(session, community.id, subject)
        assert not [row for row in rows if row.kind == STEP and row.state == "pending"]
        again = later + timedelta(hours=1)
        back = await confirm(session, community.id, made.id, actor_id=AUTHOR, now=again)
        assert back is not None
        assert back.archived_at is None
        # Handed over to somebody who accepts; to nobody else, and not twice.
        assert await offer(session, community.id, made.id, heir_id=AUTHOR, actor_id=AUTHOR, now=again) is None
        assert await offer(session, community.id, made.id, heir_id=OTHER, actor_id=AUTHOR, now=again) is not None
        assert await take_over(session, community.id, made.id, user_id=REVIEWER, accepts=True, now=again) is None
        taken = await take_over(session, community.id, made.id, user_id=OTHER, accepts=True, now=again)
        assert taken is not None
        assert (taken.author_id, taken.heir_id) == (OTHER, None)
        assert await take_over(session, community.id, made.id, user_id=OTHER, accepts=True, now=again) is None


async def test_word_before_a_draft_goes(database: Database, community: Community) -> None:
    async with database.begin() as session:
        kept = await save_draft(
            session,
            community_id=community.id,
            user_id=OTHER,
            kind=DRAFT,
            subject="0123abcd",
            data={"title": "x"},
            now=NOW,
            keep=timedelta(days=30),
        )
        assert await plan_expiry_words(session, NOW + timedelta(days=20)) == 0
        assert await plan_expiry_words(session, NOW + timedelta(days=26)) == 1
        assert await plan_expiry_words(session, NOW + timedelta(days=26)) == 0
        [word] = await list_for_subject(session, community.id, draft_subject(kept.id))
        assert (word.kind, word.due_at, word.expires_at) == (EXPIRY, NOW + timedelta(days=27), kept.expires_at)
        # Touched since, it is told of its new end.
        await save_draft(
            session,
            community_id=community.id,
            user_id=OTHER,
            kind=DRAFT,
            subject="0123abcd",
            data={"title": "y"},
            now=NOW + timedelta(days=26, hours=1),
            keep=timedelta(days=30),
        )
        assert await plan_expiry_words(session, NOW + timedelta(days=27)) == 0
        assert await plan_expiry_words(session, NOW + timedelta(days=52)) == 1


async def test_a_translation_approved_twice_at_once_stays(database: Database, community: Community) -> None:
    made = await published(database, community, permissions=("translate",))
    assert may_translate(made, OTHER)
    assert not may_translate(replace(made, author_id=None), OTHER), "nobody is left to approve it"
    async with database.begin() as session:
        texts = {"title": "Equipos", "summary": "Van al mercado."}
        waiting = await offer_translation(session, made, "es", user_id=OTHER, texts=texts, now=NOW)
    assert waiting is not None

    async def approve() -> bool:
        async with database.begin() as session:
            return await approve_translation(session, waiting, NOW)

    assert sorted(await asyncio.gather(approve(), approve())) == [False, True]
    async with database.read() as session:
        kept = await get_translation(session, community.id, waiting.id)
    assert kept is not None
    assert (kept.state, kept.approved_at) == ("approved", NOW)

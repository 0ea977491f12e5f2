"""What is remembered of practices, on both databases."""

import asyncio
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from data.audit import list_entries
from data.changes import changes_after, last_change
from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import list_for_subject
from data.drafts import get_draft, save_draft
from data.practices import (
    DRAFT,
    IN_REVIEW,
    Content,
    Needs,
    Practice,
    already_sent,
    by_key_area,
    find,
    get_visible,
    is_under_way,
    list_mine,
    list_waiting,
    mark_published,
    publish_again,
    subject_of,
    titles,
)
from data.practices import approve as approve_version
from data.practices import send_back as return_version
from data.practices import submit as submit_draft
from data.practices import withdraw as withdraw_practice
from data.practices.discussing import TALK
from data.search.sources import practice_documents
from data.wording import Wording
from tests.practices.acting import NOW

AUTHOR, REVIEWER, OTHER = 1001, 2002, 3003
TOKEN = "0123abcd"


def content(**changed: Any) -> Content:
    values: dict[str, Any] = {
        "language": "fr",
        "title": Wording({"fr": "Équipes mobiles"}),
        "summary": Wording({"fr": "Des équipes vont au marché."}),
        "country": "SN",
        "stage": "pilot",
        "key_areas": ("capacity", "leadership"),
        "sections": {"problem": "Loin de tout"},
        "contact_shown": True,
    }
    return Content(**{**values, **changed})


def practice(content: Content, **changed: Any) -> Practice:
    """A practice in review with this content."""
    values: dict[str, Any] = {field.name: getattr(content, field.name) for field in fields(Content)}
    values |= dict.fromkeys(
        (
            "submitted_at",
            "decided_at",
            "decided_by",
            "decision_comment",
            "published_at",
            "thread_id",
            "withdrawn_at",
            "withdrawn_reason",
        )
    )
    nothing = Wording({})
    values |= {"id": "x-0123abcd", "community_id": 101, "origin": "member", "kind": "practice", "state": "in_review"}
    values |= {"author_id": AUTHOR, "institution": nothing, "note": nothing, "source": nothing, "version": 1}
    return Practice(**{**values, **changed})


async def draft(database: Database, community: Community, subject: str = TOKEN, user_id: int = AUTHOR) -> None:
    async with database.begin() as session:
        await save_draft(
            session,
            community_id=community.id,
            user_id=user_id,
            kind=DRAFT,
            subject=subject,
            data={"title": "x"},
            now=NOW,
            keep=timedelta(days=30),
        )


async def submit(database: Database, community: Community, subject: str = TOKEN, **changed: Any) -> Practice | None:
    async with database.begin() as session:
        return await submit_draft(
            session, community_id=community.id, author_id=AUTHOR, draft=subject, content=content(**changed), now=NOW
        )


async def shared(database: Database, community: Community, subject: str = TOKEN, **changed: Any) -> Practice:
    await draft(database, community, subject)
    made = await submit(database, community, subject, **changed)
    assert made is not None
    return made


async def approve(database: Database, community: Community, made: Practice, by: int = REVIEWER) -> Practice | None:
    async with database.begin() as session:
        needs = Needs(approvals=1, abroad=False, from_abroad=frozenset())
        return await approve_version(
            session,
            community.id,
            made.id,
            version=made.version,
            reviewer_id=by,
            needs=needs,
            evidence=None,
            now=NOW,
        )


async def send_back(database: Database, community: Community, made: Practice, by: int = REVIEWER) -> Practice | None:
    async with database.begin() as session:
        return await return_version(
            session, community.id, made.id, version=made.version, reviewer_id=by, comment="Sans le nom.", now=NOW
        )


async def post(database: Database, community: Community, made: Practice) -> Practice | None:
    async with database.begin() as session:
        return await mark_published(session, community.id, made.id, thread_id=77, now=NOW)


async def published(database: Database, community: Community, subject: str = TOKEN, **changed: Any) -> Practice:
    made = await shared(database, community, subject, **changed)
    await approve(database, community, made)
    done = await post(database, community, made)
    assert done is not None
    return done


async def withdraw(database: Database, community: Community, made: Practice) -> Practice | None:
    async with database.begin() as session:
        return await withdraw_practice(session, community.id, made.id, actor_id=AUTHOR, reason="author", now=NOW)


async def planned(session: AsyncSession, made: Practice) -> list[tuple[str, str, str]]:
    rows = await list_for_subject(session, made.community_id or 0, subject_of(made.id))
    # What reviewers are told in their thread is looked at in tests of its own.
    return sorted((row.kind, row.occurrence, row.state) for row in rows if row.kind != TALK)


async def test_submitting_is_one_transaction(database: Database, community: Community) -> None:
    async with database.read() as session:
        before = await last_change(session)
    made = await shared(database, community)
    assert made.id == f"sn-{TOKEN}"
    assert (made.state, made.version, made.key_areas) == ("in_review", 1, ("capacity", "leadership"))
    async with database.read() as session:
        assert await get_draft(session, community.id, AUTHOR, DRAFT, TOKEN, now=NOW) is None
        assert await planned(session, made) == [("practice.review", "1", "pending")]
        [entry] = await list_entries(session, community.id)
        assert (entry.action, entry.object_id, entry.actor_id) == ("practice.submit", made.id, AUTHOR)
        [change] = await changes_after(session, before, 10)
        assert (change.kind, change.object_id, change.community_id) == ("practice", made.id, community.id)


async def test_a_failure_leaves_the_draft(database: Database, community: Community) -> None:
    await draft(database, community)

    async def fail() -> None:
        async with database.begin() as session:
            await submit_draft(
                session, community_id=community.id, author_id=AUTHOR, draft=TOKEN, content=content(), now=NOW
            )
            raise RuntimeError("just then")

    with pytest.raises(RuntimeError, match="just then"):
        await fail()
    async with database.read() as session:
        assert await get_draft(session, community.id, AUTHOR, DRAFT, TOKEN, now=NOW) is not None
        assert await list_mine(session, community.id, AUTHOR) == []


async def test_sent_at_once_from_two_places_there_is_one(database: Database, community: Community) -> None:
    await draft(database, community)
    made = await asyncio.gather(*(submit(database, community) for _ in range(4)))
    assert len([each for each in made if each is not None]) == 1
    async with database.read() as session:
        assert len(await list_mine(session, community.id, AUTHOR)) == 1


async def test_without_a_draft_nothing_is_sent(database: Database, community: Community) -> None:
    assert await submit(database, community) is None
    await draft(database, community, user_id=OTHER)
    assert await submit(database, community) is None


async def test_of_many_reviewers_at_once_one_decides(database: Database, community: Community) -> None:
    made = await shared(database, community)
    jobs = [approve(database, community, made, by=REVIEWER + number) for number in range(3)]
    jobs += [send_back(database, community, made, by=REVIEWER + number) for number in range(3, 6)]
    outcomes = [each for each in await asyncio.gather(*jobs) if each is not None]
    assert len(outcomes) == 1
    async with database.read() as session:
        now = await find(session, community.id, made.id)
        kinds = [kind for kind, _, _ in await planned(session, made)]
        entries = await list_entries(session, community.id)
    assert now == outcomes[0]
    assert len({"practice.publication", "practice.decision"} & set(kinds)) == 1
    assert len(entries) == 2


async def test_nobody_decides_on_their_own(database: Database, community: Community) -> None:
    made = await shared(database, community)
    assert await approve(database, community, made, by=AUTHOR) is None
    assert await send_back(database, community, made, by=AUTHOR) is None


async def test_another_communitys_practice_is_out_of_reach(database: Database, community: Community) -> None:
    made = await published(database, community)
    async with database.begin() as session:
        other = await ensure_community(
            session, 202, name="Other", now=NOW, languages=("en",), zone="UTC", reminder_offsets=()
        )
    assert await approve(database, other, made) is None
    assert await withdraw(database, other, made) is None
    async with database.read() as session:
        assert await find(session, other.id, made.id) is None
        assert await get_visible(session, other.id, made.id) is None
        assert made.id not in {title.id for title in await titles(session, other.id)}
        assert made.id not in {each.id for each in await by_key_area(session, other.id, "capacity", limit=50)}
        assert await get_visible(session, community.id, made.id) == made


async def test_returned_and_sent_again(database: Database, community: Community) -> None:
    made = await shared(database, community)
    returned = await send_back(database, community, made)
    assert returned is not None
    assert (returned.state, returned.decision_comment, returned.decided_by) == ("returned", "Sans le nom.", REVIEWER)
    assert await approve(database, community, returned) is None
    await draft(database, community, made.id)
    again = await submit(database, community, made.id, title=Wording({"fr": "Autre titre"}), key_areas=("budgeting",))
    assert again is not None
    assert (again.id, again.state, again.version, again.key_areas) == (made.id, "in_review", 3, ("budgeting",))
    assert again.decision_comment is None
    async with database.read() as session:
        assert ("practice.review", "3", "pending") in await planned(session, made)
    # The version that was returned is not what is approved now.
    assert await approve(database, community, made) is None
    assert await approve(database, community, again) is not None


async def test_a_draft_named_after_someone_elses_practice_sends_nothing(
    database: Database, community: Community
) -> None:
    made = await shared(database, community)
    await send_back(database, community, made)
    await draft(database, community, made.id, user_id=OTHER)
    async with database.begin() as session:
        assert (
            await submit_draft(
                session, community_id=community.id, author_id=OTHER, draft=made.id, content=content(), now=NOW
            )
            is None
        )


async def test_what_a_draft_became(database: Database, community: Community) -> None:
    made = await shared(database, community)
    async with database.read() as session:
        for subject in (TOKEN, made.id):
            assert await already_sent(session, community.id, AUTHOR, subject) == made
        for subject in ("%", "_", "deadbeef", "0123abc_", ""):
            assert await already_sent(session, community.id, AUTHOR, subject) is None
        assert await already_sent(session, community.id, OTHER, TOKEN) is None


async def test_posted_again_after_a_failure(database: Database, community: Community) -> None:
    made = await shared(database, community)
    approved = await approve(database, community, made)
    assert approved is not None
    async with database.read() as session:
        assert await is_under_way(session, community.id, made.id)
    async with database.begin() as session:
        again = await publish_again(
            session, community.id, made.id, version=approved.version, actor_id=REVIEWER, now=NOW
        )
        assert again is not None
    async with database.begin() as session:
        late = await publish_again(session, community.id, made.id, version=approved.version, actor_id=REVIEWER, now=NOW)
    assert late is None
    async with database.read() as session:
        posts = [row for row in await planned(session, made) if row[0] == "practice.publication"]
    assert [occurrence for _, occurrence, _ in posts] == ["2", "3"]


async def test_posted_once(database: Database, community: Community) -> None:
    made = await published(database, community)
    assert (made.state, made.thread_id, made.published_at) == ("published", 77, NOW)
    assert await post(database, community, made) is None
    async with database.read() as session:
        [found] = await practice_documents(session, [made.id])
    assert found.community_id == community.id
    assert found.titles == {"fr": "Équipes mobiles"}


async def test_withdrawn_leaves_a_reason_and_nothing_else(database: Database, community: Community) -> None:
    made = await published(database, community)
    gone = await withdraw(database, community, made)
    assert gone is not None
    assert (gone.state, gone.withdrawn_reason, gone.withdrawn_at) == ("withdrawn", "author", NOW)
    assert not gone.title
    assert not gone.summary
    assert (gone.sections, gone.country, gone.stage, gone.key_areas, gone.contact_shown) == ({}, None, None, (), False)
    assert await withdraw(database, community, made) is None
    async with database.read() as session:
        assert await practice_documents(session, [made.id]) == []
        assert await get_visible(session, community.id, made.id) is None
        assert ("practice.tombstone", str(gone.version), "pending") in await planned(session, made)


async def test_withdrawn_before_it_was_posted(database: Database, community: Community) -> None:
    made = await shared(database, community)
    await approve(database, community, made)
    await withdraw(database, community, made)
    async with database.read() as session:
        states = {kind: state for kind, _, state in await planned(session, made)}
    assert states["practice.publication"] == "skipped"
    assert "practice.tombstone" not in states
    # It was on its way all the same: its thread is to be closed.
    assert await post(database, community, made) is None
    async with database.read() as session:
        left = await find(session, community.id, made.id)
        assert left is not None
        assert (left.state, left.thread_id) == ("withdrawn", 77)
        assert "practice.tombstone" in {kind for kind, _, _ in await planned(session, made)}


async def test_withdrawn_takes_its_draft_along(database: Database, community: Community) -> None:
    made = await shared(database, community)
    await send_back(database, community, made)
    await draft(database, community, made.id)
    await withdraw(database, community, made)
    async with database.read() as session:
        assert await get_draft(session, community.id, AUTHOR, DRAFT, made.id, now=NOW) is None


async def test_lists(database: Database, community: Community) -> None:
    first = await shared(database, community, "00000001")
    second = await shared(database, community, "00000002")
    third = await published(database, community, "00000003")
    async with database.read() as session:
        waiting, total = await list_waiting(session, community.id, limit=1)
        assert (len(waiting), total) == (1, 2)
        rest, _ = await list_waiting(session, community.id, limit=5, offset=1)
        assert {each.id for each in (*waiting, *rest)} == {first.id, second.id}
        assert {each.id for each in await list_mine(session, community.id, AUTHOR)} == {
            first.id,
            second.id,
            third.id,
        }
        found = await by_key_area(session, community.id, "leadership")
        assert found[0].id == third.id
        assert all(each.from_brochure for each in found[1:])
        assert {each.kind for each in found} == {"practice"}
        offered = await titles(session, community.id)
        assert offered[0].id == third.id
        assert any(title.from_brochure for title in offered)
        waits = await titles(session, community.id, states=[IN_REVIEW], author_id=AUTHOR)
        assert {title.id for title in waits} == {first.id, second.id}
        assert await titles(session, community.id, states=[IN_REVIEW], author_id=OTHER) == []


async def test_the_brochures_practices_belong_to_nobody(database: Database, community: Community) -> None:
    async with database.read() as session:
        one = await get_visible(session, community.id, "fr-social-workers")
        assert one is not None
        assert one.from_brochure
        assert one.source
        assert await find(session, community.id, "fr-social-workers") is None
    assert await withdraw(database, community, one) is None

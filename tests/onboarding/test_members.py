"""What is remembered of members, on both databases."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.audit import list_entries
from data.changes import changes_after, last_change
from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import plan
from data.members import (
    APPROVED,
    DECLINED,
    LEFT,
    PENDING,
    Member,
    Profile,
    count_pending,
    decide,
    get_by_user,
    get_member,
    list_pending,
    mark_left,
    member_documents,
    members_of_key_area,
    members_with_trouble,
    submit_member,
    update_profile,
)
from data.personal import people_known

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
MODERATOR = 1
PROFILE = Profile(
    name="Awa",
    country="SN",
    organisation_kind="police",
    organisation="Police nationale",
    role="Commissaire",
    key_areas=("leadership", "budgeting"),
    languages=("fr", "en"),
    offers="Formation",
    seeks="",
    language="fr",
    directory=True,
)


@pytest.fixture
async def home(database: Database) -> Community:
    return await found(database, 10)


async def found(database: Database, community_id: int) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session,
            community_id,
            name="Network",
            now=NOW,
            languages=("en",),
            zone="UTC",
            reminder_offsets=(0,),
        )


async def submit(database: Database, home: Community, user_id: int = 7, **changes: Any) -> Member:
    async with database.begin() as session:
        profile = replace(PROFILE, **changes)
        return await submit_member(session, home.id, user_id, profile, notice_version="1", now=NOW)


async def settle(database: Database, member: Member, *, approved: bool = True, reason: str | None = None) -> Member:
    async with database.begin() as session:
        decided = await decide(session, member, approved=approved, by=MODERATOR, now=NOW, reason=reason)
    assert decided is not None
    return decided


async def test_what_is_said_comes_back_as_it_was_said(database: Database, home: Community) -> None:
    member = await submit(database, home)
    assert (member.state, member.version, member.submitted_at) == (PENDING, 1, NOW)
    assert member.key_areas == ("budgeting", "leadership"), "in the Network's order"
    assert (member.languages, member.directory, member.language) == (("fr", "en"), True, "fr")
    assert not member.listed
    async with database.read() as session:
        assert await get_member(session, home.id, member.id) == member
        assert await get_by_user(session, home.id, 7) == member
        assert await get_member(session, home.id + 1, member.id) is None, "another community's"
        assert await list_pending(session, home.id) == [member]
        assert await count_pending(session, home.id) == 1


async def test_only_one_decision_counts(database: Database, home: Community) -> None:
    member = await submit(database, home)
    approved = await settle(database, member)
    assert (approved.state, approved.decided_by, approved.version) == (APPROVED, MODERATOR, 2)
    assert approved.listed
    async with database.begin() as session:
        late = await decide(session, member, approved=False, by=2, now=NOW, reason="no")
    assert late is None
    async with database.read() as session:
        assert await get_by_user(session, home.id, 7) == approved


async def test_of_many_who_decide_at_the_same_moment_one_does(database: Database, home: Community) -> None:
    member = await submit(database, home)

    async def one(by: int) -> Member | None:
        async with database.begin() as session:
            return await decide(session, member, approved=by % 2 == 0, by=by, now=NOW, reason="no")

    decided = [each for each in await asyncio.gather(*map(one, range(8))) if each is not None]
    assert len(decided) == 1
    async with database.read() as session:
        assert await get_by_user(session, home.id, 7) == decided[0]
        assert len(await list_entries(session, home.id)) == 2


async def test_a_request_that_changed_since_is_not_decided_on(database: Database, home: Community) -> None:
    member = await submit(database, home)
    await submit(database, home, role="Directrice")
    async with database.begin() as session:
        assert await decide(session, member, approved=True, by=MODERATOR, now=NOW) is None


async def test_who_was_declined_may_ask_again_with_nothing_left_of_it(database: Database, home: Community) -> None:
    member = await submit(database, home)
    declined = await settle(database, member, approved=False, reason="Which service?")
    assert (declined.state, declined.decision_reason) == (DECLINED, "Which service?")
    again = await submit(database, home, role="Directrice")
    assert again.id == member.id
    assert (again.state, again.decided_at, again.decision_reason) == (PENDING, None, None)
    assert not again.in_review


async def test_a_change_counts_at_once_and_a_doubtful_one_when_confirmed(database: Database, home: Community) -> None:
    member = await settle(database, await submit(database, home))
    async with database.begin() as session:
        plain = await update_profile(
            session, member, replace(PROFILE, offers="Conseil"), review=False, notice_version="1", now=NOW
        )
    assert plain is not None
    assert (plain.state, plain.offers, plain.listed) == (APPROVED, "Conseil", True)
    async with database.begin() as session:
        assert await update_profile(session, member, PROFILE, review=False, notice_version="1", now=NOW) is None, (
            "of a version gone by"
        )
    async with database.begin() as session:
        doubtful = await update_profile(
            session, plain, replace(PROFILE, country="CL"), review=True, notice_version="1", now=NOW
        )
    assert doubtful is not None
    assert (doubtful.in_review, doubtful.admitted, doubtful.listed) == (True, True, False)
    confirmed = await settle(database, doubtful)
    assert (confirmed.state, confirmed.country) == (APPROVED, "CL")


async def test_who_waits_for_the_first_time_cannot_change_a_profile(database: Database, home: Community) -> None:
    member = await submit(database, home)
    async with database.begin() as session:
        assert await update_profile(session, member, PROFILE, review=False, notice_version="1", now=NOW) is None


async def test_leaving_hides_and_is_noted_once(database: Database, home: Community) -> None:
    member = await settle(database, await submit(database, home))
    later = NOW + timedelta(days=1)
    async with database.begin() as session:
        left = await mark_left(session, home.id, member.user_id, later)
        assert await mark_left(session, home.id, member.user_id, later) is None
        assert await mark_left(session, home.id, 999, later) is None
    assert left is not None
    assert (left.state, left.left_at, left.listed) == (LEFT, later, False)
    async with database.read() as session:
        assert await people_known(session, home.id) == set()
        assert await member_documents(session) == []


async def test_who_is_found_by_key_area(database: Database, home: Community) -> None:
    await settle(database, await submit(database, home, 1, name="zoe"))
    await settle(database, await submit(database, home, 2, name="Abel"))
    await settle(database, await submit(database, home, 3, directory=False))
    await settle(database, await submit(database, home, 4, key_areas=("capacity",)))
    await submit(database, home, 5)
    elsewhere = await found(database, 11)
    await settle(database, await submit(database, elsewhere, 6))
    async with database.read() as session:
        members = await members_of_key_area(session, home.id, "budgeting")
        assert [member.name for member in members] == ["Abel", "zoe"]
        assert [member.user_id for member in await members_of_key_area(session, home.id, "budgeting", limit=1)] == [2]


async def test_the_search_finds_those_who_agreed_in_their_own_community(database: Database, home: Community) -> None:
    shown = await settle(database, await submit(database, home, 1))
    hidden = await settle(database, await submit(database, home, 2, directory=False))
    waiting = await submit(database, home, 3)
    async with database.read() as session:
        [document] = await member_documents(session)
        assert document.id == str(shown.id)
        assert document.community_id == home.id
        assert document.country == "SN"
        assert document.key_areas == ("budgeting", "leadership")
        assert "Senegal" in document.labels["en"]
        assert "Sénégal" in document.labels["fr"]
        assert await member_documents(session, [str(hidden.id), str(waiting.id)]) == []
        assert [each.id for each in await member_documents(session, [str(shown.id)])] == [str(shown.id)]


async def test_consent_is_given_and_withdrawn(database: Database, home: Community) -> None:
    member = await settle(database, await submit(database, home))
    for directory in (False, True, False):
        async with database.begin() as session:
            changed = await update_profile(
                session, member, replace(PROFILE, directory=directory), review=False, notice_version="2", now=NOW
            )
        assert changed is not None
        assert changed.listed is directory
        member = changed


async def test_each_change_is_in_the_audit_log_without_a_word_of_the_person(
    database: Database, home: Community
) -> None:
    async with database.read() as session:
        before = await last_change(session)
    member = await submit(database, home)
    approved = await settle(database, member)
    async with database.begin() as session:
        await update_profile(session, approved, PROFILE, review=False, notice_version="1", now=NOW)
        await mark_left(session, home.id, 7, NOW)
    await settle(database, await submit(database, home), approved=False, reason="secret")
    async with database.read() as session:
        entries = list(reversed(await list_entries(session, home.id)))
        changes = await changes_after(session, before, 100)
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("onboarding.submit", 7),
        ("onboarding.approve", MODERATOR),
        ("profile.edit", 7),
        ("member.leave", 7),
        ("onboarding.submit", 7),
        ("onboarding.decline", MODERATOR),
    ]
    assert all(set(entry.details) == {"state", "version"} for entry in entries)
    assert {(change.kind, change.object_id) for change in changes} == {("member", str(member.id))}
    assert len(changes) == 6


async def test_trouble_is_about_the_profile_as_it_is(database: Database, home: Community) -> None:
    member = await settle(database, await submit(database, home))
    facts: Mapping[str, Any] = {"community_id": home.id, "kind": "t", "target": "x", "due_at": NOW, "now": NOW}
    async with database.begin() as session:
        await plan(session, subject=f"member:{member.id}", occurrence=str(member.version), **facts)
    async with database.read() as session:
        assert await members_with_trouble(session, home.id, "t") == [member]
        assert await members_with_trouble(session, home.id, "other") == []
    async with database.begin() as session:
        await update_profile(session, member, PROFILE, review=False, notice_version="1", now=NOW)
    async with database.read() as session:
        assert await members_with_trouble(session, home.id, "t") == []

"""Places where they are few: first come, first served, a waiting list, and offers with a deadline."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.communities import Community, ensure_community
from data.database import Database
from data.deliveries import list_for_subject
from data.members import Profile, decide, submit_member
from data.wall_time import Moment
from data.webinars import (
    OFFER_END,
    OFFER_WORD,
    Answered,
    Counts,
    FewerPlacesFault,
    NewWebinar,
    Webinar,
    cancel,
    create,
    edit,
    get,
    is_for,
    offer_ends,
    pass_on,
    people,
    set_rsvp,
    stand,
    take_offer,
    users_going,
)

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
STARTS = datetime(2027, 1, 20, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MODERATOR = 100
A, B, C, D, E = 201, 202, 203, 204, 205


@pytest.fixture
async def community(database: Database) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session, 7, name="Network", now=NOW, languages=("en", "fr"), zone="UTC", reminder_offsets=(3_600, 0)
        )


def new(**said: Any) -> NewWebinar:
    facts: dict[str, Any] = {
        "title": "Budgets that count",
        "description": "What they pay for.",
        "speakers": "Ana",
        "link": "https://meet.example/abc",
        "moment": Moment.at(STARTS, "UTC"),
        "minutes": 60,
        "capacity": 1,
    }
    return NewWebinar(**{**facts, **said})


async def publish(database: Database, community: Community, **said: Any) -> Webinar:
    async with database.begin() as session:
        return await create(session, community, new(**said), by=MODERATOR, now=NOW)


async def say(database: Database, webinar: Webinar, user_id: int, answer: str, now: datetime = NOW) -> Answered:
    async with database.begin() as session:
        said = await set_rsvp(session, webinar.community_id, webinar.id, user_id, answer, now)
    assert said is not None
    return said


async def take(
    database: Database, webinar: Webinar, user_id: int, now: datetime = NOW, *, yes: bool = True
) -> Answered | None:
    async with database.begin() as session:
        return await take_offer(session, webinar.community_id, webinar.id, user_id, now, take=yes)


async def stands(database: Database, webinar: Webinar) -> dict[int, str]:
    async with database.read() as session:
        return {person.user_id: person.answer for person in await people(session, webinar.id)}


async def offers(database: Database, webinar: Webinar, kind: str = OFFER_WORD) -> list[tuple[str, datetime]]:
    async with database.read() as session:
        rows = await list_for_subject(session, webinar.community_id, webinar.subject)
    return [(row.target, row.due_at) for row in rows if row.kind == kind]


async def test_the_last_places_go_to_as_many_as_there_are(database: Database, community: Community) -> None:
    """Twenty press at the same moment for three places."""
    made = await publish(database, community, capacity=3)
    said = await asyncio.gather(*(say(database, made, user_id, "going") for user_id in range(300, 320)))
    assert sorted(answered.answer or "" for answered in said) == ["going"] * 3 + ["waiting"] * 17
    assert sorted(answered.ahead for answered in said if answered.answer == "waiting") == list(range(17))
    async with database.read() as session:
        assert len(await users_going(session, made.id)) == 3
        everyone = [person.user_id for person in await people(session, made.id) if person.answer == "waiting"]
        assert [(await stand(session, made.id, user_id)).ahead for user_id in everyone] == list(range(17))


async def test_a_place_that_comes_free_is_offered_in_turn(database: Database, community: Community) -> None:
    made = await publish(database, community)
    assert (await say(database, made, A, "going")).answer == "going"
    for ahead, person in enumerate((B, C, D)):
        assert await say(database, made, person, "going") == Answered("waiting", Counts(1, 0, 0, ahead + 1), ahead)
    assert await say(database, made, C, "going") == Answered("waiting", Counts(1, 0, 0, 3), 1), "keeps their turn"
    await say(database, made, A, "cannot", NOW + DAY)
    until = NOW + 2 * DAY
    assert await stands(database, made) == {A: "cannot", B: "offered", C: "waiting", D: "waiting"}
    assert await offers(database, made) == [(f"user:{B}", NOW + DAY)]
    assert await offers(database, made, OFFER_END) == [("server", until)]
    assert (await say(database, made, B, "going", NOW + DAY)).until == until, "pressing again shows the offer"
    assert (await say(database, made, E, "going", NOW + DAY)).answer == "waiting", "nobody slips in between"
    async with database.read() as session:
        assert await users_going(session, made.id) == [], "an offer is no place yet"
    # Another person, somebody without an offer, twice, and after a refusal.
    assert (await take(database, made, C) or Answered("", Counts())).answer == "waiting"
    assert (await take(database, made, 999) or Answered("", Counts())).answer is None
    for _ in range(2):
        assert (await take(database, made, B, NOW + DAY) or Answered("", Counts())).answer == "going"
    assert (await take(database, made, B, NOW + DAY, yes=False) or Answered("", Counts())).answer == "going"
    await say(database, made, B, "maybe", NOW + DAY)
    assert (await take(database, made, C, NOW + DAY, yes=False) or Answered("", Counts())).answer == "cannot"
    assert (await stands(database, made))[D] == "offered"
    assert (await take(database, made, D, until) or Answered("", Counts())).answer == "lapsed", "one moment too late"
    assert (await stands(database, made))[E] == "offered"


async def test_an_offer_that_nobody_takes_goes_to_the_next(database: Database, community: Community) -> None:
    made = await publish(database, community)
    for person in (A, B, C):
        await say(database, made, person, "going")
    await say(database, made, A, "cannot")
    for now in (NOW + DAY - timedelta(minutes=1), NOW + DAY, NOW + DAY):
        async with database.begin() as session:
            await pass_on(session, community.id, made.id, now)
    assert await stands(database, made) == {A: "cannot", B: "lapsed", C: "offered"}
    assert await offers(database, made) == [(f"user:{B}", NOW), (f"user:{C}", NOW + DAY)]
    assert (await say(database, made, B, "going", NOW + DAY)).answer == "waiting", "at the end of the list"
    assert (await say(database, made, C, "cannot", NOW + DAY)).answer == "cannot"
    assert (await stands(database, made))[B] == "offered", "and has their turn again"
    # Offers end at the start; then a free place is for whoever is there.
    assert (await say(database, made, D, "going", STARTS)).answer == "going"
    assert await stands(database, made) == {A: "cannot", B: "lapsed", C: "cannot", D: "going"}
    assert (await say(database, made, B, "going", STARTS)).answer == "waiting"


def test_an_offer_lasts_a_day_less_near_the_start_and_never_beyond_it() -> None:
    ends = {
        DAY * 8: DAY,
        timedelta(hours=4): timedelta(hours=2),
        timedelta(minutes=20): timedelta(minutes=15),
        timedelta(minutes=5): timedelta(minutes=5),
    }
    assert {ahead: offer_ends(NOW + ahead, NOW) - NOW for ahead in ends} == ends


async def test_places_change_with_the_webinar(database: Database, community: Community) -> None:
    made = await publish(database, community, capacity=2)
    for person in (A, B, C, D, E):
        await say(database, made, person, "going")

    async def change(now: datetime = NOW, **said: Any) -> Webinar:
        async with database.begin() as session:
            before = await get(session, community.id, made.id)
            assert before is not None
            known = {"capacity": before.capacity, "moment": before.moment}
            found = await edit(
                session, community, made.id, new(**{**known, **said}), version=before.version, by=MODERATOR, now=now
            )
        assert found is not None
        return found.webinar

    with pytest.raises(FewerPlacesFault) as fault:
        await change(capacity=1)
    assert fault.value.taken == 2
    assert (await change(title="Another title")).capacity == 2, "the version has not moved, nothing was half done"
    await change(capacity=3)
    assert await stands(database, made) == {A: "going", B: "going", C: "offered", D: "waiting", E: "waiting"}
    with pytest.raises(FewerPlacesFault):
        await change(capacity=2)
    # Moved to the same afternoon: the offer ends with the start.
    await change(moment=Moment.at(NOW + timedelta(hours=3), "UTC"))
    async with database.read() as session:
        assert (await stand(session, made.id, C)).until == NOW + timedelta(hours=3)
    await change(capacity=None)
    assert await stands(database, made) == {A: "going", B: "going", C: "offered", D: "offered", E: "offered"}
    async with database.begin() as session:
        found = await get(session, community.id, made.id)
        assert found is not None
        await cancel(session, community.id, made.id, version=found.version, reason="", by=MODERATOR, now=NOW)
        pending = await list_for_subject(session, community.id, made.subject)
        assert {row.state for row in pending if row.kind in (OFFER_WORD, OFFER_END)} == {"skipped"}
        assert await take_offer(session, community.id, made.id, C, NOW, take=True) is None


async def test_two_people_and_two_moderators_at_once(database: Database, community: Community) -> None:
    """Places are raised, given up, taken and passed on in the same moment: never more people than places."""
    made = await publish(database, community, capacity=3)
    for person in range(300, 312):
        await say(database, made, person, "going")
    raised = replace(new(), capacity=5)

    async def raise_places() -> None:
        async with database.begin() as session:
            await edit(session, community, made.id, raised, version=1, by=MODERATOR, now=NOW)

    async def give_up(person: int) -> None:
        await say(database, made, person, "cannot")

    async def take_what_is_there(person: int) -> None:
        for _ in range(3):
            await take(database, made, person)

    await asyncio.gather(
        raise_places(),
        *(give_up(person) for person in (300, 301)),
        *(take_what_is_there(person) for person in range(303, 312)),
    )
    found = list((await stands(database, made)).values())
    assert found.count("going") + found.count("offered") == 5
    assert found.count("waiting") == 5


async def test_whom_a_webinar_is_for(database: Database, community: Community) -> None:
    profile: dict[str, Any] = {
        "name": "Someone",
        "organisation_kind": "police",
        "organisation": "Police",
        "role": "Officer",
        "languages": ("en",),
        "offers": "",
        "seeks": "",
        "language": "en",
        "directory": False,
    }
    said = {A: ("SN", ("budgeting",), True), B: ("SN", ("capacity",), True), C: (None, ("budgeting",), True)}
    said[D] = ("SN", ("budgeting",), False)
    async with database.begin() as session:
        for user_id, (country, areas, approved) in said.items():
            person = Profile(**profile, country=country, key_areas=areas)
            asked = await submit_member(session, community.id, user_id, person, notice_version="1", now=NOW)
            await decide(session, asked, approved=approved, by=MODERATOR, now=NOW)
    everyone = [A, B, C, D, E]
    for audience, areas, whom in (
        ("all", (), everyone),
        ("areas", ("budgeting", "leadership"), [A, C]),
        ("network", (), [A, B]),
    ):
        made = await publish(database, community, audience=audience, audience_areas=areas)
        async with database.read() as session:
            assert [user for user in everyone if await is_for(session, made, user)] == whom, audience

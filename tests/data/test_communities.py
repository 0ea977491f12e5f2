"""Communities, their places, and what people chose."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from data.communities import (
    Community,
    Preference,
    all_communities,
    ensure_community,
    get_community,
    get_preference,
    mark_set_up,
    set_places,
    set_preference,
    update_settings,
)
from data.database import Database
from tests.data.conftest import NOW


async def again(database: Database, community: Community) -> Community:
    async with database.read() as session:
        found = await get_community(session, community.id)
    assert found is not None
    return found


async def test_a_community_keeps_its_settings(database: Database, community: Community) -> None:
    assert community.languages == ("en", "fr")
    assert community.reminder_offsets == (604_800, 86_400, 3_600, 0)
    assert community.set_up_at is None
    async with database.begin() as session:
        known = await ensure_community(
            session, community.id, name="New name", now=NOW, languages=("es",), zone="UTC", reminder_offsets=()
        )
    assert known == replace(community, name="New name") == await again(database, community)


async def test_one_that_is_unknown(database: Database) -> None:
    async with database.read() as session:
        assert await get_community(session, 1) is None
        assert await all_communities(session) == []


async def test_noted_by_several_at_once(database: Database) -> None:
    async def note() -> Community:
        async with database.begin() as session:
            return await ensure_community(
                session, 5, name="N", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
            )

    found = await asyncio.gather(*(note() for _ in range(6)))
    assert len({(one.id, one.name) for one in found}) == 1


async def test_settings_change_one_by_one(database: Database, community: Community) -> None:
    async with database.begin() as session:
        await update_settings(session, community.id, zone="Africa/Dakar")
        await update_settings(session, community.id, languages=["pt", "es"], reminder_offsets=[60])
        await update_settings(session, community.id)
        await mark_set_up(session, community.id, NOW)
    assert await again(database, community) == replace(
        community, zone="Africa/Dakar", languages=("pt", "es"), reminder_offsets=(60,), set_up_at=NOW
    )


async def test_places_by_purpose(database: Database, community: Community) -> None:
    async with database.begin() as session:
        await set_places(session, community.id, {"channel:welcome": 1, "role:area:budgeting": 2, "tag:stage:idea": 3})
        await set_places(
            session, community.id, {"channel:welcome": 4, "role:area:budgeting": None, "role:member": None}
        )
    found = await again(database, community)
    assert found.places == {"channel:welcome": 4, "tag:stage:idea": 3}
    assert found.channel("welcome") == found.channel("channel:welcome") == 4
    assert found.tag("stage:idea") == 3
    assert found.role("area:budgeting") is None
    assert found.role("welcome") is None
    async with database.read() as session:
        assert await all_communities(session) == [found]


async def test_a_place_needs_its_community(database: Database) -> None:
    async def misplace() -> None:
        async with database.begin() as session:
            await set_places(session, 404, {"channel:welcome": 1})

    with pytest.raises(IntegrityError):
        await misplace()


async def test_preferences(database: Database, community: Community) -> None:
    async with database.begin() as session:
        assert await get_preference(session, community.id, 7) is None
        await set_preference(session, community.id, 7, language="pt")
        await set_preference(session, community.id, 7, zone="America/Lima")
        assert await get_preference(session, community.id, 7) == Preference("pt", "America/Lima")
        await set_preference(session, community.id, 7, language=None)
        await set_preference(session, community.id, 7)
        assert await get_preference(session, community.id, 7) == Preference(None, "America/Lima")
        assert await get_preference(session, community.id, 8) is None

"""Nothing typed is lost, until its time is over."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from data.communities import Community
from data.database import Database
from data.drafts import Draft, delete_draft, delete_expired, get_draft, list_drafts, save_draft
from tests.data.conftest import NOW

DAY = timedelta(days=1)


async def save(
    database: Database, community: Community, data: dict[str, Any], *, now: datetime = NOW, **given: Any
) -> Draft:
    facts: dict[str, Any] = {"user_id": 7, "kind": "profile", "keep": DAY}
    async with database.begin() as session:
        return await save_draft(session, community_id=community.id, data=data, now=now, **facts | given)


async def test_what_is_typed_later_is_laid_over_what_was_there(database: Database, community: Community) -> None:
    first = await save(database, community, {"name": "Awa", "country": "SN"})
    later = await save(
        database, community, {"country": None, "areas": ["budgeting"], "é\u200f": "ñ"}, now=NOW + DAY / 2
    )
    assert later.id == first.id
    assert later.data == {"name": "Awa", "country": None, "areas": ["budgeting"], "é\u200f": "ñ"}
    assert later.expires_at == NOW + DAY / 2 + DAY
    async with database.read() as session:
        assert await get_draft(session, community.id, 7, "profile", now=NOW + DAY) == later


async def test_an_expired_draft_is_gone(database: Database, community: Community) -> None:
    await save(database, community, {"name": "Awa"})
    await save(database, community, {"name": "Awa"}, kind="webinar", keep=2 * DAY)
    async with database.begin() as session:
        assert await get_draft(session, community.id, 7, "profile", now=NOW + DAY) is None
        assert [draft.kind for draft in await list_drafts(session, community.id, 7, now=NOW + DAY)] == ["webinar"]
    assert (await save(database, community, {"role": "x"}, now=NOW + DAY)).data == {"role": "x"}
    async with database.begin() as session:
        assert await delete_expired(session, NOW + DAY) == 0
        assert await delete_expired(session, NOW + 2 * DAY) == 2


async def test_drafts_of_different_things_people_and_forms(database: Database, community: Community) -> None:
    new = await save(database, community, {"a": 1}, kind="webinar")
    edit = await save(database, community, {"a": 2}, kind="webinar", subject="webinar:12", now=NOW + DAY / 4)
    await save(database, community, {"a": 3}, kind="webinar", user_id=8)
    profile = await save(database, community, {"a": 4}, now=NOW + DAY / 2)
    async with database.read() as session:
        now = NOW + DAY / 2
        assert await list_drafts(session, community.id, 7, now=now) == [profile, edit, new]
        assert await list_drafts(session, community.id, 7, now=now, kind="webinar") == [edit, new]
        assert await get_draft(session, community.id, 7, "webinar", "webinar:12", now=now) == edit
        assert await get_draft(session, community.id + 1, 7, "webinar", now=now) is None


async def test_a_form_submitted_twice_goes_on_once(database: Database, community: Community) -> None:
    await save(database, community, {"a": 1})

    async def submit() -> bool:
        async with database.begin() as session:
            return await delete_draft(session, community.id, 7, "profile")

    assert sorted(await asyncio.gather(*(submit() for _ in range(5)))) == [False] * 4 + [True]


async def test_two_saves_at_once_lose_nothing(database: Database, community: Community) -> None:
    await asyncio.gather(*(save(database, community, {str(number): number}) for number in range(8)))
    async with database.read() as session:
        found = await get_draft(session, community.id, 7, "profile", now=NOW)
    assert found is not None
    assert found.data == {str(number): number for number in range(8)}

"""Addresses of calendars: one for each person, known by its hash, and gone when it is given up."""

import asyncio
from datetime import timedelta

from data.calendars import Feed, end_feed, end_feeds, feed_of, find_feed, new_token, note_served, replace_feed
from data.communities import Community
from data.database import Database
from tests.data.conftest import NOW


async def give(database: Database, community: Community, token: str, seen: int, user_id: int = 7) -> Feed | None:
    async with database.begin() as session:
        return await replace_feed(
            session, community.id, user_id, seen=seen, token=token, language="fr", now=NOW + timedelta(hours=seen)
        )


async def find(database: Database, token: str) -> Feed | None:
    async with database.read() as session:
        return await find_feed(session, token)


async def test_each_person_has_one_address_at_a_time(database: Database, community: Community) -> None:
    tokens = [new_token() for _ in range(5)]
    at_once = await asyncio.gather(*(give(database, community, token, 0) for token in tokens[:3]))
    [first] = [one for one in at_once if one is not None]
    assert [await find(database, token) for token in tokens[:3]] == at_once
    at_once = await asyncio.gather(*(give(database, community, token, first.id) for token in tokens[3:]))
    [second] = [one for one in at_once if one is not None]
    assert second.id != first.id
    assert [await find(database, token) for token in tokens] == [None, None, None, *at_once]
    other = await give(database, community, new_token(), 0, user_id=8)
    async with database.begin() as session:
        assert not await end_feed(session, community.id, 7, seen=first.id)
        assert not await end_feed(session, community.id, 8, seen=second.id)
        assert not await end_feed(session, community.id + 1, 7, seen=second.id)
        assert await end_feed(session, community.id, 7, seen=second.id)
        assert await feed_of(session, community.id, 7) is None
        assert await feed_of(session, community.id, 8) == other
        assert await end_feeds(session, community.id, [7, 8, 9]) == 1


async def test_what_is_served_later_is_dated_later(database: Database, community: Community) -> None:
    token = new_token()
    feed = await give(database, community, token, 0)
    times = [NOW, NOW + timedelta(milliseconds=300), NOW - timedelta(hours=1), NOW + timedelta(hours=1)]
    since: list[timedelta] = []
    for number, now in enumerate(times):
        assert feed is not None
        async with database.begin() as session:
            since.append(await note_served(session, feed, str(number), now) - NOW)
        feed = await find(database, token)
    assert since == [timedelta(seconds=seconds) for seconds in (0, 1, 2, 3600)]

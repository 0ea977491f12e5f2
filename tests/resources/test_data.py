"""What is kept of a community's own guidance, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.communities import ensure_community
from data.database import Database
from data.overview import get_overview
from data.resources import find_resource, get_resource, list_headings, list_resources, newest_resources
from data.resources.addresses import AddressFault, address_key, read_address
from data.resources.suggesting import (
    KEPT,
    MOST_WAITING,
    ManyFault,
    decide,
    forget_suggestions,
    get_suggestion,
    suggest,
)
from data.resources.writing import Facts, add_resources, change_resource, own_resource, retire_resource
from data.search.index import SearchIndex
from data.seeding import ensure_seeded
from tests.data.conftest import NOW

FACTS = Facts(
    title="Quokka guide",
    title_language="en",
    summary="How quokkas patrol.",
    publishers=("We",),
    year=2024,
    languages=("en",),
    type="handbook",
    key_areas=("capacity", "budgeting"),
    url="https://example.org/q",
)
SHARED = "unodc-handbook-vaw-2010"


async def test_what_a_community_keeps_is_its_own_and_the_search_follows(database: Database) -> None:
    await ensure_seeded(database)
    async with database.begin() as session:
        for community_id in (1, 2):
            await ensure_community(
                session, community_id, name="x", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
            )
    async with database.read() as session:
        ours, theirs = await get_overview(session, 1), await get_overview(session, -1)
        assert len(ours.rows) == 20
        assert ours.asks == (0,) * 5
        assert theirs.asks is None
        assert sum(cell.practices for row in theirs.rows for cell in row.cells) > 5
        assert [one.year for one in await newest_resources(session, 1)] == [2025, 2023, 2023]
    index = await SearchIndex.build(database)

    async def found(query: str, community_id: int) -> set[str]:
        await index.refresh(database)
        page = index.search(query, language="en", community_id=community_id, kinds=["resource"], limit=50)
        typed = index.complete(query[:10], language="en", community_id=community_id, kinds=["resource"])
        return {hit.id for hit in (*page.hits, *typed)}

    async with database.begin() as session:
        twice = [FACTS, replace(FACTS, title="Another", url="https://www.example.org/q/?utm_source=x")]
        [made] = await add_resources(session, 1, twice, by=7, now=NOW, action="resource.add")
        assert not await add_resources(session, 1, [FACTS], by=7, now=NOW, action="resource.import")
        resource = await own_resource(session, 1, made)
        assert resource is not None
        assert resource.key_areas == ("capacity", "budgeting")
        assert await own_resource(session, 2, made) is None
        assert await own_resource(session, 1, SHARED) is None, "everybody's are nobody's to change"
        assert await find_resource(session, 2, made) is None
        assert await get_resource(session, -1, made) is None, "visitors see what everybody has"
    assert [made in await found("quokka guide", one) for one in (1, 2, -1)] == [True, False, False]
    async with database.begin() as session:
        new = replace(FACTS, title="Numbat guide", key_areas=("leadership",))
        assert await change_resource(session, resource, new, by=7, now=NOW)
        assert not await change_resource(session, resource, FACTS, by=8, now=NOW), "it is not what it was"
        shared = await find_resource(session, 1, SHARED)
        assert shared is not None
        assert await retire_resource(session, 1, shared, by=7, now=NOW)
        assert not await retire_resource(session, 1, shared, by=7, now=NOW)
    assert made in await found("numbat", 1)
    handbook = "Handbook on Effective Police Responses"
    assert [SHARED in await found(handbook, one) for one in (1, -1, 2, -2)] == [False, False, True, True]
    async with database.begin() as session:
        assert await get_resource(session, -1, SHARED) is None
        assert [one.id for one in await list_headings(session, 1) if one.retired] == [SHARED]
        assert await retire_resource(session, 1, shared, by=7, now=NOW, back=True)
        current = await own_resource(session, 1, made)
        assert current is not None
        assert await retire_resource(session, 1, current, by=7, now=NOW)
        assert next(one for one in await list_resources(session, 1) if one.resource.id == made).retired
    assert SHARED in await found(handbook, 1)
    assert made not in await found("numbat", 1)
    async with database.begin() as session:
        first = await suggest(session, 2, 5, FACTS, language="fr", now=NOW)
        for _ in range(MOST_WAITING - 1):
            await suggest(session, 2, 5, FACTS, language="fr", now=NOW)
        with pytest.raises(ManyFault):
            await suggest(session, 2, 5, FACTS, language="fr", now=NOW)
        assert await get_suggestion(session, 1, first.id) is None
        taken = await decide(session, first, accepted=True, by=7, now=NOW + timedelta(days=2))
        assert taken is not None
        assert taken.resource_id is not None
        assert await decide(session, first, accepted=False, by=8, now=NOW) is None
        assert await forget_suggestions(session, NOW + KEPT) == MOST_WAITING - 1
        assert await forget_suggestions(session, NOW + KEPT + timedelta(days=2)) == 1
        assert await get_resource(session, 2, taken.resource_id) is not None


@pytest.mark.parametrize(
    "typed, code",
    [
        ("", "none"),
        ("a guide", "none"),
        ("javascript:alert(1)", "https"),
        ("JAVASCRIPT:alert(1)", "https"),
        ("data:text/html,x", "https"),
        ("http://example.org", "https"),
        ("https://unwomen.org@evil.example", "credentials"),
        ("https://unwomen.org\\@evil.example", "host"),
        ("https://localhost/x", "host"),
        ("https://10.0.0.1/x", "host"),
        ("https://[::1]/x", "host"),
        ("https://0x7f.1/", "host"),
        ("https://example.org:8443/", "host"),
        ("https://intranet/x", "host"),
        ("https://\u0440\u0430ypal.example/", "letters"),
        ("https://xn--80ak6aa92e.com/", "letters"),
        ("https://\u0261oogle.example/", "letters"),
        ("https://example.org\u202e/x", "letters"),
        ("https://example.org/" + "a" * 600, "long"),
    ],
)
def test_addresses_that_could_deceive_are_refused(typed: str, code: str) -> None:
    with pytest.raises(AddressFault) as refused:
        read_address(typed)
    assert refused.value.code == code


def test_addresses_are_kept_as_browsers_send_them() -> None:
    assert read_address(" Example.ORG/Guide?a=1 ").url == "https://example.org/Guide?a=1"
    assert read_address("https://example.org:443/@me/(1)").url == "https://example.org/%40me/%281%29"
    accented = read_address("https://españa.es/guía")
    assert accented.url == "https://xn--espaa-rta.es/gu%C3%ADa"
    assert accented.foreign
    assert address_key("https://www.example.org/a/?utm_source=b&z=1#c") == address_key("https://example.org/a?z=1")
    assert address_key(None) is None

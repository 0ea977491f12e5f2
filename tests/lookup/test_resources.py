"""What the database tells of resources, on both databases."""

from datetime import UTC, datetime

from data.communities import Community, ensure_community
from data.database import Database
from data.models import ResourceKeyAreaRow, ResourceRow
from data.resources import get_resource, get_resources, resources_of_key_area

NOW = datetime(2027, 3, 4, tzinfo=UTC)


async def community(database: Database, community_id: int) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session, community_id, name="x", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )


async def add(database: Database, resource_id: str, community_id: int | None, *, retired: bool = False) -> None:
    async with database.begin() as session:
        session.add(
            ResourceRow(
                id=resource_id,
                community_id=community_id,
                title="Own guide",
                title_language="en",
                title_gloss={"fr": "Notre guide"},
                scope=None,
                summary={"en": "Ours."},
                publishers=["We"],
                year=None,
                languages=["en"],
                type="guideline",
                url=None,
                url_kind="official",
                note=None,
                retired_at=NOW if retired else None,
            )
        )
        await session.flush()
        session.add(ResourceKeyAreaRow(resource_id=resource_id, key_area="budgeting", position=0))


async def test_a_resource_is_read_with_all_that_is_known(database: Database) -> None:
    async with database.read() as session:
        found = await get_resource(session, 1, "unodc-handbook-vaw-2010")
    assert found is not None
    assert found.title == "Handbook on Effective Police Responses to Violence against Women"
    assert found.meaning("en") == ""
    assert found.meaning("fr").startswith("Manuel sur les réponses efficaces")
    assert found.key_areas == ("prevention-investigation", "capacity")
    assert (found.year, found.languages, found.url_kind) == (2010, ("en", "fr", "es"), "official")


async def test_a_community_sees_its_own_and_those_of_everyone(database: Database) -> None:
    await community(database, 1)
    await community(database, 2)
    await add(database, "own", 1)
    await add(database, "old", None, retired=True)
    async with database.read() as session:
        wanted = ["own", "old", "unodc-handbook-vaw-2010", "no-such"]
        assert set(await get_resources(session, 1, wanted)) == {"own", "unodc-handbook-vaw-2010"}
        assert set(await get_resources(session, 2, wanted)) == {"unodc-handbook-vaw-2010"}
        assert await get_resources(session, 1, []) == {}
        own = await get_resource(session, 1, "own")
        assert own is not None
        assert own.url_kind is None, "where there is no address there is no kind of address"
        _, mine = await resources_of_key_area(session, 1, "budgeting")
        _, theirs = await resources_of_key_area(session, 2, "budgeting")
        assert mine == theirs + 1


async def test_a_key_area_begins_with_what_is_mainly_its_own(database: Database) -> None:
    async with database.read() as session:
        first, total = await resources_of_key_area(session, 1, "budgeting", limit=3)
        everything, same = await resources_of_key_area(session, 1, "budgeting", limit=100)
        rest, _ = await resources_of_key_area(session, 1, "budgeting", limit=100, offset=3)
        nothing, none = await resources_of_key_area(session, 1, "no-such-area")
    assert total == same == len(everything)
    assert [*first, *rest] == everything
    mainly = [resource.key_areas[0] == "budgeting" for resource in everything]
    assert mainly == sorted(mainly, reverse=True)
    leading = [resource.url is not None for resource, own in zip(everything, mainly, strict=True) if own]
    assert leading == sorted(leading, reverse=True)
    assert (nothing, none) == ([], 0)

"""The index follows the database, and forgets what is gone."""

from datetime import UTC, datetime

from sqlalchemy import delete, update

from data.changes import record_change
from data.communities import ensure_community
from data.database import Database
from data.models import ChangeRow, PracticeKeyAreaRow, PracticeRow, ResourceRow
from data.search.index import SearchIndex
from data.search.lookup import lookup_json

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
COMMUNITY = 987_654_321_098_765_432


async def add_practice(db: Database, identity: str, title: str, state: str = "published") -> None:
    async with db.begin() as session:
        await ensure_community(
            session, COMMUNITY, name="Network", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )
        session.add(
            PracticeRow(
                id=identity,
                community_id=COMMUNITY,
                origin="member",
                kind="practice",
                state=state,
                language="fr",
                title={"fr": title},
                summary={"fr": "Une brigade à vélo."},
                sections={},
                country="SN",
            )
        )
        await session.flush()
        session.add(PracticeKeyAreaRow(practice_id=identity, key_area="leadership", position=0))
        await record_change(session, "practice", identity, COMMUNITY)


async def test_changes_are_followed(database: Database) -> None:
    index = await SearchIndex.build(database)
    assert await index.refresh(database) == 0

    def found(query: str, community_id: int | None = COMMUNITY) -> list[str]:
        return [hit.id for hit in index.search(query, language="es", community_id=community_id).hits]

    await add_practice(database, "brigades", "Brigades cyclistes féminines")
    assert "brigades" not in found("brigades cyclistes")
    assert await index.refresh(database) == 1
    assert found("brigades cyclistes") == ["brigades"]
    assert found("brigades cyclistes", None) == []
    assert index.search("cyclistes", language="en", community_id=COMMUNITY, country="SN", key_area="leadership").hits

    async with database.begin() as session:
        await session.execute(update(PracticeRow).where(PracticeRow.id == "brigades").values(title={"fr": "Motards"}))
        await record_change(session, "practice", "brigades", COMMUNITY)
    await index.refresh(database)
    assert found("motards") == ["brigades"]
    assert found("cyclistes") == []

    async with database.begin() as session:
        await session.execute(delete(PracticeRow).where(PracticeRow.id == "brigades"))
        await record_change(session, "practice", "brigades", COMMUNITY)
    await index.refresh(database)
    assert found("motards") == []


async def test_what_may_not_be_seen_is_not_found(database: Database) -> None:
    index = await SearchIndex.build(database)
    await add_practice(database, "draft", "Brigades cyclistes", state="in_review")
    async with database.begin() as session:
        await session.execute(update(ResourceRow).where(ResourceRow.id == "ohchr-femicide-2014").values(retired_at=NOW))
        await record_change(session, "resource", "ohchr-femicide-2014")
    assert await index.refresh(database) == 2
    assert not index.search("brigades cyclistes", language="fr", community_id=COMMUNITY).hits
    assert "ohchr-femicide-2014" not in [hit.id for hit in index.search("femicide", language="en").hits]


async def test_facts_are_followed_and_other_changes_passed_over(database: Database) -> None:
    index = await SearchIndex.build(database)
    async with database.begin() as session:
        await record_change(session, "network_fact", "advisory_member/unodc")
        await record_change(session, "something_else", 7)
    assert await index.refresh(database) == 2
    hits = index.search("UNODC", language="en", kinds=["advisory_member"]).hits
    assert [hit.id for hit in hits] == ["unodc"]


async def test_an_older_copy_of_the_database_is_read_anew(database: Database) -> None:
    await add_practice(database, "brigades", "Brigades cyclistes")
    index = await SearchIndex.build(database)
    async with database.begin() as session:
        await session.execute(delete(PracticeRow).where(PracticeRow.id == "brigades"))
        await session.execute(delete(ChangeRow).where(ChangeRow.object_id == "brigades"))
    assert await index.refresh(database) > 0
    assert not index.search("cyclistes", language="fr", community_id=COMMUNITY).hits
    assert await index.refresh(database) == 0


async def test_lookup_in_plain_values(database: Database) -> None:
    await add_practice(database, "brigades", "Brigades cyclistes")
    found = await lookup_json(database, "trabajadoras sociales en comisarías", "pt", limit=2)
    assert list(found) == ["results"]
    first = found["results"][0]
    assert list(first) == ["kind", "id", "title", "score"]
    assert first["kind"] == "practice"
    assert first["id"] == "fr-social-workers"
    assert first["title"] == "Assistentes sociais nas delegacias de polícia"
    assert len(found["results"]) <= 2
    assert await lookup_json(database, "pizza recipe", "en") == {"results": []}
    # What belongs to one community is not for the command line.
    assert await lookup_json(database, "brigades cyclistes", "fr") == {"results": []}

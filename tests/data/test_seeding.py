"""The facts get into the tables whole, once, and leave alone what a community wrote."""

import asyncio
import copy
from typing import Any

import pytest
from sqlalchemy import select, text

from data.changes import changes_after, last_change
from data.communities import Community
from data.database import Database
from data.models import PracticeKeyAreaRow, PracticeRow, ResourceKeyAreaRow, ResourceRow
from data.seedfiles import read
from data.seeding import SeedReport, ensure_seeded, load_seed
from tests.data.conftest import NOW

UNCHANGED = SeedReport()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The seed files, to be altered by a test."""
    copies = {name: copy.deepcopy(read(name)) for name in ("network", "practices", "resources")}
    monkeypatch.setattr("data.seedfiles.read", copies.__getitem__)
    return copies


async def load(database: Database) -> SeedReport:
    async with database.begin() as session:
        return await load_seed(session)


async def count(database: Database, table: str, where: str = "1 = 1") -> int:
    async with database.read() as session:
        rows = await session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))  # noqa: S608 - our own words
        return rows.scalar_one()


async def resource(database: Database, slug: str) -> ResourceRow:
    async with database.read() as session:
        return (await session.scalars(select(ResourceRow).where(ResourceRow.id == slug))).one()


async def test_everything_is_there_after_the_first_start(database: Database) -> None:
    assert await count(database, "network_member") == 19
    assert await count(database, "network_member", "role = 'co-chair'") == 3
    assert await count(database, "key_area") == 5
    assert await count(database, "resource", "retired_at IS NULL") == 60
    assert await count(database, "resource", "url IS NULL AND url_kind IS NOT NULL") == 0
    assert await count(database, "practice", "state = 'published' AND origin = 'brochure'") == 17
    assert await count(database, "practice", "kind = 'position'") > 0
    assert await count(database, "network_fact", "kind = 'objective'") == 3
    assert await count(database, "resource_key_area", "position = 0") == 60
    assert await count(database, "practice_key_area", "position = 0") == 17
    row = await resource(database, "unodc-handbook-vaw-2010")
    assert row.languages == ["en", "fr", "es"]
    assert row.scope is None
    assert row.summary.keys() == {"en", "fr", "es", "pt"}
    async with database.read() as session:
        changes = await changes_after(session, 0, 1000)
    assert {change.kind for change in changes} == {"key_area", "network_member", "network_fact", "resource", "practice"}
    assert {change.community_id for change in changes} == {None}


async def test_loading_again_alters_nothing(database: Database) -> None:
    async with database.read() as session:
        before = await last_change(session)
    assert await ensure_seeded(database) is None
    assert await load(database) == UNCHANGED
    async with database.read() as session:
        assert await last_change(session) == before


async def test_what_the_files_say_now_is_brought_in(database: Database, files: dict[str, dict[str, Any]]) -> None:
    first, second, third = files["resources"]["resources"][:3]
    first["title"] = "A new title"
    second["key_areas"] = list(reversed(second["key_areas"]))
    files["resources"]["resources"].remove(third)
    files["resources"]["resources"].append({**third, "id": "brand-new"})
    files["practices"]["practices"][0]["key_area"] = "leadership"
    gone = files["practices"]["positions"].pop()["id"]
    files["network"]["objectives"].pop()
    files["network"]["key_areas"][0]["name"]["fr"] = "Autrement"
    async with database.read() as session:
        before = await last_change(session)

    report = await load(database)
    assert report.added == ["resource:brand-new"]
    assert sorted(report.changed) == sorted(
        [
            f"key_area:{files['network']['key_areas'][0]['id']}",
            f"resource:{first['id']}",
            f"resource:{second['id']}",
            f"practice:{files['practices']['practices'][0]['id']}",
        ]
    )
    assert report.retired == ["network_fact:objective/partner", f"resource:{third['id']}", f"practice:{gone}"]
    async with database.read() as session:
        changes = await changes_after(session, before, 100)
        areas = await session.scalars(
            select(ResourceKeyAreaRow.key_area)
            .where(ResourceKeyAreaRow.resource_id == second["id"])
            .order_by(ResourceKeyAreaRow.position)
        )
        assert list(areas) == second["key_areas"]
        withdrawn = (await session.scalars(select(PracticeRow).where(PracticeRow.id == gone))).one()
        moved = await session.scalars(
            select(PracticeKeyAreaRow.key_area).where(
                PracticeKeyAreaRow.practice_id == files["practices"]["practices"][0]["id"]
            )
        )
        assert list(moved) == ["leadership"]
    assert withdrawn.state == "withdrawn"
    assert withdrawn.withdrawn_at is not None
    assert {f"{change.kind}:{change.object_id}" for change in changes} == set(report.altered)
    assert (await resource(database, first["id"])).title == "A new title"
    assert (await resource(database, third["id"])).retired_at is not None
    assert await load(database) == UNCHANGED

    # And back: what returns to the files is shown again.
    files["resources"]["resources"].append(third)
    report = await load(database)
    assert report.changed == [f"resource:{third['id']}"]
    assert (await resource(database, third["id"])).retired_at is None


async def test_what_a_community_wrote_is_left_alone(
    database: Database, community: Community, files: dict[str, dict[str, Any]]
) -> None:
    theirs: dict[str, Any] = {
        "community_id": community.id,
        "title": "Ours",
        "title_language": "en",
        "title_gloss": {},
        "summary": {"en": "Ours"},
        "publishers": [],
        "languages": ["en"],
        "type": "toolkit",
    }
    async with database.begin() as session:
        session.add(ResourceRow(id="ours", **theirs))
        session.add(ResourceRow(id="brand-new", **theirs))
        await session.flush()
        session.add(ResourceKeyAreaRow(resource_id="ours", key_area="leadership", position=0))
        session.add(
            PracticeRow(
                id="p-1",
                community_id=community.id,
                origin="member",
                kind="practice",
                state="published",
                language="es",
                title={"es": "Nuestra"},
                summary={"es": "Nuestra"},
                sections={},
                submitted_at=NOW,
            )
        )
    files["resources"]["resources"].append({**files["resources"]["resources"][0], "id": "brand-new"})
    report = await load(database)
    assert report == SeedReport(taken=["resource:brand-new"])
    assert (await resource(database, "brand-new")).title == "Ours"
    assert (await resource(database, "ours")).retired_at is None
    assert await count(database, "resource_key_area", "resource_id = 'ours'") == 1
    assert await count(database, "resource_key_area", "resource_id = 'brand-new'") == 0
    assert await count(database, "practice", "id = 'p-1' AND state = 'published'") == 1


async def test_several_processes_seed_once(empty_url: str) -> None:
    async with Database.open(empty_url) as one, Database.open(empty_url) as other:
        reports = await asyncio.gather(*(ensure_seeded(database) for database in (one, other, one)))
    altered = [report for report in reports if report is not None]
    assert len(altered) == 1
    assert len(altered[0].added) > 100


async def test_a_changed_file_is_noticed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await ensure_seeded(database) is None

    def another(*_: object) -> str:
        return "another"

    monkeypatch.setattr("data.seedfiles.digest", another)
    assert await ensure_seeded(database) == UNCHANGED
    assert await ensure_seeded(database) is None

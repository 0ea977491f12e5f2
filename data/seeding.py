"""Loading the seed files into the tables: safe to repeat, and never touching what a community wrote."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import seedfiles
from data.changes import record_change
from data.database import Database
from data.kept import get_value, set_value
from data.models import (
    Base,
    KeyAreaRow,
    NetworkFactRow,
    NetworkMemberRow,
    PracticeKeyAreaRow,
    PracticeRow,
    ResourceKeyAreaRow,
    ResourceRow,
)
from data.statements import lock

_FILES = ("network", "practices", "resources")
_KEPT = "seed.digest"
_FACT_COLUMNS = frozenset({"id", "name", "title", "summary"})
_LANGUAGES = frozenset({"en", "fr", "es", "pt"})

Values = dict[str, Any]


@dataclass(slots=True)
class SeedReport:
    """What loading the seed files altered: `kind:id` of each thing, for instance `resource:unodc-handbook-vaw-2010`."""

    added: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])
    retired: list[str] = field(default_factory=list[str])
    # An id of a seed file that a community has taken for something of its own; left alone.
    taken: list[str] = field(default_factory=list[str])

    @property
    def altered(self) -> list[str]:
        """All that was added, changed, or retired."""
        return [*self.added, *self.changed, *self.retired]


async def ensure_seeded(db: Database) -> SeedReport | None:
    """Load the seed files if they, or how they are loaded, changed since the last time; of several processes one does.

    Returns:
        What was altered, or None where nothing had changed.
    """
    digest = seedfiles.digest(_FILES, Path(__file__))
    async with db.read() as session:
        if await get_value(session, _KEPT) == digest:
            return None
    async with db.begin() as session:
        await lock(session, _KEPT)
        if await get_value(session, _KEPT) == digest:
            return None
        report = await load_seed(session)
        await set_value(session, _KEPT, digest)
        return report


async def load_seed(session: AsyncSession) -> SeedReport:
    """Bring the shared facts in line with the seed files: insert, update what differs, retire what is gone.

    Resources that are gone are retired and practices withdrawn, since members may point to them; key areas stay. What
    was altered is noted for the search.
    """
    report = SeedReport()
    network, practices = seedfiles.read("network"), seedfiles.read("practices")
    await _load(session, report, "key_area", KeyAreaRow, map(_key_area, network["key_areas"]), "keep")
    await _load(session, report, "network_member", NetworkMemberRow, map(_member, network["members"]), "delete")
    await _load(session, report, "network_fact", NetworkFactRow, _facts(network, practices), "delete")
    resources: list[Any] = seedfiles.read("resources")["resources"]
    await _load(session, report, "resource", ResourceRow, map(_resource, resources), _retire)
    await _areas(session, report, "resource", ResourceKeyAreaRow, {row["id"]: row["key_areas"] for row in resources})
    named: list[Any] = [*practices["practices"], *practices["positions"]]
    await _load(session, report, "practice", PracticeRow, map(_practice, named), _withdraw)
    await _areas(session, report, "practice", PracticeKeyAreaRow, {row["id"]: [row["key_area"]] for row in named})
    for altered in report.altered:
        kind, _, object_id = altered.partition(":")
        await record_change(session, kind, object_id)
    return report


# What the files say, as columns ---------------------------------------------------------------------------------------


def _key_area(said: Values) -> Values:
    return {name: said[name] for name in ("id", "position", "name", "description")}


def _member(said: Values) -> Values:
    return {
        "id": said["id"],
        "country": said["country"],
        "role": said["role"],
        "presented_good_practice": said["presented_good_practice"],
        "region": said["region_m49"],
        "subregion": said["subregion_m49"],
        "intermediate_region": said["intermediate_region_m49"],
        "languages": said["official_languages"],
        "zones": [*said["time_zones"]["main"], *said["time_zones"]["other"]],
        "main_zones": len(said["time_zones"]["main"]),
    }


def _facts(network: Values, practices: Values) -> Iterable[Values]:
    """Everything said about the Network, each as a title, a body, and details by what it says."""
    said: Values = dict(network["network"])
    commitments = said.pop("commitments")
    for position, (name, value) in enumerate(said.items(), 1):
        fact_id = name.replace("_", "-")
        if _is_wording(value):
            yield _fact("fact", fact_id, position, value, {}, {})
        else:
            yield _fact("fact", fact_id, position, {}, {}, {"value": value})
    groups = (
        ("commitment", commitments),
        ("objective", network["objectives"]),
        ("activity", network["activities"]),
        ("advisory_member", network["advisory_members"]),
        ("challenge", practices["challenges"]),
        ("concern", practices["concerns_in_statements"]),
    )
    for kind, group in groups:
        for position, one in enumerate(group, 1):
            title = one.get("name") or one.get("title") or one["summary"]
            body: Values = one["summary"] if "summary" in one and title is not one["summary"] else {}
            # An objective's position is its number; a concern's is the view in which it was voiced.
            details = {
                name: value
                for name, value in one.items()
                if name not in _FACT_COLUMNS and (name, value) != ("position", position)
            }
            yield _fact(kind, one["id"], position, title, body, details)


def _fact(kind: str, fact_id: str, position: int, title: Values, body: Values, details: Values) -> Values:
    return {"kind": kind, "id": fact_id, "position": position, "title": title, "body": body, "details": details}


def _is_wording(value: object) -> bool:
    return isinstance(value, dict) and set(cast("dict[str, Any]", value)) == set(_LANGUAGES)


def _resource(said: Values) -> Values:
    same = (
        "id",
        "title",
        "title_language",
        "title_gloss",
        "scope",
        "summary",
        "publishers",
        "year",
        "languages",
        "type",
    )
    return {
        **{name: said[name] for name in same},
        "community_id": None,
        "url": said["url"],
        "url_kind": None if said["url"] is None else said["url_kind"],
        "note": said.get("note"),
        "retired_at": None,
    }


def _practice(said: Values) -> Values:
    return {
        "id": said["id"],
        "community_id": None,
        "origin": "brochure",
        "kind": said["kind"],
        "state": "published",
        "country": said["country"],
        "language": "en",
        "title": said["title"],
        "summary": said["summary"],
        "institution": said.get("institution"),
        "note": said.get("note"),
        "source": said["source"],
        "sections": {},
        "withdrawn_at": None,
        "withdrawn_reason": None,
    }


# Bringing the tables in line ------------------------------------------------------------------------------------------


def _retire(row: Any) -> bool:
    if row.retired_at is not None:
        return False
    row.retired_at = func.now()
    return True


def _withdraw(row: Any) -> bool:
    if row.state == "withdrawn":
        return False
    row.state, row.withdrawn_at, row.withdrawn_reason = "withdrawn", func.now(), "seed"
    return True


async def _load(
    session: AsyncSession,
    report: SeedReport,
    kind: str,
    table: type[Base],
    wanted: Iterable[Values],
    gone: Literal["keep", "delete"] | Callable[[Any], bool],
) -> None:
    """Insert, update and retire the rows of one table.

    Args:
        session: a write transaction.
        report: told what was altered.
        kind: how the report calls these.
        table: the row's class.
        wanted: the columns of each row that should be there.
        gone: what becomes of a row that should not; called with it, says whether that altered it.
    """
    key = [column.name for column in inspect(table).primary_key]
    rows = {tuple(getattr(row, name) for name in key): row for row in await session.scalars(select(table))}
    for values in wanted:
        identity = tuple(values[name] for name in key)
        name = f"{kind}:{'/'.join(identity)}"
        row = rows.pop(identity, None)
        if row is None:
            session.add(table(**values))
            report.added.append(name)
        elif getattr(row, "community_id", None) is not None:
            report.taken.append(name)
        elif _set(row, values):
            report.changed.append(name)
    for identity, row in rows.items():
        if getattr(row, "community_id", None) is not None:
            continue
        name = f"{kind}:{'/'.join(identity)}"
        if gone == "keep":
            continue
        if gone == "delete":
            await session.delete(row)
        elif not gone(row):
            continue
        report.retired.append(name)
    await session.flush()


def _set(row: Any, values: Values) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


async def _areas(
    session: AsyncSession,
    report: SeedReport,
    kind: str,
    table: type[ResourceKeyAreaRow] | type[PracticeKeyAreaRow],
    wanted: Mapping[str, list[str]],
) -> None:
    """Bring the key areas of shared resources or practices in line; the first is the main one."""
    owner = f"{kind}_id"
    rows: dict[tuple[str, str], Any] = {
        (getattr(row, owner), row.key_area): row for row in await session.scalars(select(table))
    }
    touched = set[str]()
    mine = {object_id: areas for object_id, areas in wanted.items() if f"{kind}:{object_id}" not in report.taken}
    for object_id, areas in mine.items():
        for position, area in enumerate(areas):
            row = rows.pop((object_id, area), None)
            if row is None:
                session.add(table(**{owner: object_id, "key_area": area, "position": position}))
                touched.add(object_id)
            elif row.position != position:
                row.position = position
                touched.add(object_id)
    for (object_id, _), row in rows.items():
        if object_id in mine:
            await session.delete(row)
            touched.add(object_id)
    await session.flush()
    known = set(report.altered)
    report.changed.extend(f"{kind}:{object_id}" for object_id in sorted(touched) if f"{kind}:{object_id}" not in known)

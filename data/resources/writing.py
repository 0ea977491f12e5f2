"""A community's own resources: added, changed, retired; and those of everybody, retired for one community."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.changes import record_change, record_changes
from data.countries import fold
from data.models import ResourceKeyAreaRow, ResourceRetirementRow, ResourceRow
from data.resources.addresses import address_key
from data.resources.reading import Listed, Resource, find_resource, is_retired, list_resources
from data.statements import insert, lock

TYPES = ("handbook", "guideline", "toolkit", "training", "framework", "self-assessment", "research", "database")
# The facts that are several.
_SEVERAL = ("publishers", "languages", "key_areas")
# What the ids of communities' own resources begin with.
OWN = "own-"
# As many as a community keeps of its own, so that nobody fills the search.
MOST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a resource.

    Attributes:
        title: as published.
        title_language: the language of the title and of the summary.
        summary: what is in it; may be empty.
        publishers: who published it.
        year: when, None where it is not known.
        languages: those in which it can be read.
        type: one of `TYPES`.
        key_areas: ids, the main one first.
        url: an address as `read_address` gives it, None where there is none.
    """

    title: str
    title_language: str
    summary: str
    publishers: tuple[str, ...]
    year: int | None
    languages: tuple[str, ...]
    type: str
    key_areas: tuple[str, ...]
    url: str | None

    def as_data(self) -> dict[str, Any]:
        """For keeping it as JSON."""
        data = asdict(self)
        return data | {name: list(data[name]) for name in _SEVERAL}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """From what `as_data` gave."""
        several: dict[str, Any] = {name: tuple(data[name]) for name in _SEVERAL}
        return cls(**{**data, **several})


def facts_of(resource: Resource) -> Facts:
    """What is said of a resource that is there."""
    return Facts(
        title=resource.title,
        title_language=resource.title_language,
        summary=resource.summary.by_language.get(resource.title_language, ""),
        publishers=resource.publishers,
        year=resource.year,
        languages=resource.languages,
        type=resource.type,
        key_areas=resource.key_areas,
        url=resource.url,
    )


class Known:
    """What a community has, by title and by address: what is there already is found by either."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._by: dict[str, Listed] = {}
        for one in listed:
            for key in _keys(one.resource.title, one.resource.url):
                self._by.setdefault(key, one)

    def find(self, title: str, url: str | None, *, but: str = "") -> Listed | None:
        """What is there with that title or address, other than the one with the id `but`."""
        found = [self._by[key] for key in _keys(title, url) if key in self._by]
        return next((one for one in found if one.resource.id != but), None)


def same_keys(title: str, url: str | None) -> tuple[str, ...]:
    """What two resources of one list must not share."""
    return tuple(_keys(title, url))


def _keys(title: str, url: str | None) -> list[str]:
    address = address_key(url)
    # A title of signs alone folds to nothing, which is not the same for all of them.
    return [f"title:{fold(title) or title}", *([f"url:{address}"] if address else [])]


async def known_resources(session: AsyncSession, community_id: int) -> Known:
    """What this community has or has retired."""
    return Known(await list_resources(session, community_id))


class FullFault(Exception):
    """A community has as many resources of its own as it can have."""


async def add_resources(
    session: AsyncSession, community_id: int, facts: Sequence[Facts], *, by: int, now: datetime, action: str
) -> list[str]:
    """Add resources that are this community's alone: all of them that are not there yet, in one transaction.

    Args:
        session: a write transaction.
        community_id: whose.
        facts: what they are.
        by: the user who adds them.
        now: the time (UTC).
        action: what stands in the audit log: one entry for each.

    Returns:
        Their ids; without those that somebody added meanwhile, by title or address.

    Raises:
        FullFault: there would be too many.
    """
    await lock(session, f"resources {community_id}")
    listed = await list_resources(session, community_id)
    known, seen = Known(listed), set[str]()
    if sum(one.resource.community_id is not None for one in listed) + len(facts) > MOST:
        raise FullFault
    made: dict[str, Facts] = {}
    for one in facts:
        keys = same_keys(one.title, one.url)
        if known.find(one.title, one.url) is None and seen.isdisjoint(keys):
            seen |= set(keys)
            made[f"{OWN}{secrets.token_hex(6)}"] = one
    session.add_all(
        ResourceRow(id=resource_id, community_id=community_id, note=None, retired_at=None, **_columns(one))
        for resource_id, one in made.items()
    )
    await session.flush()
    session.add_all(_areas((resource_id, one.key_areas) for resource_id, one in made.items()))
    await session.flush()
    ids = list(made)
    await record_changes(session, "resource", ids, community_id)
    await audit.record_all(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action=action,
        object_kind="resource",
        object_ids=ids,
    )
    return ids


async def change_resource(session: AsyncSession, resource: Resource, facts: Facts, *, by: int, now: datetime) -> bool:
    """Change one of a community's own, as it was read before.

    Returns:
        Whether it was changed: not where somebody else did meanwhile.
    """
    if resource.community_id is None:
        return False
    changed = await session.execute(
        update(ResourceRow)
        .where(ResourceRow.id == resource.id, ResourceRow.version == resource.version)
        .values(**_columns(facts), version=resource.version + 1)
        .execution_options(synchronize_session=False)
        .returning(ResourceRow.id)
    )
    if changed.first() is None:
        return False
    gone = delete(ResourceKeyAreaRow).where(ResourceKeyAreaRow.resource_id == resource.id)
    await session.execute(gone.execution_options(synchronize_session=False))
    session.add_all(_areas([(resource.id, facts.key_areas)]))
    await session.flush()
    fields = sorted(name for name, value in asdict(facts).items() if value != getattr(facts_of(resource), name))
    await _note(
        session,
        resource.community_id,
        resource.id,
        by=by,
        now=now,
        action="resource.edit",
        details={"version": resource.version + 1, "fields": fields},
    )
    return True


async def retire_resource(
    session: AsyncSession, community_id: int, resource: Resource, *, by: int, now: datetime, back: bool = False
) -> bool:
    """Let a community show a resource no longer, or again; of everybody's, only this community.

    Returns:
        Whether that changed anything.
    """
    if await is_retired(session, community_id, resource.id) is not back:
        return False
    if resource.community_id is not None:
        at = None if back else now
        statement = update(ResourceRow).where(ResourceRow.id == resource.id).values(retired_at=at)
        await session.execute(statement.execution_options(synchronize_session=False))
    elif back:
        away = ResourceRetirementRow
        gone = delete(away).where(away.community_id == community_id, away.resource_id == resource.id)
        await session.execute(gone.execution_options(synchronize_session=False))
    else:
        values = {"community_id": community_id, "resource_id": resource.id, "retired_at": now}
        await session.execute(insert(session, ResourceRetirementRow).values(**values).on_conflict_do_nothing())
    action = "resource.back" if back else "resource.retire"
    await _note(session, community_id, resource.id, by=by, now=now, action=action)
    return True


async def own_resource(session: AsyncSession, community_id: int, resource_id: str) -> Resource | None:
    """A resource that is this community's alone, or None."""
    found = await find_resource(session, community_id, resource_id)
    return found if found is not None and found.community_id == community_id else None


def _columns(facts: Facts) -> dict[str, Any]:
    return {
        "title": facts.title,
        "title_language": facts.title_language,
        "title_gloss": {},
        "scope": None,
        "summary": {facts.title_language: facts.summary} if facts.summary else {},
        "publishers": list(facts.publishers),
        "year": facts.year,
        "languages": list(facts.languages),
        "type": facts.type,
        "url": facts.url,
        "url_kind": "official" if facts.url else None,
    }


def _areas(of: Iterable[tuple[str, Sequence[str]]]) -> Iterator[ResourceKeyAreaRow]:
    for resource_id, areas in of:
        for position, area in enumerate(areas):
            yield ResourceKeyAreaRow(resource_id=resource_id, key_area=area, position=position)


async def _note(
    session: AsyncSession,
    community_id: int,
    resource_id: str,
    *,
    by: int,
    now: datetime,
    action: str,
    details: dict[str, Any] | None = None,
) -> None:
    """For the search, and for the trail."""
    await record_change(session, "resource", resource_id, community_id)
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action=action,
        object_kind="resource",
        object_id=resource_id,
        details=details,
    )

"""Finding resources: what a community shows, and, for those who keep the list, what it has retired."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import ResourceKeyAreaRow, ResourceRetirementRow, ResourceRow
from data.wording import Wording

# An official page about the resource, not the resource itself.
ABOUT = "official_about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource.

    Attributes:
        id: a slug.
        community_id: whose it is; None where every community has it.
        title: as published.
        title_language: the language of the title.
        gloss: what the title means in the other languages; not an official title.
        scope: whom it is meant for; empty where it is for everyone.
        summary: what is in it.
        publishers: who published it.
        year: when, None where it is not known.
        languages: those in which it was seen; empty where none was.
        type: `handbook`, `guideline`, `toolkit`, `training`, `framework`, `self-assessment`, `research` or `database`.
        key_areas: ids, the main one first.
        url: where it is, None where there is no address to show.
        url_kind: `official`, or `official_about` where the address is that of a page about it; None without address.
        version: grows with every change.
    """

    id: str
    community_id: int | None
    title: str
    title_language: str
    gloss: Wording
    scope: Wording
    summary: Wording
    publishers: tuple[str, ...]
    year: int | None
    languages: tuple[str, ...]
    type: str
    key_areas: tuple[str, ...]
    url: str | None
    url_kind: str | None
    version: int = 1

    def meaning(self, language: str) -> str:
        """What the title means to a reader of another language than its own; empty where there is nothing to add."""
        return "" if language == self.title_language else self.gloss.by_language.get(language, "")


@dataclass(frozen=True, slots=True)
class Listed:
    """A resource as those who keep the list see it.

    Attributes:
        resource: what it is.
        retired: whether this community shows it no longer.
    """

    resource: Resource
    retired: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of resources to choose from needs to know of one.

    Attributes:
        id: the resource's.
        titles: as published, then what it means in other languages.
        own: whether it is this community's alone.
        retired: whether this community shows it no longer.
    """

    id: str
    titles: tuple[str, ...]
    own: bool
    retired: bool


async def get_resource(session: AsyncSession, community_id: int, resource_id: str) -> Resource | None:
    """A resource that this community has and that was not retired.

    Here and in what follows, a community's id with a minus in front stands for those in its server who are not its
    members: they see what every community has, without what this one retired.
    """
    return (await get_resources(session, community_id, [resource_id])).get(resource_id)


async def get_resources(session: AsyncSession, community_id: int, ids: Sequence[str]) -> dict[str, Resource]:
    """Those of some resources which this community has and which were not retired, by id."""
    query = select(ResourceRow).where(ResourceRow.id.in_(ids), *_current(community_id))
    return {resource.id: resource for resource in await _read(session, query)} if ids else {}


async def resources_of_key_area(
    session: AsyncSession, community_id: int, key_area: str, *, limit: int = 10, offset: int = 0
) -> tuple[list[Resource], int]:
    """The resources of a key area: those whose main area it is first, then those one can open, then the newest.

    Returns:
        The resources, `limit` at most, and how many there are in all.
    """
    of_area = and_(ResourceKeyAreaRow.resource_id == ResourceRow.id, ResourceKeyAreaRow.key_area == key_area)
    where = _current(community_id)
    count = select(func.count()).select_from(ResourceRow).join(ResourceKeyAreaRow, of_area).where(*where)
    total = await session.scalar(count)
    query = (
        select(ResourceRow)
        .join(ResourceKeyAreaRow, of_area)
        .where(*where)
        .order_by(
            ResourceKeyAreaRow.position != 0,
            ResourceRow.url.is_(None),
            ResourceRow.year.desc().nulls_last(),
            ResourceRow.id,
        )
    )
    return await _read(session, query.limit(limit).offset(offset)), total or 0


async def newest_resources(session: AsyncSession, community_id: int, *, limit: int = 3) -> list[Resource]:
    """The newest of those that one can open, this community's own first among those of a year."""
    query = select(ResourceRow).where(*_current(community_id), ResourceRow.url.is_not(None))
    newest = (ResourceRow.year.desc().nulls_last(), ResourceRow.community_id.is_(None), ResourceRow.id)
    return await _read(session, query.order_by(*newest).limit(limit))


async def find_resource(session: AsyncSession, community_id: int, resource_id: str) -> Resource | None:
    """A resource that this community has, or has retired; for those who keep the list."""
    query = select(ResourceRow).where(ResourceRow.id == resource_id, *_known(community_id))
    return next(iter(await _read(session, query)), None)


async def is_retired(session: AsyncSession, community_id: int, resource_id: str) -> bool:
    """Whether this community shows a resource no longer."""
    query = select(ResourceRow.id).where(ResourceRow.id == resource_id, *_current(community_id))
    return await session.scalar(query) is None


async def list_resources(session: AsyncSession, community_id: int) -> list[Listed]:
    """All resources that this community has or has retired, its own first, each part by title."""
    shown = set(await session.scalars(select(ResourceRow.id).where(*_current(community_id))))
    query = select(ResourceRow).where(*_known(community_id))
    found = await _read(
        session, query.order_by(ResourceRow.community_id.is_(None), func.lower(ResourceRow.title), ResourceRow.id)
    )
    return [Listed(resource, resource.id not in shown) for resource in found]


async def list_headings(session: AsyncSession, community_id: int, *, retired: bool | None = None) -> list[Heading]:
    """What there is to choose from, in the order of `list_resources`; if given, only what is retired, or is not."""
    shown = and_(*_current(community_id))
    query = (
        select(ResourceRow.id, ResourceRow.title, ResourceRow.title_gloss, ResourceRow.community_id, shown)
        .where(*_known(community_id))
        .order_by(ResourceRow.community_id.is_(None), func.lower(ResourceRow.title), ResourceRow.id)
    )
    if retired is not None:
        query = query.where(not_(shown) if retired else shown)
    return [
        Heading(resource_id, (title, *gloss.values()), owner is not None, not is_shown)
        for resource_id, title, gloss, owner, is_shown in await session.execute(query)
    ]


def _current(community_id: int) -> list[ColumnElement[bool]]:
    away = exists().where(
        ResourceRetirementRow.resource_id == ResourceRow.id, ResourceRetirementRow.community_id == abs(community_id)
    )
    return [
        or_(ResourceRow.community_id == community_id, ResourceRow.community_id.is_(None)),
        ResourceRow.retired_at.is_(None),
        ~away,
    ]


def _known(community_id: int) -> list[ColumnElement[bool]]:
    """What a community has: its own, retired or not, and of everybody's what is still among the Network's."""
    shared = ResourceRow.community_id.is_(None) & ResourceRow.retired_at.is_(None)
    return [or_(ResourceRow.community_id == community_id, shared)]


async def _read(session: AsyncSession, query: Select[ResourceRow]) -> list[Resource]:
    rows = list(await session.scalars(query.execution_options(populate_existing=True)))
    areas: dict[str, list[str]] = {row.id: [] for row in rows}
    query_areas = (
        select(ResourceKeyAreaRow.resource_id, ResourceKeyAreaRow.key_area)
        .where(ResourceKeyAreaRow.resource_id.in_(areas))
        .order_by(ResourceKeyAreaRow.resource_id, ResourceKeyAreaRow.position)
    )
    for resource_id, area in await session.execute(query_areas) if rows else ():
        areas[resource_id].append(area)
    return [_resource(row, tuple(areas[row.id])) for row in rows]


def _resource(row: ResourceRow, key_areas: tuple[str, ...]) -> Resource:
    return Resource(
        id=row.id,
        community_id=row.community_id,
        title=row.title,
        title_language=row.title_language,
        gloss=Wording(row.title_gloss),
        scope=Wording(row.scope or {}),
        summary=Wording(row.summary),
        publishers=tuple(row.publishers),
        year=row.year,
        languages=tuple(row.languages),
        type=row.type,
        key_areas=key_areas,
        url=row.url,
        url_kind=row.url_kind if row.url else None,
        version=row.version,
    )

"""Where documents come from.

A feature whose things can be found adds its loader to `SOURCES`, and calls `data.changes.record_change` with the
source's kind whenever such a thing changes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import countries
from data.languages import LANGUAGES
from data.members import member_documents
from data.models import (
    AdaptationRow,
    KeyAreaRow,
    MemberRow,
    NetworkFactRow,
    NetworkMemberRow,
    PracticeKeyAreaRow,
    PracticeRow,
    PracticeTranslationRow,
    ResourceKeyAreaRow,
    ResourceRetirementRow,
    ResourceRow,
    WebinarRow,
)
from data.search.documents import Document
from data.search.text import UNKNOWN
from data.webinars import webinar_documents

# So many rows are made into documents in some milliseconds.
_AT_ONCE = 40

Loader = Callable[[AsyncSession, Collection[str] | None], Awaitable[list[Document]]]


@dataclass(frozen=True, slots=True)
class Source:
    """One sort of thing that can be found.

    Attributes:
        kind: as changes call it; also the kind of its documents, unless ids have the form `kind/id`.
        load: reads all documents, or those with the given ids that exist and may be found.
        ids: asks for all ids, where there can be so many that they are not read at once.
    """

    kind: str
    load: Loader
    ids: Select[Any] | None = None

    def key(self, object_id: str) -> str:
        """The key of the document that a change is about."""
        kind, slash, identity = object_id.partition("/")
        return f"{kind}:{identity}" if slash else f"{self.kind}:{object_id}"

    async def read(self, session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
        """Read all documents, or those with the given ids, a few at a time: between them others have their turn."""
        wanted = list(ids or ())
        if ids is None:
            if self.ids is None:
                return await self.load(session, None)
            wanted = [str(each) for each in await session.scalars(self.ids)]
        found: list[Document] = []
        for start in range(0, len(wanted), _AT_ONCE):
            found += await self.load(session, wanted[start : start + _AT_ONCE])
            await asyncio.sleep(0)
        return found


# Facts that answer a search; the others are told by /network.
_FACTS = ("advisory_member", "challenge", "activity", "objective")

_TYPES = {
    "handbook": ("handbook", "manuel", "manual", "manual"),
    "guideline": ("guideline", "lignes directrices", "directrices", "diretrizes"),
    "toolkit": ("toolkit", "boîte à outils", "caja de herramientas", "caixa de ferramentas"),
    "training": ("training", "formation", "capacitación", "formação"),
    "framework": ("framework", "cadre", "marco", "marco"),
    "self-assessment": ("self-assessment", "auto-évaluation", "autoevaluación", "autoavaliação"),
    "research": ("research", "étude", "estudio", "estudo"),
    "database": ("database", "base de données", "base de datos", "base de dados"),
}
_ROLES = {
    "co-chair": (
        "Member of the Network, co-chair",
        "Membre du Réseau, coprésidence",
        "Miembro de la Red, copresidencia",
        "Membro da Rede, copresidência",
    ),
    "member": ("Member of the Network", "Membre du Réseau", "Miembro de la Red", "Membro da Rede"),
}


_TRIED = {"en": "Tried in", "fr": "Essai :", "es": "Probada en", "pt": "Experiência:"}


def _named(words: Mapping[str, tuple[str, ...]], code: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, words.get(code, ()), strict=False))


def _country(code: str | None) -> dict[str, str]:
    return {language: countries.name(code, language) for language in LANGUAGES} if code else {}


def _joined(*parts: Mapping[str, str] | None) -> dict[str, str]:
    """One text for each language, of all that is said in it."""
    texts: dict[str, list[str]] = {}
    for part in parts:
        for language, text in (part or {}).items():
            texts.setdefault(language, []).append(text)
    return {language: ". ".join(each) for language, each in texts.items()}


def _among(column: Any, ids: Collection[str] | Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if ids is None else [column.in_(list(ids))]


async def _area_names(session: AsyncSession) -> dict[str, dict[str, str]]:
    return {row.id: row.name for row in await session.scalars(select(KeyAreaRow))}


async def _areas(session: AsyncSession, owner: Any, area: Any, position: Any, ids: Collection[str] | None) -> Any:
    found: dict[str, list[str]] = {}
    query = select(owner, area).where(*_among(owner, ids)).order_by(owner, position)
    for identity, key_area in await session.execute(query):
        found.setdefault(identity, []).append(key_area)
    return found


def _titles_of_areas(areas: Iterable[str], names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return _joined(*(names.get(area) for area in areas))


async def resource_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """Resources that were not retired; each knows the communities that retired it for themselves."""
    names = await _area_names(session)
    mapped = ResourceKeyAreaRow
    areas = await _areas(session, mapped.resource_id, mapped.key_area, mapped.position, ids)
    retired: dict[str, list[int]] = {}
    away = ResourceRetirementRow
    for resource_id, community_id in await session.execute(
        select(away.resource_id, away.community_id).where(*_among(away.resource_id, ids)).order_by(away.community_id)
    ):
        retired.setdefault(resource_id, []).append(community_id)
    query = select(ResourceRow).where(ResourceRow.retired_at.is_(None), *_among(ResourceRow.id, ids))
    return [
        Document(
            kind="resource",
            id=row.id,
            community_id=row.community_id,
            titles={**row.title_gloss, row.title_language: row.title},
            body=_joined(row.summary, row.scope),
            labels=_joined(
                {UNKNOWN: ", ".join([*row.publishers, *([str(row.year)] if row.year else [])])},
                _named(_TYPES, row.type),
                _titles_of_areas(areas.get(row.id, ()), names),
            ),
            published_title=row.title,
            key_areas=tuple(areas.get(row.id, ())),
            languages=tuple(row.languages),
            year=row.year,
            hidden_from=tuple(retired.get(row.id, ())),
        )
        for row in await session.scalars(query.order_by(ResourceRow.id))
    ]


async def practice_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """Published practices; a position that somebody stated is none."""
    names = await _area_names(session)
    mapped = PracticeKeyAreaRow
    areas = await _areas(session, mapped.practice_id, mapped.key_area, mapped.position, ids)
    translated: dict[str, list[PracticeTranslationRow]] = {}
    approved = select(PracticeTranslationRow).where(
        PracticeTranslationRow.state == "approved", *_among(PracticeTranslationRow.practice_id, ids)
    )
    for one in await session.scalars(approved.order_by(PracticeTranslationRow.id)):
        translated.setdefault(one.practice_id, []).append(one)
    query = select(PracticeRow).where(
        PracticeRow.kind == "practice", PracticeRow.state == "published", *_among(PracticeRow.id, ids)
    )
    return [
        Document(
            kind="practice",
            id=row.id,
            community_id=row.community_id,
            titles={**{one.language: one.title for one in translated.get(row.id, ())}, **row.title},
            body=_joined(
                row.summary,
                {row.language: ". ".join(row.sections.values())},
                row.institution,
                *(
                    {one.language: ". ".join((one.summary, *one.sections.values()))}
                    for one in translated.get(row.id, ())
                ),
            ),
            labels=_joined(_country(row.country), _titles_of_areas(areas.get(row.id, ()), names)),
            key_areas=tuple(areas.get(row.id, ())),
            country=row.country,
            languages=tuple(dict.fromkeys((*row.title, *(one.language for one in translated.get(row.id, ()))))),
            year=row.published_at.year if row.published_at else None,
        )
        for row in await session.scalars(query.order_by(PracticeRow.id))
    ]


async def adaptation_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """Where practices were tried, of those that are published: found by the words of the practice too."""
    names = await _area_names(session)
    numbers = None if ids is None else [int(each) for each in ids if each.isdecimal()]
    query = (
        select(AdaptationRow, PracticeRow.title)
        .join(PracticeRow, PracticeRow.id == AdaptationRow.practice_id)
        .where(AdaptationRow.state == "shown", PracticeRow.state == "published", *_among(AdaptationRow.id, numbers))
        .order_by(AdaptationRow.id)
    )
    rows = (await session.execute(query)).all()
    mapped = PracticeKeyAreaRow
    tried = {row.practice_id for row, _ in rows}
    areas = await _areas(session, mapped.practice_id, mapped.key_area, mapped.position, tried)
    return [
        Document(
            kind="adaptation",
            id=str(row.id),
            community_id=row.community_id,
            titles={language: f"{_TRIED[language]} {name}" for language, name in _country(row.country).items()},
            body=_joined({row.language: f"{row.changed}. {row.learnt}"}, title),
            labels=_titles_of_areas(areas.get(row.practice_id, ()), names),
            key_areas=tuple(areas.get(row.practice_id, ())),
            country=row.country,
            languages=(row.language,),
            year=row.sent_at.year,
        )
        for row, title in rows
    ]


async def network_member_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """The countries that are members of the Network."""
    query = select(NetworkMemberRow).where(*_among(NetworkMemberRow.id, ids)).order_by(NetworkMemberRow.id)
    documents: list[Document] = []
    for row in await session.scalars(query):
        regions = [code for code in (row.region, row.subregion, row.intermediate_region) if code]
        named = [{each: countries.region_name(code, each) for each in LANGUAGES} for code in regions]
        documents.append(
            Document(
                kind="network_member",
                id=row.id,
                community_id=None,
                titles=_country(row.country),
                labels=_joined(_named(_ROLES, row.role), *named),
                country=row.country,
            )
        )
    return documents


async def key_area_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """The five key areas."""
    query = select(KeyAreaRow).where(*_among(KeyAreaRow.id, ids)).order_by(KeyAreaRow.position)
    return [
        Document(
            kind="key_area", id=row.id, community_id=None, titles=row.name, body=row.description, key_areas=(row.id,)
        )
        for row in await session.scalars(query)
    ]


async def fact_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """Advisory members, challenges, activities and objectives; ids have the form `kind/id`."""
    query = select(NetworkFactRow).where(NetworkFactRow.kind.in_(_FACTS))
    if ids is not None:
        pairs = [each.partition("/")[::2] for each in ids]
        query = query.where(or_(*((NetworkFactRow.kind == kind) & (NetworkFactRow.id == each) for kind, each in pairs)))
    documents: list[Document] = []
    for row in await session.scalars(query.order_by(NetworkFactRow.kind, NetworkFactRow.position)):
        area = row.details.get("key_area")
        country = row.details.get("country")
        documents.append(
            Document(
                kind=row.kind,
                id=row.id,
                community_id=None,
                titles=row.title,
                body=_joined(row.body, row.details.get("short_name")),
                labels=_country(country),
                key_areas=(area,) if area else (),
                country=country,
            )
        )
    return documents


SOURCES: tuple[Source, ...] = (
    Source("key_area", key_area_documents),
    Source("practice", practice_documents, select(PracticeRow.id).order_by(PracticeRow.id)),
    Source("adaptation", adaptation_documents, select(AdaptationRow.id).order_by(AdaptationRow.id)),
    Source("resource", resource_documents, select(ResourceRow.id).order_by(ResourceRow.id)),
    Source("network_member", network_member_documents),
    Source("network_fact", fact_documents),
    Source("member", member_documents, select(MemberRow.id).order_by(MemberRow.id)),
    Source("webinar", webinar_documents, select(WebinarRow.id).order_by(WebinarRow.id)),
)

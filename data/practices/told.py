"""Adaptations as they are handed out, and finding them: who tried a practice elsewhere, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import AdaptationRow, PracticeRow
from data.practices.following import SHOWN
from data.practices.reading import get_visible
from data.practices.rows import PUBLISHED, Contest, Practice

# Its author contests what was found in it: moderators look at it first.
WAITING = "waiting"
# Taken back, taken down, or its author's data was erased.
TAKEN_BACK = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an author writes of an adaptation.

    Attributes:
        language: the one it is written in.
        country: where it was tried: ISO 3166-1 alpha-2; None once it was withdrawn.
        period: when, in the author's words.
        changed: what was changed.
        result: `worked`, `mixed`, `did-not-work` or `harm`; None once it was withdrawn.
        learnt: what was learnt.
        contested: what the author says identifies nobody.
    """

    language: str
    country: str | None
    period: str
    changed: str
    result: str | None
    learnt: str
    contested: tuple[Contest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation(Telling):
    """A practice tried elsewhere.

    Attributes:
        id: its own, never used again.
        community_id: where it was told.
        practice_id: what was tried.
        author_id: the user who told it; shown to nobody. None once their data was erased.
        state: `waiting`, `shown` or `withdrawn`.
        sent_at: when it was sent (UTC).
        withdrawn_at: when it was withdrawn (UTC): then nothing of its text is left.
        withdrawn_reason: a code: `author`, `moderator` or `erased`.
        version: grows with every change.
    """

    id: int
    community_id: int
    practice_id: str
    author_id: int | None
    state: str
    sent_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """An adaptation with the practice that was tried, as the search shows it."""

    adaptation: Adaptation
    practice: Practice

    @property
    def id(self) -> int:
        """The adaptation's."""
        return self.adaptation.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How a practice fared in one country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        results: how often each result was told, those that were.
    """

    country: str
    results: dict[str, int]

    @property
    def count(self) -> int:
        """How many adaptations that are."""
        return sum(self.results.values())


async def find_adaptation(session: AsyncSession, community_id: int, adaptation_id: int) -> Adaptation | None:
    """An adaptation of this community in whatever state, or None: for those who may act on it."""
    query = select(AdaptationRow).where(AdaptationRow.id == adaptation_id, AdaptationRow.community_id == community_id)
    return next(iter(await read_adaptations(session, query)), None)


async def get_adaptation(session: AsyncSession, community_id: int, adaptation_id: int) -> Adaptation | None:
    """One that everyone here may read: it is shown, and so is its practice."""
    query = select(AdaptationRow).where(AdaptationRow.id == adaptation_id, *_visible(community_id))
    return next(iter(await read_adaptations(session, query)), None)


async def get_told(session: AsyncSession, community_id: int, adaptation_id: int) -> Told | None:
    """One that everyone here may read, with what was tried."""
    adaptation = await get_adaptation(session, community_id, adaptation_id)
    practice = await get_visible(session, community_id, adaptation.practice_id) if adaptation else None
    return Told(adaptation, practice) if adaptation is not None and practice is not None else None


async def list_adaptations(
    session: AsyncSession, community_id: int, practice_id: str, *, limit: int, offset: int = 0
) -> tuple[list[Adaptation], int]:
    """What was told of a practice, newest first.

    Returns:
        The adaptations, `limit` at most, and how many there are in all.
    """
    where = [*_visible(community_id), AdaptationRow.practice_id == practice_id]
    query = select(AdaptationRow).where(*where).order_by(AdaptationRow.sent_at.desc(), AdaptationRow.id.desc())
    total = (await session.execute(select(func.count()).select_from(AdaptationRow).where(*where))).scalar_one()
    return await read_adaptations(session, query.limit(limit).offset(offset)), total


async def list_my_adaptations(session: AsyncSession, community_id: int, author_id: int) -> list[Adaptation]:
    """What a person told, newest first, without what they took back."""
    query = select(AdaptationRow).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.author_id == author_id,
        AdaptationRow.state != TAKEN_BACK,
    )
    return await read_adaptations(session, query.order_by(AdaptationRow.sent_at.desc(), AdaptationRow.id.desc()))


async def tally(session: AsyncSession, community_id: int, practice_id: str) -> list[Tally]:
    """In which countries a practice was tried, the one with most adaptations first, and what came of it."""
    query = (
        select(AdaptationRow.country, AdaptationRow.result, func.count())
        .where(*_visible(community_id), AdaptationRow.practice_id == practice_id)
        .group_by(AdaptationRow.country, AdaptationRow.result)
        .order_by(AdaptationRow.country, AdaptationRow.result)
    )
    found: dict[str, dict[str, int]] = {}
    for country, result, count in await session.execute(query):
        if country is not None and result is not None:
            found.setdefault(country, {})[result] = count
    return sorted((Tally(*each) for each in found.items()), key=lambda one: (-one.count, one.country))


async def adaptations_by(session: AsyncSession, community_id: int, author_id: int, states: Sequence[str]) -> list[int]:
    """The ids of what a person told that is in one of these states."""
    query = select(AdaptationRow.id).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.author_id == author_id,
        AdaptationRow.state.in_(states),
    )
    return list(await session.scalars(query))


def _visible(community_id: int) -> list[ColumnElement[bool]]:
    published = select(PracticeRow.id).where(PracticeRow.state == PUBLISHED)
    return [
        AdaptationRow.community_id == community_id,
        AdaptationRow.state == SHOWN,
        AdaptationRow.practice_id.in_(published),
    ]


async def read_adaptations(session: AsyncSession, query: Select[AdaptationRow]) -> list[Adaptation]:
    """The adaptations of a query, as they are in the database now."""
    return [adaptation_of(row) for row in await session.scalars(query.execution_options(populate_existing=True))]


def adaptation_of(row: AdaptationRow) -> Adaptation:
    """A row as it is handed out."""
    columns: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(Adaptation)}
    columns["contested"] = tuple(Contest(**item) for item in row.contested)
    return Adaptation(**columns)

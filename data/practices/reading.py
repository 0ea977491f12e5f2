"""Finding practices: one's own, those that wait, and those that everyone may read."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PracticeKeyAreaRow, PracticeRow
from data.practices.rows import (
    APPROVED,
    BROCHURE,
    IN_REVIEW,
    MEMBER,
    MERGED,
    PRACTICE,
    PUBLISHED,
    Practice,
    Title,
    read,
)
from data.wording import Wording


async def find(session: AsyncSession, community_id: int, practice_id: str) -> Practice | None:
    """A member's practice of this community in whatever state, or None: for those who may act on it."""
    query = select(PracticeRow).where(
        PracticeRow.id == practice_id, PracticeRow.community_id == community_id, PracticeRow.origin == MEMBER
    )
    return next(iter(await read(session, query)), None)


async def get_visible(session: AsyncSession, community_id: int, practice_id: str) -> Practice | None:
    """A published practice of this community, or one that every community has. Never a position."""
    query = select(PracticeRow).where(PracticeRow.id == practice_id, *visible_to(community_id))
    return next(iter(await read(session, query)), None)


async def already_sent(session: AsyncSession, community_id: int, author_id: int, draft: str) -> Practice | None:
    """The practice that a draft became when this author sent it, or None where it was never sent.

    Args:
        session: any transaction.
        community_id: where.
        author_id: whose draft it was.
        draft: the draft's subject.
    """
    query = select(PracticeRow).where(
        PracticeRow.community_id == community_id,
        PracticeRow.author_id == author_id,
        or_(PracticeRow.id == draft, PracticeRow.id.endswith(f"-{draft}", autoescape=True)),
    )
    return next(iter(await read(session, query.limit(1))), None)


async def list_mine(session: AsyncSession, community_id: int, author_id: int) -> list[Practice]:
    """All that a person shared in a community, last sent first; what they withdrew last."""
    query = (
        select(PracticeRow)
        .where(
            PracticeRow.community_id == community_id, PracticeRow.author_id == author_id, PracticeRow.state != MERGED
        )
        .order_by(PracticeRow.withdrawn_at.is_not(None), PracticeRow.submitted_at.desc(), PracticeRow.id)
    )
    return await read(session, query)


async def list_waiting(
    session: AsyncSession, community_id: int, *, limit: int, offset: int = 0
) -> tuple[list[Practice], int]:
    """What waits for moderators, longest first: what is in review, and what is approved but not posted.

    Returns:
        The practices, `limit` at most, and how many wait in all.
    """
    where = [PracticeRow.community_id == community_id, PracticeRow.state.in_((IN_REVIEW, APPROVED))]
    query = select(PracticeRow).where(*where).order_by(PracticeRow.submitted_at, PracticeRow.id)
    total = (await session.execute(select(func.count()).select_from(PracticeRow).where(*where))).scalar_one()
    return await read(session, query.limit(limit).offset(offset)), total


async def by_key_area(
    session: AsyncSession, community_id: int, key_area: str, *, limit: int = 10, offset: int = 0
) -> list[Practice]:
    """Published practices of a key area: members' newest first, then those from the brochure."""
    query = (
        select(PracticeRow)
        .join(
            PracticeKeyAreaRow,
            and_(PracticeKeyAreaRow.practice_id == PracticeRow.id, PracticeKeyAreaRow.key_area == key_area),
        )
        .where(*visible_to(community_id))
        .order_by(PracticeRow.origin == BROCHURE, PracticeRow.published_at.desc().nulls_last(), PracticeRow.id)
    )
    return await read(session, query.limit(limit).offset(offset))


async def practices_by_country_and_area(session: AsyncSession, community_id: int) -> dict[tuple[str | None, str], int]:
    """How many published practices there are of each key area, by country."""
    query = (
        select(PracticeRow.country, PracticeKeyAreaRow.key_area, func.count())
        .join(PracticeKeyAreaRow, PracticeKeyAreaRow.practice_id == PracticeRow.id)
        .where(*visible_to(community_id))
        .group_by(PracticeRow.country, PracticeKeyAreaRow.key_area)
    )
    return {(country, area): n for country, area, n in await session.execute(query)}


async def titles(
    session: AsyncSession, community_id: int, *, states: Sequence[str] | None = None, author_id: int | None = None
) -> list[Title]:
    """Titles to choose from.

    Args:
        session: any transaction.
        community_id: where.
        states: members' practices of this community in these states; without, all that everyone may read.
        author_id: with `states`: only this author's.
    """
    columns = (PracticeRow.id, PracticeRow.title, PracticeRow.language, PracticeRow.origin)
    if states is None:
        where = visible_to(community_id)
    else:
        where = [
            PracticeRow.community_id == community_id,
            PracticeRow.origin == MEMBER,
            PracticeRow.state.in_(states),
        ]
        if author_id is not None:
            where.append(PracticeRow.author_id == author_id)
    query = select(*columns).where(*where).order_by(PracticeRow.published_at.desc().nulls_last(), PracticeRow.id)
    return [
        Title(practice_id, Wording(title), language, origin == BROCHURE)
        for practice_id, title, language, origin in await session.execute(query)
    ]


def visible_to(community_id: int) -> list[ColumnElement[bool]]:
    """What a practice has to be for everyone in a community to read it."""
    return [
        or_(PracticeRow.community_id == community_id, PracticeRow.community_id.is_(None)),
        PracticeRow.state == PUBLISHED,
        PracticeRow.kind == PRACTICE,
    ]

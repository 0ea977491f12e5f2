"""What people have typed into forms so far, so that nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import DraftRow
from data.statements import insert


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form of one person.

    Attributes:
        id: its own.
        community_id: where.
        user_id: whose.
        kind: which form.
        subject: what it is about, for instance `webinar:12`; empty for a new thing.
        data: what was typed, by field.
        updated_at: when something was last saved (UTC).
        expires_at: when it is forgotten (UTC).
    """

    id: int
    community_id: int
    user_id: int
    kind: str
    subject: str
    data: Mapping[str, Any]
    updated_at: datetime
    expires_at: datetime


async def save_draft(
    session: AsyncSession,
    *,
    community_id: int,
    user_id: int,
    kind: str,
    subject: str = "",
    data: Mapping[str, Any],
    now: datetime,
    keep: timedelta,
) -> Draft:
    """Lay what was typed over what was there before, field by field, and keep it for `keep` from now."""
    await session.execute(
        insert(session, DraftRow)
        .values(
            community_id=community_id,
            user_id=user_id,
            kind=kind,
            subject=subject,
            data={},
            updated_at=now,
            expires_at=now + keep,
        )
        .on_conflict_do_nothing(index_elements=["community_id", "user_id", "kind", "subject"])
    )
    row = (
        await session.scalars(
            select(DraftRow)
            .where(*_is(community_id, user_id, kind, subject))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()
    before = row.data if row.expires_at > now else {}
    row.data = {**before, **data}
    row.updated_at = now
    row.expires_at = now + keep
    await session.flush()
    return _draft(row)


async def get_draft(
    session: AsyncSession, community_id: int, user_id: int, kind: str, subject: str = "", *, now: datetime
) -> Draft | None:
    """The draft, or None where there is none or it has expired."""
    row = (
        await session.scalars(
            select(DraftRow).where(*_is(community_id, user_id, kind, subject), DraftRow.expires_at > now)
        )
    ).one_or_none()
    return None if row is None else _draft(row)


async def get_draft_by_id(session: AsyncSession, community_id: int, draft_id: int) -> Draft | None:
    """A draft of a community by its number, expired or not; None where there is none."""
    row = await session.get(DraftRow, draft_id, populate_existing=True)
    return None if row is None or row.community_id != community_id else _draft(row)


async def list_drafts(
    session: AsyncSession, community_id: int, user_id: int, *, now: datetime, kind: str | None = None
) -> list[Draft]:
    """A person's drafts that have not expired, last saved first."""
    query = select(DraftRow).where(
        DraftRow.community_id == community_id, DraftRow.user_id == user_id, DraftRow.expires_at > now
    )
    if kind is not None:
        query = query.where(DraftRow.kind == kind)
    rows = await session.scalars(query.order_by(DraftRow.updated_at.desc(), DraftRow.id.desc()))
    return [_draft(row) for row in rows]


async def delete_draft(session: AsyncSession, community_id: int, user_id: int, kind: str, subject: str = "") -> bool:
    """Forget a draft.

    Returns:
        Whether there was one: of two identical submissions, only the first may go on.
    """
    done = await session.execute(
        delete(DraftRow)
        .where(*_is(community_id, user_id, kind, subject))
        .returning(DraftRow.id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def delete_expired(session: AsyncSession, now: datetime) -> int:
    """Forget the drafts whose time is over.

    Returns:
        How many there were.
    """
    done = await session.execute(
        delete(DraftRow)
        .where(DraftRow.expires_at <= now)
        .returning(DraftRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _is(community_id: int, user_id: int, kind: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (
        DraftRow.community_id == community_id,
        DraftRow.user_id == user_id,
        DraftRow.kind == kind,
        DraftRow.subject == subject,
    )


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        community_id=row.community_id,
        user_id=row.user_id,
        kind=row.kind,
        subject=row.subject,
        data=dict(row.data),
        updated_at=row.updated_at,
        expires_at=row.expires_at,
    )

"""Who did what, to what, when. Entries are only ever added, and hold codes and numbers, never a person's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import AuditRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action.

    Attributes:
        id: grows with time.
        community_id: where.
        at: when (UTC).
        actor_id: the user who did it; None for Convenor itself.
        action: a code, for instance `webinar.cancel`.
        object_kind: what kind of thing it was done to, for instance `webinar`.
        object_id: the id of that thing, as text.
        details: codes and numbers.
    """

    id: int
    community_id: int
    at: datetime
    actor_id: int | None
    action: str
    object_kind: str
    object_id: str
    details: Mapping[str, Any]


async def record(
    session: AsyncSession,
    *,
    community_id: int,
    at: datetime,
    actor_id: int | None,
    action: str,
    object_kind: str,
    object_id: str | int,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry, in the same transaction as the action itself. `details` holds codes and numbers only."""
    session.add(
        AuditRow(
            community_id=community_id,
            at=at,
            actor_id=actor_id,
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            details=dict(details or {}),
        )
    )
    await session.flush()


async def list_entries(
    session: AsyncSession,
    community_id: int,
    *,
    actor_id: int | None = None,
    action: str | None = None,
    limit: int = 50,
) -> list[AuditEntry]:
    """A community's entries, newest first, of one actor or one action if given."""
    query = select(AuditRow).where(AuditRow.community_id == community_id)
    if actor_id is not None:
        query = query.where(AuditRow.actor_id == actor_id)
    if action is not None:
        query = query.where(AuditRow.action == action)
    rows = await session.scalars(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit))
    return [
        AuditEntry(
            id=row.id,
            community_id=row.community_id,
            at=row.at,
            actor_id=row.actor_id,
            action=row.action,
            object_kind=row.object_kind,
            object_id=row.object_id,
            details=row.details,
        )
        for row in rows
    ]

"""Who did what, to what, when. Entries are only ever added, and hold codes and numbers, never a person's words.

People are written down by their alias (see `data.aliases`): whoever was erased stays in the trail as nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.aliases import alias_of
from data.models import AliasRow, AuditRow, MemberRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action.

    Attributes:
        id: grows with time.
        community_id: where.
        at: when (UTC).
        actor: the alias of who did it; None for Convenor itself.
        actor_id: the user whose alias that is; None for Convenor itself, and for people whose data was erased.
        action: a code, for instance `webinar.cancel`.
        object_kind: what kind of thing it was done to, for instance `webinar`.
        object_id: the id of that thing, as text.
        details: codes and numbers.
    """

    id: int
    community_id: int
    at: datetime
    actor: str | None
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
            actor=None if actor_id is None else await alias_of(session, community_id, actor_id),
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            details=dict(details or {}),
        )
    )
    await session.flush()


async def record_all(
    session: AsyncSession,
    *,
    community_id: int,
    at: datetime,
    actor_id: int,
    action: str,
    object_kind: str,
    object_ids: Sequence[int],
) -> None:
    """Add an entry for each of several things to which the same was done."""
    actor = await alias_of(session, community_id, actor_id)
    session.add_all(
        AuditRow(
            community_id=community_id,
            at=at,
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            details={},
        )
        for object_id in object_ids
    )
    await session.flush()


async def list_entries(
    session: AsyncSession,
    community_id: int,
    *,
    actor_id: int | None = None,
    action: str | None = None,
    about: tuple[str, str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[AuditEntry]:
    """A community's entries, newest first.

    Args:
        session: any transaction.
        community_id: whose.
        actor_id: only what this user did, or what was done to their membership.
        action: only this action; one that ends with a dot stands for all that begin with it.
        about: only what was done to this thing: its kind and its id.
        limit: how many at most.
        offset: how many to pass over.
    """
    alias = and_(AliasRow.code == AuditRow.actor, AliasRow.community_id == AuditRow.community_id)
    query = select(AuditRow, AliasRow.user_id).outerjoin(AliasRow, alias).where(AuditRow.community_id == community_id)
    if actor_id is not None:
        themselves = select(cast(MemberRow.id, Text)).where(
            MemberRow.community_id == community_id, MemberRow.user_id == actor_id
        )
        done_to = and_(AuditRow.object_kind == "member", AuditRow.object_id.in_(themselves))
        query = query.where(or_(AliasRow.user_id == actor_id, done_to))
    if action is not None:
        query = query.where(AuditRow.action.startswith(action) if action.endswith(".") else AuditRow.action == action)
    if about is not None:
        query = query.where(AuditRow.object_kind == about[0], AuditRow.object_id == about[1])
    rows = await session.execute(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit).offset(offset))
    return [
        AuditEntry(
            id=row.id,
            community_id=row.community_id,
            at=row.at,
            actor=row.actor,
            actor_id=user_id,
            action=row.action,
            object_kind=row.object_kind,
            object_id=row.object_id,
            details=row.details,
        )
        for row, user_id in rows
    ]


async def known_actions(session: AsyncSession, community_id: int) -> list[str]:
    """The actions that stand in a community's log, by name."""
    query = select(AuditRow.action).where(AuditRow.community_id == community_id).distinct()
    return sorted(await session.scalars(query))

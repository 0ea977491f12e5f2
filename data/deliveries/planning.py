"""What is to go out: planned, moved, cancelled, and looked at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.deliveries.rows import NO_LEASE, PENDING, SKIPPED, Delivery, read_rows, update_rows
from data.models import DeliveryRow
from data.statements import insert, mark

# Skipped for one of these, a row may be planned anew: nothing was sent, and its cause has come back.
REVIVABLE = ("cancelled", "replanned")
LATE = "late"


async def plan(  # noqa: PLR0913 - what a delivery is made of
    session: AsyncSession,
    *,
    community_id: int,
    kind: str,
    subject: str,
    target: str,
    due_at: datetime,
    now: datetime,
    occurrence: str = "",
    expires_at: datetime | None = None,
    details: Mapping[str, Any] | None = None,
) -> Delivery:
    """Plan a message, in the same transaction as its cause. Planning the same again makes no second one.

    A row with the same subject, kind, occurrence and target moves to the new hour while it is pending, and also when it
    was skipped because its cause was cancelled or planned anew, or because it was late and the new hour is still ahead.
    One that is being sent, was sent, or failed stays as it is.

    Returns:
        The delivery as it now is.
    """
    key: dict[str, Any] = {
        "subject": subject,
        "kind": kind,
        "occurrence": occurrence,
        "target": target,
        "community_id": community_id,
    }
    facts = {"due_at": due_at, "expires_at": expires_at, "details": dict(details or {})}
    fresh = insert(session, DeliveryRow).values(**key, **facts, state=PENDING, attempts=0, planned_at=now)
    made = await session.execute(fresh.on_conflict_do_nothing(index_elements=list(key)).returning(DeliveryRow.id))
    if made.first() is None:
        await _replan(session, key, facts, now)
    mark(session, "planned")
    (row,) = await read_rows(session, select(DeliveryRow).filter_by(**key))
    return row


async def cancel_pending(
    session: AsyncSession,
    *,
    subject: str,
    reason: str,
    now: datetime,
    kind: str | None = None,
    community_id: int | None = None,
) -> int:
    """Skip what is still pending about a subject, of one kind or one community if given.

    Returns:
        How many there were.
    """
    where = [DeliveryRow.subject == subject, DeliveryRow.state == PENDING]
    if kind is not None:
        where.append(DeliveryRow.kind == kind)
    if community_id is not None:
        where.append(DeliveryRow.community_id == community_id)
    return await update_rows(session, where, {"state": SKIPPED, "reason": reason, "finished_at": now, **NO_LEASE})


async def expire_overdue(session: AsyncSession, now: datetime) -> int:
    """Skip what is pending and has become useless, with the reason `late`.

    Returns:
        How many there were.
    """
    where = [DeliveryRow.state == PENDING, DeliveryRow.expires_at < now]
    return await update_rows(session, where, {"state": SKIPPED, "reason": LATE, "finished_at": now, **NO_LEASE})


async def get_delivery(session: AsyncSession, community_id: int, delivery_id: int) -> Delivery | None:
    """One delivery of a community, or None."""
    query = select(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.community_id == community_id)
    found = await read_rows(session, query)
    return found[0] if found else None


async def list_for_subject(session: AsyncSession, community_id: int, subject: str) -> list[Delivery]:
    """All that was ever planned about a subject, in the order in which it is or was due."""
    query = select(DeliveryRow).where(DeliveryRow.subject == subject, DeliveryRow.community_id == community_id)
    return await read_rows(session, query.order_by(DeliveryRow.due_at, DeliveryRow.id))


async def _replan(session: AsyncSession, key: dict[str, Any], facts: dict[str, Any], now: datetime) -> None:
    """Move a row that may still move; the same plan again leaves even its lease alone."""
    (row,) = await read_rows(session, select(DeliveryRow).filter_by(**key))
    if row.state == PENDING and all(getattr(row, name) == value for name, value in facts.items()):
        return
    revivable = [*REVIVABLE, LATE] if facts["due_at"] > now else list(REVIVABLE)
    may_move = or_(DeliveryRow.state == PENDING, and_(DeliveryRow.state == SKIPPED, DeliveryRow.reason.in_(revivable)))
    values = {**facts, **NO_LEASE, "state": PENDING, "attempts": 0, "reason": None, "planned_at": now}
    await update_rows(session, [DeliveryRow.id == row.id, may_move], {**values, "finished_at": None})

"""What is to go out: planned, moved, cancelled, and looked at."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.ext.asyncio import AsyncSession

from data.deliveries.rows import (
    AT_REST,
    NO_LEASE,
    PENDING,
    SENDING,
    SKIPPED,
    Delivery,
    changed,
    read_rows,
    unlocked,
    update_rows,
)
from data.models import DeliveryRow
from data.statements import insert, mark

# Skipped for one of these, a row may be planned anew: nothing was sent, and its cause has come back.
REVIVABLE = ("cancelled", "replanned")
LATE = "late"
# How many are written by one statement: a database takes so many values at most.
AT_ONCE = 500


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
    first = {"wake_at": due_at, "state": PENDING, "attempts": 0, "planned_at": now}
    fresh = insert(session, DeliveryRow).values(**key, **facts, **first)
    made = await changed(session, fresh.on_conflict_do_nothing(index_elements=list(key)))
    mark(session, "planned")
    return made[0] if made else await _replan(session, key, facts, first)


async def plan_many(
    session: AsyncSession, rows: Sequence[Mapping[str, Any]], *, now: datetime, together: str | None = None
) -> list[Delivery]:
    """Plan many messages at once, in the same transaction as their cause.

    Args:
        session: a write transaction.
        rows: what `plan` takes of each; `occurrence`, `expires_at` and `details` may be left out.
        now: the time (UTC).
        together: these are only noted, as skipped for this reason: another message says it for all of them.

    Returns:
        Those that are new, in no order. What was planned before stays as it is.
    """
    key = ("subject", "kind", "occurrence", "target", "community_id")
    rest = {"wake_at": None, "state": SKIPPED, "reason": together, "finished_at": now} if together else {}
    made: list[Delivery] = []
    for start in range(0, len(rows), AT_ONCE):
        values: list[dict[str, Any]] = [
            {
                "occurrence": "",
                "expires_at": None,
                "details": {},
                "state": PENDING,
                "attempts": 0,
                "planned_at": now,
                "wake_at": row["due_at"],
                **row,
                **rest,
            }
            for row in rows[start : start + AT_ONCE]
        ]
        statement = insert(session, DeliveryRow).values(values).on_conflict_do_nothing(index_elements=list(key))
        made += await changed(session, statement)
    mark(session, "planned")
    return made


async def cancel_pending(
    session: AsyncSession,
    *,
    subject: str,
    reason: str,
    now: datetime,
    kind: str | None = None,
    community_id: int | None = None,
    target: str | None = None,
) -> int:
    """Skip what is still pending about a subject, of one kind, one community or to one target if given.

    Returns:
        How many there were.
    """
    where = [DeliveryRow.subject == subject, DeliveryRow.state == PENDING]
    if kind is not None:
        where.append(DeliveryRow.kind == kind)
    if community_id is not None:
        where.append(DeliveryRow.community_id == community_id)
    if target is not None:
        where.append(DeliveryRow.target == target)
    return await update_rows(session, where, {**AT_REST, "state": SKIPPED, "reason": reason, "finished_at": now})


async def expire_overdue(session: AsyncSession, now: datetime) -> int:
    """Skip what is pending and has become useless, with the reason `late`.

    Returns:
        How many there were.
    """
    # Not "pending" but "neither finished nor being sent", so that SQLite's planner takes the index by expiry.
    where = [DeliveryRow.expires_at < now, DeliveryRow.wake_at.is_not(None), DeliveryRow.state != SENDING]
    return await update_rows(
        session, [unlocked(where)], {**AT_REST, "state": SKIPPED, "reason": LATE, "finished_at": now}
    )


async def get_delivery(session: AsyncSession, community_id: int, delivery_id: int) -> Delivery | None:
    """One delivery of a community, or None."""
    found = await read_rows(session, DeliveryRow.id == delivery_id, DeliveryRow.community_id == community_id)
    return found[0] if found else None


async def list_for_subject(session: AsyncSession, community_id: int, subject: str) -> list[Delivery]:
    """All that was ever planned about a subject, in the order in which it is or was due."""
    return await read_rows(session, DeliveryRow.subject == subject, DeliveryRow.community_id == community_id)


async def read_some(session: AsyncSession, community_id: int, ids: Sequence[int]) -> list[Delivery]:
    """Those of a community's deliveries that have one of these ids."""
    return await read_rows(session, DeliveryRow.id.in_(ids), DeliveryRow.community_id == community_id)


async def _replan(session: AsyncSession, key: dict[str, Any], facts: dict[str, Any], first: dict[str, Any]) -> Delivery:
    """Move a row that may still move; the same plan again leaves even its lease alone. Returns it as it is then."""
    this = [getattr(DeliveryRow, name) == value for name, value in key.items()]
    (row,) = await read_rows(session, *this)
    if row.state == PENDING and all(getattr(row, name) == value for name, value in facts.items()):
        return row
    revivable = [*REVIVABLE, LATE] if facts["due_at"] > first["planned_at"] else list(REVIVABLE)
    may_move = or_(DeliveryRow.state == PENDING, and_(DeliveryRow.state == SKIPPED, DeliveryRow.reason.in_(revivable)))
    values = {**facts, **first, **NO_LEASE, "reason": None, "finished_at": None}
    await update_rows(session, [DeliveryRow.id == row.id, may_move], values)
    (row,) = await read_rows(session, *this)
    return row

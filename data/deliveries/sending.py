"""Who sends what: claims, the steps of sending, and when to look again."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Table, Update, bindparam, case, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.deliveries.rows import (
    AT_REST,
    FAILED,
    NO_LEASE,
    PENDING,
    SENDING,
    SENT,
    SKIPPED,
    Delivery,
    changed,
    unlocked,
    update_rows,
)
from data.models import DeliveryRow
from data.statements import absent


async def claim_due(
    session: AsyncSession,
    *,
    now: datetime,
    owner: str,
    lease: timedelta,
    limit: int,
    kinds: Collection[str] | None = None,
    without: Collection[tuple[int, str]] = (),
    other_owners: bool = False,
) -> list[Delivery]:
    """Lease what is due and free: no other claim gets it until the lease runs out.

    Args:
        session: a write transaction; the claim holds once it is committed.
        now: the time (UTC).
        owner: this process.
        lease: for how long.
        limit: how many at most.
        kinds: only these, if given.
        without: none of these targets, each with its community.
        other_owners: as in `claim_interrupted`.

    Returns:
        What was claimed, longest due first. What has expired is left to `expire_overdue`.
    """
    where = [
        DeliveryRow.state == PENDING,
        or_(DeliveryRow.expires_at.is_(None), DeliveryRow.expires_at >= now),
        true() if kinds is None else DeliveryRow.kind.in_(kinds),
    ]
    if without:
        where.append(tuple_(DeliveryRow.community_id, DeliveryRow.target).not_in(list(without)))
    if other_owners:
        await _take_over(session, now, owner)
    return await _claim(session, where, now=now, owner=owner, lease=lease, limit=limit)


async def claim_interrupted(
    session: AsyncSession,
    *,
    now: datetime,
    owner: str,
    lease: timedelta,
    limit: int,
    other_owners: bool = False,
) -> list[Delivery]:
    """Lease what was being sent when its worker stopped, or whose outcome nobody knew: each counts as an attempt.

    Args:
        session: a write transaction; the claim holds once it is committed.
        now: the time (UTC).
        owner: this process.
        lease: for how long.
        limit: how many at most.
        other_owners: take what belongs to a process that is gone at once, without waiting for its lease to run out.
            PostgreSQL knows which are there (see `Database.present`); a SQLite file has one process at a time, so what
            another left there, it left by dying.

    Returns:
        What was claimed, longest due first; still `sending`, with the `sending_at` of the first attempt.
    """
    if other_owners:
        await _take_over(session, now, owner)
    where = [DeliveryRow.state == SENDING]
    return await _claim(session, where, now=now, owner=owner, lease=lease, limit=limit, attempt=1)


async def renew(session: AsyncSession, delivery_ids: Collection[int], *, owner: str, until: datetime) -> None:
    """Keep the leases of what this process is still at work on; what it has just put off comes when it was to."""
    where = [
        DeliveryRow.id.in_(delivery_ids),
        DeliveryRow.lease_owner == owner,
        DeliveryRow.lease_token.is_not(None),
        DeliveryRow.state.in_((PENDING, SENDING)),
    ]
    await update_rows(session, [unlocked(where)], {"wake_at": until})


async def hold(session: AsyncSession, delivery_ids: Collection[int]) -> set[int]:
    """Keep others from changing these until the transaction ends, without waiting for anybody.

    A transaction that holds all it changes before it changes anything waits for no other, so none can wait for it in a
    circle, in whatever order either goes on.

    Returns:
        Those that it holds: not those that another transaction is changing just now. SQLite has one writer, who holds
        everything.
    """
    if session.get_bind().dialect.name == "sqlite":
        return set(delivery_ids)
    chosen = select(DeliveryRow.id).where(DeliveryRow.id.in_(delivery_ids)).with_for_update(skip_locked=True)
    return set((await session.execute(chosen)).scalars())


async def begin_sending(session: AsyncSession, delivery: Delivery, *, now: datetime) -> bool:
    """Note that a claimed message is about to be posted. Commit before posting.

    Returns:
        False where the claim is lost, or the message was cancelled or moved since: do not post.
    """
    return await _step(session, delivery, (PENDING,), {"state": SENDING, "sending_at": now}, attempt=1)


async def mark_sent(
    session: AsyncSession,
    delivery: Delivery,
    *,
    now: datetime,
    channel_id: int | None,
    message_id: int | None,
    reason: str | None = None,
) -> bool:
    """Note that a message went out, and where.

    Args:
        session: a write transaction.
        delivery: as it was claimed.
        now: the time (UTC).
        channel_id: the channel it is in.
        message_id: the message, or whatever was made.
        reason: a note, for instance that it may be a repeat.

    Returns:
        False where the claim is lost: another worker is at it and will find the message.
    """
    values = {"channel_id": channel_id, "message_id": message_id, "reason": reason}
    return await _end(session, delivery, SENT, now, values)


async def mark_skipped(session: AsyncSession, delivery: Delivery, *, now: datetime, reason: str) -> bool:
    """Note that a claimed message needs not go out, and why. False where the claim is lost."""
    return await _end(session, delivery, SKIPPED, now, {"reason": reason})


async def mark_failed(session: AsyncSession, delivery: Delivery, *, now: datetime, reason: str) -> bool:
    """Note that a claimed message cannot go out, and why. False where the claim is lost."""
    return await _end(session, delivery, FAILED, now, {"reason": reason})


async def release(session: AsyncSession, delivery: Delivery, *, now: datetime, retry_at: datetime, reason: str) -> bool:
    """Put off a message that was surely not posted: pending again, and not touched before `retry_at`.

    Its `due_at` stays, so that it can still be told how late it is. False where the claim is lost.
    """
    values = {**NO_LEASE, "state": PENDING, "sending_at": None, "wake_at": max(retry_at, now), "reason": reason}
    return await _step(session, delivery, (PENDING, SENDING), values)


async def keep_sending(session: AsyncSession, delivery: Delivery, *, retry_at: datetime) -> bool:
    """Put off a message whose outcome is unknown: it stays as it is, to be looked at again at `retry_at`.

    One that was claimed but never begun stays pending; the try counts as an attempt, so that pauses can grow. False
    where the claim is lost.
    """
    # With its token the claim is over: `renew` would otherwise take it for work that is still under way.
    put_off = {"wake_at": retry_at, "lease_token": None}
    if await _step(session, delivery, (SENDING,), put_off):
        return True
    return await _step(session, delivery, (PENDING,), put_off, attempt=1)


async def next_due(
    session: AsyncSession, *, kinds: Collection[str] | None = None, without: Collection[tuple[int, str]] = ()
) -> datetime | None:
    """The earliest moment (UTC) at which something needs doing; in the past where something is overdue.

    Args:
        session: a transaction.
        kinds: as in `claim_due`. Without them a kind that nobody claims would look overdue for ever.
        without: as in `claim_due`; needs `kinds`.

    Returns:
        None where nothing is waiting.
    """
    statement, values = _NEXT_OF_ALL, dict[str, Any]()
    if kinds is not None:
        statement, values = _NEXT_OF_KINDS, {"kinds": list(kinds)}
    if kinds is not None and without:
        statement, values = _NEXT_ELSEWHERE, {**values, "targets": list(without)}
    connection = await session.connection()
    moments = (await connection.execute(statement, values)).one()
    return min((moment for moment in moments if moment is not None), default=None)


_COLUMNS = DeliveryRow.__table__.c


def _first(*where: ColumnElement[bool]) -> ScalarSelect[datetime | None]:
    """The first moment in the index's order: a minimum would be the same, but not to every planner."""
    query = select(_COLUMNS.wake_at).where(_COLUMNS.wake_at.is_not(None), *where)
    return query.order_by(_COLUMNS.wake_at, _COLUMNS.id).limit(1).scalar_subquery()


# Asked after everything that happens, so not put together anew each time: that takes longer than the answer.
_BEGUN, _WAITING = _first(_COLUMNS.state == SENDING), _COLUMNS.state == PENDING
_NEXT_OF_ALL = select(_BEGUN, _first(_WAITING))
_OF_KINDS = _COLUMNS.kind.in_(bindparam("kinds", expanding=True))
_ELSEWHERE = tuple_(_COLUMNS.community_id, _COLUMNS.target).not_in(bindparam("targets", expanding=True))
_NEXT_OF_KINDS = select(_BEGUN, _first(_WAITING, _OF_KINDS))
_NEXT_ELSEWHERE = select(_BEGUN, _first(_WAITING, _OF_KINDS, _ELSEWHERE))


async def _take_over(session: AsyncSession, now: datetime, owner: str) -> None:
    """Set free what belongs to a process that is gone."""
    where = [DeliveryRow.lease_owner.is_not(None), DeliveryRow.lease_owner != owner]
    if session.get_bind().dialect.name == "postgresql":
        where.append(absent(DeliveryRow.lease_owner))
    # What was being sent is looked up at once, whatever the clock said when it was begun.
    wake_at = case((DeliveryRow.state == SENDING, now), else_=DeliveryRow.due_at)
    await update_rows(session, [unlocked(where)], {**NO_LEASE, "wake_at": wake_at})


async def _claim(
    session: AsyncSession,
    where: list[ColumnElement[bool]],
    *,
    now: datetime,
    owner: str,
    lease: timedelta,
    limit: int,
    attempt: int = 0,
) -> list[Delivery]:
    """Lease the first of what fits and is free, in one statement."""
    chosen = (
        select(DeliveryRow.id)
        .where(DeliveryRow.wake_at <= now, *where)
        .order_by(DeliveryRow.wake_at, DeliveryRow.id)
        .limit(limit)
        # PostgreSQL: rows that another claim is just taking are passed over. SQLite has one writer and needs no lock.
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    values: dict[str, Any] = {
        "lease_owner": owner,
        "lease_token": secrets.token_hex(8),
        "wake_at": now + lease,
        "attempts": DeliveryRow.attempts + attempt,
    }
    claim = update(DeliveryRow).where(DeliveryRow.id.in_(select(chosen.c.id))).values(**values)
    return sorted(await changed(session, claim), key=lambda row: (row.due_at, row.id))


async def _end(session: AsyncSession, delivery: Delivery, state: str, now: datetime, values: dict[str, Any]) -> bool:
    allowed = (SENDING,) if state == SENT else (PENDING, SENDING)
    return await _step(session, delivery, allowed, {**AT_REST, **values, "state": state, "finished_at": now})


async def _step(
    session: AsyncSession, delivery: Delivery, expected: tuple[str, ...], values: dict[str, Any], *, attempt: int = 0
) -> bool:
    """Change a row that its worker still holds."""
    named = {f"new_{name}": value for name, value in values.items()}
    held = {"held_id": delivery.id, "held_token": delivery.lease_token, "attempt": attempt}
    connection = await session.connection()
    return (await connection.execute(_step_of(expected, tuple(values)), {**named, **held})).rowcount == 1


@cache
def _step_of(expected: tuple[str, ...], names: tuple[str, ...]) -> Update:
    """The statement that sets these columns, put together once: that takes longer than to run it."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return (
        update(cast("Table", DeliveryRow.__table__))
        .where(_COLUMNS.id == bindparam("held_id"), _COLUMNS.lease_token == bindparam("held_token"))
        .where(_COLUMNS.state.in_(expected))
        .values(**values, attempts=_COLUMNS.attempts + bindparam("attempt"))
    )

"""A delivery as it is handed out, and what planning and sending share."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, Insert, Result, Update, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import DeliveryRow

PENDING = "pending"
SENDING = "sending"
SENT = "sent"
SKIPPED = "skipped"
FAILED = "failed"

NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_token": None}
# Nobody need look at it any more.
AT_REST: dict[str, Any] = {**NO_LEASE, "wake_at": None}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that must go out once, as it was when it was read.

    Attributes:
        id: its own, never used again.
        community_id: where.
        kind: which renderer writes it.
        subject: what it is about, for instance `webinar:12`.
        occurrence: which of several of that kind, for instance a reminder's offset.
        target: `channel:<purpose or id>`, `user:<id>`, or `server`.
        details: ids and codes that the renderer cannot find elsewhere.
        due_at: when it is to go out (UTC). A later attempt does not change it.
        expires_at: when it becomes useless (UTC), if ever.
        state: `pending`, `sending`, `sent`, `skipped` or `failed`.
        attempts: how often sending was begun.
        lease_owner: the process at work on it.
        wake_at: when it next needs somebody (UTC): it is due, its lease ends, or the next attempt may begin. None once
            it is finished.
        lease_token: what the owner shows with each step.
        sending_at: when the post whose outcome is open was first begun (UTC).
        channel_id: where the message went.
        message_id: the message, or whatever was made.
        reason: why it was skipped, failed, or put off; or a note about how it was sent.
        planned_at: when it was planned, last (UTC).
        finished_at: when it was sent, skipped, or given up (UTC).
    """

    id: int
    community_id: int
    kind: str
    subject: str
    occurrence: str
    target: str
    details: Mapping[str, Any]
    due_at: datetime
    expires_at: datetime | None
    state: str
    attempts: int
    lease_owner: str | None
    wake_at: datetime | None
    lease_token: str | None
    sending_at: datetime | None
    channel_id: int | None
    message_id: int | None
    reason: str | None
    planned_at: datetime
    finished_at: datetime | None


COLUMNS: tuple[Any, ...] = tuple(getattr(DeliveryRow, each.name) for each in fields(Delivery))


# What the session holds of these rows is never looked at.
_UNSEEN = {"synchronize_session": False}


async def changed(session: AsyncSession, statement: Insert | Update) -> list[Delivery]:
    """Insert or change rows; returns them as they are then, in no order."""
    done: Result[Any] = await session.execute(
        cast("Executable", statement.returning(*COLUMNS)), execution_options=_UNSEEN
    )
    return [Delivery(*row) for row in done]


def unlocked(where: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Those of the rows that fit which no other transaction is changing just now: waiting for them could go in circles.

    SQLite has one writer, and no locks.
    """
    chosen = select(DeliveryRow.id).where(*where).with_for_update(skip_locked=True).cte("unlocked")
    return DeliveryRow.id.in_(select(chosen.c.id))


async def update_rows(session: AsyncSession, where: list[ColumnElement[bool]], values: dict[str, Any]) -> int:
    """Change the rows that fit; returns how many."""
    statement = update(DeliveryRow).where(*where).values(**values).returning(DeliveryRow.id)
    return len((await session.execute(statement, execution_options=_UNSEEN)).all())


async def read_rows(session: AsyncSession, *where: ColumnElement[bool]) -> list[Delivery]:
    """The rows that fit as they are in the database now, in the order in which they are or were due."""
    query = select(*COLUMNS).where(*where).order_by(DeliveryRow.due_at, DeliveryRow.id)
    return [Delivery(*row) for row in await session.execute(query)]

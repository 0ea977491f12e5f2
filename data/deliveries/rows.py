"""A delivery as it is handed out, and what planning and sending share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import DeliveryRow

PENDING = "pending"
SENDING = "sending"
SENT = "sent"
SKIPPED = "skipped"
FAILED = "failed"

NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None, "lease_token": None}


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
        lease_until: until then nobody else touches it (UTC). Without an owner: when the next attempt may begin.
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
    lease_until: datetime | None
    lease_token: str | None
    sending_at: datetime | None
    channel_id: int | None
    message_id: int | None
    reason: str | None
    planned_at: datetime
    finished_at: datetime | None


async def update_rows(session: AsyncSession, where: list[ColumnElement[bool]], values: dict[str, Any]) -> int:
    """Change the rows that fit; returns how many."""
    statement = update(DeliveryRow).where(*where).values(**values).returning(DeliveryRow.id)
    done = await session.execute(statement.execution_options(synchronize_session=False))
    return len(done.all())


async def read_rows(session: AsyncSession, query: Select[DeliveryRow]) -> list[Delivery]:
    """The rows as they are in the database now, whatever the session has seen before."""
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [
        Delivery(
            id=row.id,
            community_id=row.community_id,
            kind=row.kind,
            subject=row.subject,
            occurrence=row.occurrence,
            target=row.target,
            details=dict(row.details),
            due_at=row.due_at,
            expires_at=row.expires_at,
            state=row.state,
            attempts=row.attempts,
            lease_owner=row.lease_owner,
            lease_until=row.lease_until,
            lease_token=row.lease_token,
            sending_at=row.sending_at,
            channel_id=row.channel_id,
            message_id=row.message_id,
            reason=row.reason,
            planned_at=row.planned_at,
            finished_at=row.finished_at,
        )
        for row in rows
    ]

"""Every message that must go out, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, PARTIAL, Base


def _some(*columns: str, where: str) -> Index:
    """An index of some rows only. A query is answered from it where it says the same in its own conditions."""
    return Index(None, *columns, sqlite_where=text(where), info={PARTIAL: where})


class DeliveryRow(Base):
    """One message that must go out once. Rows are never deleted: they are the proof of what was sent."""

    __tablename__ = "delivery"
    __table_args__ = (
        # The community is part of it: a person or a purpose may be the subject or the target in several communities.
        UniqueConstraint("subject", "kind", "occurrence", "target", "community_id"),
        # What waits for somebody, in order: of a million rows most are finished, or years away.
        _some("state", "wake_at", "id", where="wake_at IS NOT NULL"),
        _some("expires_at", where="wake_at IS NOT NULL"),
        _some("lease_owner", where="lease_owner IS NOT NULL"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    kind: Mapped[str]
    # What it is about, for instance `webinar:12`.
    subject: Mapped[str]
    # Which of several of that kind, for instance the offset of a reminder.
    occurrence: Mapped[str]
    # Where to: `channel:<purpose or id>`, `user:<id>`, or `server`.
    target: Mapped[str]
    # Facts of the moment that the renderer cannot find elsewhere: ids and codes, no text that a person wrote.
    details: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    # After this it is useless and becomes `skipped`.
    expires_at: Mapped[datetime | None]
    # pending, sending, sent, skipped, failed
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None]
    # When it next needs somebody: it is due, its lease ends, or another attempt may begin. Until then nobody else
    # touches it. None once it is finished.
    wake_at: Mapped[datetime | None]
    # Changes with every claim, so that a slow worker whose lease ran out cannot overwrite its successor's work.
    lease_token: Mapped[str | None]
    # When the post now under way was first begun: tells whether Discord still knows its nonce.
    sending_at: Mapped[datetime | None]
    channel_id: Mapped[int | None]
    message_id: Mapped[int | None]
    reason: Mapped[str | None]
    planned_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

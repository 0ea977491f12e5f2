"""Every message that must go out, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class DeliveryRow(Base):
    """One message that must go out once. Rows are never deleted: they are the proof of what was sent."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("subject", "kind", "occurrence", "target"),
        Index(None, "state", "due_at"),
        Index(None, "community_id", "subject"),
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
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]
    # When the post now under way was first begun: tells whether Discord still knows its nonce.
    sending_at: Mapped[datetime | None]
    channel_id: Mapped[int | None]
    message_id: Mapped[int | None]
    reason: Mapped[str | None]
    planned_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

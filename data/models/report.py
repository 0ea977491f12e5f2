"""What people report in confidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class ReportRow(Base):
    """Something somebody reported: read by the moderators it is not about, and by nobody else."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("community_id", "code"),
        Index(None, "community_id", "state"),
        Index(None, "community_id", "reporter_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # What the reporter knows it by.
    code: Mapped[str]
    # Shown to nobody; empty once they had their data erased.
    reporter_id: Mapped[int | None]
    # Whom it is about: never shown the report, and none of it, whatever role they have.
    subject_id: Mapped[int]
    category: Mapped[str]
    text: Mapped[str]
    # The message it is about, if it is about one: where it stands, and what it said, for a while.
    channel_id: Mapped[int | None]
    message_id: Mapped[int | None]
    copy: Mapped[str | None]
    copy_until: Mapped[datetime | None]
    # open, taken, closed
    state: Mapped[str]
    # measures, advice, none; once it is closed
    outcome: Mapped[str | None]
    # What the moderators tell the reporter.
    word: Mapped[str | None]
    handled_by: Mapped[int | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

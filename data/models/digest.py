"""Who wants the weekly digest."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class WeeklyDigestRow(Base):
    """That a person wants the weekly digest by direct message, or wanted it once."""

    __tablename__ = "weekly_digest"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    active: Mapped[bool]
    # In which they were answered when they asked for it: a direct message has no client that tells.
    language: Mapped[str]
    asked_at: Mapped[datetime]
    # When a message could not be given to them; empty again once they were told.
    undelivered_at: Mapped[datetime | None]

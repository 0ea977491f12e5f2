"""What people want to be reminded of, and what hosts said before their webinars."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class PersonalReminderRow(Base):
    """When a person wants to be reminded, by direct message, of the webinars they come to."""

    __tablename__ = "personal_reminder"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Seconds before the start.
    offsets: Mapped[list[int]]
    # Also of those to which they might come.
    maybe: Mapped[bool]
    active: Mapped[bool]
    # In which they were answered when they asked for it: a direct message has no client that tells.
    language: Mapped[str]
    # When a message could not be given to them; empty again once they were told.
    undelivered_at: Mapped[datetime | None]


class HostCheckRow(Base):
    """What the host, or who stood in, said when asked whether all is ready for a webinar at that hour."""

    __tablename__ = "host_check"

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    # ready, help
    answer: Mapped[str]
    answered_at: Mapped[datetime]

"""Webinars and who comes."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class WebinarRow(Base):
    """A webinar: its wall time and zone as the moderator meant them, and the instant they give."""

    __tablename__ = "webinar"
    __table_args__ = (Index(None, "community_id", "state", "starts_at"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # scheduled, cancelled
    state: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    speakers: Mapped[str]
    wall_time: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    key_area: Mapped[str | None] = mapped_column(ForeignKey("key_area.id"))
    # Shown only to those who said they come.
    link: Mapped[str | None]
    # Seconds before the start; empty means the community's.
    reminder_offsets: Mapped[list[int] | None]
    created_by: Mapped[int]
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    announcement_channel_id: Mapped[int | None]
    announcement_id: Mapped[int | None]
    event_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)


class RsvpRow(Base):
    """A person's answer to a webinar: going, maybe, or cannot."""

    __tablename__ = "rsvp"

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    answer: Mapped[str]
    answered_at: Mapped[datetime]

"""Webinars and who comes."""

from datetime import datetime
from typing import Any

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
    # webinar, meeting (in person), training
    kind: Mapped[str] = mapped_column(default="webinar")
    # Where people meet in person; everyone reads it.
    place: Mapped[str | None]
    # A voice or stage channel of the server.
    channel_id: Mapped[int | None]
    # Codes of languages, also of others than the bot's own.
    spoken: Mapped[list[str]] = mapped_column(default=list)
    interpreted: Mapped[list[str]] = mapped_column(default=list)
    # all (who are members of the community), areas, network
    audience: Mapped[str] = mapped_column(default="all")
    # The key areas whose members it is for, where the audience is `areas`.
    audience_areas: Mapped[list[str]] = mapped_column(default=list)
    # How many can come; empty means all who want.
    capacity: Mapped[int | None]
    # Shown only to those who said they come.
    link: Mapped[str | None]
    # Who runs it, and who stands in; empty means whoever published it, and nobody.
    host_id: Mapped[int | None]
    co_host_id: Mapped[int | None]
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
    # When what was announced last changed; empty means never.
    changed_at: Mapped[datetime | None]
    # Title and description in further languages, by language, each with the mark of the text that it renders.
    texts: Mapped[dict[str, Any] | None]


class WebinarKeyAreaRow(Base):
    """A key area that a webinar is about; position 0 is its main one."""

    __tablename__ = "webinar_key_area"

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    key_area: Mapped[str] = mapped_column(ForeignKey("key_area.id"), primary_key=True, index=True)
    position: Mapped[int]


class RsvpRow(Base):
    """A person's answer to a webinar, and whether they have a place."""

    __tablename__ = "rsvp"

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    # going (and has a place), maybe, cannot; where places are few: waiting, offered (a place, until a deadline), lapsed
    # (the deadline passed)
    answer: Mapped[str]
    answered_at: Mapped[datetime]
    # Counts those who came to wait, so that the first is served first; kept while they wait or hold an offer.
    turn: Mapped[int | None]
    offered_until: Mapped[datetime | None]

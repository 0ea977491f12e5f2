"""One Discord server and what was set up in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy import true as sa_true
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class CommunityRow(Base):
    """A community; its id is the Discord server's id."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    # The languages announcements are posted in, first one first; codes as in data.languages.
    languages: Mapped[list[str]]
    zone: Mapped[str]
    # Seconds before the start, 0 being the start itself.
    reminder_offsets: Mapped[list[int]]
    created_at: Mapped[datetime]
    set_up_at: Mapped[datetime | None]
    # Whether a new thread in the forum for practices is told what there is on its subject.
    suggests: Mapped[bool] = mapped_column(default=True, server_default=sa_true())


class PlaceRow(Base):
    """A channel, role, or forum tag of the server that serves one purpose, for instance `channel:welcome`."""

    __tablename__ = "place"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    discord_id: Mapped[int]


class PreferenceRow(Base):
    """What a person chose for themselves: kept for anyone, member or not."""

    __tablename__ = "preference"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    zone: Mapped[str | None]


class DraftRow(Base):
    """What a person has typed into a form so far, so that nothing typed is lost."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("community_id", "user_id", "kind", "subject"),
        Index(None, "expires_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    kind: Mapped[str]
    # What the draft is about, for instance `webinar:12`; empty for a new thing.
    subject: Mapped[str] = mapped_column(default="")
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AuditRow(Base):
    """Who did what, to what, when. Holds no text that a person wrote; rows are only ever added.

    The database itself refuses to change or delete them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "community_id", "at"),
        Index(None, "community_id", "action", "at"),
        Index(None, "community_id", "actor", "at"),
        Index(None, "community_id", "object_kind", "object_id", "at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int]
    at: Mapped[datetime]
    # The code of an alias; None for Convenor itself.
    actor: Mapped[str | None]
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    # Codes and numbers only.
    details: Mapped[dict[str, Any]]


class KeptRow(Base):
    """A small fact about the installation, for instance the digest of the commands last synced."""

    __tablename__ = "kept_value"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ChangeRow(Base):
    """A thing whose entry in the search index must be made anew; the index follows these by their sequence."""

    __tablename__ = "change"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    object_id: Mapped[str]
    community_id: Mapped[int | None]

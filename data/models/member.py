"""People of a community, and what they agreed to."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class MemberRow(Base):
    """A person who asked to be a member, or is one."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("community_id", "user_id"),
        Index(None, "community_id", "state"),
        Index(None, "community_id", "country"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    # pending, approved, declined, left
    state: Mapped[str]
    name: Mapped[str]
    country: Mapped[str | None]
    organisation_kind: Mapped[str]
    organisation: Mapped[str]
    role: Mapped[str]
    languages: Mapped[list[str]]
    offers: Mapped[str]
    seeks: Mapped[str]
    # The language of the person when they filled the form; the introduction is posted in it.
    language: Mapped[str]
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None]
    decision_reason: Mapped[str | None]
    left_at: Mapped[datetime | None]
    # Counts changes, so that of two people deciding at once one wins.
    version: Mapped[int] = mapped_column(default=1)


class MemberKeyAreaRow(Base):
    """A key area a member works in or cares about."""

    __tablename__ = "member_key_area"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    key_area: Mapped[str] = mapped_column(ForeignKey("key_area.id"), primary_key=True, index=True)


class ConsentRow(Base):
    """What a person agreed to, in which version of the notice, and when they withdrew it."""

    __tablename__ = "consent"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    notice_version: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

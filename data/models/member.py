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
    # pending, approved, declined, lapsed, left
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
    # What a moderator wants to know before deciding, and what the person answered.
    question: Mapped[str | None]
    question_by: Mapped[int | None]
    answer: Mapped[str | None]
    left_at: Mapped[datetime | None]
    # Fields that others do not see: the name of the field, and who still does (`moderators`, or `me`).
    hidden: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    # The roles that follow the profile and were in place when they were last set: what differs since was done by hand.
    placed: Mapped[list[int]] = mapped_column(default=list, server_default="[]")
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


class FocalPointRow(Base):
    """Somebody who speaks for a country here and may vouch for its people, until a day."""

    __tablename__ = "focal_point"
    __table_args__ = (Index(None, "community_id", "country"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    country: Mapped[str]
    until: Mapped[datetime]
    named_by: Mapped[int]
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AttestationRow(Base):
    """Somebody's word that a person really speaks for whom they say, or that they do not know them."""

    __tablename__ = "attestation"
    __table_args__ = (Index(None, "member_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    given_by: Mapped[int | None]
    as_focal_point: Mapped[bool]
    vouches: Mapped[bool]
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ExpectedRow(Base):
    """Somebody whom a moderator listed and who has not joined yet: known by their id, or else by their user name."""

    __tablename__ = "expected_member"
    __table_args__ = (
        UniqueConstraint("community_id", "user_id"),
        UniqueConstraint("community_id", "user_name"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int | None]
    # In small letters; only where the id is not known.
    user_name: Mapped[str | None]
    name: Mapped[str]
    country: Mapped[str | None]
    organisation_kind: Mapped[str]
    organisation: Mapped[str]
    role: Mapped[str]
    languages: Mapped[list[str]]
    key_areas: Mapped[list[str]]
    offers: Mapped[str]
    seeks: Mapped[str]
    # In which they are told that they are in.
    language: Mapped[str]
    # The moderator who vouches for them.
    listed_by: Mapped[int]
    listed_at: Mapped[datetime]

"""Practices: what worked somewhere, reviewed before others read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class PracticeRow(Base):
    """A practice. Those from the Network's brochure belong to every community and were not reviewed."""

    __tablename__ = "practice"
    __table_args__ = (Index(None, "community_id", "state"), Index(None, "community_id", "author_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # member, brochure
    origin: Mapped[str]
    # practice, position (a view stated in the brochure; never shown as a practice)
    kind: Mapped[str]
    # One of: in_review, returned, approved (about to be posted), published, withdrawn
    state: Mapped[str]
    author_id: Mapped[int | None]
    country: Mapped[str | None]
    stage: Mapped[str | None]
    # Text by language; a member's practice has the one language it was written in.
    language: Mapped[str]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    institution: Mapped[dict[str, str] | None]
    # What readers of a practice from the brochure should know, and where in the brochure it stands.
    note: Mapped[dict[str, str] | None]
    source: Mapped[dict[str, str] | None]
    # Longer parts by their name (problem, done, results, ...), in `language`.
    sections: Mapped[dict[str, str]]
    # Whether readers are told who the author is.
    contact_shown: Mapped[bool] = mapped_column(default=False)
    # 0 (untested) to 5 (repeated elsewhere), as its author sees it
    evidence_claimed: Mapped[int | None]
    # The same, as the reviewers see it: the lower of what they chose
    evidence_confirmed: Mapped[int | None]
    # One of: worked, mixed, did-not-work, harm
    outcome: Mapped[str | None]
    # What the author allows: reuse, translate
    permissions: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # Passages that the check found and the author contests: field, type, text, reason. For reviewers only.
    contested: Mapped[list[dict[str, str]]] = mapped_column(default=list, server_default="[]")
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None]
    decision_comment: Mapped[str | None]
    published_at: Mapped[datetime | None]
    thread_id: Mapped[int | None]
    # Then its content was emptied; a code says why.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]
    # When somebody last said that it is still so: first by publishing it. A year later it is asked again.
    fresh_at: Mapped[datetime | None]
    # Who was asked last whether it still is: owner, focal, moderators. None once somebody answered.
    asked: Mapped[str | None]
    # Since when nobody vouches for it any more. It stays where it is, marked.
    archived_at: Mapped[datetime | None]
    # Who was asked to look after it from now on, and has not answered.
    heir_id: Mapped[int | None]
    # The published practice of which this is a change, until it is approved and goes into that one.
    revises: Mapped[str | None] = mapped_column(index=True)
    # How often it was published: 1 at first, and one more with each change that was approved.
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    # The private thread in which its reviewers talk.
    review_thread_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)


class PracticeApprovalRow(Base):
    """A reviewer's approval of a practice in one version; what was sent again needs new ones."""

    __tablename__ = "practice_approval"
    __table_args__ = (UniqueConstraint("practice_id", "version", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    version: Mapped[int]
    user_id: Mapped[int] = mapped_column(index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # Whether they counted, at that moment, as from another country than the author.
    abroad: Mapped[bool]
    evidence: Mapped[int | None]
    at: Mapped[datetime]


class PracticeKeyAreaRow(Base):
    """A key area of a practice; position 0 is its main one."""

    __tablename__ = "practice_key_area"

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    key_area: Mapped[str] = mapped_column(ForeignKey("key_area.id"), primary_key=True, index=True)
    position: Mapped[int]


class AdaptationRow(Base):
    """That somebody tried a practice elsewhere: what they changed, what came of it, what they learnt."""

    __tablename__ = "adaptation"
    __table_args__ = (
        Index(None, "practice_id", "state"),
        Index(None, "community_id", "author_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Where it was told: a practice from the brochure is every community's, what is told of it is not.
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    author_id: Mapped[int | None]
    # waiting (its author contests what was found; moderators decide), shown, withdrawn
    state: Mapped[str]
    country: Mapped[str | None]
    # When it was tried, in the author's words: "early 2025".
    period: Mapped[str]
    changed: Mapped[str]
    # One of: worked, mixed, did-not-work, harm
    result: Mapped[str | None]
    learnt: Mapped[str]
    # The one it is written in.
    language: Mapped[str]
    contested: Mapped[list[dict[str, str]]] = mapped_column(default=list, server_default="[]")
    sent_at: Mapped[datetime]
    # Then its text was emptied; a code says why.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class SavedPracticeRow(Base):
    """A practice that a person wants to find again."""

    __tablename__ = "saved_practice"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    saved_at: Mapped[datetime]

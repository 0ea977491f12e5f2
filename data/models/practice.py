"""Practices: what worked somewhere, reviewed before others read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


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

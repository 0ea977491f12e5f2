"""What becomes of a practice once it is published: questions to its author, versions, translations."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class PracticeQuestionRow(Base):
    """A question to the author of a practice, passed on without a name, and the answer."""

    __tablename__ = "practice_question"
    __table_args__ = (Index(None, "practice_id", "state"), Index(None, "community_id", "user_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    # Who asks.
    user_id: Mapped[int]
    question: Mapped[str]
    # open, answered, declined
    state: Mapped[str]
    answer: Mapped[str | None]
    answered_by: Mapped[int | None]
    # Whether whoever answered wants to be known to whoever asked.
    named: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class PracticeVersionRow(Base):
    """What a published practice said before it was changed."""

    __tablename__ = "practice_version"
    __table_args__ = (UniqueConstraint("practice_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    # Its author at the time.
    user_id: Mapped[int | None] = mapped_column(index=True)
    # 1 for what was published first.
    number: Mapped[int]
    # The columns of the practice that its author wrote, and its key areas.
    content: Mapped[dict[str, Any]]
    # The fields that the version after it changed.
    changed: Mapped[list[str]]
    published_at: Mapped[datetime]
    replaced_at: Mapped[datetime]


class PracticeTranslationRow(Base):
    """A published practice in another language: shown to readers once its author approved it."""

    __tablename__ = "practice_translation"
    __table_args__ = (UniqueConstraint("practice_id", "language", "state"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    language: Mapped[str]
    # Who translated it.
    user_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str]
    summary: Mapped[str]
    sections: Mapped[dict[str, str]]
    # waiting, approved
    state: Mapped[str]
    # Of which version of the practice.
    number: Mapped[int]
    made_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]

"""What is looked for and not found, without who looked, and the words that a community adds to the glossary for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class LookupRow(Base):
    """Words that were looked for on one day. Nobody's: it holds no person, and no words that may name one."""

    __tablename__ = "lookup"
    __table_args__ = (UniqueConstraint("community_id", "day", "language", "words"), Index(None, "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # Its beginning, in UTC.
    day: Mapped[datetime]
    # The asker's, one of `data.languages.LANGUAGES`.
    language: Mapped[str]
    # In small letters, without what may tell of a person.
    words: Mapped[str]
    # How many there were when it was asked last.
    results: Mapped[int]
    # How often it was asked, and how often somebody said that it was not what they looked for.
    asked: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)


class GlossaryTermRow(Base):
    """A word that a community's people type, and what it means in the texts there are."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("community_id", "folded"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    word: Mapped[str]
    # The same for all ways to write it: in small letters, without accents.
    folded: Mapped[str]
    # Expressions that mean nearly the same, in any language.
    means: Mapped[list[str]]
    created_at: Mapped[datetime]

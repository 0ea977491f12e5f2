"""What is left of a webinar: materials, who was there, what they thought of it, and a recap."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base

# SQLite numbers the rows of a table as they come in. Without those numbers rows lie in the order of their key only, so
# that an answer cannot be told from its place beside the note that somebody answered.
NO_ORDER = {"sqlite_with_rowid": False}


class MaterialRow(Base):
    """A recording, slides or a document of a webinar: an address on the web. Taken away, it stays as a trace."""

    __tablename__ = "webinar_material"
    __table_args__ = (Index(None, "webinar_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"))
    # recording, slides, document, other
    kind: Mapped[str]
    title: Mapped[str]
    url: Mapped[str]
    # ISO 639-1; empty where it is in several languages, or in none.
    language: Mapped[str | None]
    added_by: Mapped[int]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class AttendanceRow(Base):
    """Somebody was at a webinar: they said so, or a moderator did."""

    __tablename__ = "webinar_attendance"

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # The moderator; empty where the person said so.
    noted_by: Mapped[int | None]
    noted_at: Mapped[datetime]


class SurveyAnswerRow(Base):
    """What somebody thought of a webinar: nobody can tell who, or when. The id is drawn at random."""

    __tablename__ = "webinar_survey_answer"
    __table_args__ = (Index(None, "webinar_id"), NO_ORDER)

    id: Mapped[str] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"))
    # 1 (not useful) to 5 (very useful)
    useful: Mapped[int]
    better: Mapped[str | None]


class SurveyMarkRow(Base):
    """Somebody has answered a survey, and cannot again. Holds no hour; goes when the survey is closed."""

    __tablename__ = "webinar_survey_mark"
    __table_args__ = (NO_ORDER,)

    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))


class RecapRow(Base):
    """What was said at a webinar, in a few sentences, for those who missed it."""

    __tablename__ = "webinar_recap"

    webinar_id: Mapped[int] = mapped_column(
        ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    text: Mapped[str]
    written_by: Mapped[int]
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

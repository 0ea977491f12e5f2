"""Series of webinars: the rhythm in which they come back, and which webinars they are made of."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class SeriesRow(Base):
    """Webinars that come back in a rhythm."""

    __tablename__ = "webinar_series"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), index=True)
    # weekly, fortnightly, month-day, month-end, month-nth, month-last
    rhythm: Mapped[str]
    # The webinar whose announcement lists all the dates. No foreign key: the tables would need each other first.
    lead_id: Mapped[int | None]
    created_at: Mapped[datetime]


class OccurrenceRow(Base):
    """A webinar as one of a series: its number, and when the series wants it to be."""

    __tablename__ = "webinar_occurrence"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    webinar_id: Mapped[int] = mapped_column(
        ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    series_id: Mapped[int] = mapped_column(ForeignKey("webinar_series.id", ondelete="CASCADE"))
    # From 1; stays when others are cancelled.
    number: Mapped[int]
    # What the rhythm gives, also where this one was moved, or the clocks skip that hour.
    wall_time: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str]
    # Whether a moderator moved this one on its own.
    apart: Mapped[bool] = mapped_column(default=False)

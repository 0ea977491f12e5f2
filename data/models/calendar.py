"""Personal calendars that are read over HTTP."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class CalendarFeedRow(Base):
    """The secret address at which a person's calendar program reads their webinars; the address itself is not kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("community_id", "user_id"), UniqueConstraint("token_hash"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    token_hash: Mapped[str]
    # The language of the person's client when they made it; what they chose counts more.
    language: Mapped[str]
    created_at: Mapped[datetime]
    # The mark of what was served last, and since when that is what is served.
    etag: Mapped[str | None]
    changed_at: Mapped[datetime | None]

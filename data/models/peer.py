"""Questions to peers, and who offers to answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class PeerRequestRow(Base):
    """A question to peers. Whose it is, nobody is told before they agree."""

    __tablename__ = "peer_request"
    __table_args__ = (Index(None, "community_id", "state"), Index(None, "community_id", "user_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    # Empty once it was withdrawn.
    question: Mapped[str]
    # The asker's, when they asked.
    language: Mapped[str]
    key_areas: Mapped[list[str]]
    languages: Mapped[list[str]]
    # A part of the world; None stands for any.
    region: Mapped[str | None]
    # The asker's own country, if they show it; counted, and shown to nobody.
    country: Mapped[str | None]
    # open, closed, withdrawn
    state: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PeerOfferRow(Base):
    """That a question was laid before somebody, and what they made of it."""

    __tablename__ = "peer_offer"
    __table_args__ = (
        UniqueConstraint("request_id", "user_id"),
        Index(None, "community_id", "user_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    request_id: Mapped[int] = mapped_column(ForeignKey("peer_request.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    # Whether they came to it as a moderator, when nobody else had answered.
    as_moderator: Mapped[bool] = mapped_column(default=False)
    # asked, offered, declined, introduced
    state: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

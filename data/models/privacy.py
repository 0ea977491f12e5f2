"""What stands between people and the trails they leave."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


class AliasRow(Base):
    """The name by which the audit log knows a person. Without this row nobody can tell whose it was."""

    __tablename__ = "alias"
    __table_args__ = (UniqueConstraint("code"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]


class ErasureRow(Base):
    """That somebody's data was erased: known again by whoever restores an older copy, and by nobody else."""

    __tablename__ = "erasure"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # A keyed hash of the user id; the key is kept with the installation.
    digest: Mapped[str]
    at: Mapped[datetime]


class DepartureRow(Base):
    """That somebody of whom something is held, but no profile, has left the server: it is forgotten in time."""

    __tablename__ = "departure"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    left_at: Mapped[datetime]

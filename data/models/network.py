"""Facts about the Network that the bot speaks of, loaded from data/seed."""

from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class NetworkMemberRow(Base):
    """A country that is a member of the Network. Its name comes from CLDR, not from here."""

    __tablename__ = "network_member"

    id: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    presented_good_practice: Mapped[bool]
    region: Mapped[str]
    subregion: Mapped[str]
    languages: Mapped[list[str]]
    zones: Mapped[list[str]]


class NetworkFactRow(Base):
    """One thing said about the Network: an objective, an activity, an advisory member, a challenge, or a plain fact."""

    __tablename__ = "network_fact"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    # Text by language.
    title: Mapped[dict[str, str]]
    body: Mapped[dict[str, str]]


class KeyAreaRow(Base):
    """One of the five key areas."""

    __tablename__ = "key_area"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[dict[str, str]]
    description: Mapped[dict[str, str]]

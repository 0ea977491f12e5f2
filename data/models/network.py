"""Facts about the Network that the bot speaks of, loaded from data/seed."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class NetworkMemberRow(Base):
    """A country that is a member of the Network. Its name comes from CLDR, not from here."""

    __tablename__ = "network_member"

    id: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    presented_good_practice: Mapped[bool]
    # Codes of UN M49; CLDR has their names in every language.
    region: Mapped[str]
    subregion: Mapped[str]
    intermediate_region: Mapped[str | None]
    # Official in the whole country.
    languages: Mapped[list[str]]
    # IANA time zones, the main ones first.
    zones: Mapped[list[str]]
    main_zones: Mapped[int]


class NetworkFactRow(Base):
    """One thing said about the Network: an objective, an activity, an advisory member, a challenge, or a plain fact."""

    __tablename__ = "network_fact"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    # Text by language.
    title: Mapped[dict[str, str]]
    body: Mapped[dict[str, str]]
    # What is no text of its own: country, key area, dates, an address.
    details: Mapped[dict[str, Any]]


class KeyAreaRow(Base):
    """One of the five key areas."""

    __tablename__ = "key_area"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[dict[str, str]]
    description: Mapped[dict[str, str]]

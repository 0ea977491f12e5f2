"""Guidance that members look up."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base


class ResourceRow(Base):
    """A public handbook, toolkit, standard or course. `community_id` is empty for those every community has."""

    __tablename__ = "resource"

    id: Mapped[str] = mapped_column(primary_key=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # As published, in `title_language`.
    title: Mapped[str]
    title_language: Mapped[str]
    # What the title means in the other languages: not an official title.
    title_gloss: Mapped[dict[str, str]]
    # Whom it is meant for, by language; empty where it is for everyone.
    scope: Mapped[dict[str, str] | None]
    summary: Mapped[dict[str, str]]
    publishers: Mapped[list[str]]
    year: Mapped[int | None]
    languages: Mapped[list[str]]
    type: Mapped[str]
    # Shown only where it is set; `official_about` means a page about the resource, not the resource itself.
    url: Mapped[str | None]
    url_kind: Mapped[str | None]
    # For whoever keeps the list; not shown.
    note: Mapped[str | None]
    retired_at: Mapped[datetime | None]


class ResourceKeyAreaRow(Base):
    """A key area of a resource; position 0 is its main one."""

    __tablename__ = "resource_key_area"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    key_area: Mapped[str] = mapped_column(ForeignKey("key_area.id"), primary_key=True, index=True)
    position: Mapped[int]

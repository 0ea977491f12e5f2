"""Guidance that members look up."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import NEVER_REUSED, Base


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
    # Counts changes, so that of two people who change it at once one is told.
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ResourceKeyAreaRow(Base):
    """A key area of a resource; position 0 is its main one."""

    __tablename__ = "resource_key_area"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    key_area: Mapped[str] = mapped_column(ForeignKey("key_area.id"), primary_key=True, index=True)
    position: Mapped[int]


class ResourceRetirementRow(Base):
    """That a community does not show a resource which every community has."""

    __tablename__ = "resource_retirement"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    retired_at: Mapped[datetime]


class ResourceSuggestionRow(Base):
    """What a member would like to be among the resources, until a moderator has decided."""

    __tablename__ = "resource_suggestion"
    __table_args__ = (
        Index(None, "community_id", "user_id", "state"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    # 0 once the person asked to be forgotten.
    user_id: Mapped[int]
    # waiting, accepted, declined
    state: Mapped[str]
    # As in the form: title, url, publishers, year, languages, type, key_areas, summary, title_language.
    content: Mapped[dict[str, Any]]
    # The language in which the person was using Convenor; the answer is written in it.
    language: Mapped[str]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None]
    # What a moderator wrote when declining.
    reason: Mapped[str | None]
    # The resource that it became.
    resource_id: Mapped[str | None]

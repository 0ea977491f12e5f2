"""Changes of a published practice: each is reviewed like a new one, and what stood there before is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PracticeApprovalRow, PracticeRow, PracticeVersionRow
from data.practices.rows import (
    APPROVED,
    IN_REVIEW,
    MERGED,
    PUBLISHED,
    RETURNED,
    Content,
    Practice,
    columns_of,
    read,
    set_key_areas,
    step,
)
from data.wording import Wording

# A change that is under way.
UNDER_WAY = (IN_REVIEW, RETURNED, APPROVED)
# What of a practice can have changed, besides its sections.
FIELDS = (
    *("title", "summary", "country", "stage", "key_areas", "outcome", "evidence_claimed"),
    *("contact_shown", "permissions", "language"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a practice said before it was changed.

    Attributes:
        number: 1 for what was published first.
        content: what it said.
        changed: the fields that the next version changed.
        published_at: when it was published (UTC).
        replaced_at: when the next version took its place (UTC).
    """

    number: int
    content: Content
    changed: tuple[str, ...]
    published_at: datetime
    replaced_at: datetime


async def open_revision(session: AsyncSession, community_id: int, practice_id: str) -> Practice | None:
    """The change of a practice that is under way, or None."""
    query = select(PracticeRow).where(
        PracticeRow.community_id == community_id,
        PracticeRow.revises == practice_id,
        PracticeRow.state.in_(UNDER_WAY),
    )
    return next(iter(await read(session, query.limit(1))), None)


async def list_versions(session: AsyncSession, community_id: int, practice_id: str) -> list[Version]:
    """What a practice said before, the newest first."""
    query = select(PracticeVersionRow).where(
        PracticeVersionRow.community_id == community_id, PracticeVersionRow.practice_id == practice_id
    )
    rows = await session.scalars(query.order_by(PracticeVersionRow.number.desc()))
    return [
        Version(
            number=row.number,
            content=content_from(row.content),
            changed=tuple(row.changed),
            published_at=row.published_at,
            replaced_at=row.replaced_at,
        )
        for row in rows
    ]


def changed_fields(before: Content, after: Content) -> list[str]:
    """The names of what differs between two contents: the facts first, then the sections, as they stand."""
    names = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    sections = list(dict.fromkeys((*before.sections, *after.sections)))
    return names + [name for name in sections if before.sections.get(name) != after.sections.get(name)]


def document_of(content: Content) -> dict[str, Any]:
    """What an author wrote, as a version keeps it: without what was for the reviewers only."""
    columns = {name: value for name, value in columns_of(content).items() if name != "contested"}
    return {**columns, "key_areas": list(content.key_areas), "evidence_confirmed": content.evidence_confirmed}


def content_from(document: Mapping[str, Any]) -> Content:
    """What an author wrote, from what a version keeps."""
    known = {field.name for field in fields(Content)}
    facts = {name: value for name, value in document.items() if name in known}
    facts |= {name: Wording(facts.get(name) or {}) for name in ("title", "summary")}
    facts |= {name: tuple(facts.get(name) or ()) for name in ("key_areas", "permissions")}
    return Content(**facts)


async def merge(session: AsyncSession, revision: Practice, now: datetime) -> Practice | None:
    """Let an approved change take the place of what was published; that is kept as a version.

    Args:
        session: a write transaction.
        revision: the change, approved in this transaction.
        now: the time (UTC).

    Returns:
        The practice as it is then; None where it is not published any more, or another's by now.
    """
    community_id, practice_id = revision.community_id or 0, revision.revises or ""
    query = select(PracticeRow).where(PracticeRow.id == practice_id, PracticeRow.community_id == community_id)
    before = next(iter(await read(session, query.with_for_update())), None)
    if before is None or before.state != PUBLISHED or before.author_id != revision.author_id:
        return None
    versions = await list_versions(session, community_id, practice_id)
    since = versions[0].replaced_at if versions else before.published_at or now
    session.add(
        PracticeVersionRow(
            community_id=community_id,
            practice_id=practice_id,
            user_id=before.author_id,
            number=before.edition,
            content=document_of(before),
            changed=changed_fields(before, revision),
            published_at=since,
            replaced_at=now,
        )
    )
    after = await step(
        session,
        community_id,
        practice_id,
        expected={"state": PUBLISHED, "version": before.version},
        values={
            **columns_of(revision),
            "evidence_confirmed": revision.evidence_confirmed,
            "submitted_at": revision.submitted_at,
            "decided_at": revision.decided_at,
            "decided_by": revision.decided_by,
            "edition": before.edition + 1,
            "fresh_at": now,
            "asked": None,
            "archived_at": None,
        },
    )
    if after is None:
        return None
    await set_key_areas(session, practice_id, revision.key_areas)
    # Whoever approved the change approved the practice as it is now.
    await session.execute(
        update(PracticeApprovalRow)
        .where(PracticeApprovalRow.practice_id == revision.id, PracticeApprovalRow.version == revision.version - 1)
        .values(practice_id=practice_id, version=after.version)
        .execution_options(synchronize_session=False)
    )
    empty: dict[str, Any] = {"title": {}, "summary": {}, "sections": {}, "contested": [], "decision_comment": None}
    await step(
        session,
        community_id,
        revision.id,
        expected={"state": APPROVED},
        values={**empty, "state": MERGED, "thread_id": before.thread_id},
    )
    await set_key_areas(session, revision.id, ())
    (after,) = await read(session, select(PracticeRow).where(PracticeRow.id == practice_id))
    return after

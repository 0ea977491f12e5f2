"""From a draft to the review: sent once, however often the button is pressed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.drafts import delete_draft
from data.models import PracticeRow
from data.practices.discussing import SUBMITTED, plan_talk
from data.practices.rows import (
    IN_REVIEW,
    MEMBER,
    PRACTICE,
    PUBLISHED,
    RETURNED,
    Content,
    Practice,
    columns_of,
    new_id,
    read,
    set_key_areas,
    step,
    subject_of,
)
from data.practices.versions import open_revision

# The kind of draft that a practice is written in. Its subject is a token, or the id of a practice that was returned.
DRAFT = "practice"


async def submit(
    session: AsyncSession,
    *,
    community_id: int,
    author_id: int,
    draft: str,
    content: Content,
    now: datetime,
    revises: str | None = None,
) -> Practice | None:
    """Send a draft for review: a new practice, or one that was returned, again.

    In one transaction the draft goes, the practice is there, and its card for the reviewers is planned.

    Args:
        session: a write transaction.
        community_id: where.
        author_id: whose draft it is.
        draft: the draft's subject.
        content: what is in it.
        now: the time of sending (UTC).
        revises: the author's published practice that it changes, if it is no new one.

    Returns:
        The practice; None where there is no such draft, because it was sent or discarded already, or nothing that it
        could change.
    """
    if revises is not None and not await _may_revise(session, community_id, author_id, revises):
        return None
    if not await delete_draft(session, community_id, author_id, DRAFT, draft):
        return None
    facts = {"state": IN_REVIEW, "submitted_at": now, **columns_of(content)}
    if await _exists(session, draft):
        practice = await step(
            session,
            community_id,
            draft,
            expected={"author_id": author_id, "state": RETURNED},
            values={**facts, "decision_comment": None},
        )
        if practice is None:
            return None
        practice_id = draft
    else:
        practice_id = new_id(content.country, draft)
        if await _exists(session, practice_id):
            return None
        session.add(
            PracticeRow(
                id=practice_id,
                community_id=community_id,
                origin=MEMBER,
                kind=PRACTICE,
                author_id=author_id,
                revises=revises,
                version=1,
                **facts,
            )
        )
        await session.flush()
    await set_key_areas(session, practice_id, content.key_areas)
    (practice,) = await read(session, select(PracticeRow).where(PracticeRow.id == practice_id))
    await deliveries.plan(
        session,
        community_id=community_id,
        kind="practice.review",
        subject=subject_of(practice_id),
        target="channel:review",
        occurrence=str(practice.version),
        due_at=now,
        now=now,
    )
    await plan_talk(session, practice, SUBMITTED, now)
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=author_id,
        action="practice.submit",
        object_kind="practice",
        object_id=practice_id,
        details={"version": practice.version},
    )
    await record_change(session, "practice", practice_id, community_id)
    return practice


async def _may_revise(session: AsyncSession, community_id: int, author_id: int, practice_id: str) -> bool:
    """Whether a practice is this author's, published, and not being changed already."""
    query = select(PracticeRow.id).where(
        PracticeRow.id == practice_id,
        PracticeRow.community_id == community_id,
        PracticeRow.author_id == author_id,
        PracticeRow.state == PUBLISHED,
    )
    mine = (await session.execute(query.with_for_update())).first() is not None
    return mine and await open_revision(session, community_id, practice_id) is None


async def _exists(session: AsyncSession, practice_id: str) -> bool:
    found = await session.execute(select(PracticeRow.id).where(PracticeRow.id == practice_id))
    return found.first() is not None

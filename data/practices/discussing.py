"""What is told in the private thread in which reviewers talk about a practice: each step that it takes."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.models import PracticeRow
from data.practices.rows import Practice, subject_of

# Kinds of deliveries, and where they go.
TALK = "practice.talk"
TALK_END = "practice.talk.end"
TALK_PLACE = "channel:review-thread"
# The steps.
SUBMITTED, APPROVED_BY, RETURNED_BY, POSTED = "submitted", "approved", "returned", "posted"


async def plan_talk(
    session: AsyncSession, practice: Practice, step: str, now: datetime, *, version: int | None = None, number: int = 0
) -> None:
    """Plan to tell a step in the reviewers' thread.

    Args:
        session: a write transaction.
        practice: which.
        step: one of the steps above.
        now: the time (UTC).
        version: in which it was taken; without, the practice's.
        number: of an approval: which one, from 1.
    """
    version = practice.version if version is None else version
    await deliveries.plan(
        session,
        community_id=practice.community_id or 0,
        kind=TALK,
        subject=subject_of(practice.id),
        target=TALK_PLACE,
        occurrence=f"{version}.{step}.{number}",
        details={"step": step, "version": version, "number": number},
        due_at=now,
        now=now,
    )


async def plan_talk_end(session: AsyncSession, practice: Practice, now: datetime) -> None:
    """Plan to close the reviewers' thread; where the practice was withdrawn, to delete it with all that it says."""
    if practice.review_thread_id is not None:
        await deliveries.plan(
            session,
            community_id=practice.community_id or 0,
            kind=TALK_END,
            subject=subject_of(practice.id),
            target="server",
            occurrence=f"{practice.version}.{practice.state}",
            due_at=now,
            now=now,
        )


async def set_review_thread(session: AsyncSession, community_id: int, practice_id: str, thread_id: int) -> None:
    """Note in which thread the reviewers talk about a practice. That is no change of the practice."""
    await session.execute(
        update(PracticeRow)
        .where(PracticeRow.id == practice_id, PracticeRow.community_id == community_id)
        .values(review_thread_id=thread_id)
        .execution_options(synchronize_session=False)
    )

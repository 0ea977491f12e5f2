"""What follows when a practice is published or withdrawn: it is asked about in a year, and what was told of it goes."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.changes import record_change
from data.models import AdaptationRow
from data.practices.rows import Practice, subject_of

# After that time whoever answers for a practice is asked whether it is still so; the kind of delivery that does it.
FRESH_FOR = timedelta(days=365)
STEP = "practice.fresh"
# Who is asked, one after the other, and the kinds of the questions.
OWNER, FOCAL, MODERATORS = "owner", "focal", "moderators"
ASKED = {OWNER: "practice.fresh.owner", FOCAL: "practice.fresh.focal", MODERATORS: "practice.fresh.moderators"}
# Asks a member to look after it.
HEIR = "practice.heir"
# Takes the buttons off the moderators' cards once somebody answered.
ANSWERED = "practice.fresh.answered"
# The state of an adaptation that others may read.
SHOWN = "shown"


def mark_of(practice: Practice) -> str:
    """What tells this year's questions about a practice from those of other years."""
    return str(int(practice.fresh_at.timestamp())) if practice.fresh_at else "0"


async def plan_revisit(session: AsyncSession, practice: Practice, now: datetime) -> None:
    """Plan to ask, a year after it was last said to be so. Planning it again makes no second one."""
    if practice.fresh_at is None or practice.community_id is None:
        return
    await deliveries.plan(
        session,
        community_id=practice.community_id,
        kind=STEP,
        subject=subject_of(practice.id),
        target="server",
        occurrence=f"{mark_of(practice)}:{OWNER}",
        due_at=max(now, practice.fresh_at + FRESH_FOR),
        now=now,
    )


async def note_told_of(session: AsyncSession, practice_id: str) -> None:
    """Let the search look again at what was told of a practice: it is found by its words, while it is published."""
    query = select(AdaptationRow.id, AdaptationRow.community_id).where(
        AdaptationRow.practice_id == practice_id, AdaptationRow.state == SHOWN
    )
    for adaptation_id, community_id in (await session.execute(query)).all():
        await record_change(session, "adaptation", adaptation_id, community_id)


async def end_questions(session: AsyncSession, practice: Practice, now: datetime, before: Practice) -> None:
    """Ask nobody any more whether it is still so: somebody said it, or changed it.

    Args:
        session: a write transaction.
        practice: as it is now.
        now: the time (UTC).
        before: as it was.
    """
    if practice.community_id is None:
        return
    subject = subject_of(practice.id)
    for kind in (STEP, *ASKED.values(), *([] if practice.heir_id else [HEIR])):
        await deliveries.cancel_pending(
            session, subject=subject, kind=kind, reason="answered", now=now, community_id=practice.community_id
        )
    if before.asked == MODERATORS:
        await deliveries.plan(
            session,
            community_id=practice.community_id,
            kind=ANSWERED,
            subject=subject,
            target="server",
            occurrence=f"{mark_of(practice)}:{practice.version}",
            due_at=now,
            now=now,
        )

"""What becomes of a practice: approved, returned, posted, withdrawn. Each step plans the messages it causes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.drafts import delete_draft
from data.practices.after import forget_after
from data.practices.approving import Needs, add_approval
from data.practices.discussing import APPROVED_BY, POSTED, RETURNED_BY, plan_talk, plan_talk_end
from data.practices.following import end_questions, note_told_of, plan_revisit
from data.practices.reading import find
from data.practices.rows import (
    APPROVED,
    IN_REVIEW,
    PUBLISHED,
    RETURNED,
    WITHDRAWN,
    Practice,
    set_key_areas,
    step,
    subject_of,
)
from data.practices.sharing import DRAFT
from data.practices.versions import merge, open_revision
from data.statements import mark

LIVE = (deliveries.PENDING, deliveries.SENDING)
EMPTY: dict[str, Any] = {
    "title": {},
    "summary": {},
    "sections": {},
    "country": None,
    "stage": None,
    "contact_shown": False,
    "evidence_claimed": None,
    "evidence_confirmed": None,
    "outcome": None,
    "permissions": [],
    "contested": [],
    "decision_comment": None,
    "asked": None,
    "archived_at": None,
    "heir_id": None,
}


async def approve(
    session: AsyncSession,
    community_id: int,
    practice_id: str,
    *,
    version: int,
    reviewer_id: int,
    needs: Needs,
    evidence: int | None,
    now: datetime,
) -> Practice | None:
    """Approve what a reviewer has read; with the last approval that it needs, plan its post in the forum.

    Args:
        session: a write transaction.
        community_id: whose practice it must be.
        practice_id: which.
        version: the one that was read.
        reviewer_id: who approves.
        needs: what it needs in this community.
        evidence: how strong the reviewer finds its evidence. The lowest of those of all reviewers is confirmed.
        now: the time (UTC).

    Returns:
        The practice, approved or still in review; None where it is not in review in that version any more, or is the
        reviewer's own.
    """
    before = await find(session, community_id, practice_id)
    # Nobody decides on their own practice, whichever way they came here.
    if before is None or before.author_id == reviewer_id:
        return None
    given = await add_approval(
        session,
        community_id,
        practice_id,
        version=version,
        reviewer_id=reviewer_id,
        abroad=reviewer_id in needs.from_abroad,
        evidence=evidence,
        now=now,
    )
    if given is None:
        return None
    await plan_talk(session, before, APPROVED_BY, now, version=version, number=len(given))
    if not needs.met(given):
        await _record(session, before, "approve", reviewer_id, now)
        await _plan(session, before, "practice.card", "server", now, occurrence=f"{version}.approved.{len(given)}")
        return before
    levels = [one.evidence for one in given if one.evidence is not None]
    practice = await _decide(
        session,
        community_id,
        practice_id,
        version=version,
        reviewer_id=reviewer_id,
        now=now,
        state=APPROVED,
        comment=None,
        evidence_confirmed=min(levels, default=None),
    )
    if practice is None:
        return None
    await _note(session, practice, "approve", reviewer_id, now)
    if practice.revises is None:
        await _plan_post(session, practice, now)
        return practice
    return await _merge(session, practice, reviewer_id, now)


async def _merge(session: AsyncSession, revision: Practice, reviewer_id: int, now: datetime) -> Practice | None:
    """Let an approved change take the place of what is published, and renew the post."""
    community_id = revision.community_id or 0
    before = await find(session, community_id, revision.revises or "")
    practice = await merge(session, revision, now)
    if practice is None or before is None:
        # What it was to change is gone, or somebody else's by now.
        await withdraw(session, community_id, revision.id, actor_id=None, reason="moderator", now=now)
        return None
    await plan_talk(session, revision, POSTED, now)
    await refresh_post(session, community_id, practice.id, now)
    await _tell_author(session, practice, now)
    # Whoever changed it has said that it is up to date.
    await end_questions(session, practice, now, before)
    await plan_revisit(session, practice, now)
    await _record(session, practice, "revise", reviewer_id, now, {"edition": practice.edition})
    await record_change(session, "practice", practice.id, community_id)
    await note_told_of(session, practice.id)
    return practice


async def send_back(
    session: AsyncSession,
    community_id: int,
    practice_id: str,
    *,
    version: int,
    reviewer_id: int,
    comment: str,
    now: datetime,
) -> Practice | None:
    """Return a practice to its author with a comment, and plan a message to tell them.

    Returns:
        The practice; None where it is not in review in that version any more, or is the reviewer's own.
    """
    practice = await _decide(
        session,
        community_id,
        practice_id,
        version=version,
        reviewer_id=reviewer_id,
        now=now,
        state=RETURNED,
        comment=comment,
    )
    if practice is not None:
        await _tell_author(session, practice, now)
        await plan_talk(session, practice, RETURNED_BY, now)
        await _note(session, practice, "return", reviewer_id, now)
    return practice


async def publish_again(
    session: AsyncSession, community_id: int, practice_id: str, *, version: int, actor_id: int, now: datetime
) -> Practice | None:
    """Plan another post of a practice that is approved but could not be posted.

    Returns:
        The practice; None where it is not approved in that version any more.
    """
    practice = await step(
        session,
        community_id,
        practice_id,
        expected={"state": APPROVED, "version": version},
        values={"published_at": None},
    )
    if practice is not None:
        await _plan_post(session, practice, now)
        await _note(session, practice, "publish", actor_id, now)
    return practice


async def is_under_way(session: AsyncSession, community_id: int, practice_id: str) -> bool:
    """Whether a post of this practice is waiting to go out, or going out now."""
    planned = await deliveries.list_for_subject(session, community_id, subject_of(practice_id))
    return any(row.kind == "practice.publication" and row.state in LIVE for row in planned)


async def mark_published(
    session: AsyncSession, community_id: int, practice_id: str, *, thread_id: int, now: datetime
) -> Practice | None:
    """Note where a practice was posted. If it was withdrawn meanwhile, plan to close that thread.

    Returns:
        The practice, published; None where it was withdrawn meanwhile.
    """
    practice = await step(
        session,
        community_id,
        practice_id,
        expected={"state": APPROVED},
        values={"state": PUBLISHED, "published_at": now, "fresh_at": now, "thread_id": thread_id},
    )
    if practice is None:
        gone = await step(
            session,
            community_id,
            practice_id,
            expected={"state": WITHDRAWN},
            values={"published_at": now, "thread_id": thread_id},
        )
        if gone is not None:
            await _plan(session, gone, "practice.tombstone", "server", now)
        return None
    await _tell_author(session, practice, now)
    await plan_revisit(session, practice, now)
    await plan_talk(session, practice, POSTED, now)
    await _note(session, practice, "published", None, now)
    return practice


async def withdraw(
    session: AsyncSession, community_id: int, practice_id: str, *, actor_id: int | None, reason: str, now: datetime
) -> Practice | None:
    """Take a practice back for good: its content is emptied, its draft goes, and its thread will be closed.

    Args:
        session: a write transaction.
        community_id: whose practice it must be.
        practice_id: which.
        actor_id: who does it; None where a rule does.
        reason: a code that stays: `author`, `moderator` or `erased`.
        now: the time (UTC).

    Returns:
        What is left of it; None where it was withdrawn already.
    """
    practice = await step(
        session,
        community_id,
        practice_id,
        expected={"state": [IN_REVIEW, RETURNED, APPROVED, PUBLISHED]},
        values={**EMPTY, "state": WITHDRAWN, "withdrawn_at": now, "withdrawn_reason": reason},
    )
    if practice is None:
        return None
    mark(session, "gone")
    await set_key_areas(session, practice_id, ())
    practice = replace(practice, key_areas=())
    if practice.author_id is not None:
        await delete_draft(session, community_id, practice.author_id, DRAFT, practice_id)
    await deliveries.cancel_pending(
        session, subject=subject_of(practice_id), reason="withdrawn", now=now, community_id=community_id
    )
    if practice.thread_id is not None:
        await _plan(session, practice, "practice.tombstone", "server", now)
    revision = await open_revision(session, community_id, practice_id)
    if revision is not None:
        await withdraw(session, community_id, revision.id, actor_id=actor_id, reason=reason, now=now)
    await note_told_of(session, practice_id)
    await forget_after(session, practice_id)
    await plan_talk_end(session, practice, now)
    await _note(session, practice, "withdraw", actor_id, now, {"reason": reason})
    return practice


async def refresh_cards(session: AsyncSession, community_id: int, practice_id: str, now: datetime) -> None:
    """Plan to bring the reviewers' cards of a practice up to date: it changed while one was being posted."""
    practice = await find(session, community_id, practice_id)
    if practice is not None:
        await _plan(session, practice, "practice.card", "server", now, occurrence=f"{practice.version}.posted")


async def refresh_post(session: AsyncSession, community_id: int, practice_id: str, now: datetime) -> None:
    """Plan to bring the published post of a practice to what is true now, for instance without its author's name."""
    practice = await find(session, community_id, practice_id)
    if practice is not None and practice.thread_id is not None:
        occurrence = f"{practice.version}.{now.isoformat()}"
        await _plan(session, practice, "practice.refresh", "server", now, occurrence=occurrence)


async def _decide(  # noqa: PLR0913 - all but three are told by name
    session: AsyncSession,
    community_id: int,
    practice_id: str,
    *,
    version: int,
    reviewer_id: int,
    now: datetime,
    state: str,
    comment: str | None,
    evidence_confirmed: int | None = None,
) -> Practice | None:
    before = await find(session, community_id, practice_id)
    # Nobody decides on their own practice, whichever way they came here.
    if before is None or before.author_id == reviewer_id:
        return None
    return await step(
        session,
        community_id,
        practice_id,
        expected={"state": IN_REVIEW, "version": version},
        values={
            "state": state,
            "decided_at": now,
            "decided_by": reviewer_id,
            "decision_comment": comment,
            "evidence_confirmed": evidence_confirmed,
        },
    )


async def _plan_post(session: AsyncSession, practice: Practice, now: datetime) -> None:
    await _plan(session, practice, "practice.publication", "channel:practices", now)


async def _tell_author(session: AsyncSession, practice: Practice, now: datetime) -> None:
    if practice.author_id is not None:
        await _plan(session, practice, "practice.decision", f"user:{practice.author_id}", now)


async def _plan(
    session: AsyncSession, practice: Practice, kind: str, target: str, now: datetime, *, occurrence: str | None = None
) -> None:
    if practice.community_id is None:
        raise ValueError(f"{practice.id} is nobody's to post")
    await deliveries.plan(
        session,
        community_id=practice.community_id,
        kind=kind,
        subject=subject_of(practice.id),
        target=target,
        occurrence=occurrence or str(practice.version),
        due_at=now,
        now=now,
    )


async def _record(
    session: AsyncSession,
    practice: Practice,
    action: str,
    actor_id: int | None,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """An entry in the trail."""
    if practice.community_id is None:
        raise ValueError(f"{practice.id} is nobody's to change")
    await audit.record(
        session,
        community_id=practice.community_id,
        at=now,
        actor_id=actor_id,
        action=f"practice.{action}",
        object_kind="practice",
        object_id=practice.id,
        details={"version": practice.version, **(details or {})},
    )


async def _note(
    session: AsyncSession,
    practice: Practice,
    action: str,
    actor_id: int | None,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """What every step leaves behind: an entry, a change for the search, and cards that tell the new state."""
    await _record(session, practice, action, actor_id, now, details)
    await record_change(session, "practice", practice.id, practice.community_id)
    await _plan(session, practice, "practice.card", "server", now)

"""What members would like to be among the resources: sent, accepted or declined, and answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.models import ResourceSuggestionRow
from data.resources.writing import Facts, add_resources
from data.statements import lock

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
CARD, DECISION = "resource.suggestion", "resource.decision"
# As many of one person may wait.
MOST_WAITING = 10
KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion.

    Attributes:
        id: its own.
        community_id: where.
        user_id: who made it; 0 once they asked to be forgotten.
        state: `waiting`, `accepted`, `declined`.
        facts: what is suggested.
        language: in which the person is answered.
        decided_by: the user who decided.
        reason: why it was declined; may be empty.
        resource_id: what it became.
    """

    id: int
    community_id: int
    user_id: int
    state: str
    facts: Facts
    language: str
    decided_by: int | None
    reason: str | None
    resource_id: str | None


class ManyFault(Exception):
    """As many suggestions of this person wait as may."""


def subject_of(suggestion_id: int) -> str:
    """What a delivery about this suggestion has as its subject."""
    return f"suggestion:{suggestion_id}"


async def suggest(
    session: AsyncSession, community_id: int, user_id: int, facts: Facts, *, language: str, now: datetime
) -> Suggestion:
    """Lay something before the moderators.

    Raises:
        ManyFault: too many of this person's wait.
    """
    await lock(session, f"suggestions {community_id} {user_id}")
    row = ResourceSuggestionRow
    waiting = select(func.count()).where(row.community_id == community_id, row.user_id == user_id, row.state == WAITING)
    if ((await session.scalar(waiting)) or 0) >= MOST_WAITING:
        raise ManyFault
    made = row(
        community_id=community_id,
        user_id=user_id,
        state=WAITING,
        content=facts.as_data(),
        language=language,
        created_at=now,
    )
    session.add(made)
    await session.flush()
    await deliveries.plan(
        session,
        community_id=community_id,
        kind=CARD,
        subject=subject_of(made.id),
        target="channel:review",
        due_at=now,
        now=now,
    )
    await _record(session, made, by=user_id, now=now, action="resource.suggest")
    return _suggestion(made)


async def get_suggestion(session: AsyncSession, community_id: int, suggestion_id: int) -> Suggestion | None:
    """One suggestion of a community, or None."""
    row = await session.get(ResourceSuggestionRow, suggestion_id, populate_existing=True)
    return _suggestion(row) if row is not None and row.community_id == community_id else None


async def decide(
    session: AsyncSession, suggestion: Suggestion, *, accepted: bool, reason: str = "", by: int, now: datetime
) -> Suggestion | None:
    """Take a suggestion in, or not; whoever made it is told.

    Returns:
        It as it is now; None where it was decided before, or what it suggests is among the resources by now.
    """
    values: dict[str, Any] = {
        "state": ACCEPTED if accepted else DECLINED,
        "decided_at": now,
        "decided_by": by,
        "reason": reason or None,
    }
    row = ResourceSuggestionRow
    waiting = update(row).where(row.id == suggestion.id, row.state == WAITING).values(**values).returning(row.id)
    if (await session.execute(waiting.execution_options(synchronize_session=False))).first() is None:
        return None
    if accepted:
        facts = [suggestion.facts]
        made = await add_resources(session, suggestion.community_id, facts, by=by, now=now, action="resource.add")
        if not made:
            return None
        became = update(row).where(row.id == suggestion.id).values(resource_id=made[0])
        await session.execute(became.execution_options(synchronize_session=False))
    if suggestion.user_id:
        await deliveries.plan(
            session,
            community_id=suggestion.community_id,
            kind=DECISION,
            subject=subject_of(suggestion.id),
            target=f"user:{suggestion.user_id}",
            due_at=now,
            now=now,
        )
    changed = await session.get_one(row, suggestion.id, populate_existing=True)
    action = "resource.accept" if accepted else "resource.decline"
    await _record(session, changed, by=by, now=now, action=action)
    return _suggestion(changed)


async def forget_suggestions(session: AsyncSession, now: datetime) -> int:
    """Forget what was decided, or left lying, a year ago; what it became stays. Returns how many there were."""
    row = ResourceSuggestionRow
    old = delete(row).where(func.coalesce(row.decided_at, row.created_at) <= now - KEPT).returning(row.id)
    return len((await session.execute(old.execution_options(synchronize_session=False))).all())


async def _record(session: AsyncSession, row: ResourceSuggestionRow, *, by: int, now: datetime, action: str) -> None:
    await audit.record(
        session,
        community_id=row.community_id,
        at=now,
        actor_id=by,
        action=action,
        object_kind="suggestion",
        object_id=row.id,
    )


def _suggestion(row: ResourceSuggestionRow) -> Suggestion:
    return Suggestion(
        id=row.id,
        community_id=row.community_id,
        user_id=row.user_id,
        state=row.state,
        facts=Facts.from_data(row.content),
        language=row.language,
        decided_by=row.decided_by,
        reason=row.reason,
        resource_id=row.resource_id,
    )

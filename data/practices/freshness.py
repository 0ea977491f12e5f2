"""Whether a practice is still so: asked a year after it was published or last confirmed.

Its owner is asked first; after a month without an answer the focal points of their country; after two more weeks the
moderators. Any of them may confirm it, hand it over to somebody who accepts, or retire it. What was retired stays where
it is, marked, and can be brought back by confirming it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.members import LEFT, get_by_user
from data.members.attesting import focal_points
from data.models import DeliveryRow, PracticeRow
from data.practices.following import (
    ANSWERED,
    ASKED,
    FOCAL,
    HEIR,
    MODERATORS,
    OWNER,
    STEP,
    end_questions,
    mark_of,
    plan_revisit,
)
from data.practices.reading import find
from data.practices.reviewing import refresh_post
from data.practices.rows import MEMBER, PUBLISHED, Practice, read, step, subject_of

__all__ = [
    "ANSWERED",
    "ASKED",
    "FOCAL",
    "FOCAL_TIME",
    "HEIR",
    "HEIR_WORD",
    "MODERATORS",
    "OWNER_TIME",
    "Tended",
    "ask_next",
    "confirm",
    "focal_users",
    "hurry",
    "is_current",
    "list_offered",
    "load_tended",
    "offer",
    "plan_missing_revisits",
    "retire",
    "take_over",
]

OWNER_TIME = timedelta(days=30)
FOCAL_TIME = timedelta(days=14)

HEIR_WORD = "practice.heir.word"

# How many are planned in one transaction by whoever looks after what was forgotten.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Tended:
    """A practice, and who besides its owner and the moderators may answer for it now.

    Attributes:
        practice: the practice.
        focal: the focal points of its owner's country.
    """

    practice: Practice
    focal: frozenset[int]


def is_current(practice: Practice, occurrence: str) -> bool:
    """Whether a step or question planned as `<mark>:<stage>` is still of this year's, and open."""
    mark = occurrence.partition(":")[0]
    return practice.state == PUBLISHED and practice.archived_at is None and mark == mark_of(practice)


async def load_tended(session: AsyncSession, community_id: int, key: tuple[str, datetime]) -> Tended | None:
    """A published practice of this community, for those who may answer for it.

    Args:
        session: any transaction.
        community_id: whose it must be.
        key: the practice's id, and the time (UTC).
    """
    practice = await find(session, community_id, key[0])
    if practice is None or practice.state != PUBLISHED:
        return None
    return Tended(practice, frozenset(await focal_users(session, practice, key[1])))


async def focal_users(session: AsyncSession, practice: Practice, now: datetime) -> list[int]:
    """The focal points of its owner's country, or else of the country it is about; never its owner."""
    community_id = practice.community_id or 0
    owner = await get_by_user(session, community_id, practice.author_id) if practice.author_id else None
    country = (owner.country if owner else None) or practice.country
    if country is None:
        return []
    found = await focal_points(session, community_id, now, country=country)
    return [one.user_id for one in found if one.user_id != practice.author_id]


async def plan_missing_revisits(session: AsyncSession, now: datetime) -> int:
    """Plan it for what was published before anybody was asked, or was restored since. Gives how many."""
    planned = exists().where(
        DeliveryRow.subject == literal("practice:").concat(PracticeRow.id),
        DeliveryRow.community_id == PracticeRow.community_id,
        DeliveryRow.kind == STEP,
        DeliveryRow.planned_at >= PracticeRow.fresh_at,
    )
    query = select(PracticeRow).where(
        PracticeRow.origin == MEMBER,
        PracticeRow.state == PUBLISHED,
        PracticeRow.fresh_at.is_not(None),
        PracticeRow.archived_at.is_(None),
        ~planned,
    )
    found = await read(session, query.order_by(PracticeRow.id).limit(AT_ONCE))
    for practice in found:
        await plan_revisit(session, practice, now)
    return len(found)


async def list_offered(session: AsyncSession, community_id: int, user_id: int) -> list[Practice]:
    """What a person is asked to look after."""
    query = select(PracticeRow).where(
        PracticeRow.community_id == community_id, PracticeRow.heir_id == user_id, PracticeRow.state == PUBLISHED
    )
    return await read(session, query.order_by(PracticeRow.id))


async def ask_next(session: AsyncSession, practice: Practice, stage: str, now: datetime) -> None:
    """Take one step: ask whoever is next, and plan the step after it; who cannot be asked is passed over."""
    owner = await get_by_user(session, practice.community_id or 0, practice.author_id) if practice.author_id else None
    gone = owner is not None and owner.state == LEFT
    if stage == OWNER and practice.author_id is not None and not gone:
        await _ask(session, practice, OWNER, [f"user:{practice.author_id}"], now)
        await _plan(session, practice, STEP, "server", FOCAL, now, due_at=now + OWNER_TIME)
        return
    focal = await focal_users(session, practice, now) if stage in (OWNER, FOCAL) else []
    if focal:
        await _ask(session, practice, FOCAL, [f"user:{user_id}" for user_id in focal], now)
        await _plan(session, practice, STEP, "server", MODERATORS, now, due_at=now + FOCAL_TIME)
        return
    await _ask(session, practice, MODERATORS, ["channel:queue"], now)


async def hurry(session: AsyncSession, practice: Practice, now: datetime) -> None:
    """Ask the next ones now: its owner cannot be reached."""
    await _plan(session, practice, STEP, "server", FOCAL, now, due_at=now)


async def confirm(
    session: AsyncSession, community_id: int, practice_id: str, *, actor_id: int, now: datetime
) -> Practice | None:
    """Note that it is still so: it is asked again in a year, and one that was retired is back.

    Returns:
        The practice; None where it is not published any more.
    """
    before = await find(session, community_id, practice_id)
    values: dict[str, Any] = {"fresh_at": now, "asked": None, "archived_at": None}
    after = await _answer(session, before, values, "confirm", actor_id, now)
    if before is not None and after is not None and before.archived_at is not None:
        await _shown_anew(session, after, now)
    return after


async def retire(
    session: AsyncSession, community_id: int, practice_id: str, *, actor_id: int, now: datetime
) -> Practice | None:
    """Note that nobody vouches for it any more: it stays where it is, marked.

    Returns:
        The practice; None where it is not published any more, or was retired already.
    """
    before = await find(session, community_id, practice_id)
    if before is None or before.archived_at is not None:
        return None
    values: dict[str, Any] = {"archived_at": now, "asked": None, "heir_id": None}
    after = await _answer(session, before, values, "retire", actor_id, now)
    if after is not None:
        await _shown_anew(session, after, now)
    return after


async def offer(
    session: AsyncSession, community_id: int, practice_id: str, *, heir_id: int, actor_id: int, now: datetime
) -> Practice | None:
    """Ask a member to look after it from now on. Whoever was asked before need not answer any more.

    Returns:
        The practice; None where it is not published any more, or is theirs.
    """
    before = await find(session, community_id, practice_id)
    if before is None or before.author_id == heir_id:
        return None
    after = await step(session, community_id, practice_id, expected={"state": PUBLISHED}, values={"heir_id": heir_id})
    if after is None:
        return None
    await deliveries.cancel_pending(
        session, subject=subject_of(practice_id), kind=HEIR, reason="replanned", now=now, community_id=community_id
    )
    await _note(session, after, "offer", actor_id, now)
    await _plan(session, after, HEIR, f"user:{heir_id}", str(after.version), now, due_at=now)
    return after


async def take_over(
    session: AsyncSession, community_id: int, practice_id: str, *, user_id: int, accepts: bool, now: datetime
) -> Practice | None:
    """Answer an offer. Whoever accepts is its owner from now on, and has said that it is still so.

    Returns:
        The practice; None where it is not offered to them any more.
    """
    before = await find(session, community_id, practice_id)
    if before is None or before.heir_id != user_id:
        return None
    values: dict[str, Any] = {"heir_id": None}
    if accepts:
        values |= {"author_id": user_id, "fresh_at": now, "asked": None, "archived_at": None}
    after = await step(
        session, community_id, practice_id, expected={"state": PUBLISHED, "heir_id": user_id}, values=values
    )
    if after is None:
        return None
    await _note(session, after, "accept" if accepts else "refuse", user_id, now)
    if before.author_id is not None:
        answer = "accepted" if accepts else "refused"
        await _plan(session, after, HEIR_WORD, f"user:{before.author_id}", f"{after.version}:{answer}", now, due_at=now)
    if accepts:
        await end_questions(session, after, now, before)
        await plan_revisit(session, after, now)
        await _shown_anew(session, after, now)
    return after


async def _answer(
    session: AsyncSession,
    before: Practice | None,
    values: dict[str, Any],
    action: str,
    actor_id: int,
    now: datetime,
) -> Practice | None:
    if before is None or before.community_id is None:
        return None
    expected = {"state": PUBLISHED, "archived_at": before.archived_at}
    after = await step(session, before.community_id, before.id, expected=expected, values=values)
    if after is None:
        return None
    await end_questions(session, after, now, before)
    if after.archived_at is None:
        await plan_revisit(session, after, now)
    await _note(session, after, action, actor_id, now)
    return after


async def _ask(session: AsyncSession, practice: Practice, whom: str, targets: list[str], now: datetime) -> None:
    # Not a change of the practice itself: no version that somebody works on grows old by it.
    await session.execute(
        update(PracticeRow)
        .where(PracticeRow.id == practice.id)
        .values(asked=whom)
        .execution_options(synchronize_session=False)
    )
    for target in targets:
        await _plan(session, practice, ASKED[whom], target, whom, now, due_at=now)


async def _plan(
    session: AsyncSession, practice: Practice, kind: str, target: str, what: str, now: datetime, *, due_at: datetime
) -> None:
    if practice.community_id is None:
        raise ValueError(f"{practice.id} is nobody's to ask about")
    await deliveries.plan(
        session,
        community_id=practice.community_id,
        kind=kind,
        subject=subject_of(practice.id),
        target=target,
        occurrence=f"{mark_of(practice)}:{what}",
        due_at=due_at,
        now=now,
    )


async def _shown_anew(session: AsyncSession, practice: Practice, now: datetime) -> None:
    await record_change(session, "practice", practice.id, practice.community_id)
    if practice.community_id is not None:
        await refresh_post(session, practice.community_id, practice.id, now)


async def _note(session: AsyncSession, practice: Practice, action: str, actor_id: int, now: datetime) -> None:
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
        details={"version": practice.version},
    )

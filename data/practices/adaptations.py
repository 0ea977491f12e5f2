"""The ledger of adaptations: who tried a practice elsewhere tells what they changed, and what came of it.

One goes to be seen at once, or, where its author contests what the check found in it, waits for moderators first. Its
author may take it back, and moderators may take it down: then nothing of its text is left.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.drafts import delete_draft
from data.models import AdaptationRow
from data.practices.following import SHOWN
from data.practices.reading import get_visible
from data.practices.reviewing import refresh_post
from data.practices.rows import Practice
from data.practices.told import (
    TAKEN_BACK,
    WAITING,
    Adaptation,
    Tally,
    Telling,
    Told,
    adaptation_of,
    adaptations_by,
    find_adaptation,
    get_adaptation,
    get_told,
    list_adaptations,
    list_my_adaptations,
    read_adaptations,
    tally,
)
from data.statements import lock, mark

__all__ = [
    "ADAPTATION_DRAFT",
    "CHECK",
    "DECIDED",
    "MOST",
    "POST",
    "REFRESH",
    "SHOWN",
    "TAKEN_BACK",
    "WAITING",
    "WORD",
    "Adaptation",
    "Tally",
    "Telling",
    "Told",
    "TooManyAdaptationsFault",
    "adaptation_subject",
    "adaptations_by",
    "find_adaptation",
    "get_adaptation",
    "get_told",
    "let_through",
    "list_adaptations",
    "list_my_adaptations",
    "refresh_adaptation",
    "take_back",
    "tally",
    "tell",
]

# The kind of draft that it is written in; its subject is the practice's id.
ADAPTATION_DRAFT = "adaptation"

# Kinds of deliveries.
CHECK = "adaptation.review"
POST = "adaptation.post"
WORD = "adaptation.word"
REFRESH = "adaptation.refresh"
DECIDED = "adaptation.decided"

# More of one person within a day would be no adaptations any more.
MOST = 5
WITHIN = timedelta(days=1)

EMPTY: dict[str, Any] = {"country": None, "period": "", "changed": "", "result": None, "learnt": "", "contested": []}


class TooManyAdaptationsFault(Exception):
    """A person told of as many as anybody may for now."""


def adaptation_subject(adaptation_id: int) -> str:
    """What a delivery about this adaptation has as its subject."""
    return f"adaptation:{adaptation_id}"


async def tell(
    session: AsyncSession, practice: Practice, *, community_id: int, author_id: int, telling: Telling, now: datetime
) -> Adaptation | None:
    """Take an adaptation from its draft to the ledger; what follows is planned.

    Args:
        session: a write transaction.
        practice: one that everyone here may read.
        community_id: where it is told.
        author_id: who tells it.
        telling: what they wrote. With a contested passage in it, it waits for moderators.
        now: the time (UTC).

    Returns:
        The adaptation; None where there is no such draft any more, because it was sent already.

    Raises:
        TooManyAdaptationsFault: they told of as many as anybody may for now.
    """
    if not await delete_draft(session, community_id, author_id, ADAPTATION_DRAFT, practice.id):
        return None
    await lock(session, f"adaptation:{community_id}:{author_id}")
    recent = select(func.count()).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.author_id == author_id,
        AdaptationRow.sent_at > now - WITHIN,
    )
    if (await session.execute(recent)).scalar_one() >= MOST:
        raise TooManyAdaptationsFault
    row = AdaptationRow(
        community_id=community_id,
        practice_id=practice.id,
        author_id=author_id,
        state=WAITING if telling.contested else SHOWN,
        country=telling.country,
        period=telling.period,
        changed=telling.changed,
        result=telling.result,
        learnt=telling.learnt,
        language=telling.language,
        contested=[one.as_dict() for one in telling.contested],
        sent_at=now,
    )
    session.add(row)
    await session.flush()
    made = adaptation_of(row)
    await _note(session, made, "submit", author_id, now)
    if made.state == WAITING:
        await _plan(session, made, CHECK, "channel:review", now)
    else:
        await _show(session, made, practice, now)
    return made


async def let_through(
    session: AsyncSession, community_id: int, adaptation_id: int, *, actor_id: int, now: datetime
) -> Adaptation | None:
    """Let others see an adaptation that waits.

    Returns:
        The adaptation; None where it does not wait any more, or is the moderator's own.
    """
    after = await _step(
        session,
        [
            AdaptationRow.id == adaptation_id,
            AdaptationRow.community_id == community_id,
            AdaptationRow.state == WAITING,
            AdaptationRow.author_id.is_distinct_from(actor_id),
        ],
        {"state": SHOWN},
    )
    if after is None:
        return None
    await _note(session, after, "approve", actor_id, now)
    await _plan(session, after, REFRESH, "server", now)
    await _tell_writer(session, after, now)
    practice = await get_visible(session, community_id, after.practice_id)
    if practice is not None:
        await _show(session, after, practice, now)
    return after


async def take_back(
    session: AsyncSession, community_id: int, adaptation_id: int, *, actor_id: int | None, reason: str, now: datetime
) -> Adaptation | None:
    """Take an adaptation away for good: its text is emptied, and what was posted of it will be.

    Args:
        session: a write transaction.
        community_id: whose it must be.
        adaptation_id: which.
        actor_id: who does it; None where a rule does.
        reason: a code that stays: `author`, `moderator` or `erased`.
        now: the time (UTC).

    Returns:
        What is left of it; None where it was taken away already.
    """
    after = await _step(
        session,
        [
            AdaptationRow.id == adaptation_id,
            AdaptationRow.community_id == community_id,
            AdaptationRow.state.in_((WAITING, SHOWN)),
        ],
        {**EMPTY, "state": TAKEN_BACK, "withdrawn_at": now, "withdrawn_reason": reason},
    )
    if after is None:
        return None
    mark(session, "gone")
    subject = adaptation_subject(after.id)
    await deliveries.cancel_pending(session, subject=subject, reason="withdrawn", now=now, community_id=community_id)
    await _note(session, after, "withdraw", actor_id, now, reason=reason)
    await record_change(session, "adaptation", after.id, community_id)
    await _plan(session, after, REFRESH, "server", now)
    if reason == "moderator" and actor_id is not None:
        await _tell_writer(session, after, now)
    await refresh_post(session, community_id, after.practice_id, now)
    return after


async def refresh_adaptation(session: AsyncSession, adaptation: Adaptation, delivery_id: int, now: datetime) -> None:
    """Plan to bring what was posted of an adaptation up to date: it changed while that was being posted.

    The moderators' card and the post may both be late: each has a correction of its own, since the first may have gone
    out before the second message was there.
    """
    await _plan(session, adaptation, REFRESH, "server", now, occurrence=f"{adaptation.version}.posted.{delivery_id}")


async def _show(session: AsyncSession, adaptation: Adaptation, practice: Practice, now: datetime) -> None:
    """All that an adaptation which may be seen causes."""
    await record_change(session, "adaptation", adaptation.id, adaptation.community_id)
    if practice.thread_id is not None:
        await _plan(session, adaptation, POST, f"channel:{practice.thread_id}", now, occurrence="")
        await refresh_post(session, adaptation.community_id, practice.id, now)
    if practice.author_id is not None and practice.author_id != adaptation.author_id:
        await _plan(session, adaptation, WORD, f"user:{practice.author_id}", now, occurrence="")


async def _tell_writer(session: AsyncSession, adaptation: Adaptation, now: datetime) -> None:
    if adaptation.author_id is not None:
        await _plan(session, adaptation, DECIDED, f"user:{adaptation.author_id}", now)


async def _plan(
    session: AsyncSession,
    adaptation: Adaptation,
    kind: str,
    target: str,
    now: datetime,
    *,
    occurrence: str | None = None,
) -> None:
    await deliveries.plan(
        session,
        community_id=adaptation.community_id,
        kind=kind,
        subject=adaptation_subject(adaptation.id),
        target=target,
        occurrence=str(adaptation.version) if occurrence is None else occurrence,
        due_at=now,
        now=now,
    )


async def _note(
    session: AsyncSession, adaptation: Adaptation, action: str, actor_id: int | None, now: datetime, **details: str
) -> None:
    await audit.record(
        session,
        community_id=adaptation.community_id,
        at=now,
        actor_id=actor_id,
        action=f"adaptation.{action}",
        object_kind="adaptation",
        object_id=adaptation.id,
        details={"practice": adaptation.practice_id, **details},
    )


async def _step(session: AsyncSession, where: list[ColumnElement[bool]], values: dict[str, Any]) -> Adaptation | None:
    done = await session.execute(
        update(AdaptationRow)
        .where(*where)
        .values(**values, version=AdaptationRow.version + 1)
        .returning(AdaptationRow.id)
        .execution_options(synchronize_session=False)
    )
    changed = done.first()
    if changed is None:
        return None
    return next(iter(await read_adaptations(session, select(AdaptationRow).where(AdaptationRow.id == changed[0]))))

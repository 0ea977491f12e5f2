"""Questions to the author of a practice: passed on by the bot, so that neither need know who the other is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.models import PracticeQuestionRow, PracticeRow
from data.practices.reading import find
from data.practices.rows import PUBLISHED, Practice
from data.statements import lock

OPEN, ANSWERED = "open", "answered"
# Kinds of deliveries. Each has for its subject whom it would give away, so that it goes when they go.
QUESTION = "practice.question"
ANSWER = "practice.answer"
# So many questions of one person within a day.
MOST = 5
WITHIN = timedelta(days=1)
# How long a question is kept, answered or not.
KEPT = timedelta(days=365)


class TooManyQuestionsFault(Exception):
    """A person asked authors as often as anybody may for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the author of a practice.

    Attributes:
        id: its own.
        community_id: where.
        practice: about which.
        user_id: who asks; the author is not told.
        question: in the asker's words.
        state: `open` or `answered`.
        answer: in the author's words.
        answered_by: the user who answered; shown to the asker only if `named`.
        named: whether whoever answered wants to be known to the asker.
        asked_at, answered_at: when (UTC).
    """

    id: int
    community_id: int
    practice: Practice
    user_id: int
    question: str
    state: str
    answer: str | None
    answered_by: int | None
    named: bool
    asked_at: datetime
    answered_at: datetime | None


async def may_ask_author(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> bool:
    """Whether a person has asked authors less often of late than anybody may."""
    query = select(func.count()).where(
        PracticeQuestionRow.community_id == community_id,
        PracticeQuestionRow.user_id == user_id,
        PracticeQuestionRow.asked_at > now - WITHIN,
    )
    return (await session.execute(query)).scalar_one() < MOST


async def ask_author(
    session: AsyncSession, community_id: int, practice: Practice, *, user_id: int, question: str, now: datetime
) -> int:
    """Pass a question on to the author of a published practice. The trail does not say who asks.

    Returns:
        The question's id.

    Raises:
        TooManyQuestionsFault: they asked as often as anybody may for now.
        ValueError: it has no author.
    """
    if practice.author_id is None:
        raise ValueError(f"{practice.id} has no author")
    await lock(session, f"practice-question:{community_id}:{user_id}")
    if not await may_ask_author(session, community_id, user_id, now):
        raise TooManyQuestionsFault
    row = PracticeQuestionRow(
        community_id=community_id,
        practice_id=practice.id,
        user_id=user_id,
        question=question,
        state=OPEN,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    await _plan(session, row, QUESTION, about=user_id, to=practice.author_id, now=now)
    await _note(session, row, "ask", None, now)
    return row.id


async def answer_question(
    session: AsyncSession, question: Question, *, by: int, answer: str, named: bool, now: datetime
) -> bool:
    """Pass the author's answer back.

    Returns:
        Whether it was not answered before.
    """
    done = await session.scalars(
        update(PracticeQuestionRow)
        .where(PracticeQuestionRow.id == question.id, PracticeQuestionRow.state == OPEN)
        .values(state=ANSWERED, answer=answer, answered_by=by, named=named, answered_at=now)
        .returning(PracticeQuestionRow)
        .execution_options(populate_existing=True)
    )
    row = done.one_or_none()
    if row is None:
        return False
    await _plan(session, row, ANSWER, about=by, to=question.user_id, now=now)
    await _note(session, row, "answer", by, now)
    return True


async def get_question(session: AsyncSession, community_id: int, question_id: int) -> Question | None:
    """A question of this community about a practice that is published, or None."""
    query = _of(community_id).where(PracticeQuestionRow.id == question_id)
    return next(iter(await _read(session, community_id, query)), None)


async def list_questions_to(session: AsyncSession, community_id: int, author_id: int) -> list[Question]:
    """The questions that wait for an author's answer, the longest waiting first."""
    mine = select(PracticeRow.id).where(PracticeRow.community_id == community_id, PracticeRow.author_id == author_id)
    query = _of(community_id).where(PracticeQuestionRow.practice_id.in_(mine), PracticeQuestionRow.state == OPEN)
    return await _read(session, community_id, query.order_by(PracticeQuestionRow.id))


async def list_questions_by(session: AsyncSession, community_id: int, user_id: int) -> list[Question]:
    """What a person asked authors, last asked first."""
    query = _of(community_id).where(PracticeQuestionRow.user_id == user_id)
    return await _read(session, community_id, query.order_by(PracticeQuestionRow.id.desc()))


async def forget_questions(session: AsyncSession, now: datetime) -> int:
    """Let go of what was asked long ago. Gives how many there were."""
    done = await session.execute(
        delete(PracticeQuestionRow)
        .where(PracticeQuestionRow.asked_at <= now - KEPT)
        .returning(PracticeQuestionRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _of(community_id: int) -> Select[PracticeQuestionRow]:
    return select(PracticeQuestionRow).where(PracticeQuestionRow.community_id == community_id)


async def _read(session: AsyncSession, community_id: int, query: Select[PracticeQuestionRow]) -> list[Question]:
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    found: list[Question] = []
    for row in rows:
        practice = await find(session, community_id, row.practice_id)
        if practice is not None and practice.state == PUBLISHED:
            names = [name for name in Question.__dataclass_fields__ if name != "practice"]
            found.append(Question(**{name: getattr(row, name) for name in names}, practice=practice))
    return found


async def _plan(
    session: AsyncSession, row: PracticeQuestionRow, kind: str, *, about: int, to: int, now: datetime
) -> None:
    await deliveries.plan(
        session,
        community_id=row.community_id,
        kind=kind,
        subject=f"user:{about}",
        target=f"user:{to}",
        occurrence=str(row.id),
        details={"question": row.id},
        due_at=now,
        now=now,
    )


async def _note(session: AsyncSession, row: PracticeQuestionRow, action: str, by: int | None, now: datetime) -> None:
    await audit.record(
        session,
        community_id=row.community_id,
        at=now,
        actor_id=by,
        action=f"practice.{action}",
        object_kind="practice",
        object_id=row.practice_id,
    )

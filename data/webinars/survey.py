"""Two questions after a webinar, answered without a name.

What was answered, and who has answered, lie in two tables that nothing joins: no hour, no number that grows, and no
order. PostgreSQL keeps with each row which transaction wrote it and where it lies; so all rows of a webinar are written
anew with each answer, in the order of keys drawn at random, and carry the same marks.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import SurveyAnswerRow, SurveyMarkRow
from data.statements import insert
from data.webinars.answers import locked
from data.webinars.records import Webinar

# Fewer answers tell too much of each of them.
ENOUGH = 5
USEFUL = range(1, 6)


@dataclass(frozen=True, slots=True)
class Results:
    """What was answered.

    Attributes:
        answers: how many answered.
        useful: how many chose 1, 2, 3, 4 and 5; empty where too few answered.
        better: what would make the next one better, in an order that says nothing; empty where too few answered.
    """

    answers: int
    useful: tuple[int, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether so many answered that the answers may be shown."""
        return self.answers >= ENOUGH

    @property
    def mean(self) -> float:
        """The mean of all choices, where enough answered."""
        return sum(score * n for score, n in zip(USEFUL, self.useful, strict=True)) / self.answers


async def answer_survey(session: AsyncSession, webinar: Webinar, user_id: int, useful: int, better: str | None) -> bool:
    """Take somebody's answer, once.

    Args:
        session: a write transaction.
        webinar: which.
        user_id: who answers; kept apart from what they answer.
        useful: 1 to 5.
        better: what would make the next one better, or None.

    Returns:
        Whether it was taken: False where they had answered before.

    Raises:
        ValueError: no such answer.
    """
    if useful not in USEFUL:
        raise ValueError("useful is 1 to 5")
    # Two answers at once would each write anew what the other has not seen.
    await locked(session, webinar.community_id, webinar.id)
    if await has_answered(session, webinar.id, user_id):
        return False
    shared = {"community_id": webinar.community_id, "webinar_id": webinar.id}
    answers = [*await _take_answers(session, webinar.id), (secrets.token_hex(16), useful, better)]
    marks = [*await _take_marks(session, webinar.id), user_id]
    await session.execute(
        insert(session, SurveyAnswerRow),
        [{**shared, "id": key, "useful": score, "better": text} for key, score, text in sorted(answers)],
    )
    await session.execute(insert(session, SurveyMarkRow), [{**shared, "user_id": user} for user in sorted(marks)])
    return True


async def _take_answers(session: AsyncSession, webinar_id: int) -> list[tuple[str, int, str | None]]:
    row = SurveyAnswerRow
    taken = delete(row).where(row.webinar_id == webinar_id).returning(row.id, row.useful, row.better)
    done = await session.execute(taken.execution_options(synchronize_session=False))
    return [(found[0], found[1], found[2]) for found in done]


async def _take_marks(session: AsyncSession, webinar_id: int) -> list[int]:
    taken = delete(SurveyMarkRow).where(SurveyMarkRow.webinar_id == webinar_id).returning(SurveyMarkRow.user_id)
    done = await session.execute(taken.execution_options(synchronize_session=False))
    return [found[0] for found in done]


async def has_answered(session: AsyncSession, webinar_id: int, user_id: int) -> bool:
    """Whether somebody has answered."""
    query = select(func.count()).where(SurveyMarkRow.webinar_id == webinar_id, SurveyMarkRow.user_id == user_id)
    return bool((await session.execute(query)).scalar_one())


async def survey_results(session: AsyncSession, community_id: int, webinar_id: int) -> Results:
    """What was answered; how many only, where they are fewer than `ENOUGH`."""
    row = SurveyAnswerRow
    query = select(row.useful, row.better).where(row.community_id == community_id, row.webinar_id == webinar_id)
    # The keys are random, so their order is as good as drawn, and the same whenever somebody looks.
    found = list(await session.execute(query.order_by(row.id)))
    if len(found) < ENOUGH:
        return Results(len(found))
    scores: list[int] = [one[0] for one in found]
    better = [text for text in (one[1] for one in found) if text]
    return Results(len(found), tuple(scores.count(score) for score in USEFUL), tuple(better))


async def forget_who_answered(session: AsyncSession, webinar_id: int) -> None:
    """A survey is closed: who answered it need not be known any more."""
    await _take_marks(session, webinar_id)

"""The ledger of adaptations: who tried a practice elsewhere tells what they changed, and what came of it.

One goes to be seen at once, or, where its author contests what the check found in it, waits for moderators first. Its
author may take it back, and moderators may take it down: then nothing of its text is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.drafts import delete_draft
from data.models import AdaptationRow, PracticeRow
from data.practices.following import SHOWN
from data.practices.reading import get_visible
from data.practices.reviewing import refresh_post
from data.practices.rows import PUBLISHED, Contest, Practice
from data.statements import lock

# The kind of draft that it is written in; its subject is the practice's id.
ADAPTATION_DRAFT = "adaptation"

WAITING = "waiting"
# Taken back, taken down, or its author's data was erased.
TAKEN_BACK = "withdrawn"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an author writes of an adaptation.

    Attributes:
        language: the one it is written in.
        country: where it was tried: ISO 3166-1 alpha-2; None once it was withdrawn.
        period: when, in the author's words.
        changed: what was changed.
        result: `worked`, `mixed`, `did-not-work` or `harm`; None once it was withdrawn.
        learnt: what was learnt.
        contested: what the author says identifies nobody.
    """

    language: str
    country: str | None
    period: str
    changed: str
    result: str | None
    learnt: str
    contested: tuple[Contest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation(Telling):
    """A practice tried elsewhere.

    Attributes:
        id: its own, never used again.
        community_id: where it was told.
        practice_id: what was tried.
        author_id: the user who told it; shown to nobody. None once their data was erased.
        state: `waiting`, `shown` or `withdrawn`.
        sent_at: when it was sent (UTC).
        withdrawn_at: when it was withdrawn (UTC): then nothing of its text is left.
        withdrawn_reason: a code: `author`, `moderator` or `erased`.
        version: grows with every change.
    """

    id: int
    community_id: int
    practice_id: str
    author_id: int | None
    state: str
    sent_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """An adaptation with the practice that was tried, as the search shows it."""

    adaptation: Adaptation
    practice: Practice

    @property
    def id(self) -> int:
        """The adaptation's."""
        return self.adaptation.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How a practice fared in one country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        results: how often each result was told, those that were.
    """

    country: str
    results: dict[str, int]

    @property
    def count(self) -> int:
        """How many adaptations that are."""
        return sum(self.results.values())


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
    made = _adaptation(row)
    await _note(session, made, "submit", author_id, now)
    if made.state == WAITING:
        await _plan(session, made, CHECK, "channel:review", now)
    else:
        await _show(session, made, practice, now)
    return made


async def find_adaptation(session: AsyncSession, community_id: int, adaptation_id: int) -> Adaptation | None:
    """An adaptation of this community in whatever state, or None: for those who may act on it."""
    query = select(AdaptationRow).where(AdaptationRow.id == adaptation_id, AdaptationRow.community_id == community_id)
    return next(iter(await _read(session, query)), None)


async def get_adaptation(session: AsyncSession, community_id: int, adaptation_id: int) -> Adaptation | None:
    """One that everyone here may read: it is shown, and so is its practice."""
    query = select(AdaptationRow).where(AdaptationRow.id == adaptation_id, *_visible(community_id))
    return next(iter(await _read(session, query)), None)


async def get_told(session: AsyncSession, community_id: int, adaptation_id: int) -> Told | None:
    """One that everyone here may read, with what was tried."""
    adaptation = await get_adaptation(session, community_id, adaptation_id)
    practice = await get_visible(session, community_id, adaptation.practice_id) if adaptation else None
    return Told(adaptation, practice) if adaptation is not None and practice is not None else None


async def list_adaptations(
    session: AsyncSession, community_id: int, practice_id: str, *, limit: int, offset: int = 0
) -> tuple[list[Adaptation], int]:
    """What was told of a practice, newest first.

    Returns:
        The adaptations, `limit` at most, and how many there are in all.
    """
    where = [*_visible(community_id), AdaptationRow.practice_id == practice_id]
    query = select(AdaptationRow).where(*where).order_by(AdaptationRow.sent_at.desc(), AdaptationRow.id.desc())
    total = (await session.execute(select(func.count()).select_from(AdaptationRow).where(*where))).scalar_one()
    return await _read(session, query.limit(limit).offset(offset)), total


async def list_my_adaptations(session: AsyncSession, community_id: int, author_id: int) -> list[Adaptation]:
    """What a person told, newest first, without what they took back."""
    query = select(AdaptationRow).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.author_id == author_id,
        AdaptationRow.state != TAKEN_BACK,
    )
    return await _read(session, query.order_by(AdaptationRow.sent_at.desc(), AdaptationRow.id.desc()))


async def tally(session: AsyncSession, community_id: int, practice_id: str) -> list[Tally]:
    """In which countries a practice was tried, the one with most adaptations first, and what came of it."""
    query = (
        select(AdaptationRow.country, AdaptationRow.result, func.count())
        .where(*_visible(community_id), AdaptationRow.practice_id == practice_id)
        .group_by(AdaptationRow.country, AdaptationRow.result)
        .order_by(AdaptationRow.country, AdaptationRow.result)
    )
    found: dict[str, dict[str, int]] = {}
    for country, result, count in await session.execute(query):
        if country is not None and result is not None:
            found.setdefault(country, {})[result] = count
    return sorted((Tally(*each) for each in found.items()), key=lambda one: (-one.count, one.country))


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
    subject = adaptation_subject(after.id)
    await deliveries.cancel_pending(session, subject=subject, reason="withdrawn", now=now, community_id=community_id)
    await _note(session, after, "withdraw", actor_id, now, reason=reason)
    await record_change(session, "adaptation", after.id, community_id)
    await _plan(session, after, REFRESH, "server", now)
    if reason == "moderator":
        await _tell_writer(session, after, now)
    await refresh_post(session, community_id, after.practice_id, now)
    return after


async def refresh_adaptation(session: AsyncSession, adaptation: Adaptation, now: datetime) -> None:
    """Plan to bring what was posted of an adaptation up to date: it changed while it was being posted."""
    await _plan(session, adaptation, REFRESH, "server", now, occurrence=f"{adaptation.version}.posted")


async def adaptations_by(session: AsyncSession, community_id: int, author_id: int, states: Sequence[str]) -> list[int]:
    """The ids of what a person told that is in one of these states."""
    query = select(AdaptationRow.id).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.author_id == author_id,
        AdaptationRow.state.in_(states),
    )
    return list(await session.scalars(query))


def _visible(community_id: int) -> list[ColumnElement[bool]]:
    published = select(PracticeRow.id).where(PracticeRow.state == PUBLISHED)
    return [
        AdaptationRow.community_id == community_id,
        AdaptationRow.state == SHOWN,
        AdaptationRow.practice_id.in_(published),
    ]


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
    return next(iter(await _read(session, select(AdaptationRow).where(AdaptationRow.id == changed[0]))))


async def _read(session: AsyncSession, query: Select[AdaptationRow]) -> list[Adaptation]:
    return [_adaptation(row) for row in await session.scalars(query.execution_options(populate_existing=True))]


def _adaptation(row: AdaptationRow) -> Adaptation:
    columns: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(Adaptation)}
    columns["contested"] = tuple(Contest(**item) for item in row.contested)
    return Adaptation(**columns)

"""Who comes: answers, places where they are few, and how many there are of each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import RsvpRow, WebinarRow
from data.statements import upsert
from data.webinars.planning import plan_delivery
from data.webinars.records import (
    CANNOT,
    COUNTS,
    GOING,
    MAYBE,
    OFFERED,
    SERVER,
    WAITING,
    Webinar,
    read_webinars,
    webinars_of,
)
from data.webinars.reminding import plan_personal

# Discord caps how often a message older than an hour may be edited, so counts on it are brought up to date more rarely.
FRESH = timedelta(hours=1)
COUNTS_STEP_FRESH = 90
COUNTS_STEP_OLD = 600


@dataclass(frozen=True, slots=True)
class Counts:
    """How many gave which answer.

    Attributes:
        going: those who have a place.
        maybe, cannot: those who said so.
        waiting: those on the waiting list.
        offered: those to whom a place is being offered.
    """

    going: int = 0
    maybe: int = 0
    cannot: int = 0
    waiting: int = 0
    offered: int = 0

    @property
    def taken(self) -> int:
        """The places that nobody else can have just now."""
        return self.going + self.offered


@dataclass(frozen=True, slots=True)
class Answered:
    """What is put down for a person, and how many there are of each.

    Attributes:
        answer: `going` (they have a place), `maybe`, `cannot`; `waiting`, `offered` or `lapsed` where places are few;
            None where they said nothing.
        counts: of everyone.
        ahead: of one who waits: how many wait before them.
        until: of one to whom a place is offered: when the offer ends (UTC).
    """

    answer: str | None
    counts: Counts
    ahead: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What one person answered.

    Attributes:
        user_id: who.
        answer: as in `Answered`.
        until: when their offer ends (UTC).
    """

    user_id: int
    answer: str
    until: datetime | None


async def put_down(session: AsyncSession, webinar: Webinar, user_id: int, answer: str, now: datetime) -> None:
    """Put an answer down for a person, and plan to show the new counts and to remind them if they wish.

    Args:
        session: a write transaction that has locked the webinar.
        webinar: which.
        user_id: who.
        answer: any of those in `Answered`, but for `offered`.
        now: the time (UTC).
    """
    values: dict[str, Any] = {"answer": answer, "answered_at": now, "offered_until": None}
    if answer == WAITING:
        query = select(func.max(RsvpRow.turn)).where(RsvpRow.webinar_id == webinar.id)
        values["turn"] = ((await session.execute(query)).scalar_one() or 0) + 1
    await upsert(session, RsvpRow, {"webinar_id": webinar.id, "user_id": user_id}, values)
    await plan_personal(session, webinar, now, user_id=user_id)
    await plan_counts(session, webinar, now)


async def plan_counts(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """Plan to bring the counts on the announcement up to date."""
    if webinar.announcement_id is not None:
        due_at = next_counts(webinar.created_at, now)
        occurrence = str(int(due_at.timestamp()))
        await plan_delivery(session, webinar, COUNTS, SERVER, now, due_at=due_at, occurrence=occurrence)


async def locked(session: AsyncSession, community_id: int, webinar_id: int) -> Webinar | None:
    """A webinar, which nobody else changes until this transaction ends; None where there is none here."""
    found = await read_webinars(session, webinars_of(community_id).where(WebinarRow.id == webinar_id).with_for_update())
    return found[0] if found else None


def next_counts(created_at: datetime, now: datetime) -> datetime:
    """When the counts on the announcement are brought up to date next (UTC).

    All answers of one stretch of time share one edit, at the end of the stretch that follows.
    """
    step = COUNTS_STEP_FRESH if now - created_at < FRESH else COUNTS_STEP_OLD
    return datetime.fromtimestamp((int(now.timestamp()) // step + 2) * step, UTC)


async def rsvp_of(session: AsyncSession, webinar_id: int, user_id: int) -> str | None:
    """What is put down for a person (`going` only where they have a place), or None where they gave no answer."""
    query = select(RsvpRow.answer).where(RsvpRow.webinar_id == webinar_id, RsvpRow.user_id == user_id)
    return (await session.execute(query)).scalar_one_or_none()


async def stand(session: AsyncSession, webinar_id: int, user_id: int) -> Answered:
    """How a person stands with a webinar, and how many gave which answer."""
    query = select(RsvpRow.answer, RsvpRow.turn, RsvpRow.offered_until).where(
        RsvpRow.webinar_id == webinar_id, RsvpRow.user_id == user_id
    )
    there = await counts(session, webinar_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return Answered(None, there)
    answer, turn, until = row
    if answer != WAITING:
        return Answered(answer, there, until=until)
    before = select(func.count()).where(
        RsvpRow.webinar_id == webinar_id, RsvpRow.answer == WAITING, RsvpRow.turn < turn
    )
    return Answered(answer, there, ahead=(await session.execute(before)).scalar_one())


async def counts(session: AsyncSession, webinar_id: int) -> Counts:
    """How many gave which answer."""
    query = select(RsvpRow.answer, func.count()).where(RsvpRow.webinar_id == webinar_id).group_by(RsvpRow.answer)
    found: dict[str, int] = {row[0]: row[1] for row in await session.execute(query)}
    return Counts(*(found.get(answer, 0) for answer in (GOING, MAYBE, CANNOT, WAITING, OFFERED)))


async def users_going(session: AsyncSession, webinar_id: int) -> list[int]:
    """The people who have a place, in the order in which they got it."""
    return [person.user_id for person in await people(session, webinar_id) if person.answer == GOING]


async def users_coming(session: AsyncSession, webinar_id: int) -> list[int]:
    """The people who have a place or wait for one: those whom a cancellation concerns."""
    wanted = (GOING, OFFERED, WAITING)
    return [person.user_id for person in await people(session, webinar_id) if person.answer in wanted]


async def people(session: AsyncSession, webinar_id: int) -> list[Person]:
    """All who answered: those who wait in the order of their turn, the others in the order of their answer."""
    query = (
        select(RsvpRow.user_id, RsvpRow.answer, RsvpRow.offered_until, RsvpRow.turn)
        .where(RsvpRow.webinar_id == webinar_id)
        .order_by(RsvpRow.answered_at, RsvpRow.user_id)
    )
    rows = (await session.execute(query)).all()
    waiting = sorted((row for row in rows if row.answer == WAITING), key=lambda row: row.turn)
    others = [row for row in rows if row.answer != WAITING]
    return [Person(row.user_id, row.answer, row.offered_until) for row in (*others, *waiting)]

"""Who comes: answers, and how many there are of each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import RsvpRow, WebinarRow
from data.statements import upsert
from data.webinars.planning import plan_delivery
from data.webinars.records import ANSWERS, CANNOT, COUNTS, GOING, MAYBE, SERVER, read_webinars, webinars_of
from data.webinars.reminding import plan_personal

# Discord caps how often a message older than an hour may be edited, so counts on it are brought up to date more rarely.
FRESH = timedelta(hours=1)
COUNTS_STEP_FRESH = 90
COUNTS_STEP_OLD = 600


@dataclass(frozen=True, slots=True)
class Counts:
    """How many gave which answer."""

    going: int = 0
    maybe: int = 0
    cannot: int = 0


async def set_rsvp(
    session: AsyncSession, community_id: int, webinar_id: int, user_id: int, answer: str, now: datetime
) -> Counts | None:
    """Note a person's answer, in place of the one they gave before, and plan to show the new counts.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        user_id: whose answer.
        answer: `going`, `maybe` or `cannot`.
        now: the time (UTC).

    Returns:
        The counts with this answer, or None where the webinar is cancelled, over, or not there.

    Raises:
        ValueError: no such answer.
    """
    if answer not in ANSWERS:
        raise ValueError(f"no such answer: {answer}")
    # Locked, so that nobody slips in between the cancellation and the word to those who come.
    found = await read_webinars(session, webinars_of(community_id).where(WebinarRow.id == webinar_id).with_for_update())
    if not found or found[0].cancelled or found[0].ends_at <= now:
        return None
    webinar = found[0]
    if await rsvp_of(session, webinar_id, user_id) != answer:
        key = {"webinar_id": webinar_id, "user_id": user_id}
        await upsert(session, RsvpRow, key, {"answer": answer, "answered_at": now})
        await plan_personal(session, webinar, now, user_id=user_id)
        if webinar.announcement_id is not None:
            due_at = next_counts(webinar.created_at, now)
            occurrence = str(int(due_at.timestamp()))
            await plan_delivery(session, webinar, COUNTS, SERVER, now, due_at=due_at, occurrence=occurrence)
    return await counts(session, webinar_id)


def next_counts(created_at: datetime, now: datetime) -> datetime:
    """When the counts on the announcement are brought up to date next (UTC).

    All answers of one stretch of time share one edit, at the end of the stretch that follows.
    """
    step = COUNTS_STEP_FRESH if now - created_at < FRESH else COUNTS_STEP_OLD
    return datetime.fromtimestamp((int(now.timestamp()) // step + 2) * step, UTC)


async def rsvp_of(session: AsyncSession, webinar_id: int, user_id: int) -> str | None:
    """A person's answer, or None where they gave none."""
    query = select(RsvpRow.answer).where(RsvpRow.webinar_id == webinar_id, RsvpRow.user_id == user_id)
    return (await session.execute(query)).scalar_one_or_none()


async def counts(session: AsyncSession, webinar_id: int) -> Counts:
    """How many gave which answer."""
    query = select(RsvpRow.answer, func.count()).where(RsvpRow.webinar_id == webinar_id).group_by(RsvpRow.answer)
    found: dict[str, int] = {row[0]: row[1] for row in await session.execute(query)}
    return Counts(found.get(GOING, 0), found.get(MAYBE, 0), found.get(CANNOT, 0))


async def users_going(session: AsyncSession, webinar_id: int) -> list[int]:
    """The people who said they come, in the order in which they said so."""
    query = (
        select(RsvpRow.user_id)
        .where(RsvpRow.webinar_id == webinar_id, RsvpRow.answer == GOING)
        .order_by(RsvpRow.answered_at, RsvpRow.user_id)
    )
    return list((await session.execute(query)).scalars())

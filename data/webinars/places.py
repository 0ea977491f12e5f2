"""Places: given in the order of asking; one that comes free is offered to the first who waits, with a deadline."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import RsvpRow, WebinarRow
from data.webinars.answers import Answered, counts, locked, plan_counts, put_down, rsvp_of, stand
from data.webinars.audience import is_for
from data.webinars.planning import plan_delivery
from data.webinars.records import (
    ANSWERS,
    CANNOT,
    GOING,
    LAPSED,
    MINUTES,
    OFFER_END,
    OFFER_WORD,
    OFFERED,
    SCHEDULED,
    SERVER,
    WAITING,
    Webinar,
)
from data.webinars.reminding import plan_personal

LONGEST = timedelta(hours=24)
SHORTEST = timedelta(minutes=15)


async def set_rsvp(
    session: AsyncSession, community_id: int, webinar_id: int, user_id: int, answer: str, now: datetime
) -> Answered | None:
    """Note a person's answer, in place of the one they gave before, and plan to show the new counts.

    Who wants to come where no place is left goes to the end of the waiting list; whoever waits or has an offer already
    keeps that. A place that is given up is offered to the first who waits.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        user_id: whose answer.
        answer: `going`, `maybe` or `cannot`.
        now: the time (UTC).

    Returns:
        What is put down now, or None where the webinar is cancelled, over, or not there.

    Raises:
        ValueError: no such answer.
    """
    if answer not in ANSWERS:
        raise ValueError(f"no such answer: {answer}")
    webinar = await locked(session, community_id, webinar_id)
    if webinar is None or webinar.cancelled or webinar.ends_at <= now:
        return None
    await end_offers(session, webinar, now)
    before = await rsvp_of(session, webinar_id, user_id)
    if answer == GOING:
        answer = await _wanted(session, webinar, before, now)
    if answer != before:
        await put_down(session, webinar, user_id, answer, now)
        await offer_free(session, webinar, now)
    return await stand(session, webinar_id, user_id)


async def _wanted(session: AsyncSession, webinar: Webinar, before: str | None, now: datetime) -> str:
    """What is put down for a person who wants to come: a place, or their turn to wait for one."""
    if before in (GOING, OFFERED) or webinar.capacity is None:
        return before if before in (GOING, OFFERED) else GOING
    there = await counts(session, webinar.id)
    # Before the start free places are for those who wait, in their order; after it, for whoever is quicker.
    free = webinar.capacity > there.taken and (webinar.starts_at <= now or not there.waiting)
    return GOING if free else WAITING


async def take_offer(
    session: AsyncSession, community_id: int, webinar_id: int, user_id: int, now: datetime, *, take: bool
) -> Answered | None:
    """Take the place that was offered to a person, or decline it, so that it is offered to the next.

    What was decided already stays: the same again changes nothing.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        user_id: to whom it was offered; of anyone else nothing changes.
        now: the time (UTC).
        take: whether they take it.

    Returns:
        What is put down now, `lapsed` where it was too late; None where the webinar is cancelled, over or not there.
    """
    webinar = await locked(session, community_id, webinar_id)
    if webinar is None or webinar.cancelled or webinar.ends_at <= now:
        return None
    await end_offers(session, webinar, now)
    if await rsvp_of(session, webinar_id, user_id) == OFFERED:
        await put_down(session, webinar, user_id, GOING if take else CANNOT, now)
        await offer_free(session, webinar, now)
    return await stand(session, webinar_id, user_id)


async def end_offers(session: AsyncSession, webinar: Webinar, now: datetime) -> int:
    """End the offers whose deadline has passed, and offer those places to the next.

    Args:
        session: a write transaction that has locked the webinar.
        webinar: which.
        now: the time (UTC).

    Returns:
        How many ended.
    """
    query = select(RsvpRow.user_id).where(RsvpRow.webinar_id == webinar.id, RsvpRow.answer == OFFERED)
    if webinar.starts_at > now:
        query = query.where(RsvpRow.offered_until <= now)
    late = list(await session.scalars(query))
    for user_id in late:
        await put_down(session, webinar, user_id, LAPSED, now)
    if late:
        await offer_free(session, webinar, now)
    return len(late)


def offer_ends(starts_at: datetime, now: datetime) -> datetime:
    """When an offer made now ends (UTC): in a day, sooner where the start is near, so that others get their turn too.

    Args:
        starts_at: when the webinar begins (UTC); no offer outlasts that.
        now: the time (UTC).
    """
    half = (starts_at - now) / 2
    ends = min(now + max(min(LONGEST, half), SHORTEST), starts_at)
    # People are told the minute.
    return ends.replace(second=0, microsecond=0) if ends - now > timedelta(minutes=2) else ends


async def offer_free(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """Offer what is free to those who wait, in their order. Once the webinar has begun nothing is offered.

    Args:
        session: a write transaction that has locked the webinar.
        webinar: as it now is.
        now: the time (UTC).
    """
    if webinar.cancelled or webinar.starts_at <= now:
        return
    there = await counts(session, webinar.id)
    free = there.waiting if webinar.capacity is None else min(there.waiting, webinar.capacity - there.taken)
    if free <= 0:
        return
    waiting = select(RsvpRow.user_id, RsvpRow.turn).where(RsvpRow.webinar_id == webinar.id, RsvpRow.answer == WAITING)
    for user_id, turn in (await session.execute(waiting.order_by(RsvpRow.turn))).all():
        # Whom it is for may have changed since they asked: they could not take the place, and others would wait for it.
        if not await is_for(session, webinar, user_id):
            continue
        until = offer_ends(webinar.starts_at, now)
        await session.execute(
            update(RsvpRow)
            .where(RsvpRow.webinar_id == webinar.id, RsvpRow.user_id == user_id)
            .values(answer=OFFERED, offered_until=until)
            .execution_options(synchronize_session=False)
        )
        await _plan(session, webinar, user_id, turn or 0, until, now)
        await plan_counts(session, webinar, now)
        free -= 1
        if not free:
            return


async def offers_after_edit(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """Bring the offers to a webinar's new hour and places: none outlasts the start, and what is free is offered.

    Args:
        session: a write transaction that has changed the webinar.
        webinar: as it now is.
        now: the time (UTC).
    """
    late = select(RsvpRow.user_id, RsvpRow.turn).where(
        RsvpRow.webinar_id == webinar.id, RsvpRow.answer == OFFERED, RsvpRow.offered_until > webinar.starts_at
    )
    for user_id, turn in (await session.execute(late)).all():
        until = max(webinar.starts_at, now)
        await session.execute(
            update(RsvpRow)
            .where(RsvpRow.webinar_id == webinar.id, RsvpRow.user_id == user_id)
            .values(offered_until=until)
            .execution_options(synchronize_session=False)
        )
        await _plan_end(session, webinar, turn or 0, until, now)
    await offer_free(session, webinar, now)


async def pass_on(session: AsyncSession, community_id: int, webinar_id: int, now: datetime) -> None:
    """End the offers of a webinar whose deadline has passed, and offer those places to the next.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        now: the time (UTC).
    """
    webinar = await locked(session, community_id, webinar_id)
    if webinar is not None and not webinar.cancelled:
        await end_offers(session, webinar, now)


async def give_up_answers(
    session: AsyncSession, community_id: int, user_id: int, now: datetime, *, few_places: bool = False
) -> int:
    """Take back what a person answered to all that is ahead: they are gone. What they held is offered to the next.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who.
        now: the time (UTC).
        few_places: only where places are few; elsewhere nobody waits for theirs, and they may come back.

    Returns:
        How many answers there were.
    """
    ids = await session.scalars(_ahead_of(community_id, now, few_places=few_places).where(RsvpRow.user_id == user_id))
    # In one order for everybody, so that two at once do not wait for each other.
    several = sorted(set(ids))
    for webinar_id in several:
        webinar = await locked(session, community_id, webinar_id)
        if webinar is None:
            continue
        gone = delete(RsvpRow).where(RsvpRow.webinar_id == webinar_id, RsvpRow.user_id == user_id)
        await session.execute(gone.execution_options(synchronize_session=False))
        await plan_personal(session, webinar, now, user_id=user_id)
        await plan_counts(session, webinar, now)
        await offer_free(session, webinar, now)
    return len(several)


async def users_with_places(session: AsyncSession, community_id: int, now: datetime) -> set[int]:
    """Who has a place where places are few, is offered one, or waits for one."""
    query = _ahead_of(community_id, now, few_places=True).where(RsvpRow.answer.in_((GOING, OFFERED, WAITING)))
    return set(await session.scalars(query.with_only_columns(RsvpRow.user_id)))


def _ahead_of(community_id: int, now: datetime, *, few_places: bool) -> Select[int]:
    """The ids of the webinars that are ahead or under way, by answer."""
    query = (
        select(RsvpRow.webinar_id)
        .join(WebinarRow, WebinarRow.id == RsvpRow.webinar_id)
        .where(
            WebinarRow.community_id == community_id,
            WebinarRow.state == SCHEDULED,
            WebinarRow.starts_at > now - timedelta(minutes=MINUTES[-1]),
        )
    )
    return query.where(WebinarRow.capacity.is_not(None)) if few_places else query


async def _plan(
    session: AsyncSession, webinar: Webinar, user_id: int, turn: int, until: datetime, now: datetime
) -> None:
    occurrence = f"{turn}:{int(until.timestamp())}"
    details = {"until": int(until.timestamp())}
    more = {"occurrence": occurrence, "expires_at": until, "details": details}
    await plan_delivery(session, webinar, OFFER_WORD, f"user:{user_id}", now, **more)
    await _plan_end(session, webinar, turn, until, now)


async def _plan_end(session: AsyncSession, webinar: Webinar, turn: int, until: datetime, now: datetime) -> None:
    occurrence = f"{turn}:{int(until.timestamp())}"
    await plan_delivery(session, webinar, OFFER_END, SERVER, now, due_at=until, occurrence=occurrence)

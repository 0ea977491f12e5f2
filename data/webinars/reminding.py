"""Reminders that a person asked for: by direct message, at hours of their own, of the webinars they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.communities import Community
from data.deliveries import SKIPPED, Delivery
from data.models import DeliveryRow, PersonalReminderRow, RsvpRow, WebinarRow
from data.statements import upsert
from data.webinars.finding import get
from data.webinars.planning import half_over, offsets_of, plan_delivery, plan_reminders, replan_reminders
from data.webinars.records import (
    CHANNEL,
    GOING,
    MAYBE,
    PERSONAL_REMINDER,
    REMINDER,
    SCHEDULED,
    Webinar,
    read_webinars,
    webinars_of,
)

# So many at most, for a webinar or a person: more would be noise.
MOST_REMINDERS = 8


@dataclass(frozen=True, slots=True)
class PersonalReminders:
    """When a person wants to be reminded by direct message.

    Attributes:
        offsets: seconds before the start, longest first.
        maybe: also of the webinars to which they might come.
        active: whether they are reminded at all; what they chose is kept while they are not.
        language: in which they were answered when they asked for it.
        undelivered_at: when Discord refused to give them a message (UTC), until they were told of it.
    """

    offsets: tuple[int, ...]
    maybe: bool
    active: bool
    language: str
    undelivered_at: datetime | None


async def personal_reminders(session: AsyncSession, community_id: int, user_id: int) -> PersonalReminders | None:
    """What a person chose in a community, or None where they never chose anything."""
    row = await session.scalar(
        select(PersonalReminderRow)
        .where(PersonalReminderRow.community_id == community_id, PersonalReminderRow.user_id == user_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    return PersonalReminders(tuple(row.offsets), row.maybe, row.active, row.language, row.undelivered_at)


async def set_personal_reminders(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    *,
    offsets: Iterable[int],
    maybe: bool,
    language: str,
    now: datetime,
) -> None:
    """Note when a person wants to be reminded, and plan it for all that they come to.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: whom.
        offsets: seconds before the start; one to eight.
        maybe: also of the webinars to which they might come.
        language: in which they are answered.
        now: the time (UTC).

    Raises:
        ValueError: no offset, too many, or one after the start.
    """
    chosen = sorted(set(offsets), reverse=True)
    if not 0 < len(chosen) <= MOST_REMINDERS or chosen[-1] < 0:
        raise ValueError("one to eight reminders, none after the start")
    key = {"community_id": community_id, "user_id": user_id}
    values = {"offsets": chosen, "maybe": maybe, "active": True, "language": language, "undelivered_at": None}
    await upsert(session, PersonalReminderRow, key, values)
    for webinar in await _answered(session, community_id, user_id, now):
        await plan_personal(session, webinar, now, user_id=user_id)


async def stop_personal_reminders(
    session: AsyncSession, community_id: int, user_id: int, now: datetime, *, undelivered: bool = False
) -> bool:
    """Remind a person no more; what they chose is kept.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: whom.
        now: the time (UTC).
        undelivered: because Discord refused to give them a message; they are to be told of it, once.

    Returns:
        Whether they were reminded so far.
    """
    done = await session.execute(
        update(PersonalReminderRow)
        .where(
            PersonalReminderRow.community_id == community_id,
            PersonalReminderRow.user_id == user_id,
            PersonalReminderRow.active.is_(True),
        )
        .values(active=False, undelivered_at=now if undelivered else None)
        .returning(PersonalReminderRow.user_id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return False
    for webinar in await _answered(session, community_id, user_id, now):
        await plan_personal(session, webinar, now, user_id=user_id)
    return True


async def take_undelivered(session: AsyncSession, community_id: int, user_id: int) -> bool:
    """Whether a person is still to be told that they cannot be reminded. True once only."""
    done = await session.execute(
        update(PersonalReminderRow)
        .where(
            PersonalReminderRow.community_id == community_id,
            PersonalReminderRow.user_id == user_id,
            PersonalReminderRow.undelivered_at.is_not(None),
        )
        .values(undelivered_at=None)
        .returning(PersonalReminderRow.user_id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def plan_personal(session: AsyncSession, webinar: Webinar, now: datetime, *, user_id: int | None = None) -> None:
    """Plan anew the direct messages that remind of a webinar: whenever its hour, an answer or somebody's wish changes.

    Args:
        session: a write transaction.
        webinar: as it now is.
        now: the time (UTC).
        user_id: only this person's, if given.
    """
    await deliveries.cancel_pending(
        session,
        subject=webinar.subject,
        reason="replanned",
        now=now,
        kind=PERSONAL_REMINDER,
        community_id=webinar.community_id,
        target=None if user_id is None else f"user:{user_id}",
    )
    if webinar.cancelled:
        return
    wanted = or_(RsvpRow.answer == GOING, (RsvpRow.answer == MAYBE) & PersonalReminderRow.maybe.is_(True))
    query = (
        select(PersonalReminderRow.user_id, PersonalReminderRow.offsets)
        .join(RsvpRow, RsvpRow.user_id == PersonalReminderRow.user_id)
        .where(
            PersonalReminderRow.community_id == webinar.community_id,
            PersonalReminderRow.active.is_(True),
            RsvpRow.webinar_id == webinar.id,
            wanted,
        )
        .order_by(PersonalReminderRow.user_id)
    )
    if user_id is not None:
        query = query.where(RsvpRow.user_id == user_id)
    begins = int(webinar.starts_at.timestamp())
    for person, offsets in (await session.execute(query)).all():
        for reminder in plan_reminders(webinar.starts_at, webinar.minutes, offsets, now):
            await plan_delivery(
                session,
                webinar,
                PERSONAL_REMINDER,
                f"user:{person}",
                now,
                due_at=reminder.due_at,
                expires_at=reminder.expires_at,
                occurrence=f"{reminder.offset}:{begins}",
            )


async def wants_reminder(session: AsyncSession, webinar: Webinar, user_id: int) -> bool:
    """Whether a person is to be reminded of a webinar, as they answered and chose by now."""
    chosen = await personal_reminders(session, webinar.community_id, user_id)
    if chosen is None or not chosen.active:
        return False
    query = select(RsvpRow.answer).where(RsvpRow.webinar_id == webinar.id, RsvpRow.user_id == user_id)
    answer = await session.scalar(query)
    return answer == GOING or (answer == MAYBE and chosen.maybe)


async def later_is_due(session: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Whether a later message of the same kind, about the same and to the same, is due too: it says all there is."""
    query = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.subject == delivery.subject,
            DeliveryRow.kind == delivery.kind,
            DeliveryRow.target == delivery.target,
            DeliveryRow.community_id == delivery.community_id,
            DeliveryRow.due_at > delivery.due_at,
            DeliveryRow.due_at <= now,
            DeliveryRow.state != SKIPPED,
        )
        .limit(1)
    )
    return (await session.execute(query)).first() is not None


async def remind_now(session: AsyncSession, webinar: Webinar, *, asked_at: datetime, by: int, now: datetime) -> None:
    """Post a reminder of a webinar to everyone now. Asked for at the same moment again, it goes out once.

    Args:
        session: a write transaction.
        webinar: which; it must be of use still, see `half_over`.
        asked_at: when it was asked for (UTC).
        by: the moderator.
        now: the time (UTC).
    """
    occurrence, ends = f"now:{int(asked_at.timestamp())}", half_over(webinar.starts_at, webinar.minutes)
    await plan_delivery(session, webinar, REMINDER, CHANNEL, now, expires_at=ends, occurrence=occurrence)
    await _note(session, webinar, by, now, None)


async def add_reminder(
    session: AsyncSession, community: Community, webinar_id: int, offset: int, *, version: int, by: int, now: datetime
) -> Webinar | None:
    """Have everyone reminded of a webinar once more, at an offset that it moves with.

    Args:
        session: a write transaction.
        community: whose it is.
        webinar_id: which.
        offset: seconds before its start.
        version: as the moderator saw it; if it has changed since, nothing happens.
        by: the moderator.
        now: the time (UTC).

    Returns:
        The webinar as it now is, or None where it was cancelled, or has changed.
    """
    before = await get(session, community.id, webinar_id)
    if before is None or before.version != version:
        return None
    offsets = sorted({*offsets_of(community, before.reminder_offsets), offset}, reverse=True)
    done = await session.execute(
        update(WebinarRow)
        .where(WebinarRow.id == webinar_id, WebinarRow.state == SCHEDULED, WebinarRow.version == version)
        .values(reminder_offsets=offsets, version=WebinarRow.version + 1)
        .returning(WebinarRow.id)
        .execution_options(synchronize_session=False)
    )
    webinar = await get(session, community.id, webinar_id)
    if done.first() is None or webinar is None:
        return None
    rows = await deliveries.list_for_subject(session, community.id, webinar.subject)
    await replan_reminders(session, community, webinar, rows, now)
    await _note(session, webinar, by, now, offset)
    return webinar


async def _answered(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> list[Webinar]:
    """The webinars ahead to which a person comes or might come."""
    answers = select(RsvpRow.webinar_id).where(RsvpRow.user_id == user_id, RsvpRow.answer.in_((GOING, MAYBE)))
    query = webinars_of(community_id).where(
        WebinarRow.state == SCHEDULED, WebinarRow.starts_at > now, WebinarRow.id.in_(answers)
    )
    return await read_webinars(session, query.order_by(WebinarRow.id))


async def _note(session: AsyncSession, webinar: Webinar, by: int, now: datetime, offset: int | None) -> None:
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action="webinar.remind",
        object_kind="webinar",
        object_id=webinar.id,
        details={"offset": offset},
    )

"""Asking for the weekly digest, stopping it, and planning the next one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Text, cast, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.communities import Community, get_community, get_preference
from data.deliveries import PENDING, SENDING, SENT, Delivery
from data.deliveries.rows import read_rows
from data.digests.mornings import next_morning
from data.members import get_by_user
from data.models import DeliveryRow, WeeklyDigestRow
from data.statements import upsert
from data.zones import main_zone

# The kind of delivery.
KIND = "digest.week"
# Where its details say since when things are new: seconds since the epoch.
SINCE = "since"
WEEK = timedelta(days=7)
# What is older is no news, however long nothing could go out.
OLDEST = timedelta(days=28)
# How many Mondays are looked at for one that is free: somebody who moves west meets the same Monday twice, and whoever
# leaves and comes back again finds the one that was taken back from them.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether somebody wants the weekly digest.

    Attributes:
        active: whether they get it.
        language: in which they were answered when they asked for it.
        asked_at: when they did (UTC).
        undelivered_at: when Discord refused to give them a message (UTC), until they were told of it.
    """

    active: bool
    language: str
    asked_at: datetime
    undelivered_at: datetime | None


async def wish_of(session: AsyncSession, community_id: int, user_id: int) -> Wish | None:
    """What a person chose in a community, or None where they never asked for it."""
    row = await session.scalar(
        select(WeeklyDigestRow)
        .where(WeeklyDigestRow.community_id == community_id, WeeklyDigestRow.user_id == user_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else Wish(row.active, row.language, row.asked_at, row.undelivered_at)


async def zone_of(session: AsyncSession, community: Community, user_id: int) -> str:
    """By which clocks a person's week begins: those they chose, else their country's main ones, else the community's.

    Returns:
        An IANA name.
    """
    preference = await get_preference(session, community.id, user_id)
    if preference is not None and preference.zone:
        return preference.zone
    member = await get_by_user(session, community.id, user_id)
    return (main_zone(member.country) if member is not None and member.country else None) or community.zone


async def start_digest(
    session: AsyncSession, community: Community, user_id: int, *, language: str, now: datetime
) -> datetime:
    """Note that a person wants it, and plan the first one.

    Args:
        session: a write transaction.
        community: where.
        user_id: who.
        language: in which they are answered.
        now: the time (UTC).

    Returns:
        When they get the next one (UTC).
    """
    kept = await wish_of(session, community.id, user_id)
    asked_at = kept.asked_at if kept is not None and kept.active else now
    values = {"active": True, "language": language, "asked_at": asked_at, "undelivered_at": None}
    await upsert(session, WeeklyDigestRow, {"community_id": community.id, "user_id": user_id}, values)
    waiting = await _waiting(session, community.id, user_id)
    if waiting is not None:
        return waiting.due_at
    return await _plan(session, community, user_id, since=None, now=now)


async def stop_digest(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    now: datetime,
    *,
    reason: str = "cancelled",
    undelivered: bool = False,
) -> bool:
    """Send a person none any more, also not one that a worker has just taken up to send.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: whom.
        now: the time (UTC).
        reason: why, as it stands with the delivery that is not sent.
        undelivered: because Discord refused to give them a message; they are to be told of it, once.

    Returns:
        Whether they got it so far.
    """
    row = WeeklyDigestRow
    done = await session.execute(
        update(row)
        .where(row.community_id == community_id, row.user_id == user_id, row.active.is_(True))
        .values(active=False, undelivered_at=now if undelivered else None)
        .returning(row.user_id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return False
    await _cancel(session, community_id, user_id, reason, now)
    return True


async def take_undelivered(session: AsyncSession, community_id: int, user_id: int) -> bool:
    """Whether a person is still to be told that they cannot be sent it. True once only."""
    row = WeeklyDigestRow
    done = await session.execute(
        update(row)
        .where(row.community_id == community_id, row.user_id == user_id, row.undelivered_at.is_not(None))
        .values(undelivered_at=None)
        .returning(row.user_id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def follow_zone(session: AsyncSession, community: Community, user_id: int, now: datetime) -> None:
    """Move the next one to the Monday morning of other clocks, where a person's have changed.

    Args:
        session: the transaction of the change.
        community: where.
        user_id: whose.
        now: the time (UTC).
    """
    waiting = await _waiting(session, community.id, user_id)
    if waiting is None:
        return
    due = next_morning(await zone_of(session, community, user_id), now)
    if due.instant != waiting.due_at:
        await _cancel(session, community.id, user_id, "replanned", now)
        await _plan(session, community, user_id, since=since_of(waiting), now=now)


async def next_due(session: AsyncSession, community_id: int, user_id: int) -> datetime | None:
    """When a person gets the next one (UTC), or None where none is planned."""
    waiting = await _waiting(session, community_id, user_id)
    return None if waiting is None else waiting.due_at


async def plan_after(
    session: AsyncSession, community: Community, delivery: Delivery, *, told: bool, now: datetime
) -> None:
    """Plan the next one, in the transaction in which one is done with; nothing where it is not wanted any more.

    Args:
        session: a write transaction.
        community: where.
        delivery: the one that is done with.
        told: whether what was new by then was told, or there was nothing; else it is news still.
        now: the time (UTC).
    """
    user_id = int(delivery.target.partition(":")[2])
    wish = await wish_of(session, community.id, user_id)
    if wish is not None and wish.active:
        since = delivery.due_at if told else since_of(delivery)
        await _plan(session, community, user_id, since=since, now=max(now, delivery.due_at))


async def plan_missing(session: AsyncSession, now: datetime, limit: int) -> int:
    """Plan the next one for those who want it and have none ahead, as after an older copy was restored.

    Returns:
        How many there were.
    """
    row = WeeklyDigestRow
    ahead = exists().where(
        DeliveryRow.subject == literal("user:").concat(cast(row.user_id, Text)),
        DeliveryRow.kind == KIND,
        DeliveryRow.community_id == row.community_id,
        DeliveryRow.state.in_((PENDING, SENDING)),
    )
    query = select(row.community_id, row.user_id).where(row.active.is_(True), ~ahead)
    found = (await session.execute(query.order_by(row.community_id, row.user_id).limit(limit))).all()
    for community_id, user_id in found:
        community = await get_community(session, community_id)
        if community is not None:
            await _plan(session, community, user_id, since=None, now=now)
    return len(found)


def since_of(delivery: Delivery) -> datetime:
    """Since when things are new in this one (UTC); what is in it ends when it is due."""
    said = delivery.details.get(SINCE)
    since = datetime.fromtimestamp(said, UTC) if isinstance(said, int) else delivery.due_at - WEEK
    return max(since, delivery.due_at - OLDEST)


async def _plan(
    session: AsyncSession, community: Community, user_id: int, *, since: datetime | None, now: datetime
) -> datetime:
    """Plan the next one that was not sent yet; returns when it is due.

    Where nothing says since when things are new, they are since the last one, or since that began which was not sent.
    """
    since = since or await _untold_since(session, community.id, user_id)
    zone = await zone_of(session, community, user_id)
    morning = next_morning(zone, now)
    for _ in range(LOOKED_AT):
        row = await deliveries.plan(
            session,
            community_id=community.id,
            kind=KIND,
            # A person's own, so that it goes when they go.
            subject=f"user:{user_id}",
            target=f"user:{user_id}",
            occurrence=morning.day.isoformat(),
            due_at=morning.instant,
            now=now,
            details={SINCE: int((since or morning.instant - WEEK).timestamp())},
        )
        if row.state == PENDING:
            break
        morning = next_morning(zone, morning.instant)
    return morning.instant


async def _untold_since(session: AsyncSession, community_id: int, user_id: int) -> datetime | None:
    """Since when a person was told nothing (UTC), or None where nothing was ever planned for them."""
    found = await read_rows(session, *_theirs(community_id, user_id))
    if not found:
        return None
    return found[-1].due_at if found[-1].state == SENT else since_of(found[-1])


def _theirs(community_id: int, user_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.subject == f"user:{user_id}",
        DeliveryRow.kind == KIND,
        DeliveryRow.community_id == community_id,
    )


async def _waiting(session: AsyncSession, community_id: int, user_id: int) -> Delivery | None:
    found = await read_rows(session, *_theirs(community_id, user_id), DeliveryRow.state == PENDING)
    return found[0] if found else None


async def _cancel(session: AsyncSession, community_id: int, user_id: int, reason: str, now: datetime) -> None:
    await deliveries.cancel_pending(
        session, subject=f"user:{user_id}", kind=KIND, reason=reason, now=now, community_id=community_id
    )

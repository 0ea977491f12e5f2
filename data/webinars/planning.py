"""Writing down deliveries about a webinar: one, or all its reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.communities import Community
from data.deliveries import Delivery
from data.webinars.records import CHANNEL, REMINDER, Webinar


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder that will go out.

    Attributes:
        offset: seconds before the start.
        due_at: when it goes out (UTC).
        expires_at: when it becomes useless (UTC).
    """

    offset: int
    due_at: datetime
    expires_at: datetime


def plan_reminders(
    starts_at: datetime, minutes: int, offsets: Iterable[int], now: datetime
) -> tuple[PlannedReminder, ...]:
    """The reminders that are still ahead, earliest first.

    A reminder is of use until the next one is due; the last one until half the webinar is over.

    Args:
        starts_at: when the webinar begins (UTC).
        minutes: how long it lasts.
        offsets: seconds before the start.
        now: the time (UTC).
    """
    dues = [(offset, starts_at - timedelta(seconds=offset)) for offset in sorted(set(offsets), reverse=True)]
    ends = [due for _, due in dues[1:]] + [half_over(starts_at, minutes)]
    return tuple(PlannedReminder(offset, due, end) for (offset, due), end in zip(dues, ends, strict=False) if due > now)


def half_over(starts_at: datetime, minutes: int) -> datetime:
    """When half of a webinar is over (UTC): until then it is worth joining."""
    return starts_at + timedelta(minutes=minutes) / 2


async def plan_delivery(
    session: AsyncSession, webinar: Webinar, kind: str, target: str, now: datetime, **more: Any
) -> None:
    """Plan a delivery about a webinar, due now unless `more` says otherwise; it takes what `deliveries.plan` takes."""
    due_at: datetime = more.pop("due_at", now)
    await deliveries.plan(
        session,
        **more,
        due_at=due_at,
        community_id=webinar.community_id,
        kind=kind,
        subject=webinar.subject,
        target=target,
        now=now,
    )


def offsets_of(community: Community, own: tuple[int, ...] | None) -> tuple[int, ...]:
    """When everyone is reminded of a webinar, in seconds before its start: its own offsets, else the community's."""
    return community.reminder_offsets if own is None else own


async def replan_reminders(
    session: AsyncSession, community: Community, webinar: Webinar, rows: list[Delivery], now: datetime
) -> None:
    """Skip the reminders of the old hour or the old offsets, and plan those that are ahead.

    A reminder is one of an offset and an hour. Its first occurrence is named by the offset alone; one for another hour
    carries that hour too, so that it goes out even if one with the same offset went out for the hour before. Back at an
    hour that was planned before, its rows are used again: what went out for it does not go out twice.

    Args:
        session: a write transaction.
        community: whose it is.
        webinar: as it now is.
        rows: all that was planned about it.
        now: the time (UTC).
    """
    await deliveries.cancel_pending(
        session, subject=webinar.subject, reason="replanned", now=now, kind=REMINDER, community_id=community.id
    )
    known = {(row.occurrence.partition(":")[0], row.due_at): row.occurrence for row in rows if row.kind == REMINDER}
    offsets = offsets_of(community, webinar.reminder_offsets)
    for reminder in plan_reminders(webinar.starts_at, webinar.minutes, offsets, now):
        fresh = f"{reminder.offset}:{int(webinar.starts_at.timestamp())}"
        await plan_delivery(
            session,
            webinar,
            REMINDER,
            CHANNEL,
            now,
            due_at=reminder.due_at,
            expires_at=reminder.expires_at,
            occurrence=known.get((str(reminder.offset), reminder.due_at), fresh),
        )

"""Series of webinars: what is remembered of them, and what follows for a series from a change of one of its webinars.

The announcement of one webinar, the lead, lists all dates of its series. It is the first that was announced.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.communities import Community
from data.deliveries import PENDING, SENDING, Delivery
from data.models import OccurrenceRow, SeriesRow, WebinarRow
from data.webinars.finding import get
from data.webinars.planning import offsets_of, plan_delivery, plan_reminders
from data.webinars.records import (
    ANNOUNCEMENT,
    CHANNEL,
    EVENT,
    SERIES_MARK,
    SERVER,
    Webinar,
    read_webinars,
    webinars_of,
)

# How long before its start a later webinar of a series is announced and gets its event. Discord takes 100 events that
# are ahead in one server; so long before, a weekly series has two or three.
AHEAD = timedelta(days=14)
# An announcement comes this long before the first reminder.
BEFORE_REMINDER = timedelta(days=1)
AT_LEAST_BEFORE = timedelta(hours=1)
# A message that is on its way is posted, or given up, by then.
ON_ITS_WAY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A webinar as one of a series.

    Attributes:
        webinar_id: which.
        series_id: of which series.
        rhythm: in which the series comes back.
        lead_id: the webinar whose announcement lists all dates.
        number: its place in the series, from 1.
        total: how many webinars the series has, those that were cancelled included.
        wall_time: what the rhythm gives; has no zone of its own.
        zone: the IANA zone of that.
        apart: whether a moderator moved this one on its own.
    """

    webinar_id: int
    series_id: int
    rhythm: str
    lead_id: int | None
    number: int
    total: int
    wall_time: datetime
    zone: str
    apart: bool


async def occurrence_of(session: AsyncSession, community_id: int, webinar_id: int) -> Occurrence | None:
    """A webinar as one of a series; None where it is single."""
    return (await occurrences_in(session, community_id, [webinar_id])).get(webinar_id)


async def occurrences_in(
    session: AsyncSession, community_id: int, webinar_ids: Collection[int]
) -> dict[int, Occurrence]:
    """Those of some webinars that are of a series, by their ids."""
    return {one.webinar_id: one for one in await _read(session, community_id, webinar_ids=webinar_ids)}


async def occurrences_of_series(session: AsyncSession, community_id: int, series_id: int) -> list[Occurrence]:
    """All occurrences of a series, by number."""
    return await _read(session, community_id, series_id=series_id)


async def webinars_of_series(session: AsyncSession, community_id: int, series_id: int) -> list[Webinar]:
    """All webinars of a series, in the order in which they take place."""
    ids = select(OccurrenceRow.webinar_id).where(OccurrenceRow.series_id == series_id)
    query = webinars_of(community_id).where(WebinarRow.id.in_(ids))
    return await read_webinars(session, query.order_by(WebinarRow.starts_at, WebinarRow.id))


def announce_at(starts_at: datetime, minutes: int, offsets: Iterable[int], before: datetime, now: datetime) -> datetime:
    """When a later webinar of a series is announced (UTC).

    Two weeks before its start, or earlier, so that it comes before its first reminder. Where that has passed already,
    as it has when a series is published shortly before it begins, it waits until the webinar before it is over, or the
    first reminder is near: the announcement of the series has told of it anyway.

    Args:
        starts_at: when it begins (UTC).
        minutes: how long it lasts.
        offsets: of its reminders, in seconds before the start.
        before: when the webinar before it is over (UTC).
        now: the time (UTC).
    """
    several = tuple(offsets)
    wanted = starts_at - max(AHEAD, timedelta(seconds=max(several, default=0)) + BEFORE_REMINDER)
    if wanted > now:
        return wanted
    reminders = plan_reminders(starts_at, minutes, several, now)
    latest = (reminders[0].due_at if reminders else starts_at) - AT_LEAST_BEFORE
    return max(now, min(before, latest))


async def plan_first_messages(
    session: AsyncSession, community: Community, webinar: Webinar, before: datetime, now: datetime
) -> None:
    """Plan when a later webinar of a series is announced and gets its event; what is on its way or out stays."""
    offsets = offsets_of(community, webinar.reminder_offsets)
    due_at = announce_at(webinar.starts_at, webinar.minutes, offsets, before, now)
    await plan_delivery(session, webinar, ANNOUNCEMENT, CHANNEL, now, due_at=due_at, expires_at=webinar.ends_at)
    event_at = max(now, webinar.starts_at - AHEAD)
    await plan_delivery(session, webinar, EVENT, SERVER, now, due_at=event_at, expires_at=webinar.starts_at)


async def after_change(
    session: AsyncSession, community: Community, before: Webinar, webinar: Webinar, now: datetime, *, alone: bool
) -> None:
    """What follows for its series from a change of a webinar.

    Args:
        session: a write transaction.
        community: whose it is.
        before: as it was.
        webinar: as it now is.
        now: the time (UTC).
        alone: whether this one was changed on its own.
    """
    place = await occurrence_of(session, community.id, webinar.id)
    if place is None or webinar.starts_at == before.starts_at:
        return
    if alone:
        apart = (webinar.wall_time, webinar.zone) != (place.wall_time, place.zone)
        await _set_occurrence(session, webinar.id, {"apart": apart})
    rows = await deliveries.list_for_subject(session, community.id, webinar.subject)
    if place.lead_id != webinar.id and any(row.kind == ANNOUNCEMENT and row.state == PENDING for row in rows):
        await plan_first_messages(session, community, webinar, now, now)
    if alone:
        await keep_lead(session, community.id, place.series_id, now, f"{webinar.id}:{webinar.version}")


async def after_cancel(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """What follows for its series from the cancellation of a webinar on its own."""
    place = await occurrence_of(session, webinar.community_id, webinar.id)
    if place is not None:
        await keep_lead(session, webinar.community_id, place.series_id, now, f"{webinar.id}:{webinar.version}")


async def keep_lead(session: AsyncSession, community_id: int, series_id: int, now: datetime, mark: str) -> None:
    """Let the announcement that lists the dates show them as they are now.

    Where the lead was cancelled before it was announced, the next webinar that is ahead leads, and is announced now.

    Args:
        session: a write transaction.
        community_id: where.
        series_id: which series.
        now: the time (UTC).
        mark: what tells this change from others.
    """
    query = select(SeriesRow.lead_id).where(SeriesRow.id == series_id, SeriesRow.community_id == community_id)
    lead_id = (await session.execute(query.with_for_update())).scalar_one_or_none()
    lead = None if lead_id is None else await get(session, community_id, lead_id)
    if lead is None:
        return
    rows = await deliveries.list_for_subject(session, community_id, lead.subject)
    announcements = [row for row in rows if row.kind == ANNOUNCEMENT]
    on_its_way = any(row.state == SENDING for row in announcements)
    if lead.announcement_id is not None or on_its_way:
        due_at = now + ON_ITS_WAY if on_its_way else now
        await plan_delivery(session, lead, SERIES_MARK, SERVER, now, due_at=due_at, occurrence=mark)
    elif lead.cancelled:
        await _hand_over(session, lead, series_id, announcements, now)


async def _hand_over(
    session: AsyncSession, lead: Webinar, series_id: int, announcements: list[Delivery], now: datetime
) -> None:
    several = await webinars_of_series(session, lead.community_id, series_id)
    ahead = [webinar for webinar in several if not webinar.cancelled and webinar.starts_at > now]
    if not ahead:
        return
    heir = ahead[0]
    statement = update(SeriesRow).where(SeriesRow.id == series_id).values(lead_id=heir.id)
    await session.execute(statement.execution_options(synchronize_session=False))
    details: dict[str, Any] = dict(announcements[-1].details) if announcements else {}
    await plan_delivery(session, heir, ANNOUNCEMENT, CHANNEL, now, expires_at=heir.ends_at, details=details)


async def set_by_rhythm(session: AsyncSession, webinar_id: int, wall_time: datetime, zone: str) -> None:
    """Note when the series wants one of its webinars to be, which is when it now is."""
    await _set_occurrence(session, webinar_id, {"wall_time": wall_time, "zone": zone, "apart": False})


async def is_listed(session: AsyncSession, community_id: int, webinar_id: int) -> bool:
    """Whether people know of a webinar that has no announcement of its own yet, from that of its series."""
    place = await occurrence_of(session, community_id, webinar_id)
    lead = await get(session, community_id, place.lead_id) if place is not None and place.lead_id else None
    return lead is not None and lead.announcement_id is not None


async def _set_occurrence(session: AsyncSession, webinar_id: int, values: dict[str, Any]) -> None:
    statement = update(OccurrenceRow).where(OccurrenceRow.webinar_id == webinar_id).values(**values)
    await session.execute(statement.execution_options(synchronize_session=False))


async def _read(
    session: AsyncSession,
    community_id: int,
    *,
    webinar_ids: Collection[int] | None = None,
    series_id: int | None = None,
) -> list[Occurrence]:
    others = (
        select(OccurrenceRow.series_id, func.count().label("total"))
        .group_by(OccurrenceRow.series_id)
        .subquery("others")
    )
    query = (
        select(OccurrenceRow, SeriesRow.rhythm, SeriesRow.lead_id, others.c.total)
        .join(SeriesRow, SeriesRow.id == OccurrenceRow.series_id)
        .join(others, others.c.series_id == OccurrenceRow.series_id)
        .where(SeriesRow.community_id == community_id)
        .order_by(OccurrenceRow.series_id, OccurrenceRow.number)
    )
    if webinar_ids is not None:
        query = query.where(OccurrenceRow.webinar_id.in_(webinar_ids))
    if series_id is not None:
        query = query.where(OccurrenceRow.series_id == series_id)
    found = await session.execute(query.execution_options(populate_existing=True))
    return [
        Occurrence(
            webinar_id=row.webinar_id,
            series_id=row.series_id,
            rhythm=rhythm,
            lead_id=lead_id,
            number=row.number,
            total=total,
            wall_time=row.wall_time,
            zone=row.zone,
            apart=row.apart,
        )
        for row, rhythm, lead_id, total in found
    ]

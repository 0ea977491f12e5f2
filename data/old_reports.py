"""Reports in confidence that nobody closes: moderators are reminded, and in the end what they say is let go of."""

from datetime import datetime, timedelta

from sqlalchemy import exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.models import DeliveryRow, ReportRow
from data.reports import CLOSED, WORD, Report, get_report, note_step, plan_message

# Nobody closed it in time: nothing of what it said is kept.
LAPSED = "lapsed"
# Kind of delivery.
REMINDER = "report.old"
# From when on moderators are reminded of it, once a week; and when it is let go of.
REMINDED_AFTER = timedelta(days=14)
OPEN_KEPT = timedelta(days=365)
AT_ONCE = 50


async def old_reports(session: AsyncSession, community_id: int, now: datetime) -> list[Report]:
    """What has been waiting for so long that moderators are reminded of it, oldest first."""
    query = select(ReportRow.id).where(
        ReportRow.community_id == community_id,
        ReportRow.state != CLOSED,
        ReportRow.created_at <= now - REMINDED_AFTER,
    )
    ids = (await session.scalars(query.order_by(ReportRow.created_at, ReportRow.id))).all()
    found = [await get_report(session, community_id, one) for one in ids]
    return [one for one in found if one is not None]


async def plan_reminders(session: AsyncSession, now: datetime) -> int:
    """Remind the moderators of each community in which reports have been waiting, once a week. Gives how many."""
    week = f"{now:%G-W%V}"
    told = exists().where(
        DeliveryRow.community_id == ReportRow.community_id,
        DeliveryRow.kind == REMINDER,
        DeliveryRow.subject == "reports",
        DeliveryRow.occurrence == literal(week),
    )
    query = select(ReportRow.community_id).where(
        ReportRow.state != CLOSED, ReportRow.created_at <= now - REMINDED_AFTER, ~told
    )
    communities = (await session.scalars(query.distinct().limit(AT_ONCE))).all()
    for community_id in communities:
        await deliveries.plan(
            session,
            community_id=community_id,
            kind=REMINDER,
            subject="reports",
            occurrence=week,
            target="channel:queue",
            due_at=now,
            expires_at=now + timedelta(days=7),
            now=now,
        )
    return len(communities)


async def lapse_reports(session: AsyncSession, now: datetime) -> int:
    """Close what nobody closed within a year, let go of what it said, and tell whoever wrote it. Gives how many."""
    gone = {"text": "", "copy": None, "copy_until": None, "channel_id": None, "message_id": None}
    old = select(ReportRow.id).where(ReportRow.state != CLOSED, ReportRow.created_at <= now - OPEN_KEPT)
    done = await session.execute(
        update(ReportRow)
        .where(ReportRow.id.in_(old.order_by(ReportRow.id).limit(AT_ONCE)), ReportRow.state != CLOSED)
        .values(**gone, state=CLOSED, outcome=LAPSED, closed_at=now, version=ReportRow.version + 1)
        .returning(ReportRow.community_id, ReportRow.id)
        .execution_options(synchronize_session=False)
    )
    found = done.all()
    for community_id, report_id in found:
        report = await get_report(session, community_id, report_id)
        if report is None:
            raise LookupError("a report vanished while it was closed")
        if report.reporter_id is not None:
            await plan_message(session, report, WORD, f"user:{report.reporter_id}", now)
        await note_step(session, report, "lapse", None, now)
    return len(found)

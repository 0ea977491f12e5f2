"""Reports in confidence: written by one person, about another, read by moderators whom they are not about."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.models import ReportRow
from data.statements import lock

OPEN, TAKEN, CLOSED = "open", "taken", "closed"
CATEGORIES = ("harassment", "discrimination", "identifies", "impersonation", "other")
OUTCOMES = ("measures", "advice", "none")
# Its writer took it back: nothing of what they wrote is kept.
WITHDRAWN = "withdrawn"
# So many reports of one person within a day are read with care; more would bury those of others.
MOST = 5
WITHIN = timedelta(days=1)
# Kinds of deliveries.
CARD = "report.card"
WORD = "report.word"
# How long the copy of a message is kept, a closed report, and what is left of one that holds nothing any more.
COPY_KEPT = timedelta(days=90)
REPORT_KEPT = timedelta(days=365)
EMPTY_KEPT = timedelta(days=30)
# Without letters and figures that look alike: people read it out.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class TooManyFault(Exception):
    """A person sent as many reports as anybody may for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report.

    Attributes:
        id: its own.
        community_id: where.
        code: what the reporter knows it by.
        reporter_id: who wrote it; shown to nobody. None once their data was erased.
        subject_id: whom it is about.
        category: one of `CATEGORIES`.
        text: what happened, in the reporter's words.
        channel_id, message_id: the message it is about, if any.
        copy: what that message said; None once it has expired.
        copy_until: when the copy goes (UTC).
        state: `open`, `taken` or `closed`.
        outcome: one of `OUTCOMES` once it is closed, or `WITHDRAWN`.
        word: what the moderators tell the reporter.
        handled_by: the moderator who took it, last.
        created_at: when it was sent (UTC).
        closed_at: when it was closed (UTC).
        version: grows with every change.
    """

    id: int
    community_id: int
    code: str
    reporter_id: int | None
    subject_id: int
    category: str
    text: str
    channel_id: int | None
    message_id: int | None
    copy: str | None
    copy_until: datetime | None
    state: str
    outcome: str | None
    word: str | None
    handled_by: int | None
    created_at: datetime
    closed_at: datetime | None
    version: int


async def file_report(  # noqa: PLR0913 - what a report is made of
    session: AsyncSession,
    *,
    community_id: int,
    reporter_id: int,
    subject_id: int,
    category: str,
    text: str,
    message: tuple[int, int] | None,
    copy: str | None,
    now: datetime,
) -> Report:
    """Note a report, and plan word to the moderators that there is one.

    Args:
        session: a write transaction.
        community_id: where.
        reporter_id: who reports.
        subject_id: whom it is about.
        category: one of `CATEGORIES`.
        text: what happened.
        message: the channel and the message it is about, if any.
        copy: what that message says.
        now: the time (UTC).

    Raises:
        ValueError: there is no such category.
        TooManyFault: they sent as many as anybody may for now.
    """
    if category not in CATEGORIES:
        raise ValueError(f"no such category: {category}")
    await lock(session, f"report:{community_id}:{reporter_id}")
    if not await may_report(session, community_id, reporter_id, now):
        raise TooManyFault
    row = ReportRow(
        community_id=community_id,
        code="".join(secrets.choice(LETTERS) for _ in range(8)),
        reporter_id=reporter_id,
        subject_id=subject_id,
        category=category,
        text=text,
        channel_id=message[0] if message else None,
        message_id=message[1] if message else None,
        copy=copy,
        copy_until=now + COPY_KEPT if copy else None,
        state=OPEN,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    report = _report(row)
    await plan_message(session, report, CARD, "channel:queue", now)
    # Who reported stands nowhere but in the row itself.
    await note_step(session, report, "file", None, now)
    return report


async def may_report(session: AsyncSession, community_id: int, reporter_id: int, now: datetime) -> bool:
    """Whether a person has sent fewer reports of late than anybody may."""
    query = select(func.count()).where(
        ReportRow.community_id == community_id,
        ReportRow.reporter_id == reporter_id,
        ReportRow.created_at > now - WITHIN,
    )
    return (await session.execute(query)).scalar_one() < MOST


async def get_report(session: AsyncSession, community_id: int, report_id: int) -> Report | None:
    """One report of a community, or None."""
    found = await _read(session, _of(community_id).where(ReportRow.id == report_id))
    return found[0] if found else None


async def reports_by(session: AsyncSession, community_id: int, reporter_id: int, limit: int = 10) -> list[Report]:
    """What a person reported, newest first."""
    query = _of(community_id).where(ReportRow.reporter_id == reporter_id)
    return await _read(session, query.order_by(ReportRow.id.desc()).limit(limit))


async def change(
    session: AsyncSession, before: Report, *, by: int, now: datetime, values: dict[str, Any], action: str
) -> Report | None:
    """Change a report as a moderator saw it, and plan word to the reporter.

    Returns:
        The report as it now is; None where somebody else changed it meanwhile.
    """
    done = await session.execute(
        update(ReportRow)
        .where(ReportRow.id == before.id, ReportRow.version == before.version)
        .values(**values, handled_by=by, version=before.version + 1)
        .returning(ReportRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    after = await get_report(session, before.community_id, before.id)
    if after is None:
        raise LookupError("a report vanished while it was changed")
    if after.reporter_id is not None:
        await plan_message(session, after, WORD, f"user:{after.reporter_id}", now)
    await note_step(session, after, action, by, now)
    return after


async def take(session: AsyncSession, before: Report, *, by: int, now: datetime) -> Report | None:
    """Say that one looks into it."""
    return await change(session, before, by=by, now=now, values={"state": TAKEN}, action="take")


async def close(
    session: AsyncSession, before: Report, *, outcome: str, word: str | None, by: int, now: datetime
) -> Report | None:
    """Say what came of it.

    Raises:
        ValueError: there is no such outcome.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"no such outcome: {outcome}")
    values = {"state": CLOSED, "outcome": outcome, "word": word, "closed_at": now}
    return await change(session, before, by=by, now=now, values=values, action="close")


async def withdraw(
    session: AsyncSession, community_id: int, report_id: int, *, reporter_id: int, now: datetime
) -> Report | None:
    """Let its writer take a report back: it is closed, and what it said is gone. The log does not say who it was.

    Returns:
        What is left of it; None where there is none of theirs that is not closed.
    """
    gone = {"text": "", "copy": None, "copy_until": None, "channel_id": None, "message_id": None}
    done = await session.execute(
        update(ReportRow)
        .where(
            ReportRow.community_id == community_id,
            ReportRow.id == report_id,
            ReportRow.reporter_id == reporter_id,
            ReportRow.state != CLOSED,
        )
        .values(**gone, state=CLOSED, outcome=WITHDRAWN, closed_at=now, version=ReportRow.version + 1)
        .returning(ReportRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    report = await get_report(session, community_id, report_id)
    if report is None:
        raise LookupError("a report vanished while it was taken back")
    await note_step(session, report, "withdraw", None, now)
    return report


async def forget_copies(session: AsyncSession, now: datetime) -> int:
    """Let go of copies of messages whose time is over. Gives how many."""
    done = await session.execute(
        update(ReportRow)
        .where(ReportRow.copy_until <= now, ReportRow.copy.is_not(None))
        .values(copy=None)
        .returning(ReportRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


async def forget_reports(session: AsyncSession, now: datetime) -> int:
    """Let go of reports that were closed long ago, sooner of what holds nothing any more. Gives how many."""
    empty = and_(ReportRow.outcome.not_in(OUTCOMES), ReportRow.closed_at <= now - EMPTY_KEPT)
    done = await session.execute(
        delete(ReportRow)
        .where(or_(ReportRow.closed_at <= now - REPORT_KEPT, empty))
        .returning(ReportRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _of(community_id: int) -> Select[ReportRow]:
    return select(ReportRow).where(ReportRow.community_id == community_id)


async def _read(session: AsyncSession, query: Select[ReportRow]) -> list[Report]:
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [_report(row) for row in rows]


def _report(row: ReportRow) -> Report:
    return Report(**{name: getattr(row, name) for name in Report.__dataclass_fields__})


async def plan_message(session: AsyncSession, report: Report, kind: str, target: str, now: datetime) -> None:
    """Plan word about a report as it is now."""
    await deliveries.plan(
        session,
        community_id=report.community_id,
        kind=kind,
        subject=f"report:{report.id}",
        occurrence=str(report.version),
        target=target,
        due_at=now,
        now=now,
    )


async def note_step(session: AsyncSession, report: Report, action: str, by: int | None, now: datetime) -> None:
    """Write a step into the log; `by` is None where it must not tell who took it, or nobody did."""
    await audit.record(
        session,
        community_id=report.community_id,
        at=now,
        actor_id=by,
        action=f"report.{action}",
        object_kind="report",
        object_id=report.id,
        details={"state": report.state},
    )

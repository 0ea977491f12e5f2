"""The question to the host, an hour before a webinar, whether all is ready; and the alarm where nobody says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.models import HostCheckRow, WebinarRow
from data.statements import upsert
from data.webinars.planning import plan_delivery
from data.webinars.records import (
    HOST_ALERT,
    HOST_CHECK,
    QUEUE,
    SCHEDULED,
    Webinar,
    read_webinars,
    webinars_of,
)

ASK_BEFORE = timedelta(hours=1)
ANSWER_WITHIN = timedelta(minutes=20)
# Whoever is alerted gets at least that long before everyone is told that it starts.
LAST_ALERT = timedelta(minutes=5)

READY = "ready"
HELP = "help"
SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class HostAnswer:
    """What was said when asked whether all is ready.

    Attributes:
        user_id: who said it: the host, the co-host, or a moderator.
        answer: `ready` or `help`.
        at: when (UTC).
    """

    user_id: int
    answer: str
    at: datetime


def host_of(webinar: Webinar) -> int:
    """The user who runs a webinar: its host, else whoever published it; 0 where that person's data was erased."""
    return webinar.host_id or webinar.created_by


async def run_by(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> list[Webinar]:
    """The webinars ahead that a user runs, or of which they are to stand in."""
    named = or_(*(column == user_id for column in (WebinarRow.created_by, WebinarRow.host_id, WebinarRow.co_host_id)))
    query = webinars_of(community_id).where(WebinarRow.state == SCHEDULED, WebinarRow.starts_at > now, named)
    found = await read_webinars(session, query.order_by(WebinarRow.id))
    return [one for one in found if user_id in (host_of(one), one.co_host_id)]


async def plan_host_check(session: AsyncSession, webinar: Webinar, now: datetime, *, at_once: bool = False) -> None:
    """Plan to ask the host an hour before the start; whoever was asked about another hour is asked anew.

    Who publishes or moves a webinar within that hour knows of it, and is not asked.

    Args:
        session: a write transaction.
        webinar: as it now is.
        now: the time (UTC).
        at_once: within that hour, ask now: somebody else runs it from now on.
    """
    for kind in (HOST_CHECK, HOST_ALERT):
        await deliveries.cancel_pending(
            session,
            subject=webinar.subject,
            reason="replanned",
            now=now,
            kind=kind,
            community_id=webinar.community_id,
        )
    due_at = webinar.starts_at - ASK_BEFORE
    if webinar.starts_at <= now or (due_at <= now and not at_once):
        return
    host = host_of(webinar)
    await plan_delivery(
        session,
        webinar,
        HOST_CHECK,
        f"user:{host}" if host else QUEUE,
        now,
        due_at=max(due_at, now),
        expires_at=webinar.starts_at,
        occurrence=_occurrence(webinar),
    )


async def plan_host_check_in_queue(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """Ask in the moderators' channel instead: the host could not be reached."""
    more: dict[str, Any] = {"expires_at": webinar.starts_at, "occurrence": _occurrence(webinar)}
    await plan_delivery(session, webinar, HOST_CHECK, QUEUE, now, **more)


async def plan_host_alert(
    session: AsyncSession, webinar: Webinar, why: str, now: datetime, *, in_queue: bool = False
) -> None:
    """Plan to alert the co-host, or the moderators where there is none.

    Args:
        session: a write transaction.
        webinar: which.
        why: `silence`, from now on: the alert goes out in twenty minutes, unless somebody says that all is ready. Or
            `help`: it goes out now.
        now: the time (UTC).
        in_queue: alert the moderators now: the co-host could not be reached.
    """
    co_host = None if webinar.co_host_id == host_of(webinar) else webinar.co_host_id
    target = QUEUE if in_queue or co_host is None else f"user:{co_host}"
    due_at = now
    if why == SILENCE and not in_queue:
        due_at = max(min(now + ANSWER_WITHIN, webinar.starts_at - LAST_ALERT), now)
    more: dict[str, Any] = {"details": {"why": why}, "occurrence": f"{why}:{_occurrence(webinar)}"}
    await plan_delivery(session, webinar, HOST_ALERT, target, now, due_at=due_at, expires_at=webinar.ends_at, **more)


async def note_host_answer(session: AsyncSession, webinar: Webinar, answer: str, *, by: int, now: datetime) -> None:
    """Note that all is ready, or that the host needs help, which alerts the others at once.

    Args:
        session: a write transaction.
        webinar: which.
        answer: `ready` or `help`.
        by: who says so.
        now: the time (UTC).

    Raises:
        ValueError: no such answer.
    """
    if answer not in (READY, HELP):
        raise ValueError(f"no such answer: {answer}")
    key = {"webinar_id": webinar.id, "starts_at": webinar.starts_at}
    values = {"community_id": webinar.community_id, "user_id": by, "answer": answer, "answered_at": now}
    await upsert(session, HostCheckRow, key, values)
    kinds = (HOST_CHECK, HOST_ALERT) if answer == READY else (HOST_ALERT,)
    for kind in kinds:
        await deliveries.cancel_pending(
            session,
            subject=webinar.subject,
            reason="confirmed" if answer == READY else "answered",
            now=now,
            kind=kind,
            community_id=webinar.community_id,
        )
    if answer == HELP:
        await plan_host_alert(session, webinar, HELP, now)
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action=f"webinar.host.{answer}",
        object_kind="webinar",
        object_id=webinar.id,
        details={"starts_at": webinar.starts_at.isoformat()},
    )


async def host_answer(session: AsyncSession, webinar: Webinar) -> HostAnswer | None:
    """What was said about a webinar at the hour at which it now begins, or None where nobody said anything."""
    query = select(HostCheckRow).where(
        HostCheckRow.webinar_id == webinar.id, HostCheckRow.starts_at == webinar.starts_at
    )
    row = await session.scalar(query.execution_options(populate_existing=True))
    return None if row is None else HostAnswer(row.user_id, row.answer, row.answered_at)


def _occurrence(webinar: Webinar) -> str:
    """One question for each time that its hour or its host changed."""
    return f"{int(webinar.starts_at.timestamp())}:{webinar.version}"

"""Correcting what was published: one transaction, in which all that follows from it is planned as well."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.communities import Community
from data.deliveries import PENDING, SENDING, SKIPPED, Delivery
from data.models import WebinarRow
from data.webinars.after import plan_after
from data.webinars.answers import counts, users_coming, users_going
from data.webinars.finding import get
from data.webinars.hosting import host_of, plan_host_check
from data.webinars.places import offers_after_edit
from data.webinars.planning import plan_delivery, replan_reminders
from data.webinars.records import (
    ANNOUNCEMENT,
    CANCELLED_EVENT,
    CHANGED_EVENT,
    CHANGED_MARK,
    CHANNEL,
    EVENT,
    EVENT_DIFFERS,
    MINUTES,
    MOVED_NOTICE,
    MOVED_WORD,
    NEW_LINK_WORD,
    QUEUE,
    SCHEDULED,
    SERVER,
    FewerPlacesFault,
    NewWebinar,
    Webinar,
    columns_of,
    set_key_areas,
)
from data.webinars.reminding import plan_personal
from data.webinars.series import after_change

# What tells people of a change.
WORDS = (MOVED_NOTICE, MOVED_WORD, NEW_LINK_WORD)


@dataclass(frozen=True, slots=True)
class Edited:
    """What a correction came to.

    Attributes:
        webinar: as it now is.
        moved: whether it begins at another moment.
        new_link: whether those who come need another link.
        told: how many people are told directly.
    """

    webinar: Webinar
    moved: bool
    new_link: bool
    told: int


async def edit(
    session: AsyncSession,
    community: Community,
    webinar_id: int,
    new: NewWebinar,
    *,
    version: int,
    by: int,
    now: datetime,
    alone: bool = True,
) -> Edited | None:
    """Correct a webinar: what is pending is planned anew, and those whom it concerns are told.

    What went out already stays. A moved webinar is reminded of anew, for each offset that is still ahead, also where
    a reminder with that offset went out for the old hour. `new.notify` is for the notice of a new hour.

    Args:
        session: a write transaction.
        community: whose it is.
        webinar_id: which.
        new: what is to be published from now on.
        version: as the moderator saw it; if it has changed since, nothing happens.
        by: the moderator.
        now: the time (UTC).
        alone: False where several of a series are changed at once, and whoever does so tells people of all of them.

    Returns:
        What it came to, or None where there is no such webinar, it was cancelled, is over, or has changed.

    Raises:
        ValueError: it would be moved into the past, or its length is none.
        FewerPlacesFault: it would have fewer places than are taken; nothing is changed where the transaction ends so.
    """
    before, starts_at = await get(session, community.id, webinar_id), new.moment.instant
    if before is None or before.version != version or before.ends_at <= now:
        return None
    if (starts_at <= now and starts_at != before.starts_at) or new.minutes not in MINUTES:
        raise ValueError("a webinar is moved into the future and lasts 10 minutes to a day")
    done = await session.execute(
        update(WebinarRow)
        .where(
            WebinarRow.id == webinar_id,
            WebinarRow.community_id == community.id,
            WebinarRow.state == SCHEDULED,
            WebinarRow.version == version,
        )
        .values(**columns_of(new), version=WebinarRow.version + 1, changed_at=now)
        .returning(WebinarRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    await set_key_areas(session, webinar_id, new.key_areas)
    webinar = await get(session, community.id, webinar_id)
    if webinar is None:
        raise LookupError(f"webinar {webinar_id} vanished while it was being changed")
    # Nobody takes a place meanwhile: the webinar is locked from the change on.
    taken = (await counts(session, webinar_id)).taken
    if webinar.capacity is not None and webinar.capacity < taken and webinar.capacity != before.capacity:
        raise FewerPlacesFault(taken)
    moved, new_link = starts_at != before.starts_at, webinar.link != before.link
    rows = await deliveries.list_for_subject(session, community.id, webinar.subject)
    longer = webinar.minutes != before.minutes
    if moved or longer:
        await _plan_first_messages(session, webinar, rows, now)
        await plan_personal(session, webinar, now)
        await plan_after(session, webinar, now)
    if moved or longer or webinar.reminder_offsets != before.reminder_offsets:
        await replan_reminders(session, community, webinar, rows, now)
    if moved or host_of(webinar) != host_of(before):
        await plan_host_check(session, webinar, now, at_once=not moved)
    await offers_after_edit(session, webinar, now)
    await _plan_marks(session, webinar, now, everywhere=alone)
    going = await users_going(session, webinar_id) if moved or new_link else []
    if alone and (moved or new_link):
        # Whether to take a place or to go on waiting for one depends on the hour.
        told = await users_coming(session, webinar_id) if moved else going
        await _plan_words(session, webinar, before, rows, told, now, notify=new.notify)
    await after_change(session, community, before, webinar, now, alone=alone)
    await _note(session, webinar, before, by, now)
    return Edited(webinar, moved, new_link, len(going))


async def _plan_marks(session: AsyncSession, webinar: Webinar, now: datetime, *, everywhere: bool) -> None:
    """Show the changes on what is there. What is on its way just now is put right once it is there."""
    if everywhere or webinar.announcement_id is not None:
        await plan_delivery(session, webinar, CHANGED_MARK, SERVER, now, occurrence=str(webinar.version))
    if everywhere or webinar.event_id is not None:
        await plan_delivery(session, webinar, CHANGED_EVENT, SERVER, now, occurrence=str(webinar.version))


async def _plan_first_messages(session: AsyncSession, webinar: Webinar, rows: list[Delivery], now: datetime) -> None:
    """What announces it and has not gone out yet stays of use until the new hour."""
    for row in rows:
        ends = {ANNOUNCEMENT: webinar.ends_at, EVENT: webinar.starts_at}.get(row.kind)
        if ends is not None and row.state == PENDING:
            more = {"due_at": row.due_at, "details": dict(row.details), "occurrence": row.occurrence}
            await plan_delivery(session, webinar, row.kind, row.target, now, expires_at=ends, **more)


async def _plan_words(
    session: AsyncSession,
    webinar: Webinar,
    before: Webinar,
    rows: list[Delivery],
    people: list[int],
    now: datetime,
    *,
    notify: bool,
) -> None:
    """Tell of the new hour and the new link. Whoever has not been told of an earlier change yet is told of all at once.

    A new hour is told to everyone, and to those who come or wait for a place; a new link to those who come only.
    """
    moved, new_link = webinar.starts_at != before.starts_at, webinar.link != before.link
    waiting = {(row.kind, row.target): row for row in rows if row.kind in WORDS and row.state == PENDING}
    # The notice of an earlier move stays true where only the link is another now.
    for kind in WORDS if moved else (MOVED_WORD, NEW_LINK_WORD):
        await deliveries.cancel_pending(
            session, subject=webinar.subject, reason="replanned", now=now, kind=kind, community_id=webinar.community_id
        )
    targets = [*([CHANNEL] if moved else []), *(f"user:{user_id}" for user_id in people)]
    for target in targets:
        kind = MOVED_NOTICE if target == CHANNEL else MOVED_WORD
        earlier = waiting.get((kind, target))
        was = earlier.details.get("was") if earlier is not None else None
        link = new_link or (NEW_LINK_WORD, target) in waiting or bool(earlier and earlier.details.get("link"))
        more: dict[str, Any] = {"occurrence": str(webinar.version), "expires_at": webinar.ends_at}
        if moved or was is not None:
            details = {"was": int(before.starts_at.timestamp()) if was is None else was, "link": link}
            more["details"] = details | ({"notify": notify} if target == CHANNEL else {})
        else:
            kind = NEW_LINK_WORD
        await plan_delivery(session, webinar, kind, target, now, **more)


async def plan_event_card(
    session: AsyncSession, webinar: Webinar, event_id: int, start: datetime | None, mark: str, now: datetime
) -> bool:
    """Tell the moderators, once, that the server's event differs from the webinar.

    Args:
        session: a write transaction.
        webinar: as the event was compared with.
        event_id: its event.
        start: when the event begins (UTC); None where it is gone.
        mark: stands for what differs; the same again is told again only after the event was changed by us in between.
        now: the time (UTC).

    Returns:
        Whether anything was planned; not where a change of ours to the event is still on its way, or the webinar has
        changed.
    """
    current = await get(session, webinar.community_id, webinar.id)
    if current is None or (current.version, current.event_id) != (webinar.version, event_id) or current.cancelled:
        return False
    rows = await deliveries.list_for_subject(session, webinar.community_id, webinar.subject)
    ours = [row for row in rows if row.kind in (EVENT, CHANGED_EVENT, CANCELLED_EVENT)]
    if any(row.state in (PENDING, SENDING) for row in ours):
        return False
    settled = sum(row.state != SKIPPED for row in ours)
    occurrence = f"gone:{event_id}" if start is None else f"{event_id}:{settled}:{mark}"
    if any(row.kind == EVENT_DIFFERS and row.occurrence == occurrence for row in rows):
        return False
    details = {"event": event_id, "start": None if start is None else int(start.timestamp())}
    more = {"occurrence": occurrence, "details": details, "expires_at": current.starts_at}
    await plan_delivery(session, current, EVENT_DIFFERS, QUEUE, now, **more)
    return True


async def put_event_back(
    session: AsyncSession, community_id: int, webinar_id: int, event_id: int, *, gone: bool, by: int, now: datetime
) -> Webinar | None:
    """Have the server's event made again, or brought back to what was published.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        event_id: the event that differs.
        gone: whether it is not there any more.
        by: the moderator.
        now: the time (UTC).

    Returns:
        The webinar, or None where it was cancelled, has begun, or has another event by now.
    """
    where = [
        WebinarRow.id == webinar_id,
        WebinarRow.community_id == community_id,
        WebinarRow.state == SCHEDULED,
        WebinarRow.event_id == event_id,
        WebinarRow.starts_at > now,
    ]
    done = await session.execute(
        update(WebinarRow)
        .where(*where)
        .values(event_id=None if gone else event_id)
        .returning(WebinarRow.id)
        .execution_options(synchronize_session=False)
    )
    webinar = await get(session, community_id, webinar_id)
    if done.first() is None or webinar is None:
        return None
    if gone:
        more = {"occurrence": f"back:{event_id}", "expires_at": webinar.starts_at}
        await plan_delivery(session, webinar, EVENT, SERVER, now, **more)
    else:
        rows = await deliveries.list_for_subject(session, community_id, webinar.subject)
        turn = sum(row.kind == CHANGED_EVENT for row in rows)
        await plan_delivery(session, webinar, CHANGED_EVENT, SERVER, now, occurrence=f"back:{turn}")
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action="webinar.event.back",
        object_kind="webinar",
        object_id=webinar_id,
        details={"event": event_id, "gone": gone},
    )
    return webinar


def was_of(delivery: Delivery) -> datetime | None:
    """The hour (UTC) from which a webinar was moved, as a delivery about that knows it."""
    was = delivery.details.get("was")
    return datetime.fromtimestamp(was, UTC) if isinstance(was, int) else None


async def _note(session: AsyncSession, webinar: Webinar, before: Webinar, by: int, now: datetime) -> None:
    known = {item.name for item in fields(Webinar)}
    names = [*(item.name for item in fields(NewWebinar) if item.name in known), "starts_at", "zone"]
    await record_change(session, "webinar", webinar.id, webinar.community_id)
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action="webinar.edit",
        object_kind="webinar",
        object_id=webinar.id,
        details={
            "version": webinar.version,
            "changed": [name for name in names if getattr(webinar, name) != getattr(before, name)],
            "starts_at": webinar.starts_at.isoformat(),
            "was": before.starts_at.isoformat(),
        },
    )

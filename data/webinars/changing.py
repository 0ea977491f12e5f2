"""What moderators do to webinars. Whatever must go out because of it is planned in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.communities import Community
from data.models import WebinarRow
from data.webinars.after import plan_after
from data.webinars.answers import users_coming
from data.webinars.finding import get, upcoming
from data.webinars.hosting import plan_host_check
from data.webinars.planning import offsets_of, plan_delivery, plan_reminders
from data.webinars.records import (
    ANNOUNCEMENT,
    CANCELLED,
    CANCELLED_EVENT,
    CANCELLED_MARK,
    CANCELLED_NOTICE,
    CANCELLED_WORD,
    CHANGED_EVENT,
    CHANGED_MARK,
    CHANNEL,
    EVENT,
    MINUTES,
    REMINDER,
    SCHEDULED,
    SERVER,
    NewWebinar,
    Webinar,
    as_webinar,
    columns_of,
    set_key_areas,
)
from data.webinars.series import after_cancel


async def create(session: AsyncSession, community: Community, new: NewWebinar, *, by: int, now: datetime) -> Webinar:
    """Publish a webinar: note it, and plan its announcement, the server's event and its reminders.

    Args:
        session: a write transaction.
        community: whose it is.
        new: what was agreed.
        by: the moderator.
        now: the time (UTC).

    Raises:
        ValueError: it would begin in the past, or its length is none.
    """
    if new.moment.instant <= now or new.minutes not in MINUTES:
        raise ValueError("a webinar begins in the future and lasts 10 minutes to a day")
    row = WebinarRow(
        community_id=community.id,
        state=SCHEDULED,
        **columns_of(new),
        created_by=by,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    webinar = as_webinar(row, new.key_areas)
    await set_key_areas(session, webinar.id, new.key_areas)
    await plan_delivery(
        session,
        webinar,
        ANNOUNCEMENT,
        CHANNEL,
        now,
        expires_at=webinar.ends_at,
        details={"notify": new.notify},
    )
    await plan_delivery(session, webinar, EVENT, SERVER, now, expires_at=webinar.starts_at)
    for reminder in plan_reminders(
        webinar.starts_at, webinar.minutes, offsets_of(community, new.reminder_offsets), now
    ):
        await plan_delivery(
            session,
            webinar,
            REMINDER,
            CHANNEL,
            now,
            due_at=reminder.due_at,
            expires_at=reminder.expires_at,
            occurrence=str(reminder.offset),
        )
    await plan_host_check(session, webinar, now)
    await plan_after(session, webinar, now)
    await _note(session, webinar, "create", by, now)
    return webinar


async def cancel(
    session: AsyncSession,
    community_id: int,
    webinar_id: int,
    *,
    version: int,
    reason: str,
    by: int,
    now: datetime,
    alone: bool = True,
) -> Webinar | None:
    """Cancel a webinar: nothing reminds of it any more, and those who said they come are told.

    Args:
        session: a write transaction.
        community_id: where.
        webinar_id: which.
        version: as the moderator saw it; if it has changed since, nothing happens.
        reason: in the moderator's words; may be empty.
        by: the moderator.
        now: the time (UTC).
        alone: False where several of a series are cancelled at once, and whoever does so tells people of all of them.

    Returns:
        The webinar as it now is, or None where there is none, it was cancelled already, or it has changed.
    """
    done = await session.execute(
        update(WebinarRow)
        .where(
            WebinarRow.id == webinar_id,
            WebinarRow.community_id == community_id,
            WebinarRow.state == SCHEDULED,
            WebinarRow.version == version,
        )
        .values(
            state=CANCELLED,
            cancelled_at=now,
            cancel_reason=reason or None,
            version=WebinarRow.version + 1,
            changed_at=now,
        )
        .returning(WebinarRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    webinar = await get(session, community_id, webinar_id)
    if webinar is None:
        raise LookupError(f"webinar {webinar_id} vanished while it was being cancelled")
    await deliveries.cancel_pending(
        session, subject=webinar.subject, reason="cancelled", now=now, community_id=community_id
    )
    # What is on its way just now is marked once it is there.
    if alone or webinar.announcement_id is not None:
        await plan_delivery(session, webinar, CANCELLED_MARK, SERVER, now)
    if alone or webinar.event_id is not None:
        await plan_delivery(session, webinar, CANCELLED_EVENT, SERVER, now)
    if alone:
        await plan_delivery(session, webinar, CANCELLED_NOTICE, CHANNEL, now, expires_at=webinar.ends_at)
        for user_id in await users_coming(session, webinar_id):
            await plan_delivery(session, webinar, CANCELLED_WORD, f"user:{user_id}", now, expires_at=webinar.ends_at)
        await after_cancel(session, webinar, now)
    await _note(session, webinar, "cancel", by, now)
    return webinar


async def plan_failed_again(session: AsyncSession, community_id: int, now: datetime) -> int:
    """Plan anew what could not go out about webinars that are ahead: announcements, and the server's events.

    For when what stood in the way was put right: the channel is back, or the permission was given.

    Returns:
        How many were planned.
    """
    planned = 0
    for webinar in await upcoming(session, community_id, now=now):
        rows = await deliveries.list_for_subject(session, community_id, webinar.subject)
        for kind, made, expires_at in (
            (ANNOUNCEMENT, webinar.announcement_id, webinar.ends_at),
            (EVENT, webinar.event_id, webinar.starts_at),
        ):
            tried = [row for row in rows if row.kind == kind]
            if made is None and tried and all(row.state == deliveries.FAILED for row in tried) and expires_at > now:
                last = tried[-1]
                more = {"expires_at": expires_at, "details": dict(last.details), "occurrence": f"again:{len(tried)}"}
                await plan_delivery(session, webinar, kind, last.target, now, **more)
                planned += 1
    return planned


async def note_announcement(
    session: AsyncSession,
    community_id: int,
    webinar_id: int,
    channel_id: int | None,
    message_id: int | None,
    now: datetime,
) -> None:
    """Note which message announces a webinar. If that was cancelled or changed meanwhile, the message is to say so."""
    values = {"announcement_channel_id": channel_id, "announcement_id": message_id}
    webinar = await _set(session, community_id, webinar_id, values)
    if webinar is not None and webinar.cancelled:
        await plan_delivery(session, webinar, CANCELLED_MARK, SERVER, now, occurrence=str(message_id))
    elif webinar is not None and webinar.version > 1:
        await plan_delivery(session, webinar, CHANGED_MARK, SERVER, now, occurrence=f"posted:{message_id}")


async def note_event(
    session: AsyncSession, community_id: int, webinar_id: int, event_id: int | None, now: datetime
) -> None:
    """Note which of the server's events is the webinar's. If it was cancelled or changed meanwhile, so is the event."""
    webinar = await _set(session, community_id, webinar_id, {"event_id": event_id})
    if webinar is not None and webinar.cancelled and event_id is not None:
        await plan_delivery(session, webinar, CANCELLED_EVENT, SERVER, now, occurrence=str(event_id))
    elif webinar is not None and webinar.version > 1 and event_id is not None:
        await plan_delivery(session, webinar, CHANGED_EVENT, SERVER, now, occurrence=f"made:{event_id}")


async def _note(session: AsyncSession, webinar: Webinar, action: str, by: int, now: datetime) -> None:
    await record_change(session, "webinar", webinar.id, webinar.community_id)
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action=f"webinar.{action}",
        object_kind="webinar",
        object_id=webinar.id,
        details={"version": webinar.version, "starts_at": webinar.starts_at.isoformat()},
    )


async def _set(session: AsyncSession, community_id: int, webinar_id: int, values: dict[str, Any]) -> Webinar | None:
    await session.execute(
        update(WebinarRow)
        .where(WebinarRow.id == webinar_id, WebinarRow.community_id == community_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return await get(session, community_id, webinar_id)

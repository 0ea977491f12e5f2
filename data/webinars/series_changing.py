"""What moderators do to series of webinars. All that follows is planned in the same transaction.

Nobody is flooded: of several dates that change at once, everyone is told in one message.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from data.communities import Community
from data.models import OccurrenceRow, SeriesRow
from data.wall_time import Moment
from data.webinars.answers import users_coming, users_going
from data.webinars.changing import cancel, create
from data.webinars.editing import edit
from data.webinars.finding import get
from data.webinars.planning import plan_delivery
from data.webinars.records import (
    CHANNEL,
    SERIES_CANCELLED,
    SERIES_CANCELLED_WORD,
    SERIES_MOVED,
    SERIES_MOVED_WORD,
    NewWebinar,
    Webinar,
    as_new,
)
from data.webinars.rhythms import MOST
from data.webinars.series import keep_lead, occurrence_of, plan_first_messages, set_by_rhythm


class ChangedMeanwhile(Exception):
    """Somebody was quicker. The transaction is to be rolled back: of several changes all are made, or none."""


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a new series.

    Attributes:
        wall_time: what the rhythm gives; has no zone of its own.
        moment: when the webinar begins, which differs where the clocks skip that hour.
    """

    wall_time: datetime
    moment: Moment


@dataclass(frozen=True, slots=True)
class OccurrenceChange:
    """What one webinar of a series is to be.

    Attributes:
        webinar_id: which.
        version: as the moderator saw it.
        new: what is to be published from now on.
        wall_time: what the rhythm gives from now on; None where it stays where it is.
    """

    webinar_id: int
    version: int
    new: NewWebinar
    wall_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeriesChanged:
    """What a change of several webinars of a series came to.

    Attributes:
        webinars: as they now are.
        moved: how many of them begin at another moment.
        told: how many people who are going are told directly; those who wait for a place are told as well.
    """

    webinars: tuple[Webinar, ...]
    moved: int
    told: int


async def create_series(
    session: AsyncSession,
    community: Community,
    new: NewWebinar,
    dates: Sequence[Date],
    *,
    rhythm: str,
    by: int,
    now: datetime,
) -> list[Webinar]:
    """Publish a series: a webinar for each date, with its own reminders, and one announcement, which lists all dates.

    Each later webinar is announced, and gets its event, when its time comes.

    Args:
        session: a write transaction.
        community: whose it is.
        new: what was agreed; of its moment, the dates have the last word.
        dates: of the webinars, the first one first.
        rhythm: in which they come back.
        by: the moderator.
        now: the time (UTC).

    Raises:
        ValueError: there are too few or too many dates, one has passed, or they are in no order.
    """
    instants = [date.moment.instant for date in dates]
    if not 2 <= len(dates) <= MOST or instants != sorted(set(instants)):
        raise ValueError("a series has two dates or more, one after the other")
    series = SeriesRow(community_id=community.id, rhythm=rhythm, lead_id=None, created_at=now)
    session.add(series)
    await session.flush()
    made: list[Webinar] = []
    for number, date in enumerate(dates, start=1):
        webinar = await create(session, community, replace(new, moment=date.moment), by=by, now=now)
        session.add(
            OccurrenceRow(
                webinar_id=webinar.id,
                series_id=series.id,
                number=number,
                wall_time=date.wall_time,
                zone=date.moment.zone,
            )
        )
        if made:
            await plan_first_messages(session, community, webinar, made[-1].ends_at, now)
        made.append(webinar)
    series.lead_id = made[0].id
    await session.flush()
    return made


async def edit_series(
    session: AsyncSession, community: Community, changes: Sequence[OccurrenceChange], *, by: int, now: datetime
) -> SeriesChanged:
    """Correct several webinars of a series at once.

    Args:
        session: a write transaction.
        community: whose they are.
        changes: the first is the one that the moderator looked at.
        by: the moderator.
        now: the time (UTC).

    Raises:
        ChangedMeanwhile: one of them was changed or cancelled since, or is over.
        ValueError: one would be moved into the past.
    """
    was: dict[int, int] = {}
    links: set[int] = set()
    after: dict[int, Webinar] = {}
    # In one order for everybody, so that two moderators at once do not wait for each other.
    for change in sorted(changes, key=lambda one: one.webinar_id):
        before = await get(session, community.id, change.webinar_id)
        done = await edit(
            session, community, change.webinar_id, change.new, version=change.version, by=by, now=now, alone=False
        )
        if before is None or done is None:
            raise ChangedMeanwhile
        if change.wall_time is not None:
            await set_by_rhythm(session, change.webinar_id, change.wall_time, change.new.moment.zone)
        if done.moved:
            was[change.webinar_id] = int(before.starts_at.timestamp())
        if done.new_link:
            links.add(change.webinar_id)
        after[change.webinar_id] = done.webinar
    first = after[changes[0].webinar_id]
    mark = f"{first.id}:{first.version}"
    place = await occurrence_of(session, community.id, first.id)
    if place is not None and was:
        await keep_lead(session, community.id, place.series_id, now, mark)
    expires_at = max(webinar.ends_at for webinar in after.values())
    more: dict[str, Any] = {"occurrence": mark, "expires_at": expires_at}
    if was:
        details = {"was": {str(key): value for key, value in was.items()}, "notify": changes[0].new.notify}
        await plan_delivery(session, first, SERIES_MOVED, CHANNEL, now, details=details, **more)
    # A new hour concerns those who wait for a place, too; the link only those who have one.
    moved = await _by_person(session, [key for key in after if key in was], users_coming)
    linked = await _by_person(session, [key for key in after if key in links], users_going)
    for user_id in dict.fromkeys((*moved, *linked)):
        details = {
            "was": {str(key): was[key] for key in moved.get(user_id, [])},
            "links": linked.get(user_id, []),
        }
        await plan_delivery(session, first, SERIES_MOVED_WORD, f"user:{user_id}", now, details=details, **more)
    going = await _by_person(session, [key for key in after if key in was or key in links], users_going)
    return SeriesChanged(tuple(after.values()), len(was), len(going))


async def cancel_series(
    session: AsyncSession,
    community_id: int,
    versions: Sequence[tuple[int, int]],
    *,
    reason: str,
    by: int,
    now: datetime,
) -> SeriesChanged:
    """Cancel several webinars of a series at once: nothing reminds of them, and those who said they come are told.

    Args:
        session: a write transaction.
        community_id: where.
        versions: each webinar's id, and its version as the moderator saw it; first the one that they looked at.
        reason: in the moderator's words; may be empty.
        by: the moderator.
        now: the time (UTC).

    Raises:
        ChangedMeanwhile: one of them was changed or cancelled since.
    """
    after: dict[int, Webinar] = {}
    for webinar_id, version in sorted(versions):
        done = await cancel(
            session, community_id, webinar_id, version=version, reason=reason, by=by, now=now, alone=False
        )
        if done is None:
            raise ChangedMeanwhile
        after[webinar_id] = done
    first = after[versions[0][0]]
    mark = f"{first.id}:{first.version}"
    place = await occurrence_of(session, community_id, first.id)
    if place is not None:
        await keep_lead(session, community_id, place.series_id, now, mark)
    expires_at = max(webinar.ends_at for webinar in after.values())
    more: dict[str, Any] = {"occurrence": mark, "expires_at": expires_at}
    details = {"webinars": sorted(after)}
    await plan_delivery(session, first, SERIES_CANCELLED, CHANNEL, now, details=details, **more)
    concerned = await _by_person(session, sorted(after), users_coming)
    for user_id, ids in concerned.items():
        target = f"user:{user_id}"
        await plan_delivery(session, first, SERIES_CANCELLED_WORD, target, now, details={"webinars": ids}, **more)
    return SeriesChanged(tuple(after.values()), 0, len(await _by_person(session, sorted(after), users_going)))


def differing(webinar: Webinar, new: NewWebinar) -> dict[str, Any]:
    """What a moderator changed of a webinar, its moment apart."""
    before = as_new(webinar)
    names = (field.name for field in fields(NewWebinar) if field.name not in ("moment", "notify"))
    return {name: getattr(new, name) for name in names if getattr(new, name) != getattr(before, name)}


async def _by_person(
    session: AsyncSession, webinar_ids: Sequence[int], people: Callable[[AsyncSession, int], Awaitable[list[int]]]
) -> dict[int, list[int]]:
    """Those whom some webinars concern, and which of them."""
    found: dict[int, list[int]] = {}
    for webinar_id in webinar_ids:
        for user_id in await people(session, webinar_id):
            found.setdefault(user_id, []).append(webinar_id)
    return found

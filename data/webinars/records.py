"""A webinar as it is handed out, and what its queries share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import WebinarRow
from data.wall_time import Moment

SCHEDULED = "scheduled"
CANCELLED = "cancelled"

GOING = "going"
MAYBE = "maybe"
CANNOT = "cannot"
ANSWERS = (GOING, MAYBE, CANNOT)

MINUTES = range(10, 1441)
# Their targets.
CHANNEL = "channel:webinars"
SERVER = "server"
QUEUE = "channel:queue"

# Kinds of deliveries.
ANNOUNCEMENT = "webinar.announcement"
EVENT = "webinar.event"
REMINDER = "webinar.reminder"
COUNTS = "webinar.counts"
CANCELLED_NOTICE = "webinar.cancelled"
CANCELLED_MARK = "webinar.cancelled.mark"
CANCELLED_EVENT = "webinar.cancelled.event"
CANCELLED_WORD = "webinar.cancelled.dm"
CHANGED_MARK = "webinar.changed.mark"
CHANGED_EVENT = "webinar.changed.event"
MOVED_NOTICE = "webinar.moved"
MOVED_WORD = "webinar.moved.dm"
NEW_LINK_WORD = "webinar.link.dm"
EVENT_DIFFERS = "webinar.event.differs"
# Who gets these is nobody's business.
PERSONAL = (CANCELLED_WORD, MOVED_WORD, NEW_LINK_WORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebinar:
    """A webinar as a moderator wants it announced.

    Attributes:
        title: one line.
        description: what it is about.
        speakers: who speaks; may be empty.
        link: where to join; for those who come only.
        moment: when it begins.
        minutes: how long it lasts.
        key_area: id of a key area, or None.
        notify: whether the announcement mentions those who asked to be told of webinars.
        reminder_offsets: seconds before the start; None for the community's.
    """

    title: str
    description: str
    speakers: str
    link: str | None
    moment: Moment
    minutes: int
    key_area: str | None = None
    notify: bool = False
    reminder_offsets: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webinar:
    """A webinar that was announced.

    Attributes:
        id: its own, never used again.
        community_id: where.
        state: `scheduled` or `cancelled`.
        title, description, speakers, link, minutes, key_area, reminder_offsets: as in `NewWebinar`.
        wall_time: what the clocks of `zone` show when it begins; has no zone of its own.
        zone: an IANA name.
        starts_at: the same as an instant (UTC).
        created_by: the moderator's user id.
        created_at: when it was published (UTC).
        cancelled_at: when it was cancelled (UTC), or None.
        cancel_reason: why, in the moderator's words.
        announcement_channel_id, announcement_id: the message that announces it, once it is posted.
        event_id: the server's event, once it is made.
        version: grows with every change of what was announced.
    """

    id: int
    community_id: int
    state: str
    title: str
    description: str
    speakers: str
    wall_time: datetime
    zone: str
    starts_at: datetime
    minutes: int
    key_area: str | None
    link: str | None
    reminder_offsets: tuple[int, ...] | None
    created_by: int
    created_at: datetime
    cancelled_at: datetime | None
    cancel_reason: str | None
    announcement_channel_id: int | None
    announcement_id: int | None
    event_id: int | None
    version: int

    @property
    def subject(self) -> str:
        """What its deliveries are about."""
        return subject_of(self.id)

    @property
    def ends_at(self) -> datetime:
        """When it is over (UTC)."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def moment(self) -> Moment:
        """When it begins."""
        return Moment(self.wall_time, self.zone, self.starts_at)

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == CANCELLED


def subject_of(webinar_id: int) -> str:
    """What the deliveries of a webinar are about."""
    return f"webinar:{webinar_id}"


async def read_webinars(session: AsyncSession, query: Select[WebinarRow]) -> list[Webinar]:
    """What a query finds, as it is in the database now, whatever the session has seen before."""
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [as_webinar(row) for row in rows]


def webinars_of(community_id: int) -> Select[WebinarRow]:
    """The query for all webinars of a community."""
    return select(WebinarRow).where(WebinarRow.community_id == community_id)


def as_webinar(row: WebinarRow) -> Webinar:
    """A row as it is handed out."""
    return Webinar(
        id=row.id,
        community_id=row.community_id,
        state=row.state,
        title=row.title,
        description=row.description,
        speakers=row.speakers,
        wall_time=row.wall_time,
        zone=row.zone,
        starts_at=row.starts_at,
        minutes=row.minutes,
        key_area=row.key_area,
        link=row.link,
        reminder_offsets=None if row.reminder_offsets is None else tuple(row.reminder_offsets),
        created_by=row.created_by,
        created_at=row.created_at,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
        announcement_channel_id=row.announcement_channel_id,
        announcement_id=row.announcement_id,
        event_id=row.event_id,
        version=row.version,
    )

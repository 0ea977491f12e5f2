"""A webinar as it is handed out, and what its queries share."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import WebinarKeyAreaRow, WebinarRow
from data.wall_time import Moment
from data.webinars.texts import Translation, as_texts, to_keep, translation_in

SCHEDULED = "scheduled"
CANCELLED = "cancelled"

# What a webinar is.
WEBINAR = "webinar"
MEETING = "meeting"
TRAINING = "training"
KINDS = (WEBINAR, MEETING, TRAINING)

# Whom it is for: all members of the community; those who work in some key areas; those who were approved as members
# of the Network.
FOR_ALL = "all"
FOR_AREAS = "areas"
FOR_NETWORK = "network"
AUDIENCES = (FOR_ALL, FOR_AREAS, FOR_NETWORK)

# What a person can say. Going means a place; where there is none left they are put down as waiting instead.
GOING = "going"
MAYBE = "maybe"
CANNOT = "cannot"
ANSWERS = (GOING, MAYBE, CANNOT)
# What the bot puts down for those who want to come: on the waiting list; offered a place, until a deadline; and the
# deadline has passed.
WAITING = "waiting"
OFFERED = "offered"
LAPSED = "lapsed"

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
PERSONAL_REMINDER = "webinar.reminder.dm"
HOST_CHECK = "webinar.host"
HOST_ALERT = "webinar.host.alert"
OFFER_WORD = "webinar.offer.dm"
OFFER_END = "webinar.offer.end"
# Of several webinars of a series at once.
SERIES_MARK = "webinar.series.mark"
SERIES_MOVED = "webinar.series.moved"
SERIES_MOVED_WORD = "webinar.series.moved.dm"
SERIES_CANCELLED = "webinar.series.cancelled"
SERIES_CANCELLED_WORD = "webinar.series.cancelled.dm"
RECAP_WORD = "webinar.recap.dm"
# Who gets these is nobody's business.
PERSONAL = (
    CANCELLED_WORD,
    MOVED_WORD,
    NEW_LINK_WORD,
    PERSONAL_REMINDER,
    OFFER_WORD,
    OFFER_END,
    SERIES_MOVED_WORD,
    SERIES_CANCELLED_WORD,
    RECAP_WORD,
)


class FewerPlacesFault(Exception):
    """A webinar would have fewer places than are taken.

    Args:
        taken: how many people have a place, or are being offered one.
    """

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} places are taken")
        self.taken = taken


def named_areas(webinar: "NewWebinar | Webinar") -> tuple[str, ...]:
    """All key areas that a webinar names: those that it is about, and those whose members it is for."""
    return tuple(dict.fromkeys((*webinar.key_areas, *webinar.audience_areas)))


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
        kind: `webinar`, `meeting` (in person) or `training`.
        place: where people meet in person, or None; everyone reads it.
        channel_id: the voice or stage channel of the server in which it takes place, or None.
        spoken: codes of the languages in which it is held.
        interpreted: codes of the languages into which it is interpreted.
        key_areas: ids of key areas, the main one first.
        audience: `all` members of the community, `areas` (members who work in them), `network` (members of the
            Network, approved).
        audience_areas: ids of the key areas whose members it is for, where the audience is `areas`.
        capacity: how many can come; None for all who want.
        host_id: the user who runs it; None for the moderator who publishes it.
        co_host_id: the user who stands in, or None.
        notify: whether the announcement mentions those who asked to be told of webinars.
        reminder_offsets: seconds before the start; None for the community's.
        texts: title and description in further languages.
    """

    title: str
    description: str
    speakers: str
    link: str | None
    moment: Moment
    minutes: int
    kind: str = WEBINAR
    place: str | None = None
    channel_id: int | None = None
    spoken: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    key_areas: tuple[str, ...] = ()
    audience: str = FOR_ALL
    audience_areas: tuple[str, ...] = ()
    capacity: int | None = None
    host_id: int | None = None
    co_host_id: int | None = None
    notify: bool = False
    reminder_offsets: tuple[int, ...] | None = None
    texts: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Webinar:
    """A webinar that was announced.

    Attributes:
        id: its own, never used again.
        community_id: where.
        state: `scheduled` or `cancelled`.
        title, description, speakers, link, minutes, kind, place, channel_id, spoken, interpreted, key_areas, audience,
            audience_areas, capacity, host_id, co_host_id, reminder_offsets: as in `NewWebinar`.
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
        changed_at: when it last changed (UTC).
        texts: title and description in further languages.
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
    kind: str
    place: str | None
    channel_id: int | None
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    key_areas: tuple[str, ...]
    audience: str
    audience_areas: tuple[str, ...]
    capacity: int | None
    host_id: int | None
    co_host_id: int | None
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
    changed_at: datetime
    texts: tuple[Translation, ...] = ()

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
    def host(self) -> int:
        """The user who runs it."""
        return self.host_id or self.created_by

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == CANCELLED

    def read_in(self, language: str) -> Self:
        """The webinar with its title and description as a reader of that language gets them."""
        found = translation_in(self, language)
        return replace(self, title=found.title, description=found.description, texts=()) if found else self


def subject_of(webinar_id: int) -> str:
    """What the deliveries of a webinar are about."""
    return f"webinar:{webinar_id}"


async def read_webinars(session: AsyncSession, query: Select[WebinarRow]) -> list[Webinar]:
    """What a query finds, as it is in the database now, whatever the session has seen before."""
    rows = list(await session.scalars(query.execution_options(populate_existing=True)))
    areas: dict[int, list[str]] = {row.id: [] for row in rows}
    about = (
        select(WebinarKeyAreaRow.webinar_id, WebinarKeyAreaRow.key_area)
        .where(WebinarKeyAreaRow.webinar_id.in_(areas))
        .order_by(WebinarKeyAreaRow.webinar_id, WebinarKeyAreaRow.position)
    )
    for webinar_id, area in await session.execute(about) if rows else ():
        areas[webinar_id].append(area)
    return [as_webinar(row, tuple(areas[row.id])) for row in rows]


def webinars_of(community_id: int) -> Select[WebinarRow]:
    """The query for all webinars of a community."""
    return select(WebinarRow).where(WebinarRow.community_id == community_id)


async def set_key_areas(session: AsyncSession, webinar_id: int, areas: Sequence[str]) -> None:
    """Let a webinar be about these key areas and no others, the main one first."""
    await session.execute(
        delete(WebinarKeyAreaRow)
        .where(WebinarKeyAreaRow.webinar_id == webinar_id)
        .execution_options(synchronize_session=False)
    )
    rows = [{"webinar_id": webinar_id, "key_area": area, "position": place} for place, area in enumerate(areas)]
    if rows:
        await session.execute(insert(WebinarKeyAreaRow), rows)


def as_new(webinar: Webinar, **changed: Any) -> NewWebinar:
    """A published webinar as what a moderator would announce, quietly, with some of it changed."""
    shared = {field.name for field in fields(NewWebinar)} & {field.name for field in fields(Webinar)}
    known: dict[str, Any] = {name: getattr(webinar, name) for name in shared}
    known["moment"] = webinar.moment
    return NewWebinar(**{**known, **changed})


def columns_of(new: NewWebinar) -> dict[str, Any]:
    """The columns that hold what a moderator says of a webinar; key areas stand in a table of their own."""
    return {
        "title": new.title,
        "description": new.description,
        "speakers": new.speakers,
        "link": new.link,
        "wall_time": new.moment.wall,
        "zone": new.moment.zone,
        "starts_at": new.moment.instant,
        "minutes": new.minutes,
        "kind": new.kind,
        "place": new.place,
        "channel_id": new.channel_id,
        "spoken": list(new.spoken),
        "interpreted": list(new.interpreted),
        "audience": new.audience,
        "audience_areas": list(new.audience_areas),
        "capacity": new.capacity,
        "host_id": new.host_id,
        "co_host_id": new.co_host_id,
        "reminder_offsets": None if new.reminder_offsets is None else list(new.reminder_offsets),
        "texts": to_keep(new.texts),
    }


def as_webinar(row: WebinarRow, key_areas: tuple[str, ...]) -> Webinar:
    """A row as it is handed out, with its key areas."""
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
        kind=row.kind,
        place=row.place,
        channel_id=row.channel_id,
        spoken=tuple(row.spoken),
        interpreted=tuple(row.interpreted),
        key_areas=key_areas,
        audience=row.audience,
        audience_areas=tuple(row.audience_areas),
        capacity=row.capacity,
        host_id=row.host_id,
        co_host_id=row.co_host_id,
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
        changed_at=row.changed_at or row.created_at,
        texts=as_texts(row.texts),
    )

"""Personal calendars: who has an address for one, and what stands in it."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import CalendarFeedRow, RsvpRow, WebinarRow
from data.statements import insert
from data.webinars.records import CANCELLED, GOING, MAYBE, SCHEDULED, Webinar, read_webinars, webinars_of

# Of randomness in an address; 128 bits would do.
TOKEN_BYTES = 24
# What is over stays in a calendar for a while, and so does what was cancelled: long enough for each program to see it.
KEEP_PAST = timedelta(days=90)
KEEP_CANCELLED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Feed:
    """That somebody has an address.

    Attributes:
        id: of this address; a new one has another.
        community_id, user_id: whose it is.
        language: in which they were answered when they made it.
        created_at: when that was (UTC).
        etag: the mark of what was served last, None before the first time.
        changed_at: since when that is what is served (UTC, whole seconds).
    """

    id: int
    community_id: int
    user_id: int
    language: str
    created_at: datetime
    etag: str | None
    changed_at: datetime | None


def new_token() -> str:
    """The secret part of a new address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is kept of an address. It is as random as a key, so nothing slower is needed to keep it safe."""
    return hashlib.sha256(token.encode()).hexdigest()


async def feed_of(session: AsyncSession, community_id: int, user_id: int) -> Feed | None:
    """A person's address in a community, None where they have none."""
    where = (CalendarFeedRow.community_id == community_id, CalendarFeedRow.user_id == user_id)
    row = await session.scalar(select(CalendarFeedRow).where(*where).execution_options(populate_existing=True))
    return _feed(row) if row else None


async def find_feed(session: AsyncSession, token: str) -> Feed | None:
    """Whose address it is, None where it is nobody's.

    It is looked up by its hash: how long that takes tells nothing of the token.
    """
    row = await session.scalar(select(CalendarFeedRow).where(CalendarFeedRow.token_hash == hash_of(token)))
    return _feed(row) if row else None


async def replace_feed(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    *,
    seen: int,
    token: str,
    language: str,
    now: datetime,
) -> Feed | None:
    """Give a person a new address; the one they had ends.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who.
        seen: the id of the address that they had when they asked for it, 0 for none.
        token: the secret part of the new one.
        language: in which they were answered.
        now: the time (UTC).

    Returns:
        The new one, or None where they have made or given up one meanwhile.
    """
    if seen and not await end_feed(session, community_id, user_id, seen=seen):
        return None
    # Of two at once the second finds that of the first, and leaves it alone.
    made = await session.execute(
        insert(session, CalendarFeedRow)
        .values(
            community_id=community_id, user_id=user_id, token_hash=hash_of(token), language=language, created_at=now
        )
        .on_conflict_do_nothing(index_elements=["community_id", "user_id"])
        .returning(CalendarFeedRow.id)
    )
    return None if made.first() is None else await feed_of(session, community_id, user_id)


async def end_feed(session: AsyncSession, community_id: int, user_id: int, *, seen: int) -> bool:
    """Give up a person's address.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who.
        seen: the id of the address that is meant.

    Returns:
        Whether it was still theirs.
    """
    return await _end(session, community_id, [user_id], CalendarFeedRow.id == seen) > 0


async def end_feeds(session: AsyncSession, community_id: int, user_ids: Collection[int]) -> int:
    """End the addresses of people who left; gives how many had one."""
    return await _end(session, community_id, user_ids)


async def users_with_feeds(session: AsyncSession, community_id: int) -> set[int]:
    """Who has an address in a community."""
    query = select(CalendarFeedRow.user_id).where(CalendarFeedRow.community_id == community_id)
    return set(await session.scalars(query))


async def note_served(session: AsyncSession, feed: Feed, etag: str, now: datetime) -> datetime:
    """Note what is served at an address from now on.

    Returns:
        Since when it is (UTC, whole seconds): later than for anything that was served before, so that a client that
        goes by the time alone misses nothing.
    """
    since = now.replace(microsecond=0)
    if feed.changed_at is not None:
        since = max(since, feed.changed_at + timedelta(seconds=1))
    await session.execute(
        update(CalendarFeedRow)
        .where(CalendarFeedRow.id == feed.id)
        .values(etag=etag, changed_at=since)
        .execution_options(synchronize_session=False)
    )
    return since


async def webinars_of_user(
    session: AsyncSession, community_id: int, user_id: int, *, now: datetime, past: bool = True
) -> list[tuple[Webinar, str]]:
    """The webinars to which a person said they go or might go, with their answer, the earliest first.

    Args:
        session: a transaction.
        community_id: where.
        user_id: who.
        now: the time (UTC).
        past: also those that are over, or were cancelled, as long as calendars are to know of them.
    """
    answers = select(RsvpRow.webinar_id, RsvpRow.answer).where(
        RsvpRow.user_id == user_id, RsvpRow.answer.in_((GOING, MAYBE))
    )
    answered: dict[int, str] = {row[0]: row[1] for row in await session.execute(answers)}
    kept = WebinarRow.state == SCHEDULED
    if past:
        kept = or_(kept, (WebinarRow.state == CANCELLED) & (WebinarRow.cancelled_at > now - KEEP_CANCELLED))
    query = webinars_of(community_id).where(
        WebinarRow.id.in_(list(answered)), kept, WebinarRow.starts_at > now - KEEP_PAST
    )
    found = await read_webinars(session, query.order_by(WebinarRow.starts_at, WebinarRow.id))
    return [(webinar, answered[webinar.id]) for webinar in found if past or webinar.ends_at > now]


async def _end(session: AsyncSession, community_id: int, user_ids: Collection[int], *more: ColumnElement[bool]) -> int:
    whose = (CalendarFeedRow.community_id == community_id, CalendarFeedRow.user_id.in_(list(user_ids)))
    done = await session.execute(
        delete(CalendarFeedRow)
        .where(*whose, *more)
        .returning(CalendarFeedRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _feed(row: CalendarFeedRow) -> Feed:
    return Feed(
        id=row.id,
        community_id=row.community_id,
        user_id=row.user_id,
        language=row.language,
        created_at=row.created_at,
        etag=row.etag,
        changed_at=row.changed_at,
    )

"""Webinars looked up: by id, by date, by title, and for the search."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.countries import fold
from data.models import WebinarKeyAreaRow, WebinarRow
from data.search.documents import Document
from data.search.text import UNKNOWN
from data.statements import seen_once
from data.webinars.records import MINUTES, SCHEDULED, Webinar, read_webinars, webinars_of


async def get(session: AsyncSession, community_id: int, webinar_id: int) -> Webinar | None:
    """One webinar of a community, or None."""
    query = webinars_of(community_id).where(WebinarRow.id == webinar_id)
    key = ("webinar", community_id, webinar_id)
    found = await seen_once(session, key, lambda: read_webinars(session, query))
    return found[0] if found else None


async def upcoming(
    session: AsyncSession, community_id: int, *, now: datetime, key_area: str | None = None
) -> list[Webinar]:
    """The webinars that are ahead or under way, next first, of one key area if given."""
    query = webinars_of(community_id).where(
        WebinarRow.state == SCHEDULED, WebinarRow.starts_at > now - timedelta(minutes=MINUTES[-1])
    )
    if key_area is not None:
        about = select(WebinarKeyAreaRow.webinar_id).where(WebinarKeyAreaRow.key_area == key_area)
        query = query.where(WebinarRow.id.in_(about))
    found = await read_webinars(session, query.order_by(WebinarRow.starts_at, WebinarRow.id))
    return [webinar for webinar in found if webinar.ends_at > now]


async def next_of_key_area(session: AsyncSession, community_id: int, key_area: str, *, now: datetime) -> Webinar | None:
    """The next webinar on a key area, or None."""
    found = await upcoming(session, community_id, now=now, key_area=key_area)
    return found[0] if found else None


async def search_titles(
    session: AsyncSession,
    community_id: int,
    text: str,
    *,
    now: datetime,
    only_ahead: bool = False,
    limit: int = 25,
) -> list[Webinar]:
    """Webinars whose title holds a text, whatever its accents and capitals: those ahead first, then the latest.

    Args:
        session: a transaction.
        community_id: where.
        text: what was typed so far; nothing finds all.
        now: the time (UTC).
        only_ahead: leave out what is over or cancelled.
        limit: how many at most.
    """
    wanted = fold(text)
    if text.strip() and not wanted:
        return []
    # A community has a few hundred webinars at most, and no database folds accents as people do.
    found = await read_webinars(session, webinars_of(community_id).order_by(WebinarRow.starts_at.desc()).limit(500))
    fitting = [webinar for webinar in found if any(wanted in fold(title) for title in _titles(webinar).values())]
    ahead = [webinar for webinar in reversed(fitting) if webinar.ends_at > now and not webinar.cancelled]
    rest = [] if only_ahead else [webinar for webinar in fitting if webinar.ends_at <= now or webinar.cancelled]
    return [*ahead, *rest][:limit]


async def webinar_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """What the search knows of webinars: title, what it is about, who speaks. A cancelled one is not found.

    Args:
        session: a transaction.
        ids: only these, if given.
    """
    query = select(WebinarRow).where(WebinarRow.state == SCHEDULED).order_by(WebinarRow.id)
    if ids is not None:
        query = query.where(WebinarRow.id.in_([int(item) for item in ids]))
    return [
        Document(
            kind="webinar",
            id=str(webinar.id),
            community_id=webinar.community_id,
            titles=_titles(webinar),
            body={
                UNKNOWN: f"{webinar.description}\n{webinar.speakers}".strip(),
                **{text.language: text.description for text in webinar.texts},
            },
            published_title=None if webinar.texts else webinar.title,
            key_areas=webinar.key_areas,
            year=webinar.wall_time.year,
        )
        for webinar in await read_webinars(session, query)
    ]


def _titles(webinar: Webinar) -> dict[str, str]:
    """What a webinar is called: as it was written, and in further languages."""
    return {UNKNOWN: webinar.title, **{text.language: text.title for text in webinar.texts}}

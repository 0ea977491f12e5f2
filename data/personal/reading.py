"""Handing a person what is held about them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import WebinarRow
from data.personal.holdings import HOLDINGS


async def held(session: AsyncSession, community_id: int, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything a community holds about a user, by the name of the holding; instants as ISO 8601 in UTC.

    Holdings with nothing in them are left out.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for holding in (one for one in HOLDINGS if one.shown):
        columns = [getattr(holding.table, name) for name in holding.shown]
        rows = await session.execute(
            select(*columns).where(holding.mine(community_id, user_id)).order_by(*holding.table.__mapper__.primary_key)
        )
        entries = [{name: _plain(value) for name, value in zip(holding.shown, row, strict=True)} for row in rows]
        if entries:
            found[holding.name] = entries
    return found


async def webinar_titles(session: AsyncSession, community_id: int, ids: Collection[int]) -> dict[int, str]:
    """The titles of a community's webinars, by number."""
    query = select(WebinarRow.id, WebinarRow.title).where(
        WebinarRow.community_id == community_id, WebinarRow.id.in_(sorted(ids))
    )
    return {number: title for number, title in await session.execute(query)}  # noqa: C416 - for the types


def _plain(value: Any) -> Any:
    """A value as it stands in a file."""
    return value.isoformat() if isinstance(value, datetime) else value

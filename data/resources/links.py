"""Every address that members may be shown, for those who look whether it still works."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import ResourceRow


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a resource.

    Attributes:
        resource_id: whose.
        community_id: whose alone that resource is; None where it is everybody's.
        title: as published.
        url: the address.
    """

    resource_id: str
    community_id: int | None
    title: str
    url: str


async def list_links(session: AsyncSession) -> list[Link]:
    """The addresses of all resources that were not retired, of everybody's first."""
    query = (
        select(ResourceRow.id, ResourceRow.community_id, ResourceRow.title, ResourceRow.url)
        .where(ResourceRow.url.is_not(None), ResourceRow.retired_at.is_(None))
        .order_by(ResourceRow.community_id.is_not(None), ResourceRow.community_id, ResourceRow.id)
    )
    return [Link(one, owner, title, url) for one, owner, title, url in await session.execute(query) if url]

"""Whom a webinar is for."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members import get_by_user
from data.models import NetworkMemberRow
from data.webinars.records import FOR_ALL, FOR_AREAS, Webinar


async def is_for(session: AsyncSession, webinar: Webinar, user_id: int) -> bool:
    """Whether a webinar is for a member of the community.

    Args:
        session: any transaction.
        webinar: which.
        user_id: someone who has the members' role, which alone lets them in where it is for all.
    """
    if webinar.audience == FOR_ALL:
        return True
    member = await get_by_user(session, webinar.community_id, user_id)
    if member is None or not member.admitted:
        return False
    if webinar.audience == FOR_AREAS:
        return not set(webinar.audience_areas).isdisjoint(member.key_areas)
    query = select(NetworkMemberRow.id).where(NetworkMemberRow.country == member.country)
    return (await session.execute(query.limit(1))).first() is not None

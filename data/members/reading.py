"""Finding members."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members.rows import LEFT, PENDING, Member, listed, of, read
from data.models import DeliveryRow, MemberKeyAreaRow, MemberRow


async def get_member(session: AsyncSession, community_id: int, member_id: int) -> Member | None:
    """A member of a community by number, whatever their state."""
    found = await read(session, of(community_id).where(MemberRow.id == member_id))
    return found[0] if found else None


async def get_by_user(session: AsyncSession, community_id: int, user_id: int) -> Member | None:
    """What a community holds about a user."""
    found = await read(session, of(community_id).where(MemberRow.user_id == user_id))
    return found[0] if found else None


async def list_pending(session: AsyncSession, community_id: int, *, limit: int = 25, offset: int = 0) -> list[Member]:
    """Those who wait for a decision, the longest waiting first."""
    query = of(community_id).where(MemberRow.state == PENDING)
    return await read(session, query.order_by(MemberRow.submitted_at, MemberRow.id).limit(limit).offset(offset))


async def count_pending(session: AsyncSession, community_id: int) -> int:
    """How many wait for a decision."""
    query = select(func.count()).where(MemberRow.community_id == community_id, MemberRow.state == PENDING)
    return (await session.execute(query)).scalar_one()


async def members_of_key_area(
    session: AsyncSession, community_id: int, key_area: str, *, limit: int = 10, offset: int = 0
) -> list[Member]:
    """Members who work in a key area and may be shown to others, by name."""
    query = (
        listed(of(community_id))
        .join(MemberKeyAreaRow, MemberKeyAreaRow.member_id == MemberRow.id)
        .where(MemberKeyAreaRow.key_area == key_area)
    )
    return await read(session, query.order_by(func.lower(MemberRow.name), MemberRow.id).limit(limit).offset(offset))


async def users_present(session: AsyncSession, community_id: int) -> set[int]:
    """The user ids of all who are not noted as having left."""
    query = select(MemberRow.user_id).where(MemberRow.community_id == community_id, MemberRow.state != LEFT)
    return set(await session.scalars(query))


async def members_with_trouble(session: AsyncSession, community_id: int, kind: str) -> list[Member]:
    """Those about whom, as they now are, word of a trouble was planned.

    Args:
        session: any transaction.
        community_id: where.
        kind: the kind of delivery that tells of the trouble; its subject names the member, its occurrence the version.
    """
    told = select(DeliveryRow.subject, DeliveryRow.occurrence).where(
        DeliveryRow.community_id == community_id, DeliveryRow.kind == kind
    )
    versions = {(subject.partition(":")[2], version) for subject, version in await session.execute(told)}
    ids = sorted({int(member_id) for member_id, _ in versions})
    found = await read(session, of(community_id).where(MemberRow.id.in_(ids))) if ids else []
    return [member for member in found if (str(member.id), str(member.version)) in versions]

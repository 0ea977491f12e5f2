"""Finding members."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members.rows import APPROVED, PENDING, Member, listed, of, read
from data.members.visibility import MEMBERS, visible
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
    """Members who work in a key area and may be shown to others, by name; as other members see them."""
    query = (
        listed(of(community_id))
        .join(MemberKeyAreaRow, MemberKeyAreaRow.member_id == MemberRow.id)
        .where(MemberKeyAreaRow.key_area == key_area, shows("key_areas"))
    )
    query = query.order_by(func.lower(MemberRow.name), MemberRow.id)
    return [visible(member, MEMBERS) for member in await read(session, query.limit(limit).offset(offset))]


async def people_by_country_and_area(session: AsyncSession, community_id: int) -> dict[tuple[str | None, str], int]:
    """How many members whom others may see have named a key area, by country; only what they let members see."""
    seen = (
        select(case((shows("country"), MemberRow.country), else_=None).label("country"), MemberKeyAreaRow.key_area)
        .join(MemberKeyAreaRow, MemberKeyAreaRow.member_id == MemberRow.id)
        .where(MemberRow.id.in_(listed(of(community_id)).with_only_columns(MemberRow.id)), shows("key_areas"))
        .subquery()
    )
    query = select(seen.c.country, seen.c.key_area, func.count()).group_by(seen.c.country, seen.c.key_area)
    return {(code, area): n for code, area, n in await session.execute(query)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a member looks for; None and empty stand for anybody.

    Attributes:
        country: ISO 3166-1 alpha-2.
        key_area: the id of a key area.
        language: an ISO 639-1 code.
        ids: only among these, in this order.
    """

    country: str | None = None
    key_area: str | None = None
    language: str | None = None
    ids: tuple[int, ...] | None = None


async def find_listed(
    session: AsyncSession, community_id: int, wanted: Wanted, *, limit: int = 10, offset: int = 0
) -> tuple[list[Member], int]:
    """Members whom others may find, as other members see them, and how many there are in all.

    What somebody hides from members finds nobody: who hides their country is not found by it.
    """
    if wanted.ids == ():
        return [], 0
    query = listed(of(community_id))
    if wanted.country is not None:
        query = query.where(MemberRow.country == wanted.country, shows("country"))
    if wanted.key_area is not None:
        works = select(MemberKeyAreaRow.member_id).where(MemberKeyAreaRow.key_area == wanted.key_area)
        query = query.where(MemberRow.id.in_(works), shows("key_areas"))
    if wanted.language is not None:
        speaks = cast(MemberRow.languages, Text).like(f'%"{wanted.language}"%')
        query = query.where(speaks, shows("languages"))
    if wanted.ids is not None:
        query = query.where(MemberRow.id.in_(wanted.ids))
    total = (await session.execute(select(func.count()).select_from(query.subquery()))).scalar_one()
    if wanted.ids is None:
        query = query.order_by(func.lower(MemberRow.name), MemberRow.id)
    else:
        query = query.order_by(case({one: place for place, one in enumerate(wanted.ids)}, value=MemberRow.id))
    found = await read(session, query.limit(limit).offset(offset))
    return [visible(member, MEMBERS) for member in found], total


def shows(field: str) -> ColumnElement[bool]:
    """Those who do not hide a field from members."""
    return ~cast(MemberRow.hidden, Text).like(f'%"{field}"%')


async def spoken_for(session: AsyncSession, community_id: int) -> tuple[list[str], list[str]]:
    """The countries and the languages that listed members have and show, each with the most frequent first."""
    countries: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for member in await read(session, listed(of(community_id))):
        seen = visible(member, MEMBERS)
        languages.update(seen.languages)
        if seen.country:
            countries[seen.country] += 1
    return _frequent(countries), _frequent(languages)


def _frequent(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda each: (-counted[each], each))


async def approved_members(session: AsyncSession, community_id: int) -> list[Member]:
    """All whom moderators let in and who are members now, whoever may see them."""
    return await read(session, of(community_id).where(MemberRow.state == APPROVED).order_by(MemberRow.id))


async def roles_in_place(session: AsyncSession, community_id: int) -> dict[int, tuple[int, ...]]:
    """The roles that were last set for each approved member, by user id."""
    query = select(MemberRow.user_id, MemberRow.placed).where(
        MemberRow.community_id == community_id, MemberRow.state == APPROVED
    )
    return {user_id: tuple(placed) for user_id, placed in await session.execute(query)}


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

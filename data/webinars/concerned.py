"""Where those live whom a webinar concerns, and what else is on around it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members import APPROVED
from data.members.reading import shows
from data.models import MemberKeyAreaRow, MemberRow, PreferenceRow, WebinarRow
from data.network import list_network_members
from data.webinars.records import FOR_AREAS, MINUTES, SCHEDULED, NewWebinar, Webinar, read_webinars, webinars_of
from data.zones import country_of, main_zone


@dataclass(frozen=True, slots=True)
class Place:
    """A city where people live whom a webinar concerns.

    Attributes:
        zone: its IANA zone.
        country: ISO 3166-1 alpha-2; None where only the zone is known.
    """

    zone: str
    country: str | None


async def places_concerned(session: AsyncSession, community_id: int, new: NewWebinar | Webinar) -> list[Place]:
    """Where those live whom a webinar is for, as far as the community knows its members; else the Network's countries.

    A member's own time zone counts where they chose one, else the main ones of their country.
    """
    query = (
        select(MemberRow.country, PreferenceRow.zone)
        .outerjoin(
            PreferenceRow,
            and_(PreferenceRow.community_id == MemberRow.community_id, PreferenceRow.user_id == MemberRow.user_id),
        )
        .where(MemberRow.community_id == community_id, MemberRow.state == APPROVED, shows("country"))
        .distinct()
        .order_by(MemberRow.country, PreferenceRow.zone)
    )
    if new.audience == FOR_AREAS:
        works_there = select(MemberKeyAreaRow.member_id).where(MemberKeyAreaRow.key_area.in_(new.audience_areas))
        query = query.where(MemberRow.id.in_(works_there))
    rows = await session.execute(query)
    known: list[tuple[str | None, str | None]] = [(row[0], row[1]) for row in rows if row[0] or row[1]]
    network = {member.country: member.main_zones for member in await list_network_members(session)}
    if not known:
        known = [(country, None) for country in network]
    places: list[Place] = []
    for country, zone in known:
        if zone is not None:
            places.append(Place(zone, country_of(zone) or country))
        elif country is not None:
            main = main_zone(country)
            places += [Place(each, country) for each in network.get(country, (main,) if main else ())]
    return list(dict.fromkeys(places))


async def others_between(
    session: AsyncSession, community_id: int, since: datetime, until: datetime, *, but: int | None = None
) -> list[Webinar]:
    """The webinars of a community that are under way between two moments (UTC), the first first.

    Args:
        session: a transaction.
        community_id: where.
        since: from then on.
        until: before then.
        but: leave out this one.
    """
    query = webinars_of(community_id).where(
        WebinarRow.state == SCHEDULED,
        WebinarRow.starts_at < until,
        WebinarRow.starts_at > since - timedelta(minutes=MINUTES[-1]),
    )
    found = await read_webinars(session, query.order_by(WebinarRow.starts_at, WebinarRow.id))
    return [webinar for webinar in found if webinar.ends_at > since and webinar.id != but]

"""Who should be in the server, and who has left it: of members their profile tells, of all others a note."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members import LEFT
from data.models import (
    CalendarFeedRow,
    DeliveryRow,
    DepartureRow,
    DraftRow,
    MemberRow,
    PersonalReminderRow,
    PreferenceRow,
    RsvpRow,
    SavedPracticeRow,
    WebinarRow,
    WeeklyDigestRow,
)
from data.statements import insert


async def people_known(session: AsyncSession, community_id: int) -> set[int]:
    """The users of whom a community holds more than what they once did, and who are not noted as having left."""
    here = or_(MemberRow.state != LEFT, MemberRow.left_at.is_(None))
    members = select(MemberRow.user_id).where(MemberRow.community_id == community_id)
    known = {user_id for query in _held(community_id) for user_id in await session.scalars(query)}
    gone = set(await session.scalars(select(DepartureRow.user_id).where(DepartureRow.community_id == community_id)))
    gone |= set(await session.scalars(members.where(~here)))
    return (known | set(await session.scalars(members.where(here)))) - gone


async def note_departure(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> bool:
    """Note that somebody without a profile left, so that what is held of them goes in time; nothing where nothing is.

    Returns:
        Whether anything is held, and is forgotten unless they return.
    """
    profile = select(MemberRow.id).where(MemberRow.community_id == community_id, MemberRow.user_id == user_id)
    if (await session.execute(profile)).first() is not None:
        return False
    welcomed = select(DeliveryRow.id).where(
        DeliveryRow.community_id == community_id, DeliveryRow.subject == f"user:{user_id}"
    )
    for query in (*(each.where(each.selected_columns[0] == user_id) for each in _held(community_id)), welcomed):
        if (await session.execute(query.limit(1))).first() is not None:
            break
    else:
        return False
    made = insert(session, DepartureRow).values(community_id=community_id, user_id=user_id, left_at=now)
    await session.execute(made.on_conflict_do_nothing(index_elements=["community_id", "user_id"]))
    return True


def _held(community_id: int) -> list[Select[int]]:
    """Queries for the users of whom something is held besides a profile, each by the column of the user."""
    tables = (PreferenceRow, DraftRow, PersonalReminderRow, WeeklyDigestRow, CalendarFeedRow, SavedPracticeRow)
    answers = (
        select(RsvpRow.user_id)
        .join(WebinarRow, WebinarRow.id == RsvpRow.webinar_id)
        .where(WebinarRow.community_id == community_id)
    )
    return [*(select(table.user_id).where(table.community_id == community_id) for table in tables), answers]

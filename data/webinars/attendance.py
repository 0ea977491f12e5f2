"""Who was at a webinar: said by themselves, or by a moderator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.members.rows import Member, of, read
from data.members.visibility import MODERATORS, visible
from data.models import AttendanceRow, MemberRow, RsvpRow
from data.statements import insert
from data.webinars.records import Webinar


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who answered, or was there.

    Attributes:
        user_id: who.
        answer: what they answered before, or None.
        there: whether they were there.
        by_moderator: whether a moderator said so.
        member: what the community holds about them, or None.
    """

    user_id: int
    answer: str | None
    there: bool
    by_moderator: bool
    member: Member | None


async def note_attendance(
    session: AsyncSession, webinar: Webinar, users: Collection[int], now: datetime, *, by: int | None = None
) -> int:
    """Note that people were there.

    Args:
        session: a write transaction.
        webinar: where.
        users: who.
        now: the time (UTC).
        by: the moderator; None where they say so themselves.

    Returns:
        How many were not noted before.
    """
    if not users:
        return 0
    rows = [
        {
            "webinar_id": webinar.id,
            "user_id": user_id,
            "community_id": webinar.community_id,
            "noted_by": by,
            "noted_at": now,
        }
        for user_id in sorted(set(users))
    ]
    statement = insert(session, AttendanceRow).values(rows).on_conflict_do_nothing()
    done = await session.execute(statement.returning(AttendanceRow.user_id))
    return await _noted(session, webinar, "add", [row[0] for row in done], by, now)


async def remove_attendance(
    session: AsyncSession, webinar: Webinar, users: Collection[int], now: datetime, *, by: int | None = None
) -> int:
    """Take back that people were there; like `note_attendance`.

    Returns:
        How many had been noted.
    """
    statement = delete(AttendanceRow).where(AttendanceRow.webinar_id == webinar.id, AttendanceRow.user_id.in_(users))
    done = await session.execute(
        statement.returning(AttendanceRow.user_id).execution_options(synchronize_session=False)
    )
    return await _noted(session, webinar, "remove", [row[0] for row in done], by, now)


async def _noted(
    session: AsyncSession, webinar: Webinar, what: str, users: list[int], by: int | None, now: datetime
) -> int:
    if users and by is not None:
        await audit.record(
            session,
            community_id=webinar.community_id,
            at=now,
            actor_id=by,
            action=f"webinar.attendance.{what}",
            object_kind="webinar",
            object_id=webinar.id,
            details={"people": len(users)},
        )
    return len(users)


async def was_there(session: AsyncSession, webinar_id: int, user_id: int) -> bool:
    """Whether somebody was there, as far as is noted."""
    query = select(func.count()).where(AttendanceRow.webinar_id == webinar_id, AttendanceRow.user_id == user_id)
    return bool((await session.execute(query)).scalar_one())


async def attendees(session: AsyncSession, webinar: Webinar) -> list[Attendee]:
    """All who answered or were there: those who were there first, then by name. For moderators only."""
    answers = await session.execute(select(RsvpRow.user_id, RsvpRow.answer).where(RsvpRow.webinar_id == webinar.id))
    said: dict[int, str] = {row[0]: row[1] for row in answers}
    noted = await session.execute(
        select(AttendanceRow.user_id, AttendanceRow.noted_by).where(AttendanceRow.webinar_id == webinar.id)
    )
    there: dict[int, int | None] = {row[0]: row[1] for row in noted}
    users = {*said, *there}
    known = {
        member.user_id: visible(member, MODERATORS)
        for member in await read(session, of(webinar.community_id).where(MemberRow.user_id.in_(users)))
    }
    found = [
        Attendee(user, said.get(user), user in there, there.get(user) is not None, known.get(user)) for user in users
    ]
    return sorted(
        found, key=lambda one: (not one.there, one.member.name.lower() if one.member else "\uffff", one.user_id)
    )

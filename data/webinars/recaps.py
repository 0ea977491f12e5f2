"""The recap of a webinar, for those who missed it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.models import AttendanceRow, PersonalReminderRow, RecapRow, RsvpRow
from data.statements import insert
from data.webinars.after import RECAP, RECAP_MARK, THREAD
from data.webinars.planning import plan_delivery
from data.webinars.records import GOING, MAYBE, RECAP_WORD, SERVER, Webinar


@dataclass(frozen=True, slots=True)
class Recap:
    """What was said at a webinar.

    Attributes:
        text: in a moderator's words.
        written_by: the moderator who wrote it last.
        written_at: when (UTC).
        version: grows with every change.
    """

    text: str
    written_by: int
    written_at: datetime
    version: int


async def get_recap(session: AsyncSession, webinar_id: int) -> Recap | None:
    """The recap, or None where there is none."""
    query = select(RecapRow).where(RecapRow.webinar_id == webinar_id).execution_options(populate_existing=True)
    row = (await session.scalars(query)).one_or_none()
    return None if row is None else Recap(row.text, row.written_by, row.written_at, row.version)


async def write_recap(
    session: AsyncSession, webinar: Webinar, text: str, *, version: int, by: int, now: datetime
) -> Recap | None:
    """Write a recap, or change it, and plan that it is posted once, or that the post is brought up to date.

    Args:
        session: a write transaction.
        webinar: which.
        text: what was said.
        version: of the recap as the moderator saw it; 0 where there was none.
        by: the moderator.
        now: the time (UTC).

    Returns:
        The recap, or None where somebody else has written it meanwhile.
    """
    values = {"text": text, "written_by": by, "written_at": now}
    if version == 0:
        made = insert(session, RecapRow).values(
            webinar_id=webinar.id, community_id=webinar.community_id, version=1, **values
        )
        done = await session.execute(made.on_conflict_do_nothing().returning(RecapRow.version))
    else:
        changed = update(RecapRow).where(RecapRow.webinar_id == webinar.id, RecapRow.version == version)
        done = await session.execute(
            changed.values(version=RecapRow.version + 1, **values)
            .returning(RecapRow.version)
            .execution_options(synchronize_session=False)
        )
    if done.first() is None:
        return None
    if version == 0:
        await plan_delivery(session, webinar, RECAP, THREAD, now)
        for user_id in await _missed(session, webinar):
            await plan_delivery(session, webinar, RECAP_WORD, f"user:{user_id}", now)
    else:
        await plan_recap_mark(session, webinar, str(version + 1), now)
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action="webinar.recap",
        object_kind="webinar",
        object_id=webinar.id,
        details={"version": version + 1},
    )
    return await get_recap(session, webinar.id)


async def plan_recap_mark(session: AsyncSession, webinar: Webinar, turn: str, now: datetime) -> None:
    """Plan that the post of the recap is brought up to date; `turn` tells one time from another."""
    await plan_delivery(session, webinar, RECAP_MARK, SERVER, now, occurrence=turn)


async def _missed(session: AsyncSession, webinar: Webinar) -> list[int]:
    """Those who meant to come, were not there, and want direct messages about the webinars they come to."""
    chosen, there = PersonalReminderRow, AttendanceRow
    meant = or_(RsvpRow.answer == GOING, (RsvpRow.answer == MAYBE) & chosen.maybe.is_(True))
    query = (
        select(RsvpRow.user_id)
        .join(chosen, chosen.user_id == RsvpRow.user_id)
        .where(
            RsvpRow.webinar_id == webinar.id,
            chosen.community_id == webinar.community_id,
            chosen.active.is_(True),
            meant,
            RsvpRow.user_id.not_in(select(there.user_id).where(there.webinar_id == webinar.id)),
        )
        .order_by(RsvpRow.user_id)
    )
    return list(await session.scalars(query))

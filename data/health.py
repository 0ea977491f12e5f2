"""What tells whether all is well: few numbers, cheaply asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from data.deliveries import FAILED, PENDING
from data.kept import set_value
from data.models import DeliveryRow, KeptRow
from data.personal import KEEPERS, last_kept

# What is due goes out within seconds; after so long something keeps it.
PATIENCE = timedelta(minutes=10)
WRITTEN = "doctor:written"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that did not go out.

    Attributes:
        overdue: how many should have gone out by now, still can, and did not.
        oldest: when the first of them was due (UTC).
        failed: how many could not go out since the moment that was asked about.
    """

    overdue: int
    oldest: datetime | None
    failed: int


async def pulse(session: AsyncSession) -> str:
    """That the database answers; gives what it is, for instance `PostgreSQL 16.4`."""
    if session.get_bind().dialect.name == "sqlite":
        return f"SQLite {(await session.execute(text('SELECT sqlite_version()'))).scalar_one()}"
    version = str((await session.execute(text("SHOW server_version"))).scalar_one())
    return f"PostgreSQL {version.split(maxsplit=1)[0]}"


async def try_writing(session: AsyncSession, now: datetime) -> None:
    """Write a little, and take it back: a full disk is found out about only so."""
    await set_value(session, WRITTEN, now.isoformat())
    await session.execute(delete(KeptRow).where(KeptRow.key == WRITTEN))


async def waiting(session: AsyncSession, now: datetime, since: datetime, community_id: int | None = None) -> Waiting:
    """What did not go out.

    Args:
        session: for reading.
        now: the time (UTC).
        since: how far back failures count (UTC).
        community_id: of one community only; None for all.
    """
    here = [] if community_id is None else [DeliveryRow.community_id == community_id]
    useful = or_(DeliveryRow.expires_at.is_(None), DeliveryRow.expires_at > now)
    late = and_(
        DeliveryRow.state == PENDING,
        DeliveryRow.wake_at.is_not(None),
        DeliveryRow.wake_at <= now - PATIENCE,
        DeliveryRow.due_at <= now - PATIENCE,
        useful,
    )
    overdue, oldest = (
        await session.execute(select(func.count(), func.min(DeliveryRow.due_at)).where(late, *here))
    ).one()
    failed = select(func.count()).where(DeliveryRow.state == FAILED, DeliveryRow.finished_at >= since, *here)
    return Waiting(int(overdue), oldest, int((await session.execute(failed)).scalar_one()))


async def last_keeping(session: AsyncSession) -> datetime | None:
    """Since when all that is kept for a time only was looked through (UTC): None where something never was."""
    moments = [await last_kept(session, keeper) for keeper in KEEPERS]
    known = [moment for moment in moments if moment is not None]
    return min(known) if len(known) == len(moments) else None

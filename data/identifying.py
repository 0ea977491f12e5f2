"""Turns: few may do a thing at once, over all processes together, so each takes a moment of its own."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from data.kept import get_value, set_value
from data.statements import lock


async def take_turn(
    session: AsyncSession, name: str, gap: timedelta, *, now: datetime, at_most: timedelta | None = None
) -> timedelta | None:
    """Take the next free moment for something.

    Args:
        session: a write transaction; the moment is taken once it is committed.
        name: of what is done in turns.
        gap: how far two turns are apart.
        now: the time (UTC). On PostgreSQL the server's clock counts instead, which all processes share.
        at_most: no turn that is further away.

    Returns:
        How long it is until then, or None where that would be more than `at_most`: no turn is taken.
    """
    await lock(session, f"turn {name}")
    seconds = now.timestamp()
    if session.get_bind().dialect.name == "postgresql":
        asked = await session.execute(text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)"))
        seconds = asked.scalar_one()
    key = f"turn:{name}"
    taken = float(await get_value(session, key) or 0.0)
    # What lies further ahead than any queue was written when a clock was wrong.
    taken = taken if taken - seconds < timedelta(days=1).total_seconds() else 0.0
    turn = max(seconds, taken + gap.total_seconds())
    wait = timedelta(seconds=turn - seconds)
    if at_most is not None and wait > at_most:
        return None
    await set_value(session, key, repr(turn))
    return wait

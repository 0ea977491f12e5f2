"""Turns and budgets, over all processes together.

Few may do a thing at once, so each takes a moment of its own; and what may be done so many times a day, all count.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from data.kept import get_value, set_value
from data.statements import lock

# So long after its turn, in seconds, whatever was done in it is in what the other side says is left.
SETTLED = 30.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What the other side says may still be done.

    Attributes:
        left: how many times.
        resets: when it begins to count anew, from now.
    """

    left: int
    resets: timedelta


class SpentError(Exception):
    """Nothing is left; `wait` says until when."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"nothing is left for {wait}")
        self.wait = wait


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
    seconds = await _seconds(session, now)
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


async def spend(
    session: AsyncSession, name: str, told: Budget | None, *, now: datetime, wait: timedelta = timedelta(0)
) -> None:
    """Count one of what may be done so many times.

    What the other side tells may be old by what others were granted and have not done yet: of what it tells and what
    was counted here, the less is true, until all that was granted must be known to it.

    Args:
        session: a write transaction; it counts once it is committed.
        name: of what is counted.
        told: what the other side says, or None where it was not asked: what it said before counts.
        now: the time (UTC), as in `take_turn`.
        wait: how long it is until it is done.

    Raises:
        SpentError: nothing is left. Let it end the transaction.
    """
    await lock(session, f"budget {name}")
    seconds = await _seconds(session, now)
    key = f"budget:{name}"
    kept: dict[str, float] = json.loads(await get_value(session, key) or "{}")
    if not seconds < kept.get("until", 0.0) < seconds + timedelta(days=2).total_seconds():
        kept = {}
    if told is not None:
        left: float = told.left
        if kept and seconds - kept["at"] < SETTLED:
            left = min(left, kept["left"])
        until = seconds + max(told.resets.total_seconds(), SETTLED)
        kept = {"left": left, "until": until, "at": kept.get("at", 0.0)}
    if not kept:
        return
    if kept["left"] <= 0:
        raise SpentError(timedelta(seconds=kept["until"] - seconds))
    kept |= {"left": kept["left"] - 1, "at": seconds + wait.total_seconds()}
    await set_value(session, key, json.dumps(kept))


async def _seconds(session: AsyncSession, now: datetime) -> float:
    """The time in seconds; on PostgreSQL that of the server's clock, which all processes share."""
    if session.get_bind().dialect.name != "postgresql":
        return now.timestamp()
    asked = await session.execute(text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)"))
    return float(asked.scalar_one())

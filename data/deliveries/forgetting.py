"""Taking a person out of what went out, and of what was still to go."""

from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, literal, or_
from sqlalchemy.ext.asyncio import AsyncSession

from data.deliveries.rows import AT_REST, PENDING, SENDING, SKIPPED, Delivery, read_rows, update_rows
from data.models import DeliveryRow

# The reason that stays, and what stands in place of a person.
ERASED = "erased"


async def end_all(session: AsyncSession, about: ColumnElement[bool], target: str, now: datetime) -> list[Delivery]:
    """Skip what is still to go out, and take the names of people out of what is done.

    What is being posted at this moment is left to its worker.

    Args:
        session: a write transaction.
        about: which deliveries.
        target: the person, as a target; what was written to them is theirs.
        now: the time (UTC).

    Returns:
        Those that went to a channel or to other people, or may be on their way there.
    """
    ended = {**AT_REST, "state": SKIPPED, "reason": ERASED, "finished_at": now}
    await update_rows(session, [about, DeliveryRow.state == PENDING], ended)
    posted = or_(DeliveryRow.message_id.is_not(None), DeliveryRow.state == SENDING)
    to_others = (DeliveryRow.target != target) & (DeliveryRow.target != "server")
    seen = await read_rows(session, about, posted, to_others)
    await take_names(session, about)
    return seen


async def take_names(session: AsyncSession, which: ColumnElement[bool]) -> int:
    """Put nobody in place of the person in deliveries that are done.

    Returns:
        How many names were taken.
    """
    nobody = literal(f"user:{ERASED}-").concat(cast(DeliveryRow.id, Text))
    done = DeliveryRow.state.not_in((PENDING, SENDING))
    taken = 0
    for column in (DeliveryRow.target, DeliveryRow.subject):
        named = [which, done, column.startswith("user:"), column.not_like(f"user:{ERASED}-%")]
        taken += await update_rows(session, named, {column.key: nobody})
    return taken


async def take_names_of(session: AsyncSession, delivery: Delivery, *, earlier: bool) -> int:
    """Put nobody in place of the person in a delivery that is done.

    Args:
        session: a write transaction.
        delivery: which.
        earlier: also in all that was planned for or about them before it; not in what came later, so that whoever
            returns is welcomed once.
    """
    which = DeliveryRow.id == delivery.id
    if earlier:
        named = or_(DeliveryRow.target == delivery.target, DeliveryRow.subject == delivery.target)
        before = DeliveryRow.planned_at <= delivery.planned_at
        which = or_(which, (DeliveryRow.community_id == delivery.community_id) & named & before)
    return await take_names(session, which)

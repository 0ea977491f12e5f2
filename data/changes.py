"""The trail that the search index follows: which things changed, in the order in which the changes became true."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import ChangeRow
from data.statements import lock, mark


@dataclass(frozen=True, slots=True)
class Change:
    """One thing whose entry in the index must be made anew, or taken out where it is gone.

    Attributes:
        seq: grows with every change; whoever has read up to it has missed none below it.
        kind: `member`, `resource`, `practice`, `webinar`, ...
        object_id: its id, as text.
        community_id: whose it is; None where every community has it.
    """

    seq: int
    kind: str
    object_id: str
    community_id: int | None


async def record_change(
    session: AsyncSession, kind: str, object_id: str | int, community_id: int | None = None
) -> None:
    """Note that a thing changed, in the same transaction as the change itself."""
    # PostgreSQL hands out numbers before it commits: without this lock, which lasts until the commit, a reader could
    # see 12 before 11 is there, and never come back for it.
    await lock(session, "change")
    session.add(ChangeRow(kind=kind, object_id=str(object_id), community_id=community_id))
    await session.flush()
    mark(session, "changed")


async def record_changes(session: AsyncSession, kind: str, ids: Sequence[int | str], community_id: int) -> None:
    """Note that several things changed, in the same transaction as the change itself."""
    await lock(session, "change")
    session.add_all(ChangeRow(kind=kind, object_id=str(one), community_id=community_id) for one in ids)
    await session.flush()
    mark(session, "changed")


async def changes_after(session: AsyncSession, seq: int, limit: int) -> list[Change]:
    """The changes that follow `seq`, oldest first, `limit` at most."""
    rows = await session.execute(
        select(ChangeRow.id, ChangeRow.kind, ChangeRow.object_id, ChangeRow.community_id)
        .where(ChangeRow.id > seq)
        .order_by(ChangeRow.id)
        .limit(limit)
    )
    return [Change(*row) for row in rows]


async def last_change(session: AsyncSession) -> int:
    """The sequence of the newest change, 0 before the first."""
    return (await session.execute(select(func.max(ChangeRow.id)))).scalar_one() or 0

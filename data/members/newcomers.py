"""Newcomers who come together: who was welcomed already, and one message for some of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.deliveries import Delivery
from data.deliveries.rows import read_rows
from data.members import planning
from data.members.rows import LEFT, Member, of, read
from data.models import DeliveryRow, MemberRow

# How many are greeted by one message: each is mentioned, and a phone still shows the words below the names.
GROUP = 25
# The moderators are told of a flood once, and again only of one that comes so much later.
QUIET = timedelta(hours=6)
TOGETHER_REASON = "together"
FLOOD = "flood"


async def plan_apart(
    session: AsyncSession, community_id: int, joined: Mapping[int, datetime], *, now: datetime
) -> None:
    """Welcome each by a message of their own, and remind each: once for each time they join."""
    for user_id, joined_at in joined.items():
        await planning.plan_welcome(session, community_id, user_id, joined_at=joined_at, now=now)
        await planning.plan_nudges(session, community_id, user_id, joined_at=joined_at, now=now)


async def plan_together(
    session: AsyncSession, community_id: int, joined: Mapping[int, datetime], *, now: datetime
) -> None:
    """Welcome many by few messages, and remind them by few: those whom no message was planned for yet.

    Each has a row of their own all the same, by which a second look at who is there finds that they were welcomed. The
    messages know those rows and no names, so that who is erased is in none of them.
    """
    rows = [
        {
            "community_id": community_id,
            "kind": planning.WELCOME,
            "subject": f"user:{user_id}",
            "target": "channel:welcome",
            "occurrence": joined_at.isoformat(),
            "due_at": now,
        }
        for user_id, joined_at in joined.items()
    ]
    new = await deliveries.plan_many(session, rows, now=now, together=TOGETHER_REASON)
    new.sort(key=lambda row: row.occurrence)
    groups = [new[start : start + GROUP] for start in range(0, len(new), GROUP)]
    await deliveries.plan_many(
        session, [plan for group in groups for plan in _of_group(community_id, group, now)], now=now
    )


async def plan_surge(session: AsyncSession, community_id: int, people: int, *, now: datetime) -> None:
    """Tell the moderators that many join at once: once for each flood.

    Args:
        session: a write transaction.
        community_id: where.
        people: how many joined in the last minute.
        now: the time (UTC).
    """
    told = await deliveries.list_for_subject(session, community_id, FLOOD)
    if any(now - row.planned_at < QUIET for row in told):
        return
    await deliveries.plan(
        session,
        community_id=community_id,
        kind=planning.SURGE,
        subject=FLOOD,
        target="channel:queue",
        occurrence=now.isoformat(),
        due_at=now,
        expires_at=now + QUIET,
        now=now,
        details={"people": people},
    )


async def users_of(session: AsyncSession, delivery: Delivery) -> list[int]:
    """The users whom one message to several is for, without those who were erased."""
    ids: Sequence[int] = delivery.details.get("rows", ())
    rows = await deliveries.read_some(session, delivery.community_id, ids)
    found = (row.subject.removeprefix("user:") for row in rows)
    return [int(user) for user in found if user.isdecimal()]


async def list_naming(session: AsyncSession, community_id: int, user_id: int) -> list[Delivery]:
    """The messages to several people that were posted and mention this one.

    Ask before what is kept of the person is taken away: by that they are found.
    """
    about = DeliveryRow.community_id == community_id
    welcomed = await read_rows(session, about, DeliveryRow.subject == f"user:{user_id}")
    profile = of(community_id).where(MemberRow.user_id == user_id)
    wanted = {"rows": {row.id for row in welcomed}, "members": {one.id for one in await read(session, profile)}}
    kinds = (planning.TOGETHER, planning.NUDGE_TOGETHER, planning.IMPORTED)
    posted = await read_rows(session, about, DeliveryRow.kind.in_(kinds), DeliveryRow.message_id.is_not(None))
    return [row for row in posted if any(ids & set(row.details.get(name, ())) for name, ids in wanted.items())]


async def users_asked(session: AsyncSession, community_id: int, users: Collection[int]) -> set[int]:
    """Those of these users who have said who they are, and have not left since."""
    query = select(MemberRow.user_id).where(
        MemberRow.community_id == community_id, MemberRow.user_id.in_(users), MemberRow.state != LEFT
    )
    return set(await session.scalars(query))


async def list_admitted(session: AsyncSession, community_id: int, ids: Collection[int]) -> list[Member]:
    """Those of these members who may do what members may."""
    found = await read(session, of(community_id).where(MemberRow.id.in_(ids)).order_by(MemberRow.id))
    return [member for member in found if member.admitted]


def _of_group(community_id: int, group: Sequence[Delivery], now: datetime) -> Iterable[dict[str, Any]]:
    ids = sorted(row.id for row in group)
    message = {
        "community_id": community_id,
        "subject": f"newcomers:{ids[0]}",
        "target": "channel:welcome",
        "details": {"rows": ids},
    }
    yield {**message, "kind": planning.TOGETHER, "due_at": now, "expires_at": now + planning.WELCOME_SPAN}
    for after in planning.NUDGES:
        due_at = now + after
        yield {
            **message,
            "kind": planning.NUDGE_TOGETHER,
            "occurrence": str(after.days),
            "due_at": due_at,
            "expires_at": due_at + planning.NUDGE_SPAN,
        }

"""Asking peers, and taking a question back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.members import MATCHING, Member, get_by_user, visible
from data.members.matching import LOOKED_AT, meanings, region_of
from data.members.reading import shows
from data.members.rows import listed, of, read
from data.members.visibility import MEMBERS
from data.models import ConsentRow, MemberKeyAreaRow, MemberRow, PeerOfferRow, PeerRequestRow
from data.peers.rows import (
    ASKED,
    CLOSED,
    CLOSING,
    KEPT,
    MOST,
    OPEN,
    OPEN_FOR,
    PATIENCE,
    QUESTION,
    REACHED,
    UNANSWERED,
    WITHDRAWN,
    WITHIN,
    Request,
    TooManyFault,
    get_request,
    messages_of,
    note,
    plan,
)
from data.statements import lock, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What somebody wants to ask, and whom; see `Request`."""

    question: str
    language: str
    key_areas: tuple[str, ...]
    languages: tuple[str, ...] = ()
    region: str | None = None


async def peers_for(session: AsyncSession, community_id: int, user_id: int, new: NewRequest) -> list[Member]:
    """Before whom a question is laid: members who agreed to be matched and work on it, those whose words fit first.

    What somebody hides from members does not bring them a question: nobody could tell why they got it.

    Args:
        session: any transaction.
        community_id: where.
        user_id: who asks.
        new: what.
    """
    willing = select(ConsentRow.member_id).where(ConsentRow.purpose == MATCHING, ConsentRow.withdrawn_at.is_(None))
    works = select(MemberKeyAreaRow.member_id).where(MemberKeyAreaRow.key_area.in_(new.key_areas))
    query = listed(of(community_id)).where(
        MemberRow.user_id != user_id, MemberRow.id.in_(willing), MemberRow.id.in_(works), shows("key_areas")
    )
    found = [visible(one, MEMBERS) for one in await read(session, query.order_by(MemberRow.id.desc()).limit(LOOKED_AT))]
    fitting = [one for one in found if _fits(one, new)]
    asked = meanings(new.question, new.language)
    ranked = sorted(fitting, key=lambda one: (-len(asked & meanings(one.offers, one.language)), one.id))
    return ranked[:REACHED]


def _fits(member: Member, new: NewRequest) -> bool:
    speaks = not new.languages or bool(set(new.languages) & set(member.languages))
    near = new.region is None or (member.country is not None and region_of(member.country) == new.region)
    return speaks and near


async def may_ask(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> bool:
    """Whether a person has asked less often of late than anybody may."""
    query = select(func.count()).where(
        PeerRequestRow.community_id == community_id,
        PeerRequestRow.user_id == user_id,
        PeerRequestRow.created_at > now - WITHIN,
    )
    return (await session.execute(query)).scalar_one() < MOST


async def ask_peers(
    session: AsyncSession, *, community_id: int, user_id: int, new: NewRequest, now: datetime
) -> tuple[Request, int]:
    """Lay a question before those whom it fits.

    If nobody answers for a while, the moderators see it; if it fits nobody, at once.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who asks.
        new: what.
        now: the time (UTC).

    Returns:
        The question, and before how many it lies.

    Raises:
        TooManyFault: they asked as often as anybody may for now.
    """
    await lock(session, f"peer:{community_id}:{user_id}")
    if not await may_ask(session, community_id, user_id, now):
        raise TooManyFault
    asker = await get_by_user(session, community_id, user_id)
    row = PeerRequestRow(
        community_id=community_id,
        user_id=user_id,
        question=new.question,
        language=new.language,
        key_areas=list(new.key_areas),
        languages=list(new.languages),
        region=new.region,
        country=visible(asker, MEMBERS).country if asker is not None else None,
        state=OPEN,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    offers = [
        PeerOfferRow(community_id=community_id, request_id=row.id, user_id=one.user_id, state=ASKED, asked_at=now)
        for one in await peers_for(session, community_id, user_id, new)
    ]
    session.add_all(offers)
    await session.flush()
    for offer in offers:
        await plan(
            session,
            QUESTION,
            about=user_id,
            target=f"user:{offer.user_id}",
            now=now,
            community_id=community_id,
            occurrence=str(row.id),
            details={"request": row.id, "offer": offer.id},
        )
    await plan(
        session,
        UNANSWERED,
        about=user_id,
        target="channel:queue",
        now=now,
        community_id=community_id,
        occurrence=str(row.id),
        details={"request": row.id},
        due_at=now + PATIENCE if offers else now,
    )
    request = await get_request(session, community_id, row.id)
    if request is None:
        raise LookupError("a question vanished while it was asked")
    await note(session, request, "ask", now)
    return request, len(offers)


async def end_request(session: AsyncSession, request: Request, *, withdrawn: bool, now: datetime) -> bool:
    """Close a question, or take it back with all it says. It is taken out of the messages that carried it.

    Args:
        session: a write transaction.
        request: the question.
        withdrawn: whether nothing of it is to be kept.
        now: the time (UTC).

    Returns:
        Whether it could be: an open one can be closed, one that is closed can still be taken back.
    """
    states = (OPEN, CLOSED) if withdrawn else (OPEN,)
    values = {"state": WITHDRAWN, "question": ""} if withdrawn else {"state": CLOSED}
    done = await session.execute(
        update(PeerRequestRow)
        .where(PeerRequestRow.id == request.id, PeerRequestRow.state.in_(states))
        .values(**values, closed_at=now)
        .returning(PeerRequestRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return False
    if withdrawn:
        mark(session, "gone")
    await note(session, request, "withdraw" if withdrawn else "close", now)
    # What still waits to go out skips itself, since the question is not open any more.
    if any(row.message_id is not None for row in await messages_of(session, request, (QUESTION, UNANSWERED))):
        await plan_closing(session, request, WITHDRAWN if withdrawn else CLOSED, now)
    return True


async def plan_closing(session: AsyncSession, request: Request, occurrence: str, now: datetime) -> None:
    """Plan to take a question that is not open any more out of the messages that carried it."""
    await plan(
        session,
        CLOSING,
        about=request.user_id,
        target="server",
        now=now,
        community_id=request.community_id,
        occurrence=f"{request.id}.{occurrence}",
        details={"request": request.id},
    )


async def close_old_requests(session: AsyncSession, now: datetime, limit: int = 50) -> int:
    """Close what has been open for long, and forget what was closed long ago. Gives how many there were."""
    old = select(PeerRequestRow.community_id, PeerRequestRow.id).where(
        PeerRequestRow.state == OPEN, PeerRequestRow.created_at <= now - OPEN_FOR
    )
    found = (await session.execute(old.limit(limit))).all()
    for community_id, request_id in found:
        request = await get_request(session, community_id, request_id)
        if request is not None:
            await end_request(session, request, withdrawn=False, now=now)
    gone = await session.execute(
        delete(PeerRequestRow)
        .where(PeerRequestRow.closed_at <= now - KEPT)
        .returning(PeerRequestRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(found) + len(gone.all())

"""Offering to help, declining, and being introduced: names are told once both agree, and not before."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PeerOfferRow, PeerRequestRow
from data.peers.rows import (
    ASKED,
    DECLINED,
    INTRODUCED,
    INTRODUCTION,
    OFFER,
    OFFERED,
    OPEN,
    WITHDRAWN,
    Offer,
    Request,
    get_offer,
    note,
    plan,
    read_offers,
)
from data.statements import insert


async def offer_help(session: AsyncSession, offer: Offer, now: datetime) -> bool:
    """Note that somebody can help; whoever asked is told that there is somebody, and from which country.

    Returns:
        Whether they had not said so before, and the question is open.
    """
    if not await _step(session, offer, (ASKED, DECLINED), {"state": OFFERED, "answered_at": now}):
        return False
    await _tell_asker(session, offer, now)
    return True


async def decline(session: AsyncSession, offer: Offer, now: datetime) -> bool:
    """Note that somebody cannot help. Nobody is told."""
    return await _step(session, offer, (ASKED, OFFERED), {"state": DECLINED, "answered_at": now})


async def step_in(session: AsyncSession, request: Request, user_id: int, now: datetime) -> Offer | None:
    """Let a moderator offer to help with a question that nobody else answered.

    Returns:
        The offer; None where the question is not open any more.
    """
    await session.execute(
        insert(session, PeerOfferRow)
        .values(
            community_id=request.community_id,
            request_id=request.id,
            user_id=user_id,
            as_moderator=True,
            state=ASKED,
            asked_at=now,
        )
        .on_conflict_do_nothing(index_elements=["request_id", "user_id"])
    )
    query = select(PeerOfferRow).where(PeerOfferRow.request_id == request.id, PeerOfferRow.user_id == user_id)
    [offer] = await read_offers(session, query)
    if offer.request.state != OPEN:
        return None
    if await offer_help(session, offer, now):
        await note(session, request, "stepin", now, by=user_id)
    return await get_offer(session, request.community_id, offer.id)


async def introduce(session: AsyncSession, offer: Offer, now: datetime) -> bool:
    """Tell both who the other is: whoever helps offered it, and whoever asks wants it.

    Returns:
        Whether they were not introduced before, and the offer stands.
    """
    if not await _step(session, offer, (OFFERED,), {"state": INTRODUCED}):
        return False
    for about, to in ((offer.user_id, offer.request.user_id), (offer.request.user_id, offer.user_id)):
        await plan(
            session,
            INTRODUCTION,
            about=about,
            target=f"user:{to}",
            now=now,
            community_id=offer.community_id,
            occurrence=str(offer.id),
            details={"offer": offer.id},
        )
    await note(session, offer.request, "introduce", now)
    return True


async def unanswered_by_area(session: AsyncSession, community_id: int) -> Mapping[str, int]:
    """How many questions of each key area nobody offered to answer, so far or at all. One may count in several."""
    counted: Counter[str] = Counter()
    for (area, _), n in (await unanswered(session, community_id)).items():
        counted[area] += n
    return counted


async def unanswered(session: AsyncSession, community_id: int) -> Mapping[tuple[str, str | None], int]:
    """How many questions nobody offered to answer, by key area and by the asker's country (None: not known)."""
    answered = select(PeerOfferRow.request_id).where(PeerOfferRow.state.in_((OFFERED, INTRODUCED)))
    query = select(PeerRequestRow.key_areas, PeerRequestRow.country).where(
        PeerRequestRow.community_id == community_id,
        PeerRequestRow.state != WITHDRAWN,
        PeerRequestRow.id.not_in(answered),
    )
    counted: Counter[tuple[str, str | None]] = Counter()
    for areas, country in await session.execute(query):
        counted.update((area, country) for area in areas)
    return counted


async def is_answered(session: AsyncSession, request: Request) -> bool:
    """Whether anybody offered to help with a question."""
    query = select(PeerOfferRow.id).where(
        PeerOfferRow.request_id == request.id, PeerOfferRow.state.in_((OFFERED, INTRODUCED))
    )
    return (await session.execute(query.limit(1))).first() is not None


async def _tell_asker(session: AsyncSession, offer: Offer, now: datetime) -> None:
    await plan(
        session,
        OFFER,
        about=offer.user_id,
        target=f"user:{offer.request.user_id}",
        now=now,
        community_id=offer.community_id,
        occurrence=str(offer.id),
        details={"offer": offer.id},
    )


async def _step(session: AsyncSession, offer: Offer, expected: tuple[str, ...], values: dict[str, Any]) -> bool:
    """Change what somebody made of an open question, if it is still as expected."""
    still_open = select(PeerRequestRow.id).where(PeerRequestRow.state == OPEN)
    done = await session.execute(
        update(PeerOfferRow)
        .where(PeerOfferRow.id == offer.id, PeerOfferRow.state.in_(expected), PeerOfferRow.request_id.in_(still_open))
        .values(**values)
        .returning(PeerOfferRow.id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None

"""Questions to peers as they are handed out, and what asking and answering share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.models import PeerOfferRow, PeerRequestRow

OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
ASKED, OFFERED, DECLINED, INTRODUCED = "asked", "offered", "declined", "introduced"

# Kinds of deliveries. Each has for its subject the person whom it would give away, so that it goes when they go.
QUESTION = "peer.question"
OFFER = "peer.offer"
INTRODUCTION = "peer.introduction"
UNANSWERED = "peer.unanswered"
CLOSING = "peer.closing"

# Parts of the world, as `data.members.matching.region_of` names them.
REGIONS = ("Africa", "America", "Asia", "Europe", "Pacific")
# So many questions of one person within a week: each lies before people who have other things to do.
MOST = 3
WITHIN = timedelta(days=7)
# Before whom a question is laid at most: those whose words fit it best.
REACHED = 20
# Whom nobody answers for so long, the moderators help.
PATIENCE = timedelta(days=3)
# After that a question closes by itself, and a closed one is forgotten.
OPEN_FOR = timedelta(days=60)
KEPT = timedelta(days=180)


class TooManyFault(Exception):
    """A person asked as often as anybody may for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A question to peers.

    Attributes:
        id: its own.
        community_id: where.
        user_id: who asks; shown to nobody before both agree.
        question: in the asker's words; empty once it was withdrawn.
        language: one of `data.languages.LANGUAGES`: the asker's.
        key_areas: ids; those whom it is laid before work in one of them.
        languages: ISO 639-1 codes, one of which they work in; empty for any.
        region: one of `REGIONS`, in which they are; None for any.
        country: the asker's own, where they show it; for counting only.
        state: `open`, `closed` or `withdrawn`.
        created_at, closed_at: when (UTC).
    """

    id: int
    community_id: int
    user_id: int
    question: str
    language: str
    key_areas: tuple[str, ...]
    languages: tuple[str, ...]
    region: str | None
    country: str | None
    state: str
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """That a question was laid before somebody, and what they made of it.

    Attributes:
        id: its own: the one name that both sides know each other by before they agree.
        community_id: where.
        request: the question.
        user_id: before whom it was laid; shown to nobody before both agree.
        as_moderator: whether they came to it as a moderator.
        state: `asked`, `offered`, `declined` or `introduced`.
        asked_at, answered_at: when (UTC).
    """

    id: int
    community_id: int
    request: Request
    user_id: int
    as_moderator: bool
    state: str
    asked_at: datetime
    answered_at: datetime | None


async def get_request(session: AsyncSession, community_id: int, request_id: int) -> Request | None:
    """A question of this community, in whatever state, or None."""
    found = await read_requests(session, requests_of(community_id).where(PeerRequestRow.id == request_id))
    return found[0] if found else None


async def get_offer(session: AsyncSession, community_id: int, offer_id: int) -> Offer | None:
    """What somebody made of a question, or None."""
    found = await read_offers(session, offers_of(community_id).where(PeerOfferRow.id == offer_id))
    return found[0] if found else None


async def requests_by(session: AsyncSession, community_id: int, user_id: int, limit: int = 10) -> list[Request]:
    """What a person asks or asked and did not withdraw, what is open first, then the newest."""
    query = requests_of(community_id).where(PeerRequestRow.user_id == user_id, PeerRequestRow.state != WITHDRAWN)
    return await read_requests(
        session, query.order_by(PeerRequestRow.state != OPEN, PeerRequestRow.id.desc()).limit(limit)
    )


async def offers_for(session: AsyncSession, request: Request) -> list[Offer]:
    """Those who offer to help with a question, and those who were introduced; who first offered first."""
    query = offers_of(request.community_id).where(
        PeerOfferRow.request_id == request.id, PeerOfferRow.state.in_((OFFERED, INTRODUCED))
    )
    return await read_offers(session, query.order_by(PeerOfferRow.answered_at, PeerOfferRow.id))


async def laid_before(session: AsyncSession, community_id: int, user_id: int, limit: int = 10) -> list[Offer]:
    """The open questions that were laid before a person and that they did not decline, the newest first."""
    query = offers_of(community_id).where(
        PeerOfferRow.user_id == user_id,
        PeerOfferRow.state != DECLINED,
        PeerOfferRow.request_id.in_(select(PeerRequestRow.id).where(PeerRequestRow.state == OPEN)),
    )
    return await read_offers(session, query.order_by(PeerOfferRow.id.desc()).limit(limit))


def requests_of(community_id: int) -> Select[PeerRequestRow]:
    """All questions of a community."""
    return select(PeerRequestRow).where(PeerRequestRow.community_id == community_id)


def offers_of(community_id: int) -> Select[PeerOfferRow]:
    """All that was made of the questions of a community."""
    return select(PeerOfferRow).where(PeerOfferRow.community_id == community_id)


async def read_requests(session: AsyncSession, query: Select[PeerRequestRow]) -> list[Request]:
    """The questions that a query finds, as they are in the database now."""
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [_request(row) for row in rows]


async def read_offers(session: AsyncSession, query: Select[PeerOfferRow]) -> list[Offer]:
    """What a query finds of what was made of questions, with these."""
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    asked = select(PeerRequestRow).where(PeerRequestRow.id.in_({row.request_id for row in rows}))
    requests = {request.id: request for request in await read_requests(session, asked)} if rows else {}
    return [
        Offer(
            id=row.id,
            community_id=row.community_id,
            request=requests[row.request_id],
            user_id=row.user_id,
            as_moderator=row.as_moderator,
            state=row.state,
            asked_at=row.asked_at,
            answered_at=row.answered_at,
        )
        for row in rows
    ]


async def plan(session: AsyncSession, kind: str, *, about: int, target: str, now: datetime, **more: Any) -> None:
    """Plan a message about a question.

    Args:
        session: a write transaction.
        kind: one of the kinds above.
        about: the user whom it would give away: it goes when they have their data erased.
        target: where to.
        now: the time (UTC).
        more: what else `deliveries.plan` takes: `community_id`, `occurrence`, `details`, a later `due_at`.
    """
    facts: dict[str, Any] = {"due_at": now, **more}
    await deliveries.plan(session, kind=kind, subject=f"user:{about}", target=target, now=now, **facts)


async def note(session: AsyncSession, request: Request, action: str, now: datetime, by: int | None = None) -> None:
    """Add an entry to the trail. Who asked and who helps stands nowhere but in the rows themselves.

    Args:
        session: a write transaction.
        request: the question.
        action: `ask`, `introduce`, `stepin`, `close` or `withdraw`.
        now: the time (UTC).
        by: the moderator who acted as one; nobody else is named.
    """
    await audit.record(
        session,
        community_id=request.community_id,
        at=now,
        actor_id=by,
        action=f"peer.{action}",
        object_kind="peer",
        object_id=request.id,
    )


async def messages_of(session: AsyncSession, request: Request, kinds: Sequence[str]) -> list[deliveries.Delivery]:
    """The messages of some kinds that were planned about a question, whatever became of them."""
    planned = await deliveries.list_for_subject(session, request.community_id, f"user:{request.user_id}")
    return [row for row in planned if row.kind in kinds and row.details.get("request") == request.id]


def _request(row: PeerRequestRow) -> Request:
    facts: dict[str, Any] = {name: getattr(row, name) for name in Request.__dataclass_fields__}
    facts |= {"key_areas": tuple(row.key_areas), "languages": tuple(row.languages)}
    return Request(**facts)

"""A word before a draft goes: its author is told a few days ahead, if they have not touched it since."""

from datetime import datetime, timedelta

from sqlalchemy import Text, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.drafts import Draft, get_draft_by_id
from data.models import DeliveryRow, DraftRow
from data.practices.sharing import DRAFT

# How long before its end, and how much earlier that is planned: drafts are gone through once a day.
AHEAD = timedelta(days=3)
LOOK_AHEAD = timedelta(days=5)
AT_ONCE = 50

EXPIRY = "practice.draft"


def draft_subject(draft_id: int) -> str:
    """What a delivery about this draft has as its subject."""
    return f"draft:{draft_id}"


def mark_of_draft(draft: Draft) -> str:
    """What tells the word about this end from that about an earlier one."""
    return str(int(draft.expires_at.timestamp()))


async def plan_expiry_words(session: AsyncSession, now: datetime) -> int:
    """Plan word to the authors of drafts of practices that go within days. Gives how many."""
    told = exists().where(
        DeliveryRow.subject == literal("draft:").concat(cast(DraftRow.id, Text)),
        DeliveryRow.community_id == DraftRow.community_id,
        DeliveryRow.kind == EXPIRY,
        DeliveryRow.planned_at >= DraftRow.updated_at,
    )
    query = select(DraftRow.id, DraftRow.community_id, DraftRow.user_id, DraftRow.expires_at).where(
        DraftRow.kind == DRAFT, DraftRow.expires_at > now, DraftRow.expires_at <= now + LOOK_AHEAD, ~told
    )
    found = (await session.execute(query.order_by(DraftRow.id).limit(AT_ONCE))).all()
    for draft_id, community_id, user_id, expires_at in found:
        await deliveries.plan(
            session,
            community_id=community_id,
            kind=EXPIRY,
            subject=draft_subject(draft_id),
            target=f"user:{user_id}",
            occurrence=str(int(expires_at.timestamp())),
            due_at=max(now, expires_at - AHEAD),
            expires_at=expires_at,
            now=now,
        )
    return len(found)


async def draft_about_to_go(session: AsyncSession, community_id: int, draft_id: int, mark: str) -> Draft | None:
    """The draft of a practice that goes when it was planned to; None where it is gone, or was touched since."""
    draft = await get_draft_by_id(session, community_id, draft_id)
    return draft if draft is not None and draft.kind == DRAFT and mark_of_draft(draft) == mark else None

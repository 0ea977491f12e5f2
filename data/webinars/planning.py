"""Writing down a delivery about a webinar."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.webinars.records import Webinar


async def plan_delivery(
    session: AsyncSession, webinar: Webinar, kind: str, target: str, now: datetime, **more: Any
) -> None:
    """Plan a delivery about a webinar, due now unless `more` says otherwise; it takes what `deliveries.plan` takes."""
    due_at: datetime = more.pop("due_at", now)
    await deliveries.plan(
        session,
        **more,
        due_at=due_at,
        community_id=webinar.community_id,
        kind=kind,
        subject=webinar.subject,
        target=target,
        now=now,
    )

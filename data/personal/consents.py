"""What a member agreed to, purpose by purpose: as easy to withdraw as to give."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.changes import record_change
from data.members import DIRECTORY, MATCHING, PURPOSES, TRANSLATION, get_by_user
from data.members.planning import plan_introduction, plan_revisions, plan_roles, plan_withdrawal, was_introduced
from data.models import ConsentRow
from data.statements import upsert

__all__ = ["DIRECTORY", "MATCHING", "PURPOSES", "TRANSLATION", "Consent", "consents_of", "set_consent"]


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer about one purpose.

    Attributes:
        purpose: one of `PURPOSES`.
        notice_version: of the notice that was read.
        given_at: when it was given (UTC).
        withdrawn_at: when it was taken back (UTC), None while it holds.
    """

    purpose: str
    notice_version: str
    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether the person agrees."""
        return self.withdrawn_at is None


async def consents_of(session: AsyncSession, member_id: int) -> dict[str, Consent]:
    """A member's answers, by purpose; one they never agreed to is not there."""
    rows = await session.scalars(
        select(ConsentRow).where(ConsentRow.member_id == member_id).execution_options(populate_existing=True)
    )
    return {row.purpose: Consent(row.purpose, row.notice_version, row.given_at, row.withdrawn_at) for row in rows}


async def set_consent(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    purpose: str,
    *,
    given: bool,
    notice_version: str,
    now: datetime,
) -> bool:
    """Give or take back one consent, and let follow what hangs on it.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: whose.
        purpose: one of `PURPOSES`.
        given: whether they agree.
        notice_version: of the notice that they were shown.
        now: the time (UTC).

    Returns:
        Whether anything changed; False too where they have no profile.

    Raises:
        ValueError: there is no such purpose.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"no such purpose: {purpose}")
    before = await get_by_user(session, community_id, user_id)
    if before is None:
        return False
    kept = (await consents_of(session, before.id)).get(purpose)
    if given == bool(kept and kept.holds):
        return False
    key = {"member_id": before.id, "purpose": purpose}
    if given:
        values = {"notice_version": notice_version, "given_at": now, "withdrawn_at": None}
        await upsert(session, ConsentRow, key, values)
    elif kept is not None:
        values = {"notice_version": kept.notice_version, "given_at": kept.given_at, "withdrawn_at": now}
        await upsert(session, ConsentRow, key, values)
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=user_id,
        action="consent.give" if given else "consent.withdraw",
        object_kind="member",
        object_id=before.id,
        details={"purpose": purpose, "notice": notice_version},
    )
    await record_change(session, "member", before.id, community_id)
    member = await get_by_user(session, community_id, user_id)
    if member is not None and purpose == MATCHING and not given:
        await plan_revisions(session, member, now=now)
    if member is not None and purpose == DIRECTORY:
        # A role for a country or a language shows it to the whole server.
        await plan_roles(session, member, now=now, again=True)
        if not given:
            await plan_withdrawal(session, member, now=now, again=True)
        elif member.listed and not await was_introduced(session, member):
            await plan_introduction(session, member, now=now)
    return True

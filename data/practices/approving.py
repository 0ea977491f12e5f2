"""Two reviewers approve a practice, one of them from another country than its author's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import members
from data.models import PracticeApprovalRow, PracticeRow
from data.practices.rows import IN_REVIEW, Practice
from data.statements import insert

ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Approval:
    """One reviewer's approval of a practice as it is now.

    Attributes:
        user_id: the reviewer.
        abroad: whether they counted as from another country than the author's when they approved.
        evidence: how strong they found the evidence, 0 to 5; None where the author was not asked either.
        at: when (UTC).
    """

    user_id: int
    abroad: bool
    evidence: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Needs:
    """What a practice needs before it is approved.

    What nobody here could give is not waited for: where one person alone can review, one approval is enough, and where
    nobody counts as from another country, none such is asked for. Whoever reviews is told so.

    Attributes:
        approvals: how many, one or two.
        abroad: whether one of them has to be by somebody from another country than the author's.
        from_abroad: those of the possible reviewers who count as such.
    """

    approvals: int
    abroad: bool
    from_abroad: frozenset[int]

    def met(self, given: Iterable[Approval]) -> bool:
        """Whether these approvals are enough."""
        have = list(given)
        return len(have) >= self.approvals and (not self.abroad or any(one.abroad for one in have))


async def needs_of(session: AsyncSession, practice: Practice, reviewers: Iterable[int]) -> Needs:
    """What this practice needs, given who can review here.

    Args:
        session: any transaction.
        practice: a practice of this community.
        reviewers: the users who may review; its author, who may not review it, is left out here.

    Returns:
        The needs. A reviewer without a country (the secretariat, and international organisations) counts as from
        another one. The author's country is that of their profile, else that which the practice is about.
    """
    possible = {user_id for user_id in reviewers if user_id != practice.author_id}
    community_id = practice.community_id or 0
    author = await members.get_by_user(session, community_id, practice.author_id) if practice.author_id else None
    home = (author.country if author else None) or practice.country
    abroad: set[int] = set()
    for user_id in possible:
        profile = await members.get_by_user(session, community_id, user_id)
        if home is None or profile is None or profile.country is None or profile.country != home:
            abroad.add(user_id)
    return Needs(min(ENOUGH, max(1, len(possible))), bool(abroad), frozenset(abroad))


async def approvals_of(session: AsyncSession, practice_id: str, version: int) -> list[Approval]:
    """Who approved a practice in this version, first first."""
    query = (
        select(PracticeApprovalRow)
        .where(PracticeApprovalRow.practice_id == practice_id, PracticeApprovalRow.version == version)
        .order_by(PracticeApprovalRow.at, PracticeApprovalRow.user_id)
    )
    return [Approval(row.user_id, row.abroad, row.evidence, row.at) for row in await session.scalars(query)]


async def last_approvals(session: AsyncSession, practice_id: str) -> list[Approval]:
    """Who approved a practice in the last version that anybody approved."""
    newest = select(func.max(PracticeApprovalRow.version)).where(PracticeApprovalRow.practice_id == practice_id)
    version = await session.scalar(newest)
    return [] if version is None else await approvals_of(session, practice_id, version)


async def add_approval(
    session: AsyncSession,
    community_id: int,
    practice_id: str,
    *,
    version: int,
    reviewer_id: int,
    abroad: bool,
    evidence: int | None,
    now: datetime,
) -> list[Approval] | None:
    """Note that a reviewer approves, once however often they say so.

    Returns:
        All approvals of this version; None where the practice is not in review in it any more.
    """
    # Two who approve at once are told apart here: the second one sees the first one's approval.
    locked = await session.execute(
        select(PracticeRow.id)
        .where(
            PracticeRow.id == practice_id,
            PracticeRow.community_id == community_id,
            PracticeRow.state == IN_REVIEW,
            PracticeRow.version == version,
        )
        .with_for_update()
    )
    if locked.first() is None:
        return None
    await session.execute(
        insert(session, PracticeApprovalRow)
        .values(
            practice_id=practice_id,
            version=version,
            user_id=reviewer_id,
            community_id=community_id,
            abroad=abroad,
            evidence=evidence,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["practice_id", "version", "user_id"])
    )
    return await approvals_of(session, practice_id, version)

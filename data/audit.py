"""Who did what, to what, when. Entries are only ever added, and hold codes and numbers, never a person's words.

People are written down by their alias (see `data.aliases`): whoever was erased stays in the trail as nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.aliases import alias_of
from data.models import AliasRow, AuditRow, MemberRow

# All there are: what people may filter by, and what has a name in each language.
ACTIONS = frozenset(
    {
        *("consent.give", "consent.withdraw", "member.lapse", "member.leave", "mydata.erase"),
        *("glossary.add", "glossary.remove"),
        *("onboarding.answer", "onboarding.approve", "onboarding.ask", "onboarding.decline", "onboarding.export"),
        *("onboarding.focal", "onboarding.focal.end", "onboarding.import", "onboarding.submit"),
        *("onboarding.unknown", "onboarding.vouch"),
        *("peer.ask", "peer.close", "peer.introduce", "peer.stepin", "peer.withdraw"),
        *("practice.answer", "practice.ask", "practice.revise"),
        *("practice.translate", "practice.translation.approve", "practice.export"),
        *("practice.approve", "practice.publish", "practice.published", "practice.return", "practice.submit"),
        *("practice.withdraw", "profile.edit", "profile.roles"),
        *("adaptation.approve", "adaptation.submit", "adaptation.withdraw"),
        *("practice.accept", "practice.confirm", "practice.offer", "practice.refuse", "practice.reopen"),
        "practice.retire",
        *("resource.accept", "resource.add", "resource.back", "resource.decline", "resource.edit", "resource.export"),
        *("resource.import", "resource.retire", "resource.suggest"),
        *("report.close", "report.file", "report.lapse", "report.take", "report.withdraw"),
        *("setup", "setup.automod", "setup.related", "setup.roles"),
        *("webinar.attendance.add", "webinar.attendance.export", "webinar.attendance.remove"),
        *("webinar.cancel", "webinar.create", "webinar.edit", "webinar.event.back"),
        *("webinar.host.help", "webinar.host.ready"),
        *("webinar.materials.add", "webinar.materials.edit", "webinar.materials.remove"),
        *("webinar.recap", "webinar.remind"),
    }
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action.

    Attributes:
        id: grows with time.
        community_id: where.
        at: when (UTC).
        actor: the alias of who did it; None for Convenor itself.
        actor_id: the user whose alias that is; None for Convenor itself, and for people whose data was erased.
        action: a code, for instance `webinar.cancel`.
        object_kind: what kind of thing it was done to, for instance `webinar`.
        object_id: the id of that thing, as text.
        details: codes and numbers.
    """

    id: int
    community_id: int
    at: datetime
    actor: str | None
    actor_id: int | None
    action: str
    object_kind: str
    object_id: str
    details: Mapping[str, Any]


async def record(
    session: AsyncSession,
    *,
    community_id: int,
    at: datetime,
    actor_id: int | None,
    action: str,
    object_kind: str,
    object_id: str | int,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry, in the same transaction as the action itself. `details` holds codes and numbers only.

    Raises:
        ValueError: the action is none of `ACTIONS`.
    """
    _check(action)
    session.add(
        AuditRow(
            community_id=community_id,
            at=at,
            actor=None if actor_id is None else await alias_of(session, community_id, actor_id),
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            details=dict(details or {}),
        )
    )
    await session.flush()


async def record_all(
    session: AsyncSession,
    *,
    community_id: int,
    at: datetime,
    actor_id: int,
    action: str,
    object_kind: str,
    object_ids: Sequence[int | str],
) -> None:
    """Add an entry for each of several things to which the same was done; like `record`."""
    _check(action)
    actor = await alias_of(session, community_id, actor_id)
    session.add_all(
        AuditRow(
            community_id=community_id,
            at=at,
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            details={},
        )
        for object_id in object_ids
    )
    await session.flush()


async def list_entries(
    session: AsyncSession,
    community_id: int,
    *,
    actor_id: int | None = None,
    action: str | None = None,
    about: tuple[str, str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[AuditEntry]:
    """A community's entries, newest first.

    Args:
        session: any transaction.
        community_id: whose.
        actor_id: only what this user did, or what was done to their membership.
        action: only this action; one that ends with a dot stands for all that begin with it.
        about: only what was done to this thing: its kind and its id.
        limit: how many at most.
        offset: how many to pass over.
    """
    alias = and_(AliasRow.code == AuditRow.actor, AliasRow.community_id == AuditRow.community_id)
    query = select(AuditRow, AliasRow.user_id).outerjoin(AliasRow, alias).where(AuditRow.community_id == community_id)
    if actor_id is not None:
        # Looked up first, so that a log of many years is read by its indexes.
        code, member_id = await _known_as(session, community_id, actor_id)
        done_to = and_(AuditRow.object_kind == "member", AuditRow.object_id == str(member_id))
        query = query.where(or_(AuditRow.actor == code, done_to))
    if action is not None:
        query = query.where(AuditRow.action.startswith(action) if action.endswith(".") else AuditRow.action == action)
    if about is not None:
        query = query.where(AuditRow.object_kind == about[0], AuditRow.object_id == about[1])
    rows = await session.execute(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit).offset(offset))
    return [
        AuditEntry(
            id=row.id,
            community_id=row.community_id,
            at=row.at,
            actor=row.actor,
            actor_id=user_id,
            action=row.action,
            object_kind=row.object_kind,
            object_id=row.object_id,
            details=row.details,
        )
        for row, user_id in rows
    ]


def _check(action: str) -> None:
    if action not in ACTIONS:
        raise ValueError(f"no such action: {action}")


async def _known_as(session: AsyncSession, community_id: int, user_id: int) -> tuple[str, int]:
    """By what the log knows a user: their alias, and the number of their profile; what stands for nobody if unknown."""
    code = select(AliasRow.code).where(AliasRow.community_id == community_id, AliasRow.user_id == user_id)
    number = select(MemberRow.id).where(MemberRow.community_id == community_id, MemberRow.user_id == user_id)
    return (await session.scalar(code)) or "", (await session.scalar(number)) or 0

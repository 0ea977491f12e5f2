"""Which messages an event brings with it: planned in the transaction of the event."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.members.rows import Member

WELCOME = "onboarding.welcome"
CARD = "onboarding.card"
DECISION = "onboarding.decision"
DECLINED = "onboarding.declined"
INTRODUCTION = "onboarding.introduction"
WITHDRAWAL = "onboarding.introduction.gone"
ROLES = "onboarding.roles"
TROUBLE = "onboarding.trouble"

# Who joined longer ago is not welcomed any more.
WELCOME_SPAN = timedelta(days=1)


def subject_of(member: Member) -> str:
    """What deliveries about a member are about."""
    return f"member:{member.id}"


async def plan_welcome(
    session: AsyncSession, community_id: int, user_id: int, *, joined_at: datetime, now: datetime
) -> None:
    """Welcome someone: once for each time they join."""
    await deliveries.plan(
        session,
        community_id=community_id,
        kind=WELCOME,
        subject=f"user:{user_id}",
        target="channel:welcome",
        occurrence=joined_at.isoformat(),
        due_at=now,
        expires_at=joined_at + WELCOME_SPAN,
        now=now,
    )


async def plan_card(session: AsyncSession, member: Member, *, odd: bool, now: datetime) -> None:
    """Lay a request before the moderators, in place of an older one that was not posted yet."""
    await deliveries.cancel_pending(
        session, subject=subject_of(member), kind=CARD, reason="replaced", now=now, community_id=member.community_id
    )
    await _plan(session, member, CARD, "channel:queue", now=now, details={"odd": odd})


async def plan_approval(session: AsyncSession, member: Member, *, again: bool, now: datetime) -> None:
    """Roles, word to the person, and the introduction.

    Args:
        session: the transaction of the decision.
        member: as decided.
        again: they were a member before, so that they are not introduced a second time.
        now: the time, aware.
    """
    await plan_roles(session, member, now=now)
    await _plan(session, member, DECISION, "channel:welcome", now=now, details={"again": again})
    if member.directory and not (again and await was_introduced(session, member)):
        await plan_introduction(session, member, now=now)


async def plan_decline(session: AsyncSession, member: Member, *, again: bool, now: datetime) -> None:
    """Word to the person alone; and their roles and their introduction go if they had any."""
    if again:
        await plan_roles(session, member, now=now)
        await plan_withdrawal(session, member, now=now)
    await _plan(session, member, DECLINED, f"user:{member.user_id}", now=now, details={"again": again})


async def plan_update(session: AsyncSession, before: Member, member: Member, *, odd: bool, now: datetime) -> None:
    """What a changed profile brings: a new look at it, or else roles and perhaps an introduction, or its end."""
    if before.directory and not member.directory:
        await plan_withdrawal(session, member, now=now)
    if not member.in_review:
        await plan_roles(session, member, now=now)
        if member.listed and not before.directory and not await was_introduced(session, member):
            await plan_introduction(session, member, now=now)
        return
    await plan_card(session, member, odd=odd, now=now)


async def plan_roles(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Let the person's roles follow their profile."""
    await _plan(session, member, ROLES, "server", now=now)


async def plan_introduction(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Introduce a member to the others."""
    await _plan(session, member, INTRODUCTION, "channel:introductions", now=now)


async def plan_withdrawal(session: AsyncSession, member: Member, *, now: datetime, again: bool = False) -> None:
    """Take the introduction of someone away who is not to be shown any more.

    Args:
        session: the transaction of the cause.
        member: as they now are.
        now: the time, aware.
        again: also where this was done before for the same version of the profile.
    """
    occurrence = f"{member.version}.{now.isoformat()}" if again else None
    await _plan(session, member, WITHDRAWAL, "server", now=now, occurrence=occurrence)


async def plan_trouble(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Tell the moderators that roles could not be given or taken: once for each version of the profile."""
    await _plan(session, member, TROUBLE, "channel:queue", now=now)


async def was_introduced(session: AsyncSession, member: Member) -> bool:
    """Whether an introduction was posted at any time."""
    rows = await deliveries.list_for_subject(session, member.community_id, subject_of(member))
    return any(row.kind == INTRODUCTION and row.state == deliveries.SENT for row in rows)


async def _plan(
    session: AsyncSession,
    member: Member,
    kind: str,
    target: str,
    *,
    now: datetime,
    details: dict[str, bool] | None = None,
    occurrence: str | None = None,
) -> None:
    await deliveries.plan(
        session,
        community_id=member.community_id,
        kind=kind,
        subject=subject_of(member),
        target=target,
        occurrence=occurrence or str(member.version),
        due_at=now,
        now=now,
        details=details,
    )

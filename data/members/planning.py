"""Which messages an event brings with it: planned in the transaction of the event."""

from collections.abc import Iterable
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
NUDGE = "onboarding.nudge"
QUESTION = "onboarding.question"
VOUCH = "onboarding.vouch"
RENEW = "onboarding.renew"
RENEW_ASK = "onboarding.renew.ask"
LAPSE = "onboarding.lapse"
LAPSED_WORD = "onboarding.lapsed"
RENEWED = "onboarding.renewed"

# When those who joined and did not ask yet are reminded, once each; a reminder is of use for a day.
NUDGES = (timedelta(days=1), timedelta(days=7))
NUDGE_SPAN = timedelta(days=1)

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


async def plan_nudges(
    session: AsyncSession, community_id: int, user_id: int, *, joined_at: datetime, now: datetime
) -> None:
    """Remind someone who joined and did not ask yet: once after a day, once after a week, then never."""
    for after in NUDGES:
        due_at = joined_at + after
        if due_at > now:
            await deliveries.plan(
                session,
                community_id=community_id,
                kind=NUDGE,
                subject=f"user:{user_id}",
                target="channel:welcome",
                occurrence=f"{joined_at.isoformat()}:{after.days}",
                due_at=due_at,
                expires_at=due_at + NUDGE_SPAN,
                now=now,
            )


async def plan_question(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Word to the person that a moderator asks something."""
    occurrence = f"{member.version}.{now.isoformat()}"
    await _plan(session, member, QUESTION, f"user:{member.user_id}", now=now, occurrence=occurrence)


async def plan_vouching(session: AsyncSession, member: Member, users: Iterable[int], *, now: datetime) -> None:
    """Ask the focal points of the person's country whether they know them."""
    for user_id in users:
        await _plan(session, member, VOUCH, f"user:{user_id}", now=now)


async def plan_attestation_end(
    session: AsyncSession, member: Member, word_id: int, expires_at: datetime, *, notice: timedelta, now: datetime
) -> None:
    """Ask again in time, tell the person, and see when the time is over."""
    early = max(expires_at - notice, now)
    for kind, target, due_at, until in (
        (RENEW_ASK, "channel:queue", early, expires_at),
        (RENEW, f"user:{member.user_id}", early, expires_at),
        (LAPSE, "server", expires_at, None),
    ):
        await deliveries.plan(
            session,
            community_id=member.community_id,
            kind=kind,
            subject=subject_of(member),
            target=target,
            occurrence=f"word:{word_id}",
            due_at=due_at,
            expires_at=until,
            now=now,
        )


async def plan_asking_again(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Ask for somebody's word again, since the person wants it: once a day at most."""
    await _plan(session, member, RENEW_ASK, "channel:queue", now=now, occurrence=f"again:{now:%Y-%m-%d}")


async def plan_lapsed(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Word to the person that their membership has ended, and how to renew it."""
    await _plan(session, member, LAPSED_WORD, f"user:{member.user_id}", now=now)


async def plan_renewed(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Word to the person that somebody vouched for them again."""
    await _plan(session, member, RENEWED, f"user:{member.user_id}", now=now)


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

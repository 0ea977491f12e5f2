"""Which messages an event brings with it: planned in the transaction of the event."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.members.matching import matches_for
from data.members.rows import Member
from data.models import DeliveryRow

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
# One message to several newcomers, and the reminders of those; word to several who were on a moderator's list.
TOGETHER = "onboarding.welcome.together"
NUDGE_TOGETHER = "onboarding.nudge.together"
IMPORTED = "onboarding.imported"
SURGE = "onboarding.surge"
# An introduction is written anew: somebody who is named in it, or whom it is about, changed who may see what.
REVISION = "onboarding.introduction.again"
COUNTRY_WORD = "onboarding.country"
# Where the details of an introduction tell who is named in it: their numbers.
NAMED = "named"
# What stands before a member's own id in what their deliveries are about.
SUBJECT = "member:"

# When those who joined and did not ask yet are reminded, once each; a reminder is of use for a day.
NUDGES = (timedelta(days=1), timedelta(days=7))
NUDGE_SPAN = timedelta(days=1)

# Who joined longer ago is not welcomed any more.
WELCOME_SPAN = timedelta(days=1)


def subject_of(member: Member) -> str:
    """What deliveries about a member are about."""
    return f"{SUBJECT}{member.id}"


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
    """Ask the focal points of the person's country whether they know them: once a day at most for each version."""
    for user_id in users:
        await _plan(session, member, VOUCH, f"user:{user_id}", now=now, occurrence=f"{member.version}.{now:%Y-%m-%d}")


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
    elif before.hidden != member.hidden or before.matching != member.matching:
        await plan_revisions(session, member, now=now)
    if not member.in_review:
        await plan_roles(session, member, now=now)
        if member.listed and not before.directory and not await was_introduced(session, member):
            await plan_introduction(session, member, now=now)
        return
    await plan_card(session, member, odd=odd, now=now)


async def plan_roles(session: AsyncSession, member: Member, *, now: datetime, again: bool = False) -> None:
    """Let the person's roles follow their profile.

    Args:
        session: the transaction of the cause.
        member: as they now are.
        now: the time, aware.
        again: also where this was done before for the same version of the profile.
    """
    await _plan(session, member, ROLES, "server", now=now, occurrence=_anew(member, now) if again else None)


async def plan_introduction(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Introduce a member to the others, and name those whom they may want to meet."""
    named = [match.member.id for match in await matches_for(session, member)]
    await _plan(session, member, INTRODUCTION, "channel:introductions", now=now, details={NAMED: named})


async def plan_revisions(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Write those introductions anew that are about a member or name them, since less or more may be shown of them.

    Args:
        session: the transaction of the cause.
        member: who has changed something, left, or is about to be erased.
        now: the time, aware.
    """
    for subject in await introductions_with(session, member):
        await deliveries.plan(
            session,
            community_id=member.community_id,
            kind=REVISION,
            subject=subject,
            target="server",
            occurrence=f"{member.id}.{_anew(member, now)}",
            due_at=now,
            now=now,
        )


async def plan_revision(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Write the introduction of a member anew: who is named in it may have changed while it was being posted."""
    await _plan(session, member, REVISION, "server", now=now, occurrence=f"{member.id}.{_anew(member, now)}")


async def introductions_with(session: AsyncSession, member: Member) -> list[str]:
    """The subjects of the introductions that are about a member, or in which they are named."""
    query = select(DeliveryRow.subject, DeliveryRow.details).where(
        DeliveryRow.community_id == member.community_id,
        DeliveryRow.kind == INTRODUCTION,
        or_(DeliveryRow.subject == subject_of(member), cast(DeliveryRow.details, Text).contains(str(member.id))),
    )
    own = subject_of(member)
    found = [
        subject
        for subject, details in await session.execute(query)
        if subject == own or member.id in (details or {}).get(NAMED, ())
    ]
    return list(dict.fromkeys(found))


async def plan_country_word(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Tell the moderators that somebody gave or took a country's role by hand: once a day at most for each member."""
    await _plan(session, member, COUNTRY_WORD, "channel:queue", now=now, occurrence=f"{now:%Y-%m-%d}")


async def plan_withdrawal(session: AsyncSession, member: Member, *, now: datetime, again: bool = False) -> None:
    """Take the introduction of someone away who is not to be shown any more.

    Args:
        session: the transaction of the cause.
        member: as they now are.
        now: the time, aware.
        again: also where this was done before for the same version of the profile.
    """
    await _plan(session, member, WITHDRAWAL, "server", now=now, occurrence=_anew(member, now) if again else None)
    # Nor are they named any more where others are introduced.
    await plan_revisions(session, member, now=now)


async def plan_trouble(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Tell the moderators that roles could not be given or taken: once for each version of the profile."""
    await _plan(session, member, TROUBLE, "channel:queue", now=now)


def _anew(member: Member, now: datetime) -> str:
    return f"{member.version}.{now.isoformat()}"


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
    details: Mapping[str, Any] | None = None,
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

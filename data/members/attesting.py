"""Who vouches for whom: focal points of countries, and the word of somebody that a person speaks for whom they say.

A word is good for a while (a setting); a month before its end it is asked for again, and when it ends nobody being
asked in vain, the person is a member no more until somebody vouches for them again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Text, cast, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from data import audit, deliveries
from data.changes import record_change
from data.members import planning
from data.members.reading import get_by_user, get_member
from data.members.rows import APPROVED, LAPSED, LEFT, Member
from data.models import AttestationRow, DeliveryRow, FocalPointRow, MemberRow

# How long before its end a word is asked for again.
NOTICE = timedelta(days=30)
# Who says the same again sooner has pressed twice.
AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FocalPoint:
    """Somebody who speaks for a country here.

    Attributes:
        id: its own.
        user_id: who.
        country: ISO 3166-1 alpha-2.
        until: the end of it (UTC).
        named_by: the moderator who named them.
    """

    id: int
    user_id: int
    country: str
    until: datetime
    named_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """Somebody's word about a person.

    Attributes:
        id: grows with time.
        member_id: about whom.
        given_by: by whom; None once their data was erased.
        as_focal_point: whether they gave it as a focal point; else as a moderator.
        vouches: whether they vouch; else they said that they do not know the person.
        given_at: when (UTC).
        expires_at: until when it is good (UTC).
    """

    id: int
    member_id: int
    given_by: int | None
    as_focal_point: bool
    vouches: bool
    given_at: datetime
    expires_at: datetime


async def name_focal_point(
    session: AsyncSession, member: Member, *, until: datetime, by: int, now: datetime
) -> FocalPoint:
    """Make a member a focal point of their country, or move the end of it.

    Raises:
        ValueError: they are no member, or of no country.
    """
    if member.state != APPROVED or member.country is None:
        raise ValueError("a focal point is a member and speaks for a country")
    await session.execute(
        update(FocalPointRow)
        .where(*_active(member.community_id, now), FocalPointRow.user_id == member.user_id)
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    row = FocalPointRow(
        community_id=member.community_id,
        user_id=member.user_id,
        country=member.country,
        until=until,
        named_by=by,
        named_at=now,
    )
    session.add(row)
    await session.flush()
    await _note(session, member, "onboarding.focal", by, now)
    return _focal_point(row)


async def end_focal_point(session: AsyncSession, community_id: int, number: int, *, by: int, now: datetime) -> bool:
    """End it before its day. False where it has ended."""
    done = await session.execute(
        update(FocalPointRow)
        .where(*_active(community_id, now), FocalPointRow.id == number)
        .values(ended_at=now)
        .returning(FocalPointRow.user_id)
        .execution_options(synchronize_session=False)
    )
    ended = done.first()
    if ended is None:
        return False
    member = await get_by_user(session, community_id, ended[0])
    if member is not None:
        await _note(session, member, "onboarding.focal.end", by, now)
    return True


async def focal_points(
    session: AsyncSession, community_id: int, now: datetime, *, country: str | None = None
) -> list[FocalPoint]:
    """The focal points there are now, of one country if given: only those who are still members of it."""
    query = (
        select(FocalPointRow)
        .join(
            MemberRow,
            (MemberRow.community_id == FocalPointRow.community_id)
            & (MemberRow.user_id == FocalPointRow.user_id)
            & (MemberRow.country == FocalPointRow.country),
        )
        .where(*_active(community_id, now), MemberRow.state == APPROVED)
        .order_by(FocalPointRow.country, FocalPointRow.id)
    )
    if country is not None:
        query = query.where(FocalPointRow.country == country)
    return [_focal_point(row) for row in await session.scalars(query)]


async def may_vouch(session: AsyncSession, member: Member, user_id: int, now: datetime) -> bool:
    """Whether a user may vouch for this person as a focal point of their country.

    Nobody may for themselves, nor one focal point for another: that is for the moderators, who named them.
    """
    if user_id == member.user_id or member.country is None:
        return False
    found = {one.user_id for one in await focal_points(session, member.community_id, now, country=member.country)}
    return user_id in found and member.user_id not in found


async def attestations(session: AsyncSession, member_id: int) -> list[Attestation]:
    """What was said about a person, newest first."""
    query = select(AttestationRow).where(AttestationRow.member_id == member_id).order_by(AttestationRow.id.desc())
    return await _read(session, query)


async def valid_attestation(session: AsyncSession, member_id: int, now: datetime) -> Attestation | None:
    """The word that holds for a person longest, None where none does."""
    holding = [one for one in await attestations(session, member_id) if one.vouches and one.expires_at > now]
    return max(holding, key=lambda one: one.expires_at) if holding else None


async def attest(
    session: AsyncSession,
    member: Member,
    *,
    by: int,
    as_focal_point: bool,
    vouches: bool,
    keep: timedelta,
    now: datetime,
) -> Member:
    """Note somebody's word, and plan what follows when its time is over.

    Args:
        session: a write transaction.
        member: about whom.
        by: who gives it: a focal point of their country, or a moderator.
        as_focal_point: which of the two.
        vouches: whether they vouch, or do not know the person.
        keep: how long it is good.
        now: the time (UTC).

    Returns:
        The member: approved again where only this was missing. The same word said twice within a day counts once.

    Raises:
        ValueError: nobody vouches for themselves.
    """
    if by == member.user_id:
        raise ValueError("nobody vouches for themselves")
    member = await _locked(session, member)
    if await _said_already(session, member, by=by, as_focal_point=as_focal_point, vouches=vouches, now=now):
        return member
    row = AttestationRow(
        community_id=member.community_id,
        member_id=member.id,
        given_by=by,
        as_focal_point=as_focal_point,
        vouches=vouches,
        given_at=now,
        expires_at=now + keep,
    )
    session.add(row)
    await session.flush()
    await _note(session, member, "onboarding.vouch" if vouches else "onboarding.unknown", by, now)
    if not vouches:
        return member
    if member.state == LAPSED:
        await _set_state(session, member, APPROVED)
        await record_change(session, "member", member.id, member.community_id)
        member = await get_member(session, member.community_id, member.id) or member
        await planning.plan_roles(session, member, now=now)
        await planning.plan_renewed(session, member, now=now)
    if member.admitted:
        await plan_end(session, member, _attestation(row), now=now)
    return member


async def plan_end(session: AsyncSession, member: Member, word: Attestation, *, now: datetime) -> None:
    """Plan that a word is asked for again in time, and what happens when it is not given; in place of earlier plans."""
    for kind in (planning.RENEW, planning.RENEW_ASK, planning.LAPSE):
        await deliveries.cancel_pending(
            session,
            subject=planning.subject_of(member),
            kind=kind,
            reason="replaced",
            now=now,
            community_id=member.community_id,
        )
    await planning.plan_attestation_end(session, member, word.id, word.expires_at, notice=NOTICE, now=now)


async def plan_missing_ends(session: AsyncSession, now: datetime, limit: int) -> int:
    """Plan the end of words that are over within a month and of which nothing was planned: those of an earlier release.

    Args:
        session: a write transaction.
        now: the time (UTC).
        limit: how many at most.

    Returns:
        How many there were.
    """
    later = aliased(AttestationRow)
    longer = select(later.id).where(
        later.member_id == AttestationRow.member_id, later.vouches, later.expires_at > AttestationRow.expires_at
    )
    planned = select(DeliveryRow.id).where(
        DeliveryRow.subject == literal("member:").concat(cast(AttestationRow.member_id, Text)),
        DeliveryRow.kind == planning.LAPSE,
        DeliveryRow.occurrence == literal("word:").concat(cast(AttestationRow.id, Text)),
    )
    query = (
        select(AttestationRow)
        .join(MemberRow, MemberRow.id == AttestationRow.member_id)
        .where(
            MemberRow.state == APPROVED,
            AttestationRow.vouches,
            AttestationRow.expires_at > now,
            AttestationRow.expires_at <= now + NOTICE,
            ~longer.exists(),
            ~planned.exists(),
        )
    )
    rows = (await session.scalars(query.order_by(AttestationRow.id).limit(limit))).all()
    found = [(row.community_id, _attestation(row)) for row in rows]
    for community_id, word in found:
        member = await get_member(session, community_id, word.member_id)
        if member is not None:
            await planning.plan_attestation_end(session, member, word.id, word.expires_at, notice=NOTICE, now=now)
    return len(found)


async def lapse(session: AsyncSession, community_id: int, member_id: int, now: datetime) -> Member | None:
    """End the membership of someone for whom nobody's word holds any more.

    Returns:
        The member, lapsed; None where somebody vouches for them, or they are no member.
    """
    member = await get_member(session, community_id, member_id)
    member = None if member is None else await _locked(session, member)
    if member is None or member.state != APPROVED or await valid_attestation(session, member_id, now) is not None:
        return None
    await _set_state(session, member, LAPSED)
    await record_change(session, "member", member.id, community_id)
    await _note(session, member, "member.lapse", None, now)
    lapsed = await get_member(session, community_id, member_id)
    if lapsed is None:
        raise LookupError("a member vanished while lapsing")
    await planning.plan_roles(session, lapsed, now=now)
    await planning.plan_withdrawal(session, lapsed, now=now)
    await planning.plan_lapsed(session, lapsed, now=now)
    return lapsed


async def _locked(session: AsyncSession, member: Member) -> Member:
    """The member as they are, and as they stay until the transaction ends: a word and a lapse wait for each other."""
    await session.execute(select(MemberRow.id).where(MemberRow.id == member.id).with_for_update())
    return await get_member(session, member.community_id, member.id) or member


async def _said_already(
    session: AsyncSession, member: Member, *, by: int, as_focal_point: bool, vouches: bool, now: datetime
) -> bool:
    """Whether somebody has just said the same, and it still stands."""
    query = select(AttestationRow).where(AttestationRow.member_id == member.id, AttestationRow.given_by == by)
    last = await _read(session, query.order_by(AttestationRow.id.desc()).limit(1))
    return any(
        (one.vouches, one.as_focal_point) == (vouches, as_focal_point)
        and now - one.given_at < AGAIN_AFTER
        and one.expires_at > now
        for one in last
    )


async def _set_state(session: AsyncSession, member: Member, state: str) -> None:
    await session.execute(
        update(MemberRow)
        .where(MemberRow.id == member.id, MemberRow.state != LEFT)
        .values(state=state, version=MemberRow.version + 1)
        .execution_options(synchronize_session=False)
    )


def _active(community_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        FocalPointRow.community_id == community_id,
        FocalPointRow.ended_at.is_(None),
        FocalPointRow.until > now,
    )


async def _read(session: AsyncSession, query: Select[AttestationRow]) -> list[Attestation]:
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [_attestation(row) for row in rows]


def _attestation(row: AttestationRow) -> Attestation:
    return Attestation(
        id=row.id,
        member_id=row.member_id,
        given_by=row.given_by,
        as_focal_point=row.as_focal_point,
        vouches=row.vouches,
        given_at=row.given_at,
        expires_at=row.expires_at,
    )


def _focal_point(row: FocalPointRow) -> FocalPoint:
    return FocalPoint(id=row.id, user_id=row.user_id, country=row.country, until=row.until, named_by=row.named_by)


async def _note(session: AsyncSession, member: Member, action: str, by: int | None, now: datetime) -> None:
    await audit.record(
        session,
        community_id=member.community_id,
        at=now,
        actor_id=by,
        action=action,
        object_kind="member",
        object_id=member.id,
    )

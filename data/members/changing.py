"""What happens to a member; each change is noted for the audit log and the search in its own transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.audit import record
from data.changes import record_change
from data.members.reading import get_by_user
from data.members.rows import (
    APPROVED,
    DECLINED,
    DIRECTORY,
    LEFT,
    MATCHING,
    PENDING,
    TRANSLATION,
    Member,
    Profile,
    of,
)
from data.models import AttestationRow, ConsentRow, DepartureRow, MemberKeyAreaRow, MemberRow
from data.statements import upsert


async def submit_member(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    profile: Profile,
    *,
    notice_version: str,
    now: datetime,
) -> Member:
    """Note that a person asks to be a member, for the first time or again; earlier decisions are forgotten.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who.
        profile: what they say of themselves.
        notice_version: which privacy notice they were shown.
        now: the time, aware.
    """
    fresh = {
        "state": PENDING,
        "submitted_at": now,
        "decided_at": None,
        "decided_by": None,
        "decision_reason": None,
        "question": None,
        "question_by": None,
        "answer": None,
        "left_at": None,
    }
    row = await _locked(session, community_id, user_id)
    if row is None:
        row = MemberRow(community_id=community_id, user_id=user_id, version=1, **_columns(profile), **fresh)
        session.add(row)
    else:
        await _end_words(session, row, profile, now)
        _set(row, {**_columns(profile), **fresh, "version": row.version + 1})
    await session.flush()
    return await _saved(session, row, profile, notice_version=notice_version, now=now, action="onboarding.submit")


async def update_profile(
    session: AsyncSession,
    member: Member,
    profile: Profile,
    *,
    review: bool,
    notice_version: str,
    now: datetime,
) -> Member | None:
    """Change the profile of someone who was approved.

    Args:
        session: a write transaction.
        member: as they were when they began to change it.
        profile: all of what they now say of themselves.
        review: whether a moderator has to look at it again; until then others do not see it.
        notice_version: which privacy notice they were shown.
        now: the time, aware.

    Returns:
        The member, or None where they are no longer as `member` says.
    """
    row = await _locked(session, member.community_id, member.user_id)
    if row is None or row.version != member.version or not member.admitted:
        return None
    changed: dict[str, Any] = {"version": row.version + 1}
    if review:
        changed |= {"state": PENDING, "submitted_at": now}
    await _end_words(session, row, profile, now)
    _set(row, _columns(profile) | changed)
    await session.flush()
    return await _saved(session, row, profile, notice_version=notice_version, now=now, action="profile.edit")


async def decide(
    session: AsyncSession, member: Member, *, approved: bool, by: int, now: datetime, reason: str | None = None
) -> Member | None:
    """Decide on someone who waits. Of several who decide at once, one does.

    Args:
        session: a write transaction.
        member: as the moderator saw them.
        approved: let them in, or not.
        by: the moderator.
        now: the time, aware.
        reason: why not, for the person to read.

    Returns:
        The member as decided, or None where they no longer wait or have changed since.
    """
    done = await session.execute(
        update(MemberRow)
        .where(MemberRow.id == member.id, MemberRow.state == PENDING, MemberRow.version == member.version)
        .values(
            state=APPROVED if approved else DECLINED,
            decided_at=now,
            decided_by=by,
            decision_reason=None if approved else reason,
            version=member.version + 1,
        )
        .returning(MemberRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    action = "onboarding.approve" if approved else "onboarding.decline"
    return await _noted(session, member.community_id, member.user_id, actor=by, action=action, now=now)


async def ask_question(
    session: AsyncSession, member: Member, question: str, *, by: int, now: datetime
) -> Member | None:
    """Ask someone who waits for a decision; the card stays as good as it was.

    Returns:
        The member, or None where they wait no more or have changed since.
    """
    values = {"question": question, "question_by": by, "answer": None}
    if not await _while_pending(session, member, values):
        return None
    return await _noted(session, member.community_id, member.user_id, actor=by, action="onboarding.ask", now=now)


async def answer_question(session: AsyncSession, member: Member, answer: str, *, now: datetime) -> Member | None:
    """Answer what a moderator asked; the request counts as changed.

    Returns:
        The member, or None where nothing is asked any more.
    """
    values = {"answer": answer, "version": member.version + 1}
    if member.question is None or not await _while_pending(session, member, values):
        return None
    user_id = member.user_id
    return await _noted(session, member.community_id, user_id, actor=user_id, action="onboarding.answer", now=now)


async def _while_pending(session: AsyncSession, member: Member, values: dict[str, Any]) -> bool:
    done = await session.execute(
        update(MemberRow)
        .where(MemberRow.id == member.id, MemberRow.state == PENDING, MemberRow.version == member.version)
        .values(**values)
        .returning(MemberRow.id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def mark_left(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> Member | None:
    """Note that a person left the server, also one who came back and said nothing; from now on nobody finds them.

    Returns:
        The member, or None where there was nothing to note.
    """
    here = or_(MemberRow.state != LEFT, MemberRow.left_at.is_(None))
    done = await session.execute(
        update(MemberRow)
        .where(MemberRow.community_id == community_id, MemberRow.user_id == user_id, here)
        .values(state=LEFT, left_at=now, placed=[], version=MemberRow.version + 1)
        .returning(MemberRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    return await _noted(session, community_id, user_id, actor=user_id, action="member.leave", now=now)


async def mark_returned(session: AsyncSession, community_id: int, user_ids: Collection[int]) -> None:
    """Note that people who had left are back: what they wrote is kept until they send it again, or leave again."""
    await session.execute(
        update(MemberRow)
        .where(MemberRow.community_id == community_id, MemberRow.user_id.in_(user_ids), MemberRow.state == LEFT)
        .values(left_at=None)
        .execution_options(synchronize_session=False)
    )
    gone = delete(DepartureRow).where(DepartureRow.community_id == community_id, DepartureRow.user_id.in_(user_ids))
    await session.execute(gone.execution_options(synchronize_session=False))


async def follow_roles(
    session: AsyncSession,
    member: Member,
    *,
    key_areas: Collection[str],
    languages: Collection[str],
    details: Mapping[str, Any],
    now: datetime,
) -> Member | None:
    """Let a profile follow roles that somebody gave or took in Discord.

    Args:
        session: a write transaction.
        member: as they were when it was seen.
        key_areas: what they work on now.
        languages: what they work in now.
        details: for the audit log: which roles; who did it is not told to the bot.
        now: the time, aware.

    Returns:
        The member, or None where they are no longer as `member` says.
    """
    row = await _locked(session, member.community_id, member.user_id)
    if row is None or row.version != member.version:
        return None
    _set(row, {"languages": list(languages), "version": row.version + 1})
    await _save_key_areas(session, row.id, key_areas)
    await session.flush()
    return await _noted(
        session,
        member.community_id,
        member.user_id,
        actor=None,
        action="profile.roles",
        now=now,
        details=details,
    )


async def set_placed(session: AsyncSession, member: Member, roles: Collection[int]) -> None:
    """Note which roles that follow the profile are in place; not a change of the profile itself."""
    await session.execute(
        update(MemberRow)
        .where(MemberRow.id == member.id)
        .values(placed=list(roles))
        .execution_options(synchronize_session=False)
    )


async def _end_words(session: AsyncSession, row: MemberRow, profile: Profile, now: datetime) -> None:
    """What others vouched for is true no more where a person speaks for another country, or another kind of body."""
    if (row.country, row.organisation_kind) == (profile.country, profile.organisation_kind):
        return
    await session.execute(
        update(AttestationRow)
        .where(AttestationRow.member_id == row.id, AttestationRow.expires_at > now)
        .values(expires_at=now)
        .execution_options(synchronize_session=False)
    )


async def _save_key_areas(session: AsyncSession, member_id: int, key_areas: Collection[str]) -> None:
    await session.execute(delete(MemberKeyAreaRow).where(MemberKeyAreaRow.member_id == member_id))
    session.add_all(MemberKeyAreaRow(member_id=member_id, key_area=area) for area in dict.fromkeys(key_areas))


async def _locked(session: AsyncSession, community_id: int, user_id: int) -> MemberRow | None:
    query = of(community_id).where(MemberRow.user_id == user_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one_or_none()


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "country": profile.country,
        "organisation_kind": profile.organisation_kind,
        "organisation": profile.organisation,
        "role": profile.role,
        "languages": list(profile.languages),
        "offers": profile.offers,
        "seeks": profile.seeks,
        "language": profile.language,
        "hidden": dict(profile.hidden),
    }


def _set(row: MemberRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


async def _saved(
    session: AsyncSession, row: MemberRow, profile: Profile, *, notice_version: str, now: datetime, action: str
) -> Member:
    """Save what stands in other tables, and note the change."""
    await _save_key_areas(session, row.id, profile.key_areas)
    consents = {DIRECTORY: profile.directory, MATCHING: profile.matching, TRANSLATION: profile.translation}
    for purpose, given in consents.items():
        await _save_consent(session, row.id, purpose, given=given, notice_version=notice_version, now=now)
    await session.flush()
    return await _noted(session, row.community_id, row.user_id, actor=row.user_id, action=action, now=now)


async def _save_consent(
    session: AsyncSession, member_id: int, purpose: str, *, given: bool, notice_version: str, now: datetime
) -> None:
    kept = await session.get(ConsentRow, (member_id, purpose), populate_existing=True)
    if given:
        if kept is None or kept.withdrawn_at is not None or kept.notice_version != notice_version:
            key = {"member_id": member_id, "purpose": purpose}
            values = {"notice_version": notice_version, "given_at": now, "withdrawn_at": None}
            await upsert(session, ConsentRow, key, values)
    elif kept is not None and kept.withdrawn_at is None:
        kept.withdrawn_at = now


async def _noted(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    *,
    actor: int | None,
    action: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> Member:
    """The member as they now are, once the audit log and the search know of the change."""
    member = await get_by_user(session, community_id, user_id)
    if member is None:
        raise LookupError("a member vanished while being saved")
    await record(
        session,
        community_id=community_id,
        at=now,
        actor_id=actor,
        action=action,
        object_kind="member",
        object_id=member.id,
        details={"state": member.state, "version": member.version, **(details or {})},
    )
    await record_change(session, "member", member.id, community_id)
    return member

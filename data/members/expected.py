"""People whom a moderator listed: those who are here become members at once, the others when they join."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_changes
from data.members import planning
from data.members.attesting import NOTICE
from data.members.rows import APPROVED, Member, Profile, of, read
from data.members.visibility import MODERATORS, visible
from data.models import AttestationRow, ExpectedRow, MemberKeyAreaRow, MemberRow

# Who has not come by then is forgotten.
EXPECTED_KEPT = timedelta(days=180)
# Told in one message that they are in.
TOLD_TOGETHER = 25
# Of so many who came, all who are expected are looked through instead of asking for each.
MANY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a moderator's list.

    Attributes:
        user_id: their Discord id, if it is known.
        user_name: else their user name, in small letters. No two accounts have the same.
        here: whether they are in the server already; then the id is known.
        profile: what the list says of them. They have agreed to nothing.
    """

    user_id: int | None
    user_name: str | None
    here: bool
    profile: Profile


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list.

    Attributes:
        admitted: how many are members now.
        expected: how many become members when they join.
        known: how many were left as they are, having said themselves who they are.
    """

    admitted: int
    expected: int
    known: int


async def known_users(session: AsyncSession, community_id: int, user_ids: Collection[int]) -> set[int]:
    """Those of these users who have said themselves who they are, whatever was decided, or were listed before."""
    query = select(MemberRow.user_id).where(MemberRow.community_id == community_id)
    return set(await session.scalars(query)) & set(user_ids)


async def import_people(
    session: AsyncSession, community_id: int, people: Sequence[Listed], *, by: int, keep: timedelta, now: datetime
) -> Imported:
    """Take in a list: nothing that a person said themselves is written over.

    Args:
        session: a write transaction.
        community_id: where.
        people: each once.
        by: the moderator, who vouches for all of them.
        keep: how long that is good.
        now: the time (UTC).

    Raises:
        ValueError: the moderator is on the list themselves.
    """
    ids = [one.user_id for one in people if one.user_id is not None]
    if by in ids:
        raise ValueError("nobody vouches for themselves")
    known = await known_users(session, community_id, ids)
    new = [one for one in people if one.user_id not in known]
    here = [(one.user_id, one.profile, by) for one in new if one.here and one.user_id is not None]
    await _forget(session, community_id, ids, [one.user_name for one in new if one.user_name is not None])
    away = [one for one in new if not one.here]
    session.add_all(_expected(community_id, one, by, now) for one in away)
    await session.flush()
    await _admit(session, community_id, here, keep=keep, now=now)
    done = Imported(len(here), len(away), len(people) - len(new))
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action="onboarding.import",
        object_kind="list",
        object_id=len(people),
        details={"admitted": done.admitted, "expected": done.expected, "known": done.known},
    )
    return done


async def admit_expected(
    session: AsyncSession, community_id: int, joined: Mapping[int, str | None], *, keep: timedelta, now: datetime
) -> set[int]:
    """Make members of those who joined and are expected.

    Who is listed by their id is known by nothing else. A user name counts only as Discord has it now, never the name
    that somebody shows; the word of a moderator who was forgotten since counts no more.

    Args:
        session: a write transaction.
        community_id: where.
        joined: user ids, and their user names; None where an account has none that is its own.
        keep: how long the moderator's word is good.
        now: the time (UTC).

    Returns:
        The ids of those who are members now.
    """
    users = {name: user_id for user_id, name in joined.items() if name is not None}
    query = select(ExpectedRow).where(ExpectedRow.community_id == community_id)
    if len(joined) <= MANY:
        query = query.where(or_(ExpectedRow.user_id.in_(joined), ExpectedRow.user_name.in_(users)))
    rows = list(await session.scalars(query.execution_options(populate_existing=True)))
    found: dict[int, ExpectedRow] = {}
    # Those with an id come last, and stay.
    for row in sorted(rows, key=lambda one: one.user_id is not None):
        user_id = row.user_id if row.user_id is not None else users.get(row.user_name or "")
        if user_id is not None and user_id in joined:
            found[user_id] = row
    if not found:
        return set()
    known = await known_users(session, community_id, found)
    admitted = [
        (user_id, _profile(row), row.listed_by)
        for user_id, row in found.items()
        if user_id not in known and row.listed_by and row.listed_by != user_id
    ]
    names = [name for name, user_id in users.items() if user_id in found]
    await _forget(session, community_id, list(found), names)
    await _admit(session, community_id, admitted, keep=keep, now=now)
    return {user_id for user_id, _, _ in admitted}


async def forget_expected(session: AsyncSession, now: datetime) -> int:
    """Forget those who have not come; returns how many."""
    done = await session.execute(
        delete(ExpectedRow)
        .where(ExpectedRow.listed_at <= now - EXPECTED_KEPT)
        .returning(ExpectedRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


async def count_expected(session: AsyncSession, community_id: int) -> int:
    """How many are still to come."""
    query = select(func.count()).where(ExpectedRow.community_id == community_id)
    return (await session.execute(query)).scalar_one()


async def _forget(session: AsyncSession, community_id: int, ids: Sequence[int], names: Sequence[str]) -> None:
    """Take lines out of the list of those who are to come."""
    for column, values in ((ExpectedRow.user_id, ids), (ExpectedRow.user_name, names)):
        for start in range(0, len(values), MANY):
            gone = delete(ExpectedRow).where(
                ExpectedRow.community_id == community_id, column.in_(values[start : start + MANY])
            )
            await session.execute(gone.execution_options(synchronize_session=False))


async def _admit(
    session: AsyncSession,
    community_id: int,
    people: Sequence[tuple[int, Profile, int]],
    *,
    keep: timedelta,
    now: datetime,
) -> None:
    """Make members of people who have no profile yet, a few statements for all of them; each with who vouches."""
    if not people:
        return
    rows = [_row(community_id, user_id, profile, by, now) for user_id, profile, by in people]
    session.add_all(rows)
    await session.flush()
    words = [
        AttestationRow(
            community_id=community_id,
            member_id=row.id,
            given_by=by,
            as_focal_point=False,
            vouches=True,
            given_at=now,
            expires_at=now + keep,
        )
        for row, (_, _, by) in zip(rows, people, strict=True)
    ]
    session.add_all(words)
    session.add_all(
        MemberKeyAreaRow(member_id=row.id, key_area=area)
        for row, (_, profile, _) in zip(rows, people, strict=True)
        for area in profile.key_areas
    )
    await session.flush()
    for by in dict.fromkeys(by for _, _, by in people):
        of_one = [row.id for row, (_, _, other) in zip(rows, people, strict=True) if other == by]
        await audit.record_all(
            session,
            community_id=community_id,
            at=now,
            actor_id=by,
            action="onboarding.vouch",
            object_kind="member",
            object_ids=of_one,
        )
    await record_changes(session, "member", [row.id for row in rows], community_id)
    await deliveries.plan_many(session, list(_plans(rows, words, now)), now=now)
    await deliveries.plan_many(session, _tellings(community_id, [row.id for row in rows], now), now=now)


def _plans(rows: Sequence[MemberRow], words: Sequence[AttestationRow], now: datetime) -> list[dict[str, Any]]:
    """Roles for each, and what follows when the moderator's word ends."""
    plans: list[dict[str, Any]] = []
    for row, word in zip(rows, words, strict=True):
        of_row = {"community_id": row.community_id, "subject": f"member:{row.id}"}
        plans.append({**of_row, "kind": planning.ROLES, "target": "server", "occurrence": "1", "due_at": now})
        early, over = max(word.expires_at - NOTICE, now), word.expires_at
        of_word = {**of_row, "occurrence": f"word:{word.id}"}
        plans += [
            {**of_word, "kind": kind, "target": target, "due_at": due, "expires_at": end}
            for kind, target, due, end in (
                (planning.RENEW_ASK, "channel:queue", early, over),
                (planning.RENEW, f"user:{row.user_id}", early, over),
                (planning.LAPSE, "server", over, None),
            )
        ]
    return plans


def _tellings(community_id: int, ids: Sequence[int], now: datetime) -> list[dict[str, Any]]:
    """Word to them that they are in: some in one message, by their numbers, which lead nowhere once they are erased."""
    groups = [ids[start : start + TOLD_TOGETHER] for start in range(0, len(ids), TOLD_TOGETHER)]
    return [
        {
            "community_id": community_id,
            "kind": planning.IMPORTED,
            "subject": f"members:{group[0]}-{group[-1]}",
            "target": "channel:welcome",
            "due_at": now,
            "details": {"members": list(group)},
        }
        for group in groups
    ]


def _row(community_id: int, user_id: int, profile: Profile, by: int, now: datetime) -> MemberRow:
    return MemberRow(
        community_id=community_id,
        user_id=user_id,
        version=1,
        state=APPROVED,
        submitted_at=now,
        decided_at=now,
        decided_by=by,
        language=profile.language,
        **_said(profile),
    )


def _expected(community_id: int, one: Listed, by: int, now: datetime) -> ExpectedRow:
    profile = one.profile
    # Two ways to find one person are one too many: a name can go to somebody else.
    name = one.user_name if one.user_id is None else None
    return ExpectedRow(
        community_id=community_id,
        user_id=one.user_id,
        user_name=name,
        key_areas=list(profile.key_areas),
        language=profile.language,
        listed_by=by,
        listed_at=now,
        **_said(profile),
    )


def _said(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "country": profile.country,
        "organisation_kind": profile.organisation_kind,
        "organisation": profile.organisation,
        "role": profile.role,
        "languages": list(profile.languages),
        "offers": profile.offers,
        "seeks": profile.seeks,
    }


def _profile(row: ExpectedRow) -> Profile:
    return Profile(
        name=row.name,
        country=row.country,
        organisation_kind=row.organisation_kind,
        organisation=row.organisation,
        role=row.role,
        key_areas=tuple(row.key_areas),
        languages=tuple(row.languages),
        offers=row.offers,
        seeks=row.seeks,
        language=row.language,
        directory=False,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A member as moderators may keep them in a list.

    Attributes:
        member: without what they show to nobody.
        until: until when somebody vouches for them (UTC), if anybody does.
    """

    member: Member
    until: datetime | None


async def list_members(session: AsyncSession, community_id: int, now: datetime) -> list[Held]:
    """All members of a community by name, as moderators may see them."""
    query = of(community_id).where(or_(MemberRow.state == APPROVED, MemberRow.decided_at.is_not(None)))
    found = await read(session, query.order_by(func.lower(MemberRow.name), MemberRow.id))
    holding = (
        select(AttestationRow.member_id, func.max(AttestationRow.expires_at))
        .where(AttestationRow.community_id == community_id, AttestationRow.vouches, AttestationRow.expires_at > now)
        .group_by(AttestationRow.member_id)
    )
    until = {row[0]: row[1] for row in await session.execute(holding)}
    return [Held(visible(one, MODERATORS), until.get(one.id)) for one in found if one.admitted]

"""People who asked to be members, or are: what they say of themselves, and what was decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.audit import record
from data.changes import record_change
from data.models import ConsentRow, DeliveryRow, KeyAreaRow, MemberKeyAreaRow, MemberRow
from data.statements import upsert

PENDING = "pending"
APPROVED = "approved"
DECLINED = "declined"
LEFT = "left"

# The purpose of a consent: to be found by other members, and to be introduced to them.
DIRECTORY = "directory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person says of themselves.

    Attributes:
        name: how the server shows them, at the time.
        country: ISO 3166-1 alpha-2; None where they speak for no country.
        organisation_kind: a code, for instance `ministry`.
        organisation: its name.
        role: their post in it.
        key_areas: ids of key areas, in the Network's order.
        languages: ISO 639-1 codes of the languages they work in.
        offers: what they can share; may be empty.
        seeks: what they look for; may be empty.
        language: one of `data.languages.LANGUAGES`, in which they filled the form.
        directory: whether they agree to be found by other members, and introduced to them.
    """

    name: str
    country: str | None
    organisation_kind: str
    organisation: str
    role: str
    key_areas: tuple[str, ...]
    languages: tuple[str, ...]
    offers: str
    seeks: str
    language: str
    directory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Profile):
    """A person who asked to be a member, or is one, or was.

    Attributes:
        id: their own number, never used again.
        community_id: where.
        user_id: their Discord id.
        state: `pending`, `approved`, `declined` or `left`.
        submitted_at: when they last asked (UTC).
        decided_at: when a moderator last decided (UTC). Of a pending member it tells that they were approved before.
        decided_by: the user who decided.
        decision_reason: why they were declined, in the moderator's words.
        left_at: when they left the server (UTC).
        version: grows with every change.
    """

    id: int
    community_id: int
    user_id: int
    state: str
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: int | None
    decision_reason: str | None
    left_at: datetime | None
    version: int

    @property
    def listed(self) -> bool:
        """Whether other members may see the profile."""
        return self.state == APPROVED and self.directory

    @property
    def in_review(self) -> bool:
        """Whether a member once approved waits for a new decision, having changed what the first one rested on."""
        return self.state == PENDING and self.decided_at is not None

    @property
    def admitted(self) -> bool:
        """Whether they may do what members may."""
        return self.state == APPROVED or self.in_review


# Reading --------------------------------------------------------------------------------------------------------------


async def get_member(session: AsyncSession, community_id: int, member_id: int) -> Member | None:
    """A member of a community by number, whatever their state."""
    found = await _read(session, _of(community_id).where(MemberRow.id == member_id))
    return found[0] if found else None


async def get_by_user(session: AsyncSession, community_id: int, user_id: int) -> Member | None:
    """What a community holds about a user."""
    found = await _read(session, _of(community_id).where(MemberRow.user_id == user_id))
    return found[0] if found else None


async def list_pending(session: AsyncSession, community_id: int, *, limit: int = 25, offset: int = 0) -> list[Member]:
    """Those who wait for a decision, the longest waiting first."""
    query = _of(community_id).where(MemberRow.state == PENDING)
    return await _read(session, query.order_by(MemberRow.submitted_at, MemberRow.id).limit(limit).offset(offset))


async def count_pending(session: AsyncSession, community_id: int) -> int:
    """How many wait for a decision."""
    query = select(func.count()).where(MemberRow.community_id == community_id, MemberRow.state == PENDING)
    return (await session.execute(query)).scalar_one()


async def members_of_key_area(
    session: AsyncSession, community_id: int, key_area: str, *, limit: int = 10, offset: int = 0
) -> list[Member]:
    """Members who work in a key area and may be shown to others, by name."""
    query = (
        _listed(_of(community_id))
        .join(MemberKeyAreaRow, MemberKeyAreaRow.member_id == MemberRow.id)
        .where(MemberKeyAreaRow.key_area == key_area)
    )
    return await _read(session, query.order_by(func.lower(MemberRow.name), MemberRow.id).limit(limit).offset(offset))


async def users_present(session: AsyncSession, community_id: int) -> set[int]:
    """The user ids of all who are not noted as having left."""
    query = select(MemberRow.user_id).where(MemberRow.community_id == community_id, MemberRow.state != LEFT)
    return set(await session.scalars(query))


async def members_with_trouble(session: AsyncSession, community_id: int, kind: str) -> list[Member]:
    """Those about whom, as they now are, word of a trouble was planned.

    Args:
        session: any transaction.
        community_id: where.
        kind: the kind of delivery that tells of the trouble; its subject names the member, its occurrence the version.
    """
    told = select(DeliveryRow.subject, DeliveryRow.occurrence).where(
        DeliveryRow.community_id == community_id, DeliveryRow.kind == kind
    )
    versions = {(subject.partition(":")[2], version) for subject, version in await session.execute(told)}
    ids = sorted({int(member_id) for member_id, _ in versions})
    found = await _read(session, _of(community_id).where(MemberRow.id.in_(ids))) if ids else []
    return [member for member in found if (str(member.id), str(member.version)) in versions]


# Changing -------------------------------------------------------------------------------------------------------------


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
        "left_at": None,
    }
    row = await _locked(session, community_id, user_id)
    if row is None:
        row = MemberRow(community_id=community_id, user_id=user_id, version=1, **_columns(profile), **fresh)
        session.add(row)
    else:
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


async def mark_left(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> Member | None:
    """Note that a person left the server; from now on nobody finds them.

    Returns:
        The member, or None where there was nothing to note.
    """
    done = await session.execute(
        update(MemberRow)
        .where(MemberRow.community_id == community_id, MemberRow.user_id == user_id, MemberRow.state != LEFT)
        .values(state=LEFT, left_at=now, version=MemberRow.version + 1)
        .returning(MemberRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    return await _noted(session, community_id, user_id, actor=user_id, action="member.leave", now=now)


# Inside ---------------------------------------------------------------------------------------------------------------


def _of(community_id: int) -> Select[MemberRow]:
    return select(MemberRow).where(MemberRow.community_id == community_id)


def _listed(query: Select[MemberRow]) -> Select[MemberRow]:
    """Only those whom other members may see."""
    return query.join(ConsentRow, ConsentRow.member_id == MemberRow.id).where(
        MemberRow.state == APPROVED, ConsentRow.purpose == DIRECTORY, ConsentRow.withdrawn_at.is_(None)
    )


async def _locked(session: AsyncSession, community_id: int, user_id: int) -> MemberRow | None:
    query = _of(community_id).where(MemberRow.user_id == user_id).with_for_update()
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
    }


def _set(row: MemberRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


async def _saved(
    session: AsyncSession, row: MemberRow, profile: Profile, *, notice_version: str, now: datetime, action: str
) -> Member:
    """Save what stands in other tables, and note the change."""
    await session.execute(delete(MemberKeyAreaRow).where(MemberKeyAreaRow.member_id == row.id))
    session.add_all(MemberKeyAreaRow(member_id=row.id, key_area=area) for area in dict.fromkeys(profile.key_areas))
    await _save_consent(session, row.id, given=profile.directory, notice_version=notice_version, now=now)
    await session.flush()
    return await _noted(session, row.community_id, row.user_id, actor=row.user_id, action=action, now=now)


async def _save_consent(
    session: AsyncSession, member_id: int, *, given: bool, notice_version: str, now: datetime
) -> None:
    kept = await session.get(ConsentRow, (member_id, DIRECTORY), populate_existing=True)
    if given:
        if kept is None or kept.withdrawn_at is not None or kept.notice_version != notice_version:
            key = {"member_id": member_id, "purpose": DIRECTORY}
            values = {"notice_version": notice_version, "given_at": now, "withdrawn_at": None}
            await upsert(session, ConsentRow, key, values)
    elif kept is not None and kept.withdrawn_at is None:
        kept.withdrawn_at = now


async def _noted(
    session: AsyncSession, community_id: int, user_id: int, *, actor: int, action: str, now: datetime
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
        details={"state": member.state, "version": member.version},
    )
    await record_change(session, "member", member.id, community_id)
    return member


async def _read(session: AsyncSession, query: Select[MemberRow]) -> list[Member]:
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    ids = [row.id for row in rows]
    areas = await _key_areas(session, ids)
    agreed = await _agreed(session, ids)
    return [_member(row, areas[row.id], directory=row.id in agreed) for row in rows]


async def _key_areas(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[str]]:
    areas: dict[int, list[str]] = {member_id: [] for member_id in ids}
    if ids:
        query = (
            select(MemberKeyAreaRow.member_id, KeyAreaRow.id)
            .join(KeyAreaRow, KeyAreaRow.id == MemberKeyAreaRow.key_area)
            .where(MemberKeyAreaRow.member_id.in_(ids))
            .order_by(KeyAreaRow.position)
        )
        for member_id, area in await session.execute(query):
            areas[member_id].append(area)
    return areas


async def _agreed(session: AsyncSession, ids: Collection[int]) -> set[int]:
    if not ids:
        return set()
    query = select(ConsentRow.member_id).where(
        ConsentRow.member_id.in_(ids), ConsentRow.purpose == DIRECTORY, ConsentRow.withdrawn_at.is_(None)
    )
    return set(await session.scalars(query))


def _member(row: MemberRow, key_areas: list[str], *, directory: bool) -> Member:
    return Member(
        id=row.id,
        community_id=row.community_id,
        user_id=row.user_id,
        state=row.state,
        name=row.name,
        country=row.country,
        organisation_kind=row.organisation_kind,
        organisation=row.organisation,
        role=row.role,
        key_areas=tuple(key_areas),
        languages=tuple(row.languages),
        offers=row.offers,
        seeks=row.seeks,
        language=row.language,
        directory=directory,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason,
        left_at=row.left_at,
        version=row.version,
    )

"""A member as they are handed out, and what reading and changing share."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import ConsentRow, KeyAreaRow, MemberKeyAreaRow, MemberRow

PENDING = "pending"
APPROVED = "approved"
DECLINED = "declined"
# Nobody vouched for them again in time.
LAPSED = "lapsed"
LEFT = "left"

# The purposes of consents: to be found by other members and introduced to them; to be brought together with those who
# seek what one offers; to have what one wrote put into other languages.
DIRECTORY = "directory"
MATCHING = "matching"
TRANSLATION = "translation"
PURPOSES = (DIRECTORY, MATCHING, TRANSLATION)
# Of what people are told before they agree, kept with each answer: counted up when that comes to say something else.
NOTICE_VERSION = "2"


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
        matching: whether they agree to be named to those who look for what they offer, and these to them.
        translation: whether they agree that what they wrote is put into other languages.
        hidden: fields that others do not see, and who still does: see `data.members.visibility`.
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
    matching: bool = False
    translation: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Profile):
    """A person who asked to be a member, or is one, or was.

    Attributes:
        id: their own number, never used again.
        community_id: where.
        user_id: their Discord id.
        state: `pending`, `approved`, `declined`, `lapsed` or `left`.
        submitted_at: when they last asked (UTC).
        decided_at: when a moderator last decided (UTC). Of a pending member it tells that they were approved before.
        decided_by: the user who decided.
        decision_reason: why they were declined, in the moderator's words.
        question: what a moderator wants to know before deciding; `question_by` is who.
        answer: what the person answered.
        left_at: when they left the server (UTC).
        placed: the roles that follow the profile and were in place when they were last set.
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
    question: str | None
    question_by: int | None
    answer: str | None
    left_at: datetime | None
    version: int
    placed: tuple[int, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether other members may see the profile."""
        return self.state == APPROVED and self.directory

    @property
    def matched(self) -> bool:
        """Whether they may be named to members who look for what they offer, and these to them."""
        return self.listed and self.matching

    @property
    def in_review(self) -> bool:
        """Whether a member once approved waits for a new decision, having changed what the first one rested on."""
        return self.state == PENDING and self.decided_at is not None

    @property
    def admitted(self) -> bool:
        """Whether they may do what members may."""
        return self.state == APPROVED or self.in_review


def of(community_id: int) -> Select[MemberRow]:
    """All who ever asked, in one community."""
    return select(MemberRow).where(MemberRow.community_id == community_id)


def listed(query: Select[MemberRow]) -> Select[MemberRow]:
    """Only those whom other members may see."""
    return query.join(ConsentRow, ConsentRow.member_id == MemberRow.id).where(
        MemberRow.state == APPROVED, ConsentRow.purpose == DIRECTORY, ConsentRow.withdrawn_at.is_(None)
    )


async def read(session: AsyncSession, query: Select[MemberRow]) -> list[Member]:
    """The members that a query finds, as they are in the database now."""
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    ids = [row.id for row in rows]
    areas = await _key_areas(session, ids)
    agreed = await _agreed(session, ids)
    return [_member(row, areas[row.id], agreed.get(row.id, frozenset())) for row in rows]


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


async def _agreed(session: AsyncSession, ids: Collection[int]) -> dict[int, set[str]]:
    """The purposes that each agrees to."""
    agreed: dict[int, set[str]] = {}
    if ids:
        query = select(ConsentRow.member_id, ConsentRow.purpose).where(
            ConsentRow.member_id.in_(ids), ConsentRow.withdrawn_at.is_(None)
        )
        for member_id, purpose in await session.execute(query):
            agreed.setdefault(member_id, set()).add(purpose)
    return agreed


def _member(row: MemberRow, key_areas: list[str], agreed: AbstractSet[str]) -> Member:
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
        directory=DIRECTORY in agreed,
        matching=MATCHING in agreed,
        translation=TRANSLATION in agreed,
        hidden=dict(row.hidden),
        placed=tuple(row.placed),
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason,
        question=row.question,
        question_by=row.question_by,
        answer=row.answer,
        left_at=row.left_at,
        version=row.version,
    )

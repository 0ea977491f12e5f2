"""A practice as it is handed out, and what reading and changing share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PracticeKeyAreaRow, PracticeRow
from data.wording import Wording

IN_REVIEW = "in_review"
RETURNED = "returned"
APPROVED = "approved"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"
# A change that was approved and went into the practice that it changes. Nothing of its own is left.
MERGED = "merged"

MEMBER = "member"
BROCHURE = "brochure"

# Something that is done; a position is only what somebody thinks or wants.
PRACTICE = "practice"

WORDINGS = ("title", "summary", "institution", "note", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A passage of which the check thought that it may identify a person, and its author does not.

    Attributes:
        field: the name of the field it stands in: `title`, `summary`, or a section's.
        type: what the check took it for.
        text: the passage.
        reason: why it identifies nobody, as the author puts it.
    """

    field: str
    type: str
    text: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """As it is stored."""
        return {"field": self.field, "type": self.type, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an author writes.

    Attributes:
        language: the one it is written in.
        title: in one language, of those from the brochure in all four; empty once it was withdrawn.
        summary: likewise.
        country: ISO 3166-1 alpha-2, None where it is not known.
        stage: `idea`, `pilot`, `implemented`, `scaled` or `ended`; None where it is not known.
        key_areas: ids, the main one first.
        sections: the longer parts by their name, in `language`.
        contact_shown: whether readers are told who the author is.
        evidence_claimed: how strong the evidence is, from 0 (untested) to 5 (repeated elsewhere); None of those sent
            before it was asked, and from the brochure.
        evidence_confirmed: the same as its reviewers see it; None until it is approved.
        outcome: `worked`, `mixed`, `did-not-work` or `harm`; None likewise.
        permissions: what the author allows: `reuse`, `translate`.
        contested: what the author says identifies nobody; for reviewers only.
    """

    language: str
    title: Wording
    summary: Wording
    country: str | None
    stage: str | None
    key_areas: tuple[str, ...]
    sections: Mapping[str, str]
    contact_shown: bool
    evidence_claimed: int | None = None
    evidence_confirmed: int | None = None
    outcome: str | None = None
    permissions: tuple[str, ...] = ()
    contested: tuple[Contest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Content):
    """A practice.

    Attributes:
        id: a slug.
        community_id: whose it is; None where every community has it.
        origin: `member` or `brochure`.
        kind: `practice` or `position`.
        state: see the package; those from the brochure are `published`.
        author_id: the user who wrote it.
        institution: who does it; only of those from the brochure, like `note` and `source`, and else empty.
        note: what readers should know.
        source: where in the brochure it stands.
        submitted_at: when it was last sent for review (UTC).
        decided_at: when it was last approved or returned (UTC).
        decided_by: the user who did.
        decision_comment: what they wrote when they returned it.
        published_at: when it was posted (UTC).
        thread_id: where.
        withdrawn_at: when it was withdrawn (UTC): then nothing of its content is left.
        withdrawn_reason: a code: `author` or `moderator`.
        fresh_at: when somebody last said that it is still so (UTC), by publishing or by confirming it.
        asked: who was asked last whether it still is: `owner`, `focal` or `moderators`; None where nobody is.
        archived_at: since when nobody vouches for it any more (UTC); it stays published, marked.
        heir_id: the user who was asked to look after it from now on, and has not answered.
        revises: the published practice that this one changes, once it is approved.
        edition: how often it was published, from 1 on.
        review_thread_id: the private thread in which its reviewers talk.
        version: grows with every change.
    """

    id: str
    community_id: int | None
    origin: str
    kind: str
    state: str
    author_id: int | None
    institution: Wording
    note: Wording
    source: Wording
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: int | None
    decision_comment: str | None
    published_at: datetime | None
    thread_id: int | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    version: int
    fresh_at: datetime | None = None
    asked: str | None = None
    archived_at: datetime | None = None
    heir_id: int | None = None
    revises: str | None = None
    edition: int = 1
    review_thread_id: int | None = None

    @property
    def from_brochure(self) -> bool:
        """Whether the Network's brochure names it; nobody reviewed it then."""
        return self.origin == BROCHURE


@dataclass(frozen=True, slots=True)
class Title:
    """What a list of practices needs to know of one.

    Attributes:
        id: the practice's.
        title: in the languages it has.
        language: the one it is written in.
        from_brochure: whether the Network's brochure names it.
    """

    id: str
    title: Wording
    language: str
    from_brochure: bool


def subject_of(practice_id: str) -> str:
    """What a delivery about this practice has as its subject."""
    return f"practice:{practice_id}"


def new_id(country: str | None, token: str) -> str:
    """The id of a member's new practice: its country and the token of its draft.

    Nothing of the title: ids stay in the trail and among the deliveries when a practice is withdrawn, and a title can
    hold a name.
    """
    return f"{country.lower() if country else 'practice'}-{token}"


async def read(session: AsyncSession, query: Select[PracticeRow]) -> list[Practice]:
    """The practices of a query, as they are in the database now, with their key areas."""
    rows = list(await session.scalars(query.execution_options(populate_existing=True)))
    areas = await key_areas_of(session, [row.id for row in rows])
    return [_practice(row, areas[row.id]) for row in rows]


async def key_areas_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The key areas of each practice, its main one first."""
    areas: dict[str, list[str]] = {practice_id: [] for practice_id in ids}
    query = (
        select(PracticeKeyAreaRow.practice_id, PracticeKeyAreaRow.key_area)
        .where(PracticeKeyAreaRow.practice_id.in_(ids))
        .order_by(PracticeKeyAreaRow.practice_id, PracticeKeyAreaRow.position)
    )
    for practice_id, area in await session.execute(query) if ids else ():
        areas[practice_id].append(area)
    return {practice_id: tuple(found) for practice_id, found in areas.items()}


async def set_key_areas(session: AsyncSession, practice_id: str, areas: Sequence[str]) -> None:
    """Give a practice these key areas and no others, the main one first."""
    await session.execute(
        delete(PracticeKeyAreaRow)
        .where(PracticeKeyAreaRow.practice_id == practice_id)
        .execution_options(synchronize_session=False)
    )
    for position, area in enumerate(areas):
        session.add(PracticeKeyAreaRow(practice_id=practice_id, key_area=area, position=position))
    await session.flush()


async def step(
    session: AsyncSession,
    community_id: int,
    practice_id: str,
    *,
    expected: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Practice | None:
    """Change a member's practice that still is as expected, and count the change.

    Args:
        session: a write transaction.
        community_id: whose practice it must be.
        practice_id: which.
        expected: columns and what they must hold, for instance the state and the version that a person saw; a list
            allows several.
        values: the columns to change.

    Returns:
        The practice as it is then, or None where it was not as expected: somebody else was first.
    """
    where = [PracticeRow.id == practice_id, PracticeRow.community_id == community_id]
    for name, value in expected.items():
        column = getattr(PracticeRow, name)
        where.append(column.in_(value) if isinstance(value, list) else column == value)
    done = await session.execute(
        update(PracticeRow)
        .where(*where)
        .values(**values, version=PracticeRow.version + 1)
        .returning(PracticeRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return None
    (practice,) = await read(session, select(PracticeRow).where(PracticeRow.id == practice_id))
    return practice


def columns_of(content: Content) -> dict[str, Any]:
    """The columns that hold what the author wrote; key areas stand in a table of their own."""
    return {
        "language": content.language,
        "title": dict(content.title.by_language),
        "summary": dict(content.summary.by_language),
        "country": content.country,
        "stage": content.stage,
        "sections": dict(content.sections),
        "contact_shown": content.contact_shown,
        "evidence_claimed": content.evidence_claimed,
        "outcome": content.outcome,
        "permissions": list(content.permissions),
        "contested": [one.as_dict() for one in content.contested],
    }


def _practice(row: PracticeRow, key_areas: tuple[str, ...]) -> Practice:
    columns: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in fields(Practice) if field.name != "key_areas"
    }
    wordings: dict[str, Any] = {name: Wording(columns[name] or {}) for name in WORDINGS}
    columns["contested"] = tuple(Contest(**item) for item in row.contested)
    columns["permissions"] = tuple(row.permissions)
    return Practice(**{**columns, **wordings}, key_areas=key_areas)

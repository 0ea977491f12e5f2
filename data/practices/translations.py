"""Published practices in other languages: written by their author or by members, shown once the author approves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries
from data.changes import record_change
from data.models import PracticeRow, PracticeTranslationRow
from data.practices.reading import find
from data.practices.rows import PUBLISHED, Practice, subject_of
from data.wording import Wording

WAITING, APPROVED = "waiting", "approved"
# Nobody decided in time: nobody reads it, and it goes once whoever translated has had the time to keep their text.
LAPSED = "lapsed"
# Kinds of deliveries: to the author, that there is one to approve; to whoever translated, that it was.
TO_APPROVE = "practice.translation"
THANKS = "practice.translated"
# To whoever translated, that nobody decided.
UNDECIDED = "practice.translation.lapsed"
# So long a translation waits for an author, and where none is left, for somebody to take the practice over.
WAITS = timedelta(days=90)
WAITS_ALONE = timedelta(days=30)
# And so long it is kept after that.
LAPSED_KEPT = timedelta(days=30)
AT_ONCE = 50
# What an author allows so that others may translate.
TRANSLATE = "translate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A practice in another language.

    Attributes:
        id: its own.
        community_id: where.
        practice: of which, as it is now.
        language: one of `data.languages.LANGUAGES`.
        user_id: who wrote it; None once their data was erased.
        title, summary, sections: what it says.
        state: `waiting`, `approved` or `lapsed`.
        number: of which version of the practice.
        made_at, approved_at: when (UTC).
    """

    id: int
    community_id: int
    practice: Practice
    language: str
    user_id: int | None
    title: str
    summary: str
    sections: Mapping[str, str]
    state: str
    number: int
    made_at: datetime
    approved_at: datetime | None

    @property
    def as_practice(self) -> Practice:
        """The practice with its texts in this language."""
        return replace(
            self.practice,
            language=self.language,
            title=Wording({self.language: self.title}),
            summary=Wording({self.language: self.summary}),
            sections=dict(self.sections),
        )


def may_translate(practice: Practice, user_id: int) -> bool:
    """Whether somebody may translate a practice: its author, and others where the author allows it.

    Where no author is left, nobody may: a translation would wait for ever for a word that nobody can give.
    """
    if practice.state != PUBLISHED or practice.author_id is None:
        return False
    return practice.author_id == user_id or TRANSLATE in practice.permissions


async def offer_translation(
    session: AsyncSession,
    practice: Practice,
    language: str,
    *,
    user_id: int,
    texts: Mapping[str, str],
    now: datetime,
) -> Translation | None:
    """Take a translation: the author's own is shown at once, that of a member waits for the author.

    Args:
        session: a write transaction.
        practice: a published one.
        language: into which.
        user_id: who wrote it.
        texts: `title`, `summary` and the sections, by name.
        now: the time (UTC).

    Returns:
        The translation; None where another one waits for the author already.
    """
    own = practice.author_id == user_id
    if not own and await waiting_by_other(session, practice, language, user_id):
        return None
    state = APPROVED if own else WAITING
    await _clear(session, practice.id, language, state)
    row = PracticeTranslationRow(
        community_id=practice.community_id or 0,
        practice_id=practice.id,
        language=language,
        user_id=user_id,
        title=texts["title"],
        summary=texts["summary"],
        sections={name: text for name, text in texts.items() if name not in ("title", "summary") and text},
        state=state,
        number=practice.edition,
        made_at=now,
        approved_at=now if own else None,
    )
    session.add(row)
    await session.flush()
    if own:
        await record_change(session, "practice", practice.id, practice.community_id)
    elif practice.author_id is not None:
        await _plan(session, row, TO_APPROVE, f"user:{user_id}", practice.author_id, now)
    await _note(session, row, "translate", user_id, now)
    return await get_translation(session, row.community_id, row.id)


async def waiting_by_other(session: AsyncSession, practice: Practice, language: str, user_id: int) -> bool:
    """Whether somebody else's translation waits for the author."""
    query = select(PracticeTranslationRow.id).where(
        PracticeTranslationRow.practice_id == practice.id,
        PracticeTranslationRow.language == language,
        PracticeTranslationRow.state == WAITING,
        PracticeTranslationRow.user_id.is_distinct_from(user_id),
    )
    return (await session.execute(query)).first() is not None


async def approve_translation(session: AsyncSession, translation: Translation, now: datetime) -> bool:
    """Let readers see a translation, in place of an earlier one. False where it does not wait any more."""
    # Of two that approve it at once, the second must not clear away what the first has approved.
    waiting = select(PracticeTranslationRow).where(
        PracticeTranslationRow.id == translation.id, PracticeTranslationRow.state == WAITING
    )
    row = await session.scalar(waiting.with_for_update().execution_options(populate_existing=True))
    if row is None:
        return False
    await _clear(session, row.practice_id, row.language, APPROVED)
    row.state, row.approved_at = APPROVED, now
    await session.flush()
    await record_change(session, "practice", row.practice_id, row.community_id)
    if row.user_id is not None:
        await _plan(session, row, THANKS, subject_of(row.practice_id), row.user_id, now)
    await _note(session, row, "translation.approve", translation.practice.author_id, now)
    return True


async def decline_translation(session: AsyncSession, translation: Translation) -> bool:
    """Erase a translation that its author does not want. False where it does not wait any more."""
    done = await session.execute(
        delete(PracticeTranslationRow)
        .where(PracticeTranslationRow.id == translation.id, PracticeTranslationRow.state == WAITING)
        .returning(PracticeTranslationRow.id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def lapse_translations(session: AsyncSession, now: datetime) -> int:
    """Let those wait no longer that nobody decides on, and tell whoever wrote them. Gives how many were dealt with.

    The author may have gone, with nobody to take the practice over, or never answer.
    """
    gone = await session.execute(
        delete(PracticeTranslationRow)
        .where(PracticeTranslationRow.state == LAPSED, PracticeTranslationRow.made_at <= now - WAITS - LAPSED_KEPT)
        .returning(PracticeTranslationRow.id)
        .execution_options(synchronize_session=False)
    )
    query = (
        select(PracticeTranslationRow)
        .join(PracticeRow, PracticeRow.id == PracticeTranslationRow.practice_id)
        .where(
            PracticeTranslationRow.state == WAITING,
            or_(
                PracticeTranslationRow.made_at <= now - WAITS,
                and_(PracticeRow.author_id.is_(None), PracticeTranslationRow.made_at <= now - WAITS_ALONE),
            ),
        )
    )
    # Of two at once, an author's word and this, one is first.
    query = query.order_by(PracticeTranslationRow.id).limit(AT_ONCE).with_for_update(of=PracticeTranslationRow)
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    for row in rows:
        await _clear(session, row.practice_id, row.language, LAPSED)
        row.state = LAPSED
        await session.flush()
        if row.user_id is not None:
            await _plan(session, row, UNDECIDED, subject_of(row.practice_id), row.user_id, now)
    return len(gone.all()) + len(rows)


async def get_translation(session: AsyncSession, community_id: int, translation_id: int) -> Translation | None:
    """A translation of a practice that is published, or None."""
    query = _of(community_id).where(PracticeTranslationRow.id == translation_id)
    return next(iter(await _read(session, community_id, query)), None)


async def translation_into(session: AsyncSession, practice: Practice, language: str) -> Translation | None:
    """The approved translation of a practice into a language, or None."""
    community_id = practice.community_id or 0
    query = _of(community_id).where(
        PracticeTranslationRow.practice_id == practice.id,
        PracticeTranslationRow.language == language,
        PracticeTranslationRow.state == APPROVED,
    )
    return next(iter(await _read(session, community_id, query)), None)


async def list_to_approve(session: AsyncSession, community_id: int, author_id: int) -> list[Translation]:
    """The translations that wait for an author, the longest waiting first."""
    mine = select(PracticeRow.id).where(PracticeRow.community_id == community_id, PracticeRow.author_id == author_id)
    query = _of(community_id).where(
        PracticeTranslationRow.practice_id.in_(mine), PracticeTranslationRow.state == WAITING
    )
    return await _read(session, community_id, query.order_by(PracticeTranslationRow.id))


async def list_translated_by(session: AsyncSession, community_id: int, user_id: int) -> list[Translation]:
    """What a person translated that nobody reads: it waits for the author, or nobody decided in time; oldest first."""
    query = _of(community_id).where(
        PracticeTranslationRow.user_id == user_id, PracticeTranslationRow.state.in_((WAITING, LAPSED))
    )
    return await _read(session, community_id, query.order_by(PracticeTranslationRow.id))


def _of(community_id: int) -> Select[PracticeTranslationRow]:
    return select(PracticeTranslationRow).where(PracticeTranslationRow.community_id == community_id)


async def _read(session: AsyncSession, community_id: int, query: Select[PracticeTranslationRow]) -> list[Translation]:
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    found: list[Translation] = []
    for row in rows:
        practice = await find(session, community_id, row.practice_id)
        if practice is not None and practice.state == PUBLISHED:
            names = [name for name in Translation.__dataclass_fields__ if name != "practice"]
            found.append(Translation(**{name: getattr(row, name) for name in names}, practice=practice))
    return found


async def _clear(session: AsyncSession, practice_id: str, language: str, state: str) -> None:
    await session.execute(
        delete(PracticeTranslationRow)
        .where(
            PracticeTranslationRow.practice_id == practice_id,
            PracticeTranslationRow.language == language,
            PracticeTranslationRow.state == state,
        )
        .execution_options(synchronize_session=False)
    )


async def _plan(
    session: AsyncSession, row: PracticeTranslationRow, kind: str, subject: str, to: int, now: datetime
) -> None:
    await deliveries.plan(
        session,
        community_id=row.community_id,
        kind=kind,
        subject=subject,
        target=f"user:{to}",
        occurrence=f"translation.{row.id}",
        details={"translation": row.id},
        due_at=now,
        now=now,
    )


async def _note(session: AsyncSession, row: PracticeTranslationRow, action: str, by: int | None, now: datetime) -> None:
    await audit.record(
        session,
        community_id=row.community_id,
        at=now,
        actor_id=by,
        action=f"practice.{action}",
        object_kind="practice",
        object_id=row.practice_id,
        details={"language": row.language},
    )

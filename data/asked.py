"""What is looked for and not found: counted by day, without the person and without words that may name one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import LookupRow, MemberRow
from data.search.text import words
from data.statements import insert

# So long a count is kept.
KEPT = timedelta(days=180)
# A name of fewer letters is as likely a word.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that were looked for.

    Attributes:
        words: in small letters, with `data.search.private.LEFT_OUT` for what may tell of a person.
        language: of those who asked.
        asked: how often.
        missed: how often somebody said that they did not find what they looked for.
        results: how many there were when it was asked last.
    """

    words: str
    language: str
    asked: int
    missed: int
    results: int


async def names_to_leave_out(session: AsyncSession, community_id: int) -> frozenset[str]:
    """The folded words of the names of a community's members, for `words_to_keep`."""
    found = await session.scalars(select(MemberRow.name).where(MemberRow.community_id == community_id))
    return frozenset(word.folded for name in found for word in words(name or "") if len(word.folded) >= _SHORTEST_NAME)


async def note_asked(
    session: AsyncSession,
    community_id: int,
    kept: str,
    *,
    language: str,
    results: int,
    now: datetime,
    missed: bool = False,
) -> None:
    """Count that something was looked for, or that what was found was not it.

    Args:
        session: a write transaction.
        community_id: where.
        kept: what `words_to_keep` left of the query; never the query itself.
        language: the asker's.
        results: how many there were.
        now: the time (UTC), of which the day is kept.
        missed: whether somebody says that they did not find what they looked for.
    """
    key = {
        "community_id": community_id,
        "day": now.replace(hour=0, minute=0, second=0, microsecond=0),
        "language": language,
        "words": kept,
    }
    row = {"results": results, "asked": int(not missed), "missed": int(missed)}
    more = {"asked": LookupRow.asked + row["asked"], "missed": LookupRow.missed + row["missed"]}
    statement = insert(session, LookupRow).values(**key, **row)
    await session.execute(statement.on_conflict_do_update(index_elements=list(key), set_={"results": results, **more}))


async def list_unanswered(
    session: AsyncSession, community_id: int, since: datetime, *, limit: int, offset: int = 0
) -> tuple[list[Asked], int]:
    """What found nothing when it was asked last, or not what was looked for, the most wanted first.

    Returns:
        The page, and how many there are in all.
    """
    per_words = (
        select(
            LookupRow.words,
            LookupRow.language,
            func.sum(LookupRow.asked).label("asked"),
            func.sum(LookupRow.missed).label("missed"),
            func.max(LookupRow.day).label("last"),
        )
        .where(LookupRow.community_id == community_id, LookupRow.day >= since)
        .group_by(LookupRow.words, LookupRow.language)
        .subquery()
    )
    same = (
        (LookupRow.community_id == community_id)
        & (LookupRow.words == per_words.c.words)
        & (LookupRow.language == per_words.c.language)
        & (LookupRow.day == per_words.c.last)
    )
    wanting = (
        select(per_words.c.words, per_words.c.language, per_words.c.asked, per_words.c.missed, LookupRow.results)
        .join(LookupRow, same)
        .where(or_(LookupRow.results == 0, per_words.c.missed > 0))
    )
    total = (await session.execute(select(func.count()).select_from(wanting.subquery()))).scalar_one()
    page = wanting.order_by(
        (per_words.c.missed + per_words.c.asked).desc(), per_words.c.words, per_words.c.language
    ).limit(limit)
    rows = await session.execute(page.offset(offset))
    return [
        Asked(words, language, int(asked), int(missed), results) for words, language, asked, missed, results in rows
    ], total


async def count_asked(session: AsyncSession, community_id: int, since: datetime) -> tuple[int, int]:
    """How often anything was looked for since a day, and how often nothing was found."""
    nothing = func.sum(LookupRow.asked).filter(LookupRow.results == 0)
    query = select(func.sum(LookupRow.asked), nothing).where(
        LookupRow.community_id == community_id, LookupRow.day >= since
    )
    asked, unanswered = (await session.execute(query)).one()
    return int(asked or 0), int(unanswered or 0)


async def forget_asked(session: AsyncSession, now: datetime) -> int:
    """Forget what was counted longer ago than it is kept; returns how much that was."""
    gone = await session.scalars(delete(LookupRow).where(LookupRow.day <= now - KEPT).returning(LookupRow.id))
    return len(gone.all())

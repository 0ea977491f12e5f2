"""Practices that people saved, to find them again."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PracticeRow, SavedPracticeRow
from data.practices.reading import visible_to
from data.practices.rows import Practice, read
from data.statements import upsert


async def save_practice(
    session: AsyncSession, community_id: int, user_id: int, practice_id: str, now: datetime
) -> None:
    """Note that a person wants to find a practice again; saving it twice comes to the same."""
    key = {"community_id": community_id, "user_id": user_id, "practice_id": practice_id}
    await upsert(session, SavedPracticeRow, key, {"saved_at": now})


async def forget_saved(session: AsyncSession, community_id: int, user_id: int, practice_id: str) -> bool:
    """Take it off a person's list. False where it was not on it."""
    done = await session.execute(
        delete(SavedPracticeRow)
        .where(
            SavedPracticeRow.community_id == community_id,
            SavedPracticeRow.user_id == user_id,
            SavedPracticeRow.practice_id == practice_id,
        )
        .returning(SavedPracticeRow.practice_id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None


async def is_saved(session: AsyncSession, community_id: int, user_id: int, practice_id: str) -> bool:
    """Whether a practice is on a person's list."""
    return await session.get(SavedPracticeRow, (community_id, user_id, practice_id)) is not None


async def list_saved(session: AsyncSession, community_id: int, user_id: int) -> list[Practice]:
    """What a person saved and may still read, last saved first."""
    query = (
        select(PracticeRow)
        .join(SavedPracticeRow, SavedPracticeRow.practice_id == PracticeRow.id)
        .where(
            SavedPracticeRow.community_id == community_id,
            SavedPracticeRow.user_id == user_id,
            *visible_to(community_id),
        )
        .order_by(SavedPracticeRow.saved_at.desc(), PracticeRow.id)
    )
    return await read(session, query)

"""What goes with a practice that is withdrawn: questions about it, its earlier versions, its translations."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import PracticeQuestionRow, PracticeTranslationRow, PracticeVersionRow

ALL = (PracticeQuestionRow, PracticeVersionRow, PracticeTranslationRow)


async def forget_after(session: AsyncSession, practice_id: str) -> None:
    """Erase all that was kept beside a practice: nothing of its text is to be left."""
    for table in ALL:
        await session.execute(
            delete(table).where(table.practice_id == practice_id).execution_options(synchronize_session=False)
        )

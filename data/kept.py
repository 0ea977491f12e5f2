"""Small facts about the installation itself, for instance the digest of the commands last sent to Discord."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import KeptRow
from data.statements import upsert


async def get_value(session: AsyncSession, key: str) -> str | None:
    """What is kept under a key, or None."""
    return (await session.execute(select(KeptRow.value).where(KeptRow.key == key))).scalar_one_or_none()


async def set_value(session: AsyncSession, key: str, value: str) -> None:
    """Keep a value under a key, in place of an earlier one."""
    await upsert(session, KeptRow, {"key": key}, {"value": value})

"""The names by which the audit log knows people: it holds a code, and one row here tells whose it is.

Who asks to be erased takes that row along: the trail stays, and leads to nobody.
"""

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import AliasRow
from data.statements import insert


async def alias_of(session: AsyncSession, community_id: int, user_id: int) -> str:
    """The code of a person in a community, made if there is none yet. Needs a write transaction."""
    made = insert(session, AliasRow).values(community_id=community_id, user_id=user_id, code=secrets.token_hex(8))
    await session.execute(made.on_conflict_do_nothing(index_elements=["community_id", "user_id"]))
    query = select(AliasRow.code).where(AliasRow.community_id == community_id, AliasRow.user_id == user_id)
    return (await session.execute(query)).scalar_one()

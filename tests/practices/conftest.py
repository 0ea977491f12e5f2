"""Real databases, and a community to share practices in."""

import pytest

from data.communities import Community, ensure_community
from data.database import Database
from tests.databases import database, db_url
from tests.practices.acting import NOW

__all__ = ["community", "database", "db_url"]


@pytest.fixture
async def community(database: Database) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session, 101, name="Network", now=NOW, languages=("en", "fr"), zone="UTC", reminder_offsets=(3600,)
        )

"""Real databases, and a community to put things into."""

from datetime import UTC, datetime

import pytest

from data.communities import Community, ensure_community
from data.database import Database
from tests.databases import database, db_url, empty_url, sqlite_url

__all__ = ["community", "database", "db_url", "empty_url", "sqlite_url"]

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
async def community(database: Database) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session,
            987_654_321_098_765_432,
            name="Network",
            now=NOW,
            languages=("en", "fr"),
            zone="America/New_York",
            reminder_offsets=(604_800, 86_400, 3_600, 0),
        )

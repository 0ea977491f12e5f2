"""Real databases, both kinds."""

from tests.data.conftest import community
from tests.databases import database, db_url, empty_url, sqlite_url

__all__ = ["community", "database", "db_url", "empty_url", "sqlite_url"]

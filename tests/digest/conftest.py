"""Real databases for what is remembered, and a server with people for what is seen."""

from tests.data.conftest import community
from tests.databases import database, db_url, empty_url, sqlite_url

__all__ = ["community", "database", "db_url", "empty_url", "sqlite_url"]

"""Real databases, for the tests of what is kept."""

from tests.databases import database, db_url

__all__ = ["database", "db_url"]

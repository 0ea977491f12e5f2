"""Real databases, for the tests of what is remembered of members."""

from tests.databases import database, db_url

__all__ = ["database", "db_url"]

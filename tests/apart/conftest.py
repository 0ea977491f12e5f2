"""Real databases."""

from tests.databases import database, db_url

__all__ = ["database", "db_url"]

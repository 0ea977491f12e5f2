"""Real databases for what is remembered, and a server with people for what is seen."""

from tests.databases import database, db_url

__all__ = ["database", "db_url"]

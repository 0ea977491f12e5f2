"""Real databases for what is remembered, and a server with people for what is seen."""

from dataclasses import replace

import pytest

from bot.settings import Settings
from tests.databases import database, db_url

__all__ = ["database", "db_url"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Weeks pass in these tests, and all that is due is known: looking once a day whether there is more will do."""
    return replace(settings, poll_seconds=86_400)

"""An index of all that Convenor comes with, made once; tests that change something make their own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.database import Database
from data.search.index import SearchIndex
from tests.databases import database, db_url, sqlite_url

__all__ = ["database", "db_url", "sqlite_url"]


async def _build(path: Path) -> SearchIndex:
    async with Database.open(f"sqlite:///{path}") as db:
        return await SearchIndex.build(db)


@pytest.fixture(scope="session")
def index(seeded_file: Path) -> SearchIndex:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _build(seeded_file)).result()

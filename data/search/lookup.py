"""The search as the command line has it."""

from typing import Any

from data.database import Database
from data.search.index import SearchIndex


async def lookup_json(db: Database, query: str, language: str, limit: int = 10) -> dict[str, Any]:
    """Search what every community has, and answer in plain values, ready for JSON.

    Args:
        db: a database with the seed facts in it.
        query: any text.
        language: of the titles, where a thing has a title in several.
        limit: how many results at most.

    Returns:
        `{"results": [{"kind", "id", "title", "score"}, ...]}`, best first; empty where nothing really matches.

    Raises:
        DatabaseFault: the database cannot be read.
    """
    index = await SearchIndex.build(db)
    page = index.search(query, language=language, limit=limit)
    return {"results": [{"kind": hit.kind, "id": hit.id, "title": hit.title, "score": hit.score} for hit in page.hits]}

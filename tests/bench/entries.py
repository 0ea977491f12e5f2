"""Many entries for the search out of the seeded ones: the same ones each time."""

import random
import re
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import cycle

from sqlalchemy import select

from data.changes import record_change
from data.database import Database
from data.models import ResourceRow
from data.search.documents import Document
from data.search.sources import SOURCES
from data.seeding import ensure_seeded

SENTENCES = (2, 5)
_END = re.compile(r"(?<=[.!?])\s+")


async def seeded() -> list[Document]:
    """Everything that can be found in a database that was just made."""
    with tempfile.TemporaryDirectory(prefix="convenor-bench-") as folder:
        async with Database.open(f"sqlite:///{folder}/seeded.sqlite") as db:
            await ensure_seeded(db)
            async with db.read() as session:
                return [document for source in SOURCES for document in await source.load(session, None)]


@asynccontextmanager
async def changeable(count: int) -> AsyncGenerator[tuple[Database, Callable[[], Awaitable[None]]]]:
    """A database with so many more resources, and what notes that all of them changed."""
    columns = [column.key for column in ResourceRow.__table__.columns if column.key != "id"]
    names = [f"entry-{number}" for number in range(count)]
    with tempfile.TemporaryDirectory(prefix="convenor-bench-") as folder:
        async with Database.open(f"sqlite:///{folder}/seeded.sqlite") as db:
            await ensure_seeded(db)
            async with db.begin() as session:
                rows = (await session.scalars(select(ResourceRow))).all()
                for name, row in zip(names, cycle(rows), strict=False):
                    session.add(ResourceRow(id=name, **{column: getattr(row, column) for column in columns}))

            async def change() -> None:
                async with db.begin() as session:
                    for name in names:
                        await record_change(session, "resource", name)

            yield db, change


def recombined(of: Sequence[Document], count: int) -> list[Document]:
    """So many documents, each with halves of two titles, a few sentences of several bodies, and a third's labels.

    What they are (kind, country, key areas, languages) comes from the first. Words are as frequent as in the seed, so a
    word of one seed in a hundred is in one of a hundred here too.
    """
    chance = random.Random(7)
    sentences: dict[str, list[str]] = {}
    for document in of:
        for language, text in document.body.items():
            sentences.setdefault(language, []).extend(_END.split(text))
    telling = [document for document in of if document.body]
    made: list[Document] = []
    for number in range(count):
        first, second, third = chance.choice(telling), chance.choice(of), chance.choice(of)
        titles = {language: _joined(title, second.titles.get(language, "")) for language, title in first.titles.items()}
        body = {
            language: " ".join(chance.choices(sentences[language], k=chance.randint(*SENTENCES)))
            for language in first.body
        }
        published = first.published_title and titles.get("en", first.published_title)
        identity = f"entry-{number}"
        made.append(
            replace(first, id=identity, titles=titles, body=body, labels=third.labels, published_title=published)
        )
    return made


def _joined(first: str, second: str) -> str:
    """The first half of one title and the second half of another."""
    one, other = first.split(), second.split()
    return " ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]])


def joined(texts: Mapping[str, str]) -> str:
    """A text in all its languages."""
    return "\n".join(texts.values())

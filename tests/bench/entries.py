"""Many entries for the search out of the seeded ones: the same ones each time."""

import random
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.database import Database
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

"""The words that occur, to find what a mistyped one was meant to be.

Each word is a tiny document of its own index: the engine then finds the words within one or two letters without
looking at all of them.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter, Schema, Searcher

_SHORTEST = 4
_LONGEST = 40
_VOWELS = frozenset("aeiouy")
# Consonants that sound alike, or are neighbours on the keyboard.
_ALIKE = frozenset(
    ["cs", "ck", "sz", "cz", "kq", "gj", "bv", "jx", "mn", "rt", "df", "fg", "cv", "as", "ds", "kl", "bn", "hj"]
)
_CANDIDATES = 60


class Vocabulary:
    """Grows only: a word that vanished from the texts is told apart by those who ask, who see what they may see."""

    def __init__(self) -> None:
        self._spellings: dict[str, str] = {}
        self._writer: IndexWriter | None = None
        self._searcher: Searcher | None = None

    @cached_property
    def _schema(self) -> "Schema":
        from tantivy import SchemaBuilder

        builder = SchemaBuilder()
        builder.add_text_field("word", stored=True, tokenizer_name="raw", index_option="basic")
        return builder.build()

    @cached_property
    def _index(self) -> "Index":
        from tantivy import Index

        return Index(self._schema)

    def add(self, spellings: Mapping[str, str]) -> None:
        """Learn words: folded, with the way they are written."""
        from tantivy import Document

        for folded, written in spellings.items():
            if folded in self._spellings or not _SHORTEST <= len(folded) <= _LONGEST or not folded.isalpha():
                continue
            self._spellings[folded] = written
            if self._writer is None:
                self._writer = self._index.writer(15_000_000, 1)
            document = Document()
            document.add_text("word", folded)
            self._writer.add_document(document)

    def commit(self) -> None:
        """Make what was added findable."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def written(self, folded: str) -> str:
        """How a folded word is written."""
        return self._spellings.get(folded, folded)

    def near(self, folded: str) -> list[tuple[str, int]]:
        """Words that the given one is probably a slip of, with the number of slips, fewest first.

        Long words may have two slips, short ones one, and words under four letters none. The first letter is taken to
        be right, or swapped with the second.
        """
        if self._searcher is None or not _SHORTEST <= len(folded) <= _LONGEST or not folded.isalpha():
            return []
        from tantivy import Query

        allowed = 2 if len(folded) >= 8 else 1
        query = Query.fuzzy_term_query(self._schema, "word", folded, allowed)
        found: list[tuple[str, int]] = []
        for _, address in self._searcher.search(query, _CANDIDATES, count=False).hits:
            word = str(self._searcher.doc(address).get_first("word"))
            slips = distance(folded, word)
            if 0 < slips <= allowed and _plausible(folded, word):
                found.append((word, slips))
        return sorted(found, key=lambda each: (each[1], abs(len(each[0]) - len(folded)), each[0]))


def _plausible(typed: str, word: str) -> bool:
    swapped_start = typed[:2] == word[1::-1] and len(typed) == len(word)
    if typed[0] != word[0] and not swapped_start:
        return False
    if len(typed) > 6 or len(typed) != len(word) or sorted(typed) == sorted(word):
        return True
    # One letter for another in a short word makes another word more often than a slip: horse and house.
    changed = [(one, other) for one, other in zip(typed, word, strict=True) if one != other]
    return all({one, other} <= _VOWELS or f"{min(one, other)}{max(one, other)}" in _ALIKE for one, other in changed)


def distance(one: str, other: str) -> int:
    """How many letters to insert, delete, replace or swap with their neighbour to make one word the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def spellings(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From pairs of a folded word and how it is written, the map that `Vocabulary.add` takes."""
    found: dict[str, str] = {}
    for folded, written in texts:
        found.setdefault(folded, written)
    return found

"""Titles while they are being typed: their words by their beginnings."""

from collections.abc import Iterable
from functools import lru_cache

from data.search.text import words

# Longer beginnings are cut: few words are that long, and fewer differ after it.
LONGEST = 12
# Marks a beginning of the title itself.
FIRST = "^"


def scoped(scope: str, start: str) -> str:
    """The beginning of a title's word, as the index has it: with whose the document is."""
    return f"{scope}|{start}"


@lru_cache(2_000)
def title_words(text: str) -> tuple[str, ...]:
    """The folded words of a title, grammar words included, since people type them."""
    return tuple(word.folded for word in words(text))


def beginnings(titles: Iterable[str], scope: str) -> str:
    """All beginnings of all words of some titles, and of the titles themselves, as the index has them."""
    found: dict[str, None] = {}
    for title in titles:
        for place, word in enumerate(title_words(title)):
            if not place:
                found[_beginnings(scope, FIRST + word, 2)] = None
            found[_beginnings(scope, word, 1)] = None
    return " ".join(found)


@lru_cache(5_000)
def _beginnings(scope: str, word: str, shortest: int) -> str:
    longest = min(len(word), LONGEST + shortest - 1)
    return " ".join(scoped(scope, word[:length]) for length in range(shortest, longest + 1))

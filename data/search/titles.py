"""Titles while they are being typed: their words by their beginnings."""

from functools import lru_cache

from data.search.documents import Document
from data.search.text import words

# Longer beginnings are cut: few words are that long, and fewer differ after it.
LONGEST = 12
# Marks a beginning of the title itself.
FIRST = "^"


def title_words(text: str) -> list[str]:
    """The folded words of a title, grammar words included, since people type them."""
    return [word.folded for word in words(text)]


def beginnings(document: Document, language: str) -> set[str]:
    """Beginnings of the words of a title as a reader of the language sees it, and of its rendering in that language."""
    found: set[str] = set()
    for text in {document.title(language), document.titles.get(language, "")}:
        in_title = title_words(text)
        found.update(*(_beginnings(word) for word in in_title))
        found.update(FIRST + start for word in in_title[:1] for start in _beginnings(word))
    return found


@lru_cache(500)
def _beginnings(word: str) -> tuple[str, ...]:
    return tuple(word[:length] for length in range(1, min(len(word), LONGEST) + 1))

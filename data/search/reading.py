"""Whole texts as the index has them: much is read, and the same parts stand in many texts."""

from collections.abc import Sequence
from functools import lru_cache

from data.search import text
from data.search.text import KEPT, clean, stem, stem_of, words_of


def chunks_of(whole: str) -> list[str]:
    """What stands between the spaces of a text: its words are the same wherever they stand."""
    chunks = clean(whole).split()
    return [chunk.lower() for chunk in chunks] if len(chunks) > 2 and whole.isupper() else chunks


def stemmed(chunks: Sequence[str], language: str) -> str:
    """The stems of the content words of a text, in their order and between spaces, by the rules of a language.

    A compound stands, as one word, after the first of its parts.
    """
    return " ".join(
        filter(None, ((_kept_stems if len(chunk) <= KEPT else _stems)(chunk, language) for chunk in chunks))
    )


def surface_of(chunk: str) -> str:
    """The folded content words of a part of a text, compounds also as one word, between spaces."""
    return (_kept_surface if len(chunk) <= KEPT else _surface)(chunk)


def spellings(chunk: str) -> dict[str, str]:
    """The folded content words of a part of a text, with the way they are written."""
    return {
        word.folded: word.text if word.capitals else word.text.lower()
        for word in words_of(chunk)
        if not word.is_grammar
    }


def _stems(chunk: str, language: str) -> str:
    found: list[str] = []
    for word in words_of(chunk):
        if not word.is_grammar:
            found.append(stem_of(word, language))
        if word.joined:
            found.append(stem(word.joined, language))
    return " ".join(found)


def _surface(chunk: str) -> str:
    found = words_of(chunk)
    return " ".join(
        [*(word.folded for word in found if not word.is_grammar), *(word.joined for word in found if word.joined)]
    )


_kept_stems = lru_cache(100_000)(_stems)
_kept_surface = lru_cache(50_000)(_surface)


def forget() -> None:
    """Free what was kept to read many texts fast."""
    _kept_stems.cache_clear()
    _kept_surface.cache_clear()
    text.forget()

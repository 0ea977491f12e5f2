"""Whole texts as the index has them: much is read, and the same parts stand in many texts."""

from collections.abc import Callable, Iterable, Sequence

from data.languages import LANGUAGES
from data.search import text
from data.search.text import KEPT, clean, stem, stem_of, words_of

# So many parts are kept, for each way to read them.
_MOST = 100_000


class _Kept(dict[str, str]):
    """What parts of texts become, kept to read many texts fast; long ones are read anew each time."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, chunk: str) -> str:
        found = self._read(chunk)
        if len(chunk) <= KEPT:
            if len(self) >= _MOST:
                self.clear()
            self[chunk] = found
        return found


def chunks_of(whole: str) -> list[str]:
    """What stands between the spaces of a text: its words are the same wherever they stand."""
    chunks = clean(whole).split()
    return [chunk.lower() for chunk in chunks] if len(chunks) > 2 and whole.isupper() else chunks


def stemmed(chunks: Sequence[str], language: str) -> str:
    """The stems of the content words of a text, in their order and between spaces, by the rules of a language.

    A compound stands, as one word, after the first of its parts.
    """
    return " ".join(filter(None, map(_kept_stems[language].__getitem__, chunks)))


def surface_of(chunks: Iterable[str]) -> str:
    """The folded content words of parts of a text, compounds also as one word, between spaces."""
    return " ".join(filter(None, map(_kept_surface.__getitem__, chunks)))


def spellings(chunk: str) -> dict[str, str]:
    """The folded content words of a part of a text, with the way they are written."""
    return {
        word.folded: word.text if word.capitals else word.text.lower()
        for word in words_of(chunk)
        if not word.is_grammar
    }


def _stems(language: str) -> Callable[[str], str]:
    def read(chunk: str) -> str:
        found: list[str] = []
        for word in words_of(chunk):
            if not word.is_grammar:
                found.append(stem_of(word, language))
            if word.joined:
                found.append(stem(word.joined, language))
        return " ".join(found)

    return read


def _surface(chunk: str) -> str:
    found = words_of(chunk)
    return " ".join(
        [*(word.folded for word in found if not word.is_grammar), *(word.joined for word in found if word.joined)]
    )


_kept_stems = {language: _Kept(_stems(language)) for language in LANGUAGES}
_kept_surface = _Kept(_surface)


def forget() -> None:
    """Free what was kept to read many texts fast."""
    for kept in (*_kept_stems.values(), _kept_surface):
        kept.clear()
    text.forget()

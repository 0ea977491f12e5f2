"""What is kept of each document beside the engine: its title, and its words as signs, to see quickly what it meets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.search.documents import title_in

# Stands between texts, so that no run of words is met across them, nor with one other word between: no word has it.
_GAP = "\0\0"
# What code points there are for stems: not those of surrogates, which are no characters.
_FIRST, _SURROGATES, _AFTER_SURROGATES, _LAST = 0x100, 0xD800, 0xE000, 0x10FFFF


class _Learnt(dict[str, str]):
    """The signs of stems; a stem that is asked for by `[]` gets one."""

    def __init__(self) -> None:
        super().__init__()
        self._next = _FIRST

    def __missing__(self, stem: str) -> str:
        sign = self[stem] = chr(self._next)
        if self._next < _LAST:
            self._next += 1
        if self._next == _SURROGATES:
            self._next = _AFTER_SURROGATES
        return sign


class Signs:
    """One character for each stem, so that a text is a string in which a run of stems is looked for at once.

    A million stems have characters of their own; those learnt after share the last, and are then told apart by the
    engine only.
    """

    def __init__(self) -> None:
        self._of = _Learnt()

    def known(self, stem: str) -> str | None:
        """The sign of a stem; None where no text has it, or had it."""
        return self._of.get(stem)

    def run(self, stems: Sequence[str]) -> str | None:
        """The signs of stems in a row; None where one of them is in no text."""
        known = self._of
        if len(stems) == 1:
            return known.get(stems[0])
        found = [known.get(stem) for stem in stems]
        return None if None in found else "".join(filter(None, found))

    def text(self, parts: Iterable[Iterable[str]]) -> str:
        """The signs of texts, with gaps between; what is new is learnt."""
        sign = self._of.__getitem__
        return _GAP.join(["".join(map(sign, part)) for part in parts])


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A document as it is remembered.

    Attributes:
        kind: as in `Document`.
        id: the slug.
        titles: by language.
        published_title: as in `Document`.
        languages: those in which it can be read.
        signs: of all its texts, and of the concepts that they name.
    """

    kind: str
    id: str
    titles: Mapping[str, str]
    published_title: str | None
    languages: tuple[str, ...]
    signs: str

    def title(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.published_title or title_in(self.titles, language)

    def gloss(self, language: str) -> str | None:
        """What a title that was published in another language means."""
        meaning = self.titles.get(language) if self.published_title else None
        return meaning if meaning != self.published_title else None

    def has(self, run: str) -> bool:
        """Whether a text has these signs in a row, with one other between them at most."""
        signs = self.signs
        return run in signs or (len(run) > 1 and all(sign in signs for sign in run) and _nearly(run, signs))


def _nearly(run: str, signs: str) -> bool:
    """Whether the run stands in the text with one other sign between."""
    start = signs.find(run[0])
    while start >= 0:
        for cut in range(1, len(run)):
            if signs.startswith(run[cut:], start + cut + 1) and signs.startswith(run[:cut], start):
                return True
        start = signs.find(run[0], start + 1)
    return False


class Way:
    """A way to meet a part of a question: any of some runs of signs."""

    __slots__ = ("_runs", "_single")

    def __init__(self, runs: Iterable[str]) -> None:
        all_runs = list(runs)
        self._single = "".join(run for run in all_runs if len(run) == 1)
        self._runs = [run for run in all_runs if len(run) > 1]

    def is_met(self, entry: Entry) -> bool:
        """Whether a document meets it."""
        signs = entry.signs
        for sign in self._single:
            if sign in signs:
                return True
        return any(map(entry.has, self._runs))


class Entries:
    """All documents by the number that the engine knows them by."""

    def __init__(self) -> None:
        self._by_number: dict[int, Entry] = {}
        self._numbers: dict[str, int] = {}
        self._last = 0

    def get(self, number: int) -> Entry | None:
        """The document of a number; None where it is gone, or was replaced."""
        return self._by_number.get(number)

    def number(self, key: str) -> int | None:
        """The number of the document of a key."""
        return self._numbers.get(key)

    def put(self, key: str, entry: Entry) -> int:
        """Keep a document; returns its number, which no other had before."""
        self.drop(key)
        self._last += 1
        self._numbers[key] = self._last
        self._by_number[self._last] = entry
        return self._last

    def drop(self, key: str) -> None:
        """Forget a document: from now on nobody finds it, whatever the engine still knows."""
        number = self._numbers.pop(key, None)
        if number is not None:
            del self._by_number[number]

"""Runs of capitalised words: what may be the name of a person or of a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.safeguarding.lexicon import countries, given_names, words
from data.safeguarding.reading import Reading, Word

_PARTICLES = words("particles")
_LONGEST = 8
_ROW = re.compile(r"(?:,| and| et| y| e| or| ou| o|, and)\s(?:in |at |a |en |em |d'|de )?")


@dataclass(frozen=True, eq=False)
class Run:
    """Capitalised words in a row, with the small words that join them.

    Attributes:
        words: they, in order.
    """

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where it begins in the plain text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the plain text."""
        return self.words[-1].end

    @cached_property
    def capitals(self) -> list[Word]:
        """The words of it that have a capital."""
        return [word for word in self.words if word.capital]

    @cached_property
    def low(self) -> str:
        """It in lower case, each word after one space."""
        return " ".join(word.low for word in self.words)

    @cached_property
    def given(self) -> bool:
        """Whether it begins with a common given name."""
        first = self.words[0]
        if first.first and len(self.capitals) == 1 and first.low in words("common_words"):
            return False
        return first.low in given_names() or first.low.split("-")[0] in given_names()


def runs_of(reading: Reading) -> list[Run]:
    """All runs of a text, in order."""
    found: list[Run] = []
    row: list[Word] = []
    previous: Word | None = None
    for word in reading.words:
        if row and (word.first or not _joins(reading, previous, word, row)):
            _close(row, found)
            row = []
        if row or word.capital:
            row.append(word)
        previous = word
    _close(row, found)
    return found


def _joins(reading: Reading, previous: Word | None, word: Word, row: Sequence[Word]) -> bool:
    if previous is None or len(row) >= _LONGEST:
        return False
    between = reading.plain[previous.end : word.start]
    if word.text == "." and not between:
        # An initial, as in 'Ana P. Silva'; the point of 'M.K.' joins as well.
        return len(previous.text) == 1 and previous.capital
    if between not in {" ", ""} or (between == "" and previous.kind == "word"):
        return False
    return word.capital or word.low in _PARTICLES


def _close(row: Sequence[Word], found: list[Run]) -> None:
    """Cut a row at the words that are no names, and keep what is left of it."""
    piece: list[Word] = []
    for word in row:
        # 'Maryvonne Le Goff': an article with a capital within a name is a part of it.
        inside = piece and (len(word.text) == 1 or word.low in _PARTICLES)
        if word.capital and word.low in words("not_names") and not inside:
            _keep(piece, found)
            piece = []
        else:
            piece.append(word)
    _keep(piece, found)


def _keep(piece: list[Word], found: list[Run]) -> None:
    while piece and not piece[-1].capital:
        # The point after a last initial is a part of it.
        if piece[-1].text == "." and len(piece) > 1 and len(piece[-2].text) == 1 and len(piece) > 2:
            break
        piece.pop()
    while piece and not piece[0].capital:
        piece.pop(0)
    if piece:
        found.append(Run(tuple(piece)))


def is_country(run: Run) -> bool:
    """Whether it is a country or a part of the world."""
    return (
        run.low in countries()
        or re.sub(r" ?' ?", "'", run.low) in countries()
        or (run.words[0].low in countries() and len(run.capitals) == 1)
    )


def is_organisation(run: Run) -> bool:
    """Whether it holds a word that names of persons do not hold, or is an acronym."""
    if any(
        word.low in words("organisations")
        and word.low not in given_names()
        # 'Khadija El Amrani' is a person, 'El Salvador' none.
        and (place == 0 or word.low not in _PARTICLES)
        for place, word in enumerate(run.capitals)
    ):
        return True
    capitals = run.capitals
    return all(word.text.isupper() and len(word.text) > 1 for word in capitals) and (
        len(capitals) == 1 or len(capitals[0].text) < 4
    )


def placed_starts(reading: Reading, runs: Sequence[Run]) -> set[int]:
    """Where the runs begin that are places by the word before them, or by standing in a row with one that is."""
    found: set[int] = set()
    previous: Run | None = None
    for run in runs:
        between = reading.plain[previous.end : run.start] if previous else ""
        in_row = (
            previous is not None
            and previous.start in found
            and (len(run.capitals) < 2 or not run.given)
            and _in_row(between, reading.plain[run.end : run.end + 5])
        )
        if in_row or place_before(reading, run):
            found.add(run.start)
        previous = run
    return found


def _in_row(between: str, after: str) -> bool:
    """Whether a place goes on as a list does: 'in Lima, Cusco and Puno'."""
    match = _ROW.fullmatch(between)
    return bool(
        match and (not match.group().startswith(", ") or re.match(r"[,.;:)]| (?:and|et|y|e|or|ou|o) |$", after))
    )


def place_before(reading: Reading, run: Run) -> bool:
    """Whether the word before says that it is a place."""
    index = run.words[0].index
    if index == 0:
        return False
    before = reading.words[index - 1]
    if before.low in {"la", "le", "el", "las", "los", "l'", "the"} and index > 1:
        before = reading.words[index - 2]
    return before.low in words("locative") and reading.sentence(before.start) == reading.sentence(run.start)

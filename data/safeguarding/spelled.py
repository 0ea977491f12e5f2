"""Telephone numbers written out in words, in four languages, digits mixed in."""

from collections.abc import Iterator
from itertools import pairwise

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import words
from data.safeguarding.reading import Reading, Word
from data.safeguarding.wording import safer

# The value counts only to tell counting (one, two, three) from dictating.
_UNITS = {
    word: value
    for value, words in enumerate(
        (
            "zero oh cero nulo nought",
            "one un une uno una um uma",
            "two deux dos dois duas",
            "three trois tres",
            "four quatre cuatro quatro",
            "five cinq cinco",
            "six seis meia",
            "seven sept siete sete",
            "eight huit ocho oito",
            "nine neuf nueve nove",
        )
    )
    for word in words.split()
}
_TEENS = words("teens")
_TENS = words("tens")
_HUNDREDS = words("hundreds")
_TIMES = {"double": 2, "doble": 2, "duplo": 2, "triple": 3, "triplo": 3}
_JOINTS = words("joints")
_LEAST = 7
# As many as a mobile number has: nobody counts so far in a text.
_WHOLE = 9


def _parts(word: Word) -> list[str]:
    if word.low in _TEENS or word.low in _TENS:
        return [word.low]
    return word.low.split("-")


def _count(word: Word, tens_open: bool) -> tuple[int, bool] | None:
    """How many digits a word dictates, and whether a unit may still join it; None where it dictates none."""
    if word.kind == "number":
        return (len(word.text), False) if len(word.text) <= 4 else None
    digits = 0
    for part in _parts(word):
        if part in _HUNDREDS:
            tens_open = False
        elif part in _TENS:
            digits, tens_open = digits + 2, True
        elif part in _TEENS:
            digits, tens_open = digits + (0 if tens_open else 2), False
        elif part in _UNITS:
            digits, tens_open = digits + (0 if tens_open else 1), False
        elif part in _JOINTS and digits:
            continue
        else:
            return None
    return digits, tens_open


class _Run:
    """Number words in a row."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.digits = 0
        self.tens_open = False
        self.times = 0

    def take(self, word: Word) -> bool:
        """Add a word; returns whether it belongs to the row."""
        if word.low in _TIMES:
            self.times = _TIMES[word.low]
            self.words.append(word)
            return True
        counted = _count(word, self.tens_open)
        if counted is None:
            # A sign between stops 'thirty, four' from being one number.
            self.tens_open = self.tens_open and word.low in {"y", "e", "et", "and", "-"}
            return bool(self.words) and word.low in _JOINTS
        digits, self.tens_open = counted
        self.digits += digits + max(self.times - 1, 0)
        self.times = 0
        self.words.append(word)
        return True

    @property
    def dictated(self) -> bool:
        """Whether it is a telephone number and nobody counting."""
        spelled = [word for word in self.words if word.kind == "word"]
        values = [_UNITS[word.low] for word in spelled if word.low in _UNITS]
        steps = {second - first for first, second in pairwise(values)}
        gaps = sum(second.start - first.end > 1 for first, second in pairwise(self.words))
        counting = len(values) == len(self.words) and steps in ({1}, {-1}) and gaps * 2 > len(values)
        return self.digits >= _LEAST and len(spelled) >= 3 and not (counting and self.digits < _WHOLE)


def find_spelled(reading: Reading) -> Iterator[Mark]:
    """Telephone numbers of which most digits are words."""
    run = _Run()
    for word in reading.words:
        if run.take(word):
            continue
        yield from _marks(run, reading)
        run = _Run()
        run.take(word)
    yield from _marks(run, reading)


def _marks(run: _Run, reading: Reading) -> Iterator[Mark]:
    if run.dictated:
        yield Mark(Kind.PHONE, run.words[0].start, run.words[-1].end, safer(Kind.PHONE, reading.language), 0.85)

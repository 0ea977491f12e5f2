"""The words that occur and who may see them, to find what a mistyped or half-typed one was meant to be."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice, takewhile

_SHORTEST = 4
_LONGEST = 40
_VOWELS = frozenset("aeiouy")
# Consonants that sound alike, or are neighbours on the keyboard.
_ALIKE = frozenset(
    ["cs", "ck", "sz", "cz", "kq", "gj", "bv", "jx", "mn", "rt", "df", "fg", "cv", "as", "ds", "kl", "bn", "hj"]
)


class Vocabulary:
    """The words of some texts. Grows only: whether a word is still there is for those who tell of it to find out."""

    def __init__(self) -> None:
        self._stems: set[str] = set()
        self._spellings: dict[str, str] = {}
        self._sorted: list[str] = []
        # By first letter and length; with each word a bit for each of its letters, which tells most apart at once.
        self._alike: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)

    def add_stems(self, stems: Iterable[str]) -> None:
        """Learn the stems that a text has."""
        self._stems.update(stems)

    def add(self, spellings: Mapping[str, str]) -> None:
        """Learn words: folded, with the way they are written."""
        for folded, written in spellings.items():
            if folded in self._spellings:
                continue
            self._spellings[folded] = written
            if _SHORTEST <= len(folded) <= _LONGEST and folded.isalpha():
                self._alike[folded[0], len(folded)].append((_letters(folded), folded))

    def has(self, stem: str) -> bool:
        """Whether a text has a stem, or had it."""
        return stem in self._stems

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """The words that begin with a folded prefix, the first in the order of the alphabet."""
        words = self._sorted
        if len(words) != len(self._spellings):
            # Nearly in order already, so this is quick; another thread that asks sees the old list or the new one.
            words = self._sorted = sorted([*words, *islice(self._spellings.copy(), len(words), None)])
        place = bisect_left(words, prefix)
        return list(takewhile(lambda word: word.startswith(prefix), words[place : place + limit]))

    def written(self, folded: str) -> str | None:
        """How a folded word is written, where it is known."""
        return self._spellings.get(folded)

    def near(self, folded: str) -> list[tuple[str, int]]:
        """Words that the given one is probably a slip of, with the number of slips, fewest first.

        Long words may have two slips, short ones one, and words under four letters none. The first letter is taken to
        be right, or swapped with the second.
        """
        if not _SHORTEST <= len(folded) <= _LONGEST or not folded.isalpha():
            return []
        allowed = 2 if len(folded) >= 8 else 1
        letters = _letters(folded)
        found: list[tuple[str, int]] = []
        for first in dict.fromkeys(folded[:2]):
            for length in range(len(folded) - allowed, len(folded) + allowed + 1):
                for others, word in self._alike.get((first, length), ()):
                    if (letters ^ others).bit_count() > 2 * allowed or not _plausible(folded, word):
                        continue
                    slips = distance(folded, word)
                    if 0 < slips <= allowed:
                        found.append((word, slips))
        return sorted(found, key=lambda each: (each[1], abs(len(each[0]) - len(folded)), each[0]))


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


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

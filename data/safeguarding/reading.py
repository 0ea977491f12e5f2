"""A text made ready for the detectors: plain letters and digits, sentences, words, and the way back to the original.

People write digits in full width or in Arabic, put invisible characters between them, and leave accents out. Detectors
read a plain form of the text, and each of its characters remembers where it stood.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from data.safeguarding.lexicon import given_names, words

# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = {
    "œ": "oe",
    "Œ": "Oe",
    "æ": "ae",
    "Æ": "Ae",
    "ß": "ss",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
    "ð": "d",
    "Ð": "D",
    "þ": "t",
    "Þ": "T",
}
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "º": "º"}
_DASHES = "‐‑‒–—―−﹣－"
_WORD = re.compile(
    r"(?P<elision>\b(?:[ldjmtscn]|qu)'(?=\w))|(?P<word>(?:\bO')?[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<number>\d+)|(?P<sign>\S)",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"')\]]*\s+|\n\s*|;\s+")
_ABBREVIATED = words("abbreviated")


class Placed(Protocol):
    """Anything that begins somewhere in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...


Something = TypeVar("Something", bound=Placed)


def within(items: Sequence[Something], start: int, stop: int) -> Sequence[Something]:
    """Those of some items, sorted by where they begin, that begin in a passage."""
    return items[bisect_left(items, start, key=_begins) : bisect_left(items, stop, key=_begins)]


def _begins(item: Placed) -> int:
    return item.start


def _plain(character: str) -> str:
    """One character as plain as it gets: empty where it is invisible or a mark, two letters for a ligature."""
    if character < "\x80":
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"} or character in "\u3164\uffa0":
        return ""
    if character in _DASHES:
        return "-"
    known = _SIGNS.get(character) or _PLAIN.get(character)
    if known:
        return known
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Zs":
        return " "
    decomposed = unicodedata.normalize("NFKD", character)
    # Superscripts and fractions fall into several: only letters, digits and signs of full width become another one.
    return decomposed[0] if decomposed and (len(decomposed) == 1 or unicodedata.combining(decomposed[1])) else character


_LETTERS = re.compile(r"([^\W\d_]+)")


def _spoken(line: str) -> str:
    """A line, and one of capitals only in small letters: names cannot be told by capitals there.

    A given name keeps its capital, and the word after it, which may be the family's.
    """
    if not line.isupper() or len(line.split()) < 3:
        return line
    found: list[str] = []
    named = False
    for piece in _LETTERS.split(line):
        low = "".join(lower if len(lower := character.lower()) == 1 else character for character in piece)
        given = low in given_names()
        if given or (named and low.isalpha() and not any(low in words(name) for name in ("not_names", "acts", "harm"))):
            found.append(low[:1].upper() + low[1:])
        else:
            found.append(low if low.isalpha() else piece)
        # What follows a name goes on being one until a word of the lists comes.
        named = given or (named and (found[-1][:1].isupper() if low.isalpha() else not low.strip()))
    return "".join(found)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word, number or sign of the plain text.

    Attributes:
        index: its place among the words of the text.
        start: where it begins in the plain text.
        end: where it ends.
        text: as it stands in the plain text.
        low: the same in lower case.
        kind: `word`, `number`, `sign` or `elision`.
        first: whether a sentence begins with it.
        capital: whether it is a word with a capital.
    """

    index: int
    start: int
    end: int
    text: str
    low: str
    kind: str
    first: bool
    capital: bool


class Reading:
    """One text, read once for all detectors.

    Args:
        original: as the person wrote it.
        language: of the text; the suggestions are in it.
    """

    def __init__(self, original: str, language: str) -> None:
        self.original = original
        self.language = language
        places: list[int] = []
        characters: list[str] = []
        for place, character in enumerate(original):
            plain = _plain(character)
            # 'œ' becomes two letters, which both stand at its place.
            characters += plain
            places += [place] * len(plain)
        # Plates and documents keep the capitals of a line that has nothing else.
        self.written = "".join(characters)
        self.plain = "\n".join(map(_spoken, self.written.split("\n")))
        self._places = places
        self._sentences: dict[int, tuple[int, int]] = {}
        self._listed: dict[str, list[int]] = {}

    @cached_property
    def low(self) -> str:
        """The plain text in lower case, character for character."""
        return "".join(lower if len(lower := character.lower()) == 1 else character for character in self.plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the plain text stands in the original; accents after its last letter belong to it."""
        last = self._places[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) in {"Mn", "Me"}:
            last += 1
        return self._places[start], last

    @cached_property
    def breaks(self) -> list[int]:
        """Where sentences begin in the plain text; 0 is the first."""
        found = [0]
        for match in _END.finditer(self.plain):
            before = self.plain[max(0, match.start() - 6) : match.start()]
            word = re.search(r"[^\W\d_]+$", before)
            stopped = match.group().startswith(".") and "\n" not in match.group()
            if stopped and word and (len(word.group()) == 1 or word.group().lower() in _ABBREVIATED):
                continue
            if stopped and self.plain[match.end() : match.end() + 1].islower():
                continue
            found.append(match.end())
        return found

    def sentence(self, place: int) -> tuple[int, int]:
        """Begin and end of the sentence that a place of the plain text is in."""
        known = self._sentences.get(place)
        if known is None:
            at = bisect_right(self.breaks, place)
            end = self.breaks[at] if at < len(self.breaks) else len(self.plain)
            known = self._sentences[place] = (self.breaks[at - 1], end)
        return known

    @cached_property
    def words(self) -> list[Word]:
        """All words, numbers and signs, in order."""
        found: list[Word] = []
        breaks = self.breaks
        following = 0
        fresh = False
        for match in _WORD.finditer(self.plain):
            while following < len(breaks) and breaks[following] <= match.start():
                fresh = True
                following += 1
            text = match.group()
            kind = match.lastgroup or "sign"
            capital = kind == "word" and text[0].isupper()
            found.append(Word(len(found), match.start(), match.end(), text, text.lower(), kind, fresh, capital))
            if kind != "sign":
                fresh = False
        return found

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins, in order."""
        return [word.start for word in self.words]

    def words_between(self, start: int, end: int) -> list[Word]:
        """The words that begin in a passage of the plain text."""
        return self.words[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]

    def holds(self, name: str, start: int, end: int) -> bool:
        """Whether a word of a list of the lexicon begins in a passage of the plain text."""
        found = self._listed.get(name)
        if found is None:
            wanted = words(name)
            found = self._listed[name] = [word.start for word in self.words if word.low in wanted]
        return bisect_left(found, start) < bisect_left(found, end)

    def before(self, place: int, characters: int) -> str:
        """The lower-case plain text before a place, within its sentence."""
        return self.low[max(self.sentence(place)[0], place - characters, 0) : place]

    def after(self, place: int, characters: int) -> str:
        """The lower-case plain text after a place, within the sentence of the character before it."""
        return self.low[place : min(self.sentence(max(place - 1, 0))[1], place + characters)]

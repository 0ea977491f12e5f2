"""Names that no run of capitals shows: initials, and names in small letters."""

import re
from collections.abc import Iterator
from functools import cache

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import given_names, words
from data.safeguarding.reading import Reading, Word
from data.safeguarding.wording import safer

_INITIALS = re.compile(
    r"(?<![\w.&])[A-Z]\. ?(?:[A-Z]\. ?){0,2}[A-Z]\.(?![\w])|(?<![\w.])[A-Z](?:\.[A-Z]){1,3}\.?(?![\w.])"
)
_NOT_INITIALS = words("not_initials")
# 'Kelly, L.' is an author and 'A. Ozols, K. Berg' a list of those present.
AUTHOR = re.compile(r"[A-Z][\w'-]+, $|[A-Z]\. [A-Z][\w'-]+(?:,| and| et| y| e|;) $")
_LOOSE = frozenset({"m", "don", "dona", "seu", "sr", "fr", "fru", "tia", "miss", "frau"})


@cache
def naming() -> re.Pattern[str]:
    """What introduces a name, at the end of a text in lower case."""
    phrases = sorted(words("naming"), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"[ ']") for phrase in phrases)
    return re.compile(rf"\b(?:{joined})\s?(?:,|:)?\s?\"?(?:la |el |le )?$")


def find_bare_names(reading: Reading) -> Iterator[Mark]:
    """Initials, and given names in small letters where a title or a word like 'called' stands before them."""
    yield from _initials(reading)
    for word in reading.words:
        if word.kind == "word" and not word.capital and _introduced(reading, word):
            yield Mark(Kind.NAME, word.start, _end(reading, word), safer(Kind.NAME, reading.language), 0.7)


def _introduced(reading: Reading, word: Word) -> bool:
    if word.low not in given_names() or not word.index:
        return False
    before = reading.words[word.index - 1]
    if before.low in words("titles") and before.low not in _LOOSE:
        return word.low not in words("common_words")
    return bool(naming().search(reading.before(word.start, 40)))


def _end(reading: Reading, word: Word) -> int:
    """The end of a name in small letters, with the word after it where that can be the family's."""
    following = reading.words[word.index + 1 : word.index + 2]
    if not following or following[0].kind != "word" or following[0].first:
        return word.end
    low = following[0].low
    other = any(low in words(name) for name in ("not_names", "acts", "harm", "human", "locative", "public_words"))
    return word.end if other or len(low) < 4 else following[0].end


def _initials(reading: Reading) -> Iterator[Mark]:
    """`M.K.`: where it is no abbreviation and no author's."""
    for match in _INITIALS.finditer(reading.plain):
        text = match.group().replace(" ", "")
        dotted = text if text.endswith(".") else text + "."
        following = reading.plain[match.end() : match.end() + 2].strip()
        before = reading.plain[max(0, match.start() - 30) : match.start()]
        if dotted in _NOT_INITIALS or following[:1].isupper() or AUTHOR.search(before):
            continue
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        yield Mark(Kind.NAME, match.start(), end, safer(Kind.NAME, reading.language), 0.75)

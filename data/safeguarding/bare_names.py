"""Names that no run of capitals shows: initials, and names in small letters."""

import re
from collections.abc import Iterator
from functools import cache

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import family_names, given_names, names_and_words, words, words_of_lists
from data.safeguarding.reading import Reading, Word
from data.safeguarding.wording import safer

_INITIALS = re.compile(
    r"(?<![\w.&])[A-Z]\. ?(?:[A-Z]\. ?){0,2}[A-Z]\.(?![\w])|(?<![\w.])[A-Z](?:\.[A-Z]){1,3}\.?(?![\w.])"
)
# 'SIQUEIRA, Edmilson' and 'KONATE Boubacar', as forms have them.
_FAMILY_FIRST = re.compile(r"\b(?:[A-Z]{3,}(?:[ -][A-Z]{3,}){0,2},?|[A-Z][a-z]{2,},) [A-Z][a-z]{2,}\b")
# What somebody in a case gave or is: then it is a name even where no list has it.
_GIVEN_BY = re.compile(
    r"\b(?:statement|interview|deposition|audition|declaracion|depoimento|suspect|victim|victime|victima|vitima|"
    r"autor|imputado|"
    r"imputada|mis en cause|mise en cause|investigado|investigada|temoin|testigo|testemunha|witness|name|nom|"
    r"nombre|nome)\b[^.\n]{0,20}$"
)
# 'm. a. de oliveira'
_SMALL_INITIALS = re.compile(
    r"(?<![\w.@])(?:[a-z]\. ?){1,3}(?:d[aeo]s? |del |de la |van |von )?(?P<family>[a-z]{3,})(?![\w.@])"
)
_PATRONYMIC = re.compile(r".{3,}(?:dottir|sson|escu|ovic)\Z")
_NOT_INITIALS = words("not_initials")
# 'Kelly, L.' is an author and 'A. Ozols, K. Berg' a list of those present.
AUTHOR = re.compile(r"[A-Z][\w'-]+, $|[A-Z]\. [A-Z][\w'-]+(?:,| and| et| y| e|;) $")
_PARTICLES = frozenset({"de", "da", "do", "dos", "das", "del", "la", "van", "der", "von", "el", "al", "bin", "ben"})
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
    yield from _in_small_letters(reading)
    for match in _FAMILY_FIRST.finditer(reading.written):
        low = [part.lower() for part in re.findall(r"[^\W\d_]+", match.group())]
        # Sources are listed so as well, with a year.
        if re.match(r"[ .,]{0,2}\(?(?:19|20)\d\d", reading.written[match.end() :][:8]):
            continue
        known = "," in match.group() and low[0] not in words_of_lists() and len(low[0]) > 3
        known = (known or any(part in family_names() for part in low[:-1])) and low[-1] in given_names()
        told = len(low[0]) > 3 and bool(_GIVEN_BY.search(reading.low[max(0, match.start() - 40) : match.start()]))
        told = told and not any(
            (part in words_of_lists() and part not in given_names()) or part in words("titles") for part in low
        )
        if told or (known and not match.group()[:3].istitle()):
            yield Mark(Kind.NAME, *match.span(), safer(Kind.NAME, reading.language), 0.8)
    for word in reading.words:
        if word.kind == "word" and not word.capital and _introduced(reading, word):
            yield Mark(Kind.NAME, word.start, _end(reading, word), safer(Kind.NAME, reading.language), 0.7)


def _in_small_letters(reading: Reading) -> Iterator[Mark]:
    """'rosa elena quispe', 'tuuli r.', 'm. a. de oliveira': a given name and a family's, none of them a word."""
    row = reading.words
    seen = 0
    for word in row:
        if word.kind != "word" or word.capital or word.start < seen or not _plainly_given(word.low):
            continue
        end = _end_of_name(reading, word)
        if end:
            seen = end
            yield Mark(Kind.NAME, word.start, end, safer(Kind.NAME, reading.language), 0.7)
    for match in _SMALL_INITIALS.finditer(reading.plain):
        if match["family"] in family_names():
            yield Mark(Kind.NAME, match.start(), match.end(), safer(Kind.NAME, reading.language), 0.7)


def _end_of_name(reading: Reading, word: Word) -> int:
    """Where the family's name or its initial ends that stands after a given name; 0 where none does."""
    row = reading.words
    last = word.index + 1
    while last < len(row) and (row[last].low in _PARTICLES or row[last].low in given_names()) and last - word.index < 4:
        last += 1
    following = row[last] if last < len(row) else None
    if following and following.kind == "word" and not following.capital and _joined(reading, row[last - 1], following):
        family = following.low in family_names() and following.low not in names_and_words()
        if family or _PATRONYMIC.match(following.low):
            return following.end
        if len(following.text) == 1 and reading.plain[following.end : following.end + 1] == ".":
            return following.end + 1
    return row[last - 1].end if last - word.index > 1 and row[last - 1].low in family_names() else 0


def _joined(reading: Reading, before: Word, word: Word) -> bool:
    return reading.plain[before.end : word.start] == " "


def _plainly_given(low: str) -> bool:
    other = low in names_and_words() or low in words("common_words") or low in words_of_lists()
    return len(low) > 2 and low in given_names() and not other


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

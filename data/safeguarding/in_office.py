"""Whether somebody named in full is named for an office: what only counts where the name is all that was noticed."""

import re
from functools import cache

from data.safeguarding.lexicon import words
from data.safeguarding.reading import Reading, Word
from data.safeguarding.runs import Run

_HEADS = words("heads_of_lists")
_LIGHT = words("light")
# A year or a source behind a name: 'Evan Stark (2007)', 'Adair, 2019'.
_CITED = re.compile(r"^(?:'s?)?,?\s?(?:et al|&\s|\(?(?:19|20)\d\d\b|\((?:ed|dir|coord|org)s?\b)")
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.(?:-?[A-Z]\.)?\s?(?:\w+\s)?[A-Z][\w'-]{2,}")
_ENDS = frozenset({".", ";", "\n", "?", "!"})


@cache
def well_known() -> frozenset[str]:
    """People in public life, and namesakes of laws and institutions, lower case and without accents."""
    return words("well_known")


def named_for_office(reading: Reading, run: Run) -> bool:
    """Whether a run is somebody's name who stands in public, by what is around it.

    Args:
        reading: the text.
        run: a name in full.
    """
    return (
        is_well_known(run)
        or _thing_after(reading, run)
        or _rank_before(reading, run)
        or _office_beside(reading, run)
        or _in_list(reading, run)
        or bool(_CITED.match(reading.after(run.end, 16)))
    )


def is_well_known(run: Run) -> bool:
    """Whether everybody knows this person, or a law or a programme is called so."""
    low = run.low
    return low in well_known() or any(low.startswith(known + " ") for known in well_known() if known[0] == low[0])


def _thing_after(reading: Reading, run: Run) -> bool:
    """'The Elsa van Bergen case', 'Clare's Law', 'the Ana Lins Foundation'."""
    row = reading.words[run.words[-1].index + 1 : run.words[-1].index + 4]
    owned = len(row) > 1 and row[0].text == "'" and row[1].low == "s"
    following = row[2:3] if owned else row[:1]
    if not following or following[0].kind != "word" or reading.plain[run.end : following[0].start].strip(" 's"):
        return False
    word = following[0]
    called = word.low in words("called_after") or word.low in words("things")
    if owned:
        return word.capital and (called or word.low in words("organisations"))
    return called or (word.low in {"case", "ruling", "judgment", "inquiry", "report"} and len(run.capitals) > 1)


def _before(reading: Reading, run: Run, count: int) -> list[Word]:
    begin = reading.sentence(run.start)[0]
    row = reading.words[max(0, run.words[0].index - count) : run.words[0].index]
    return [word for word in reversed(row) if word.start >= begin]


def _is_office(word: Word) -> bool:
    parts = {word.low, word.low.removesuffix("s"), word.low.removesuffix("es"), *word.low.split("-")}
    return any(part in words(name) for name in ("public_before", "public_after") for part in parts)


def _rank_before(reading: Reading, run: Run) -> bool:
    """'Detective Inspector Colin Marsh', 'o inspetor-geral Rui Vaz', 'capitaine'."""
    for place, word in enumerate(_before(reading, run, 4)):
        if _is_office(word) and word.low not in words("kin"):
            return True
        if word.low in words("ranks"):
            return word.capital and place == 0 and reading.language == "en"
        if not (word.capital or word.low in words("titles") or word.text == "."):
            return False
    return False


def _office_beside(reading: Reading, run: Run) -> bool:
    """An office or an institution right after the name: behind a comma, in brackets, on the next line, or 'of the ...'."""
    index = run.words[-1].index + 1
    row = reading.words[index : index + 12]
    if not row:
        return False
    between = reading.plain[run.end : row[0].start]
    opened = row[0].text in {",", "(", "-", "."} or "\n" in between
    joined = row[0].low in {"of", "from", "at", "du", "de", "d'", "del", "da", "do", "com", "with"}
    if not opened and not joined:
        return False
    profile = row[0].text == "." or "\n" in between or run.words[0].first
    passed = 0
    for word in row if "\n" in between else row[1:]:
        if word.text in _ENDS and (not profile or passed):
            return False
        passed += word.text == "."
        if len(word.text) > 1 and any(
            word.low in words(name) for name in ("human", "acts", "harm", "pronouns", "roles", "kin")
        ):
            return False
        if _is_office(word) and not joined:
            return True
        known = word.low in words("organisations") or word.low in words("institutions")
        if (known and word.capital) or (word.text.isupper() and len(word.text) > 2):
            return True
        if joined and not (word.capital or word.low in _LIGHT):
            return False
    return False


def _in_list(reading: Reading, run: Run) -> bool:
    """'Present: A. Ozols, K. Berg', 'Palestrantes: ...', 'two associations, Manuela Ramos and Flora Tristán'."""
    begin, stop = reading.sentence(run.start)
    begin = max(begin, run.start - 200)
    lead = reading.words_between(begin, run.start)
    for place, word in enumerate(lead):
        following = lead[place + 1].text if place + 1 < len(lead) else ""
        if following in {":", "-"} and any(part in _HEADS for part in (word.low, word.low.removesuffix("s"))):
            return True
    named = [word for word in lead[-6:] if word.kind == "word"]
    singular = (form for word in named for form in (word.low.removesuffix("s"), word.low.removesuffix("es")))
    if any(word.text == "," for word in lead[-6:]) and any(
        form in words("things") and len(form) > 3 for form in singular
    ):
        return True
    initials = len(run.capitals[0].text) == 1
    return initials and len(_INITIAL.findall(reading.plain[begin : min(stop, run.end + 200)])) > 2

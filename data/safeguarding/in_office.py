"""Whether somebody named in full is named for an office: what only counts where the name is all that was noticed."""

import re
from functools import lru_cache

from data.safeguarding.lexicon import words
from data.safeguarding.reading import Reading, Word
from data.safeguarding.runs import Run

_HEADS = words("heads_of_lists")
_LIGHT = words("light")
_WELL_KNOWN = words("well_known")
# A year or a source behind a name: 'Evan Stark (2007)', 'Adair, 2019'.
_CITED = re.compile(r"^(?:'s?)?,?\s?(?:et al|&\s|\(?(?:19|20)\d\d\b|\((?:ed|dir|coord|org)s?\b)")
# 'The handbook by Louise Westmarland and Kate Pickering', 'el manual de ...': who writes is named.
_WORK_OF = re.compile(
    r"(?:(?:^|[.!?\n] ?|\w: ?)(?:By|Par|Por)(?= )|\b(?i:hand-?books?|manual|manuel|manuales|book|livre|libro|"
    r"livro|guide|guia|report by|rapport de|study|etude|estudio|estudo|article|"
    r"articulo|artigo|essay|essai|ensayo|ensaio|research|recherches?|pesquisas?|investigaciones|works?|travaux|"
    r"obra|obras|oeuvre|oeuvres|"
    r"theor(?:y|ies)|theorie|teoria|concept|concepto|conceito|model|modele|modelo|method|methode|metodo|film|"
    r"documentary|documental|"
    r"documentaire|documentario|novel|roman|novela|romance|poem|poeme|poema|song|chanson|cancion|musica|"
    r"painting|mural|statue|statua|"
    r"exhibition|photographs|fotografias|photos|preface|foreword|prologo|prefacio|biography|biographie|"
    r"biografia|translation|edited|written|prepared|produced|compiled|conceived|elaborad[oa]|preparad[oa]|"
    r"elabore|prepare|realise|"
    r"authored|ecrit|escrito|redige|coordinado|coordenado)(?: [a-z]{1,12}| [A-Z][a-z]{1,12}){0,6}? (?:by|of|"
    r"from|de|d'|du|do|da|par|por|d'))"
    r" ?(?:(?:[A-Z][\w'.-]{0,20} ?|de |da |do |van |la |d'){1,5}(?:, | and | et | y | e )){0,3}$"
)
_JOINED = frozenset({"by", "of", "from", "de", "d'", "du", "do", "da", "par", "por", "and", "et", "y", "e", ","})
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.(?:-?[A-Z]\.)?\s?(?:\w+\s)?[A-Z][\w'-]{2,}")
_ENDS = frozenset({".", ";", "\n", "?", "!"})


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
        or _wrote(reading, run)
        or bool(_CITED.match(reading.after(run.end, 16)))
    )


def _wrote(reading: Reading, run: Run) -> bool:
    before = _before(reading, run, 1)
    joined = before and before[0].low in _JOINED
    return bool(joined) and _WORK_OF.search(reading.plain[max(0, run.start - 90) : run.start]) is not None


def is_well_known(run: Run) -> bool:
    """Whether everybody knows this person, or a law or a programme is called so."""
    low = ""
    for word in run.words[:5]:
        low = f"{low} {word.low}".lstrip()
        if low in _WELL_KNOWN:
            return True
    return False


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
    return _listed(word.low)


@lru_cache(maxsize=2048)
def _listed(low: str) -> bool:
    parts = {low, low.removesuffix("s"), low.removesuffix("es")}
    halves = low.split("-")
    if halves[0] not in words("ranks") or halves[-1] in {"general", "geral", "generale"}:
        # A 'brigadier-chef' is no chief.
        parts.update(halves)
    return any(part in words(name) for name in ("public_before", "public_after") for part in parts)


def _rank_before(reading: Reading, run: Run) -> bool:
    """'Detective Inspector Colin Marsh', 'o inspetor-geral Rui Vaz', 'capitaine'."""
    for word in _before(reading, run, 4):
        if _is_office(word) and word.low not in words("kin"):
            return True
        if not (word.capital or word.low in words("titles") or word.text == "."):
            return False
    return False


def _office_beside(reading: Reading, run: Run) -> bool:
    """An office or an institution right after the name: behind a comma, in brackets, on the next line, 'of the ...'."""
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
        if word.low != "leads" and _is_office(word) and not joined:
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

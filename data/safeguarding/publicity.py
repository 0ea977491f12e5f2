"""Whether a name stands in public: offices, speakers, authors, laws, streets and awards called after somebody."""

import re
from functools import lru_cache

from data.safeguarding.in_office import is_well_known
from data.safeguarding.lexicon import words
from data.safeguarding.reading import Reading, Word
from data.safeguarding.runs import Run

_CALLED_AFTER = words("called_after")
_CITED = re.compile(r"^(?:'s?)?,?\s?(?:et al|&|\(?(?:19|20)\d\d\b|\(ed|\(dir|\(coord|, (?:19|20)\d\d)")
_VERSUS = re.compile(
    r"\b(?:v|vs|contre|c|c/|contra|against)\.?\s?$|^\s?(?:y otras|e outras|et autres|and others)?\s?(?:v\.|vs\.?|c\.)\s"
)
HARMED = words("harmed")
# These are said of whoever stands before them, and not of a name that follows.
_BY_WHOM = words("by_whom")
_BY = frozenset({"by", "par", "por", "pela", "pelo", "con", "com", "with", "avec", "la", "el", "a", "o", "."})
_SUBJECTS = words("subjects")
_RELATIVES = frozenset(
    [
        "family",
        "families",
        "relatives",
        "famille",
        "familles",
        "proches",
        "familia",
        "familias",
        "familiares",
        "familiares",
        "parentes",
        "mother",
        "mothers",
        "mere",
        "meres",
        "madre",
        "madres",
        "mae",
        "maes",
        "parents",
        "padres",
        "pais",
    ]
)
_THANKS = re.compile(
    r"\W{0,3}(?:(?:we|i|nous|je|our|nos|nuestro|nosso)\s)?(?:\w{1,9}\s)?(?:thank|remerci|agrade|gracias|obrigad|merci)"
)
# Somebody's words quoted: 'according to X', 'comme l'a dit X', 'como escreveu X', 'en palabras de X'.
_ATTRIBUTED = re.compile(
    r"\b(?:according to|selon|segun|segundo|(?:in the words|in a phrase|quot\w+|cit\w+|d'apres|dans les mots|"
    r"selon le mot|"
    r"en palabras|en frase|nas palavras|na frase|inspired by|inspire de|inspirado en|inspirado em) ?(?:of|de|do|"
    r"da|by|par|por)?|"
    r"(?:as|comme|como)(?: l'a| l'ecrit| le)? ?(?:said|wrote|puts?|not(?:es|ed)|argu(?:es|ed)|show(?:s|ed)|says|"
    r"explain(?:s|ed)|dit|disait|"
    r"ecrit|ecrivait|rappelle|souligne|dijo|decia|escrib(?:io|e)|senal(?:a|o)|recuerda|dizia|disse|"
    r"escreve(?:u)?|lembra|ensina|ensena|explica))\s(?:(?:the|l[ea]|el|o|a)\s)?(?:[a-z-]+\s){0,3}$"
)
_LIGHT = words("light")
# Between a thing and whom it is called after: 'the Institute of the ...', not 'home to Beatriz'.
_WITHIN = _LIGHT - {"a", "y", "e", "o", "and", "et", "en", "for", "pour", "para"}
# Said of nobody but people in public life.
STRONG = words("public_words") - words("said_by_all")


def known_to_all(reading: Reading, run: Run) -> bool:
    """Whether a run is an author, an office holder, or what is called after somebody."""
    return (
        is_well_known(run)
        or _called_after(reading, run)
        or bool(_CITED.match(reading.after(run.end, 16)) and not re.match(r"\(\d{2}\)", reading.after(run.end, 6)))
        or bool(_VERSUS.search(reading.before(run.start, 12)) and reading.plain[run.start - 2] == ".")
        or bool(_VERSUS.match(reading.after(run.end, 22)))
        or _office_before(reading, run)
        or _office_after(reading, run)
    )


def _before(reading: Reading, run: Run, count: int) -> list[Word]:
    """The words of the sentence before a run, nearest first."""
    begin = reading.sentence(run.start)[0]
    found: list[Word] = []
    for word in reversed(reading.words[max(0, run.words[0].index - count) : run.words[0].index]):
        if word.start < begin:
            break
        found.append(word)
    return found


_DEPUTY = re.compile(r"(?:sub|vice-?|co-?|sous-|ex-|vize-?)(?=\w{4})")


def _holds(word: Word, name: str) -> bool:
    return _listed(word.low, name)


@lru_cache(maxsize=2048)
def _listed(low: str, name: str) -> bool:
    """Whether a word is an office of a list, or its deputy's."""
    bare = _DEPUTY.sub("", low, count=1)
    return any(form in words(name) for form in (low, bare, bare.removesuffix("s"), bare.removesuffix("es")))


def _called_after(reading: Reading, run: Run) -> bool:
    for place, word in enumerate(_before(reading, run, 5)):
        if not place and len(run.capitals) > 1 and word.low in {"case", "caso", "affaire"}:
            # 'The case of Ana' is hers, 'the Silva Costa case' a published one.
            return True
        if (
            word.low in _CALLED_AFTER
            or word.low in words("things")
            or (word.capital and word.low in words("organisations"))
        ):
            # 'The centre where Ana lives' is no centre called Ana: only small words may stand between.
            return True
        if word.low not in _WITHIN and word.text not in {'"', "'", "-"}:
            return False
    return False


def _office_before(reading: Reading, run: Run) -> bool:
    for place, word in enumerate(_before(reading, run, 9)):
        if _holds(word, "public_before"):
            return True
        # 'Minister of Women, Ana ...', 'the Director of the Police Academy, Ms ...'
        passing = (
            word.low in words("ranks")
            or word.capital
            or word.low in _LIGHT
            or word.text in {",", ".", ":", "-", '"', "("}
            or word.low in words("titles")
            or word.low in words("organisations")
        )
        if (
            not passing
            and place < 8
            and word.low
            not in {
                "general",
                "executive",
                "national",
                "deputy",
                "adjointe",
                "generale",
                "nacional",
                "interior",
                "ejecutiva",
                "executiva",
                "geral",
            }
        ):
            return False
        if word.low in HARMED:
            return False
    return False


def _office_after(reading: Reading, run: Run) -> bool:
    index = run.words[-1].index + 1
    row = reading.words[index : index + 9]
    if not row or row[0].text not in {",", "(", "-"} or row[0].start - run.end > 1:
        return False
    stop = reading.sentence(run.start)[1]
    for word in row[1:]:
        if word.start >= stop or word.text in {".", ";"} or (word.text == "," and word.index > row[0].index + 3):
            return False
        if word.low in words("human") or word.low in words("acts"):
            # 'Lucía, told the psychologist ...': she is none.
            return False
        if word.low == "leads":
            # 'Ms Adair, who now leads the network' may be anybody.
            continue
        if _holds(word, "public_after") or word.text in {"ONU", "UN", "UNODC", "OHCHR", "PNUD", "UNDP", "OSCE"}:
            return True
    return False


def acts_in_public(reading: Reading, run: Run) -> bool:
    """Whether the verb beside the name is one of a speaker or an author."""
    index = run.words[-1].index + 1
    stop = reading.sentence(run.start)[1]
    public = words("public_words")
    following = [word for word in reading.words[index : index + 5] if word.start < stop]
    # 'says', 'explique' and 'dijo' are said of survivors too; they count where the sentence tells of no case.
    if _any_public(reading, run, following):
        return not _case_in_sentence(reading, run)
    preceding = _before(reading, run, 7)
    if (
        len(run.capitals) > 1
        and _ATTRIBUTED.search(reading.before(run.start, 60))
        and not _case_in_sentence(reading, run)
    ):
        return True
    begin = reading.sentence(run.start)[0]
    if any(word.low in _RELATIVES for word in preceding):
        # 'We thank the families of ...': those are thanked, and not who is named.
        return False
    if any(word.low in _BY_WHOM for word in preceding) and preceding[0].low in _BY | words("titles"):
        return True
    if _THANKS.match(reading.low[begin : begin + 40]):
        return not _case_in_sentence(reading, run)
    # 'Segundo' is 'according to' where it begins a sentence, and 'second' elsewhere.
    leading = [word for word in preceding if word.low in public and (word.low != "segundo" or word.first)]
    leading = [word for word in leading if word.low not in _SUBJECTS]
    return _any_public(reading, run, leading) and not _case_in_sentence(reading, run)


def _any_public(reading: Reading, run: Run, row: list[Word]) -> bool:
    """Whether one of some words is said of people in public life only, or of them since an institution stands by."""
    found = [word.low for word in row if word.low in words("public_words")]
    return any(low in STRONG for low in found) or (bool(found) and _institution_in_sentence(reading, run))


def _institution_in_sentence(reading: Reading, run: Run) -> bool:
    """Whether an institution, an office or a gathering stands by, so that 'said' and 'opened' are said in public."""
    begin, stop = reading.sentence(run.start)
    if reading.plain[stop - 2 : stop - 1] == ";":
        # What comes after a semicolon is told of the same person.
        stop = reading.sentence(stop)[1]
    row = reading.words_between(max(begin, run.start - 120), min(stop, run.end + 120))
    return any(
        word.low in words("gatherings")
        or (word.capital and not word.first and word.low in words("organisations"))
        or _holds(word, "public_before")
        for word in row
        if not run.start <= word.start < run.end
    )


def _case_in_sentence(reading: Reading, run: Run) -> bool:
    begin, stop = reading.sentence(run.start)
    begin, stop = max(begin, run.start - 120), min(stop, run.end + 120)
    return reading.holds("harm", begin, stop) or any(word.low in HARMED for word in reading.words_between(begin, stop))

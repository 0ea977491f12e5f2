"""How text becomes words that can be compared: one spelling for case, accents, hyphens and endings.

Accents are dropped before stemming, since many people type without them ("formacao", "prevencion"). Each language then
has a few rules for plurals and feminines, for which its Snowball stemmer would need the accents.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from data.languages import LANGUAGES
from data.search.stopwords import GRAMMAR

# Text whose language is not known: its words are stemmed by the rules of all four.
UNKNOWN = ""

# Longer words in capitals are words that someone stressed.
LONGEST_ACRONYM = 6
# Of a longer text the rest is left out.
MAX_CHARACTERS = 20_000
# What is longer is read anew each time.
KEPT = 60


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        text: as written, without an elided article or inclusive ending.
        folded: in lower case, without accents.
        capitals: written in capitals, two letters or more: an acronym, unless the whole text is.
        joined: the folded compound that begins with this word (`multisectoral` for the first word of
            "multi-sectoral"), or an empty string.
    """

    text: str
    folded: str
    capitals: bool = False
    joined: str = ""

    @property
    def is_grammar(self) -> bool:
        """Whether the word is an article, a preposition or the like; WHO and UN, in capitals, are not."""
        return self.folded in GRAMMAR and not self.capitals


_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032`\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2022\u2219\u22c5\u30fb\u00b7", "\u00b7"),
        "\u00d7": "x",
    }
)
# To look for them is much faster than to translate, and most texts have none.
_HAS_SAME = re.compile(f"[{''.join(map(re.escape, map(chr, _SAME)))}]")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f]+")
# Format characters, surrogates and private use.
_UNSEEN = re.compile(
    "[\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ud800-\\uf8ff\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U0010ffff]+"
)
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ª": "a", "º": "o"}
)
# Endings that name a second gender or a plural, as in policier·ère·s, délégué(e)s, delegado/a, étudiant-e-s, tod@s.
_ENDINGS = (
    "e|es|s|ne|nes|le|les|te|tes|se|ses|ère|ères|ere|eres|euse|euses|rice|rices|trice|trices|ive|ives|fe|"
    "a|as|o|os|ora|oras|ra|ras|ã|ãs"
)
_INCLUSIVE = (
    (re.compile(r"(?<=\w\w)(?:\u00b7\w{1,6})+"), ""),
    (re.compile(rf"(?<=\w\w\w)\((?:{_ENDINGS})\)s?(?!\w)", re.IGNORECASE), ""),
    (re.compile(rf"(?<=\w\w\w)/-?(?:{_ENDINGS})(?!\w)", re.IGNORECASE), ""),
    (re.compile(r"(?<=\w\w\w)-(?:e|ne|te|se|le|ère|euse|rice|trice|ive)(?:-s)?(?![\w-])", re.IGNORECASE), ""),
    (re.compile(r"(?<=\w\w\w)\.(?:e|ne|te|se|le|ère|euse|rice|trice|ive)(?:\.s)?(?!\w)", re.IGNORECASE), ""),
    (re.compile(r"(?<=[^\W\d_]{2}r)(?:@s|xs)(?!\w)"), "es"),
    (re.compile(r"(?<=[^\W\d_]{2}r)@(?!\w)"), ""),
    (re.compile(r"(?<=[^\W\d_]{3})@(s?)(?!\w)"), r"o\1"),
    (re.compile(r"(?<=[^\W\d_]{3})xs(?!\w)"), "os"),
)
# Without one of these there is no such ending to look for.
_MARK = re.compile(r"[\u00b7(/@]|[-.]\w|xs\b")
_PLURAL_ACRONYM = re.compile(r"^([A-Z]{2,})s$")
_COMPOUND = re.compile(r"[^\W_]+(?:['-]+[^\W_]+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|presqu)'(?=\w)", re.IGNORECASE)


def clean(text: str) -> str:
    """Drop what cannot be seen (control, zero-width and direction characters) and unite what looks the same."""
    text = text[:MAX_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _HAS_SAME.search(text):
            text = text.translate(_SAME)
        text = _UNSEEN.sub("", text)
    return _CONTROL.sub(" ", text)


def fold(text: str) -> str:
    """Lower case without accents: "Género" and "gênero" become "genero"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(_LATIN)


def words(text: str) -> list[Word]:
    """Split a text into its words; compounds with hyphens come as their parts."""
    found = [word for chunk in clean(text).split() for word in words_of(chunk)]
    if found and all(word.capitals or len(word.text) == 1 or word.text.isdigit() for word in found) and len(found) > 2:
        # Someone whose capitals are locked has not typed acronyms.
        return [Word(word.text, word.folded, joined=word.joined) for word in found]
    return found


def words_of(chunk: str) -> tuple[Word, ...]:
    """The words of a cleaned text without spaces."""
    return _kept_words_of(chunk) if len(chunk) <= KEPT else _words_of(chunk)


def _words_of(chunk: str) -> tuple[Word, ...]:
    if _MARK.search(chunk):
        for pattern, replacement in _INCLUSIVE:
            chunk = pattern.sub(replacement, chunk)
    found: list[Word] = []
    for match in _COMPOUND.finditer(chunk):
        compound = match.group()
        if "-" not in compound:
            found += _word(compound)
            continue
        parts = [word for part in compound.split("-") for word in _word(part)]
        if len(parts) > 1:
            head = parts[0]
            parts[0] = Word(head.text, head.folded, head.capitals, "".join(word.folded for word in parts))
        found += parts
    return tuple(found)


def _word(part: str) -> tuple[Word, ...]:
    """The one word, or none, that is left of a part without an elided article, a genitive and a plural of capitals."""
    if "'" in part:
        part = _ELISION.sub("", part)
        if part.lower().endswith("'s"):
            part = part[:-2]
        part = part.replace("'", "")
    if part[-1:] == "s" and part[:1].isupper():
        part = _PLURAL_ACRONYM.sub(r"\1", part)
    folded = fold(part)
    return (Word(part, folded, capitals=len(part) > 1 and part.isupper()),) if folded else ()


_kept_words_of = lru_cache(50_000)(_words_of)


def forget() -> None:
    """Free what was kept to read many texts fast."""
    _kept_words_of.cache_clear()
    _known.clear()


_ENGLISH_IRREGULAR = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "policewomen": "policewoman",
    "policemen": "policeman",
    # One spelling for both sides of the Atlantic.
    "center": "centre",
    "centers": "centre",
    "defense": "defence",
    "offense": "offence",
    "offenses": "offence",
    "behavior": "behaviour",
    "behaviors": "behaviour",
    "labor": "labour",
    "program": "programme",
    "programs": "programme",
    "counseling": "counselling",
    "counselor": "counsellor",
}

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple(
        (re.compile(pattern if pattern.endswith("$)") else pattern + "$"), replacement)
        for pattern, replacement in pairs
    )


# The first rule that fits is used. They need no accents, and make one word of singular and plural, in French of
# masculine and feminine, and in English of the British and the American spelling.
_NORMAL: dict[str, _Rules] = {
    "en": _rules(
        (r"(?<=\w\w\w)is(?=(?:e|ed|es|ing|ation|ations)$)", "iz"),
        (r"(?<=\w\w\w)ys(?=(?:e|ed|es|ing)$)", "yz"),
    ),
    "fr": _rules(
        (r"(?<=\w\w)eaux?", "eau"),
        (r"(?<=\w\w)aux", "al"),
        (r"(?<=\w\w)ieres?", "ier"),
        (r"(?<=\w\w)euses?", "eur"),
        (r"(?<=\w\w)trices?", "teur"),
        (r"(?<=\w\w)ives?", "if"),
        (r"(?<=\w\w)elles?", "el"),
        (r"(?<=\w\w)ennes?", "en"),
        (r"(?<=\w\w)ees?", "e"),
    ),
    "es": _rules(
        (r"(?<=\w\w)ces", "z"),
        (r"(?<=\w\w[lrndjzy])es", ""),
        (r"(?<=\w\w[aeiou])s", ""),
    ),
    "pt": _rules(
        (r"(?<=\w)(?:oes|aes|aos)", "ao"),
        (r"(?<=\w\w)ais", "al"),
        (r"(?<=\w\w)eis", "el"),
        (r"(?<=\w\w)ois", "ol"),
        (r"(?<=\w\w)ns", "m"),
        (r"(?<=\w\w[rz])es", ""),
        (r"(?<=\w\w[aeiou])s", ""),
    ),
}
_NAMES = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese"}


@cache
def _snowball(language: str) -> Callable[[str], list[str]]:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(_NAMES[language])).build().analyze


_known: dict[tuple[str, str], str] = {}


def stem(folded: str, language: str) -> str:
    """The part of a folded word that its inflections share, by the rules of one of `LANGUAGES`."""
    key = (folded, language)
    found = _known.get(key)
    if found is None:
        if len(_known) > 200_000:
            _known.clear()
        found = _known[key] = _stem(folded, language)
    return found


def _stem(folded: str, language: str) -> str:
    if len(folded) < 3 or not folded.isalpha():
        return folded
    if language == "en":
        folded = _ENGLISH_IRREGULAR.get(folded, folded)
    for pattern, replacement in _NORMAL[language]:
        changed, times = pattern.subn(replacement, folded, count=1)
        if times:
            folded = changed
            break
    stems = _snowball(language)(folded)
    return (stems[0] if stems else "") or folded


def stems(folded: str, language: str = UNKNOWN) -> tuple[str, ...]:
    """All that a word may be found by where its language is not certain.

    The stem by the given language comes first, then those by the others, then the word itself, as acronyms have it.
    """
    order = (language, *(other for other in LANGUAGES if other != language)) if language in LANGUAGES else LANGUAGES
    return tuple(dict.fromkeys((*(stem(folded, each) for each in order), folded)))


def stem_of(word: Word, language: str) -> str:
    """The stem of a word; an acronym has no endings to lose (OSCE is not OSC)."""
    return word.folded if word.capitals and len(word.folded) <= LONGEST_ACRONYM else stem(word.folded, language)

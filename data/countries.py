"""The countries that may join the Network, and finding them by any name. Knows no database.

Names come from CLDR, so that nobody types (or mistypes) them; only the two Permanent Observers are called as the United
Nations calls them. Portuguese is the Brazilian one; the European spelling is
understood as well.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from data import cldr, seedfiles
from data.languages import LANGUAGES

# What people may type, by language: the first locale gives the name that is shown.
_LOCALES = {"en": ("en",), "fr": ("fr",), "es": ("es", "es_419", "es_MX"), "pt": ("pt", "pt_PT")}
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "&": " and "}
)
_ARTICLES = frozenset(["the", "la", "le", "les", "l", "el", "los", "las", "o", "a", "os", "as"])
# Nobody's country has a longer name; autocomplete sends what is typed at each key.
_LONGEST = 100


def eligible() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of the countries that may join."""
    said = seedfiles.read("eligible")
    return frozenset([*said["member_states"], *said["permanent_observers"]])


def name(code: str, language: str) -> str:
    """A country's name in a language, English where the language is not ours, the code itself where CLDR has none."""
    observer = _observers().get(code.upper())
    if observer is not None:
        return observer.get(language, observer["en"])
    return _territories(_LOCALES.get(language, _LOCALES["en"])[0]).get(code.upper(), code)


def region_name(code: str, language: str) -> str:
    """The name of a region by its UN M49 code, for instance `150` for Europe; the code itself where CLDR has none."""
    return name(code, language)


def find(text: str) -> str | None:
    """The country that a text names, or None.

    Args:
        text: a name in any of the four languages, a well-known other name, or an ISO 3166-1 code of two or three
            letters. Case, accents, punctuation and a leading article do not matter.

    Returns:
        The alpha-2 code of a country that may join.
    """
    folded = fold(text)
    known = _known()
    article, _, rest = folded.partition(" ")
    return (
        known.get(folded) or known.get(folded.replace(" ", "")) or (known.get(rest) if article in _ARTICLES else None)
    )


def suggest(text: str, language: str, limit: int = 25, *, first: Iterable[str] | None = None) -> list[str]:
    """The countries that a text may be the beginning of, likeliest first.

    Args:
        text: what was typed so far, in any of the four languages.
        language: the person's; matches in it go before matches in the others.
        limit: how many at most.
        first: the codes to put first where nothing was typed; the Network's members if not given.

    Returns:
        Alpha-2 codes.
    """
    folded = fold(text)
    entries = _entries(language if language in LANGUAGES else "en")
    if not folded:
        front = frozenset(_members() if first is None else first)
        return [entry.code for entry in sorted(entries, key=lambda entry: (entry.code not in front, entry.own))][:limit]
    exact = find(text)
    ranked: list[tuple[int, str, str]] = []
    for entry in entries:
        rank = 0 if entry.code == exact else entry.rank(folded)
        if rank is not None:
            ranked.append((rank, entry.own, entry.code))
    if not ranked:
        ranked = [(distance, entry.own, entry.code) for entry in entries if (distance := entry.distance(folded))]
    return [code for _, _, code in sorted(ranked)][:limit]


def fold(text: str) -> str:
    """A text without what people leave out or get wrong: case, accents, punctuation, invisible characters."""
    spread = unicodedata.normalize("NFKD", text[:_LONGEST].casefold().translate(_PLAIN))
    return " ".join("".join(map(_folded, spread)).split())


@cache
def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    # Marks over letters and invisible characters vanish; all else parts words.
    return "" if category[0] == "M" or category == "Cf" else " "


@dataclass(frozen=True, slots=True)
class _Entry:
    """A country as the speakers of one language look for it; all names are folded."""

    code: str
    # As it is called in the person's language.
    own: str
    others: tuple[str, ...]

    def rank(self, text: str) -> int | None:
        """How well a text fits, 1 being best; None where it does not."""
        for rank, fits in enumerate((str.startswith, _word_starts, str.__contains__)):
            if fits(self.own, text):
                return 1 + 2 * rank
            if any(fits(other, text) for other in self.others):
                return 2 + 2 * rank
        return None

    def distance(self, text: str) -> int | None:
        """How many small slips of the keyboard lie between a text and a name or its beginning; None for too many."""
        allowed = 0 if len(text) < 4 else 1 if len(text) < 7 else 2
        best = min((_slips(text, near, allowed) for near in self._near(text, allowed)), default=allowed + 1)
        return best if best <= allowed else None

    def _near(self, text: str, allowed: int) -> Iterator[str]:
        for known in (self.own, *self.others):
            for start in (known, *known.split(" ")[1:]):
                if len(start) >= len(text) - allowed:
                    yield start if len(start) <= len(text) + allowed else start[: len(text)]


def _word_starts(known: str, text: str) -> bool:
    return f" {text}" in f" {known}"


def _slips(one: str, other: str, allowed: int) -> int:
    """How many letters were left out, added, mistaken or swapped with their neighbour; `allowed` + 1 for any more."""
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]


def _territories(locale: str) -> dict[str, str]:
    return cldr.names()["territories"][locale]


@cache
def _observers() -> dict[str, dict[str, str]]:
    return seedfiles.read("eligible")["observer_names"]


@cache
def _names(code: str, language: str) -> tuple[str, ...]:
    """The folded names of a country in a language, the one that is shown first, without repeats."""
    names = dict.fromkeys([fold(name(code, language))])
    names |= dict.fromkeys(fold(_territories(locale)[code]) for locale in _LOCALES[language])
    for locale in _LOCALES[language]:
        # "Myanmar (Burma)" is known by either.
        outside, bracket, inside = _territories(locale)[code].partition("(")
        if bracket:
            names |= dict.fromkeys([fold(outside), fold(inside)])
    return tuple(names)


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    said: dict[str, list[str]] = seedfiles.read("eligible")["aliases"]
    return {code: tuple(map(fold, names)) for code, names in said.items()}


@cache
def _known() -> dict[str, str]:
    """Every folded name and code, with the country it means."""
    codes = eligible()
    known: dict[str, str] = {}
    for code in sorted(codes):
        for language in LANGUAGES:
            known |= dict.fromkeys(_names(code, language), code)
        known |= dict.fromkeys(_aliases().get(code, ()), code)
        known[code.lower()] = code
    # CLDR lists three-letter codes among the former and other codes of a territory.
    for other, means in cldr.names()["codes"].items():
        if means in codes:
            known.setdefault(other.lower(), means)
    # "Cote dIvoire", "EEUU", "New-Zealand": where the words are parted is anyone's guess.
    return {spelt.replace(" ", ""): code for spelt, code in known.items()} | known


@lru_cache(len(LANGUAGES))
def _entries(language: str) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    for code in eligible():
        own, *others = _names(code, language)
        for other in LANGUAGES:
            others += _names(code, other)
        others += _aliases().get(code, ())
        entries.append(_Entry(code, own, tuple(dict.fromkeys(others))))
    return tuple(entries)


@cache
def _members() -> frozenset[str]:
    return frozenset(member["country"] for member in seedfiles.read("network")["members"])

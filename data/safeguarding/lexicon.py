"""The lists of words, read once from the files beside this one."""

import re
from functools import cache
from importlib.resources import files

_HEADING = re.compile(r"^\[(\w+)\]$")


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in _lines("lexicon.txt"):
        heading = _HEADING.match(line)
        if heading:
            current = found.setdefault(heading.group(1), set())
        else:
            current.update(word.replace("_", " ").strip() for word in line.split())
    return {name: frozenset(words) for name, words in found.items()}


def _lines(file: str) -> list[str]:
    text = (files("data.safeguarding") / file).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, lower case and without accents; those of several words have a space.

    Raises:
        KeyError: there is no such list.
    """
    return _lists()[name]


@cache
def given_names() -> frozenset[str]:
    """Common given names, lower case and without accents."""
    files_of_names = ("given_names.txt", "more_given_names.txt")
    return frozenset(
        word for file in files_of_names for line in _lines(file) for word in line.split() if not word.endswith("_")
    )


@cache
def family_names() -> frozenset[str]:
    """Common family names, lower case and without accents."""
    return frozenset(word for line in _lines("surnames.txt") for word in line.split())


@cache
def names_and_words() -> frozenset[str]:
    """Names that are ordinary words as well, lower case and without accents."""
    return frozenset(word for line in _lines("names_and_words.txt") for word in line.split())


@cache
def words_of_lists() -> frozenset[str]:
    """All words of the lists that are no names."""
    listed = (found for name, found in _lists().items() if name not in {"well_known", "titles"})
    return frozenset(word for found in listed for word in found)


@cache
def countries() -> frozenset[str]:
    """The names of countries and parts of the world in the four languages; lower case, no accents."""
    return frozenset(word.replace("_", " ") for line in _lines("countries.txt") for word in line.split())


@cache
def pattern(name: str) -> str:
    """A list as the inside of a regular expression, longest first; a space stands for any run of up to three."""
    found = sorted(words(name), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]{1,3}") for word in found)

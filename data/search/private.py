"""What of a query may be kept: its words, without those that may tell of a person."""

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from data.safeguarding import Context, check
from data.safeguarding.lexicon import given_names
from data.search.glossary import thesaurus
from data.search.text import Word, words

# Stands for what was left out.
LEFT_OUT = "…"
_LONGEST = 120
_MOST_WORDS = 14
# Years have four.
_MOST_DIGITS = 4


@dataclass(slots=True)
class _Part:
    """A word of a query, or what was left out already."""

    text: str
    hidden: bool
    known: bool


def words_to_keep(query: str, names: Collection[str] = ()) -> str:
    """A query as it may be kept: its words in small letters, without what may tell of a person.

    Left out are what the safeguarding check finds, given names, other names that are given here, numbers of more than
    four digits, and unknown words that begin with a capital within the query; each with its unknown neighbours, since a
    family's name stands beside a given one. Empty where nothing is left.

    Args:
        query: as typed.
        names: folded words of names to leave out.
    """
    parts = list(_parts(query, names))[:_MOST_WORDS]
    for row in (parts, parts[::-1]):
        for one, other in itertools.pairwise(row):
            other.hidden = other.hidden or (one.hidden and not other.known and one.text != LEFT_OUT)
    kept: list[str] = []
    for part in parts:
        shown = LEFT_OUT if part.hidden else part.text
        if kept[-1:] != [shown] or shown != LEFT_OUT:
            kept.append(shown)
    return "" if set(kept) <= {LEFT_OUT} else " ".join(kept)[:_LONGEST].strip()


def _parts(query: str, names: Collection[str]) -> Iterator[_Part]:
    plain = query
    for finding in sorted(check(query, context=Context.PRACTICE), key=lambda each: -each.start):
        plain = f"{plain[: finding.start]} {LEFT_OUT} {plain[finding.end :]}"
    first = True
    for chunk in plain.split():
        if chunk == LEFT_OUT:
            yield _Part(LEFT_OUT, hidden=True, known=True)
        for word in words(chunk):
            known = word.folded in thesaurus().spellings or word.is_grammar
            hidden = not known and (word.folded in names or _tells(word, first=first))
            yield _Part(word.text.lower(), hidden, known)
        first = False


def _tells(word: Word, *, first: bool) -> bool:
    """Whether a word may name a person, or a case by its number."""
    proper = not first and word.text[:1].isupper() and not word.text.isupper()
    return proper or word.folded in given_names() or sum(map(str.isdigit, word.text)) > _MOST_DIGITS

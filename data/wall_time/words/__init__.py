"""The words in which people say when, in each of the four languages, as tokens for the grammar.

The tables are written as people write, accents and all. A key is the kind of token that the grammar knows, a value
its phrases, parted by commas; where a kind has several values, each has a line of its own.
"""

import functools
from collections.abc import Iterator, Mapping

from data.languages import LANGUAGES
from data.wall_time.normal import normalise
from data.wall_time.tokens import Token
from data.wall_time.words import common, english, french, portuguese, spanish
from data.wall_time.words.numbers import count

# A kind's phrases, or those of each of its values.
Table = Mapping[str, str | Mapping[int, str] | Mapping[str, str]]

TABLES: Mapping[str, Table] = {
    "en": english.WORDS,
    "fr": french.WORDS,
    "es": spanish.WORDS,
    "pt": portuguese.WORDS,
}
LONGEST = 5


@functools.cache
def lexicon(languages: tuple[str, ...]) -> Mapping[str, tuple[Token, ...]]:
    """What each phrase of some languages can mean, by its normal form."""
    found: dict[str, dict[Token, None]] = {}
    for phrase, token in _entries(languages):
        found.setdefault(normalise(phrase), {})[token] = None
    return {phrase: tuple(tokens) for phrase, tokens in found.items()}


@functools.cache
def vocabulary() -> frozenset[str]:
    """Every single word of all languages; what is not among them may be the name of a place."""
    return frozenset(word for phrase in lexicon(LANGUAGES) for word in phrase.split())


def _entries(languages: tuple[str, ...]) -> Iterator[tuple[str, Token]]:
    for table in (common.WORDS, *(TABLES[language] for language in languages)):
        for kind, values in table.items():
            for value, phrases in ({"": values} if isinstance(values, str) else values).items():
                number, text = (value, "") if isinstance(value, int) else (0, value)
                for phrase in phrases.split(","):
                    yield phrase, Token(kind, number, text, word=True)
    for language in languages:
        for phrase, number in count(language):
            yield phrase, Token("NUM", number, language, word=True)

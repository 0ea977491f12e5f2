"""The smallest parts of a phrase: figures of every form, words, and marks."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a phrase with one of the meanings that it can have.

    Attributes:
        kind: what it is to the grammar, for instance `MONTH`, `NUM` or `CLOCK`.
        number: its value where it has one.
        text: its value where that is no number; how it was typed where it is in no table; the language of a number.
        word: whether it was written in letters.
    """

    kind: str
    number: int = 0
    text: str = ""
    word: bool = False


# In figures only ASCII counts: `\d` would take the digits of every script, and a slip of the keyboard with them.
# A form is not taken where more of its kind follows: 14/03/27 is no 14/03, and 15:00:30 no 15:00.
_FORMS = re.compile(
    r"""
      (?P<COMPACT> [0-9]{8}t[0-9]{4}(?:00)? (?![0-9]) )
    | (?P<DATE>    [0-9]{4}(?P<ymd>[-/.])[0-9]{1,2}(?P=ymd)[0-9]{1,2} (?![0-9]|[-/.:][0-9]) ) (?:\s?t\s?(?=[0-9]))?
    | (?P<FIGURES> [0-9]{1,2}(?P<dmy>[-/.])[0-9]{1,2}(?P=dmy)[0-9]{4} (?![0-9]|[-/.:][0-9]) )
    | (?P<SHORT>   [0-9]{1,2}/[0-9]{1,2} (?![0-9]|[-/.:][0-9]) )
    | (?P<CLOCK>   [0-9]{1,2}[:.h][0-9]{2}(?::00(?:\.0+)?)? (?![0-9]|[:.h][0-9]) )
    | (?P<UTC>     (?:utc|gmt)\s?[+-][0-9]{1,2}(?::?[0-9]{2})? (?![0-9]|[:.h][0-9]) )
    | (?P<SHIFT>   [+-][0-9]{1,2}(?::?[0-9]{2})? (?![0-9]|[:.h][0-9]|\s?(?:h|am|pm)) )
    | (?P<ORD>     [0-9]{1,2}\.?(?:st|nd|rd|th|ere|er|eme|e|os|o|as|a|ro|ra|do|da|to|ta) (?![a-z]) )
    | (?P<NUM>     [0-9]{1,2} (?![0-9]) )
    | (?P<BIG>     [0-9]{3} (?![0-9]) )
    | (?P<YEAR>    [0-9]{4} (?![0-9]) )
    | (?P<NAME>    [a-z_]+(?:/[a-z0-9_+-]+)+ )
    | (?P<WORD>    [a-z]+ ) \.?
    | (?P<MARK>    [-@] )
    """,
    re.VERBOSE,
)
_WITH_NUMBER = ("ORD", "NUM", "BIG", "YEAR")


def scan(phrase: str) -> list[Token] | None:
    """The parts of a normal phrase in their order, words as they are; None where one is of no known form."""
    found: list[Token] = []
    at = 0
    while at < len(phrase):
        if phrase[at] == " ":
            at += 1
            continue
        match = _FORMS.match(phrase, at)
        if match is None:
            return None
        (kind,) = (name for name, text in match.groupdict().items() if name.isupper() and text is not None)
        number = int(re.sub("[^0-9]", "", match[kind])) if kind in _WITH_NUMBER else 0
        found.append(Token(kind, number, match[kind]))
        at = match.end()
    return found

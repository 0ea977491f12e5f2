"""How much a run of capitalised words looks like the name of a person by itself, whatever stands around it."""

import re

from data.safeguarding.lexicon import family_names, given_names, words
from data.safeguarding.runs import Run, is_country, is_organisation

# Ends of family names that hardly an ordinary word of the four languages has.
_FAMILY_ENDS = re.compile(
    r".{2,}(?:sson|ssen|nsen|rsen|tsen|lsen|dsen|dottir|qvist|strom|gren|berg|lund|stad|heim|escu|eanu|ovic|"
    r"evic|cic|kic|nik|"
    r"ovska|ovski|enko|shvili|poulos|poulou|idis|idou|akis|yan|imana|ayezu|wimana|nkindi|egwa|unda|moto|mura|naka|"
    r"qui|nez|guez|ndez|eiro|eira|dijk|veld|stra|sma|kker|inen|onen|ainen|ola|mann|hauer|huber|ina|ins|oğlu|oglu|zade|"
    r"pour|ullah|eddine|aj|iqi|aku)\Z"
)
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,5}")
_COMMON = words("common_words")


def likeness(run: Run) -> float:
    """From 0 to 1: a given name and a family's are nearly sure, one of them with any other word half.

    Args:
        run: capitalised words; a single one is never more than a quarter.
    """
    capitals = [word for word in run.capitals if len(word.text) > 1]
    initials = len(run.capitals) - len(capitals)
    if capitals and len(run.capitals) == 2 and _TWO_SYLLABLES.fullmatch(run.words[0].text):
        # 'Hye-jin Park', and no park.
        return 1.0
    if not capitals or is_country(run) or is_organisation(run):
        return 0.0
    first = _given(capitals[0].low)
    if len(capitals) == 1:
        # 'J. Haugen' and 'Claire M.' are meant as names.
        alone = 0.75 * max(first, _family(capitals[0].low))
        return alone if initials else first / 4
    last = max(_family(word.low) for word in capitals[1:])
    return min(1.0, first * 0.6 + last * 0.4) if first or last > 0.9 else 0.0


def _given(low: str) -> float:
    """Whether a word is a given name: wholly, or half where it is an ordinary word as well."""
    known = low in given_names() or all(part in given_names() for part in low.split("-"))
    return (0.5 if low in _COMMON else 1.0) if known else 0.0


def _family(low: str) -> float:
    """Whether a word is a family's name: by the list, or half by how it ends."""
    parts = low.split("-")
    if any(part in family_names() for part in parts):
        return 1.0
    return 0.6 if low in given_names() or any(_FAMILY_ENDS.match(part) for part in parts) else 0.0

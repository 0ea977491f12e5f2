"""All the meanings that the parts of a phrase can have, side by side, for the grammar to choose from."""

from collections.abc import Iterator

from data.wall_time.places import ABBREVIATIONS, zone_of
from data.wall_time.tokens import Token, scan
from data.wall_time.words import LONGEST, lexicon, vocabulary

# From each part of a phrase on: a meaning, and where the next part begins.
Lattice = list[list[tuple[Token, int]]]

# No moment takes more parts to say.
MOST = 40
# Names of cities have four words at most: Dar es Salaam, Port of Spain.
NAME = 4


def lattice(phrase: str, languages: tuple[str, ...]) -> Lattice | None:
    """Every meaning that each part of a normal phrase can have in some languages.

    Returns:
        None where there is a part that means nothing.
    """
    tokens = scan(phrase)
    if tokens is None or len(tokens) > MOST:
        return None
    found: Lattice = [_meanings(tokens, at, languages) for at in range(len(tokens))]
    for at, end, zone in _place(tokens):
        found[at].append((Token("ZONE", text=zone), end))
    return found


def _meanings(tokens: list[Token], at: int, languages: tuple[str, ...]) -> list[tuple[Token, int]]:
    token = tokens[at]
    if token.kind == "NAME":
        zone = zone_of(token.text)
        return [(Token("ZONE", text=zone), at + 1)] if zone else []
    if token.kind == "MARK":
        return [(Token("AT" if token.text == "@" else "DASH"), at + 1)]
    if token.kind == "ORD" and token.text.endswith("a"):
        return _feminine(tokens, at, languages)
    if token.kind != "WORD":
        return [(token, at + 1)]
    words: list[str] = []
    found: list[tuple[Token, int]] = []
    for end in range(at, min(at + LONGEST, len(tokens))):
        if tokens[end].kind != "WORD":
            break
        words.append(tokens[end].text)
        meanings = lexicon(languages).get(" ".join(words), ())
        if any(meaning.kind == "NUM" for meaning in meanings):
            # "vinte e um" is 21, and not 20 and 1.
            found = [(meaning, end) for meaning, end in found if meaning.kind != "NUM"]
        found += [(meaning, end + 1) for meaning in meanings]
    if token.text in ABBREVIATIONS:
        found.append((Token("ABBREVIATION", text=token.text), at + 1))
    # "la mañana" is the morning, never tomorrow.
    morning = token.text == "manana" and at > 0 and tokens[at - 1].text == "la"
    return [(meaning, end) for meaning, end in found if not (morning and meaning.kind == "REL")]


def _feminine(tokens: list[Token], at: int, languages: tuple[str, ...]) -> list[tuple[Token, int]]:
    """`2ª` is no day of the month; in Portuguese it is short for the second day of the week, which is Monday."""
    number = tokens[at].number
    found = [(Token("NTH", number), at + 1)]
    if "pt" in languages and 2 <= number <= 6:
        follows = at + 1 < len(tokens) and tokens[at + 1].text == "feira"
        found.append((Token("WEEKDAY", number - 2), at + 2 if follows else at + 1))
    return found


def _place(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Where the name of a place stands: around the words that mean nothing else, and may begin with one that does."""
    unknown = [
        at
        for at, token in enumerate(tokens)
        if token.kind == "WORD" and token.text not in vocabulary() and token.text not in ABBREVIATIONS
    ]
    if not unknown or unknown[-1] - unknown[0] >= NAME:
        return
    end = unknown[-1] + 1
    for start in {unknown[0], max(unknown[0] - 1, 0)}:
        words = tokens[start:end]
        zone = (
            zone_of(" ".join(token.text for token in words)) if all(token.kind == "WORD" for token in words) else None
        )
        if zone:
            yield start, end, zone

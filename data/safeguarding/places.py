"""Named places below the country: towns, villages, quarters."""

import re
from dataclasses import dataclass

from data.safeguarding.lexicon import given_names, pattern, words
from data.safeguarding.reading import Reading
from data.safeguarding.runs import Run, is_country, is_organisation, placed_starts

_OURS = re.compile(
    r"\b(?:in|at|from|near|on|of|dans|a|au|de|en|del|desde|em|no|na|do|da|d'|du|sur)\s(?:(?:the|our|this|"
    r"that|a|an|one|le|la|l'|un|une|notre|ce|cette|cet|el|nuestro|nuestra|este|esta|uno|una|o|nosso|nossa|"
    r"um|uma|small|tiny|remote|petit|petite|pequeno|pequena|rural|same|meme|mismo|"
    rf"misma)\s?){{0,3}}(?:{pattern('small_place')})\b(?!s)"
)
# A dateline: 'Kukës, 3 March 2024.'
_DATED = re.compile(r",\s(?:(?:le|el|em|on)\s)?\d")
_DIRECTIONS = words("directions")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the plain text.

    Attributes:
        start: where it begins, the word before it included.
        end: where it ends.
        named: whether it has a name; else it is 'our village'.
    """

    start: int
    end: int
    named: bool


def is_place(reading: Reading, run: Run, placed: set[int]) -> bool:
    """Whether a run is a place below the country: said by the word before it, and nothing else by its words."""
    if is_country(run) or is_organisation(run) or run.low in _DIRECTIONS or run.start == 0:
        return False
    return run.start in placed or _after_small_place(reading, run)


def _after_small_place(reading: Reading, run: Run) -> bool:
    index = run.words[0].index
    if run.words[0].first or not index:
        return False
    before = reading.words[index - 1]
    if before.low in {"of", "de", "du", "d'", "del", "da", "do", "called", "named"} and index > 1:
        before = reading.words[index - 2]
    return before.low in words("small_place")


def places_of(reading: Reading, runs: list[Run]) -> list[Place]:
    """All places, in order."""
    found: list[Place] = []
    placed = placed_starts(reading, runs)
    for run in runs:
        if is_place(reading, run, placed) and not (run.given and len(run.capitals) > 1 and not _town_like(run)):
            before = reading.words[run.words[0].index - 1]
            found.append(Place(before.start, run.end, named=True))
        elif (
            run.words[0].first
            and _DATED.match(reading.plain, run.end)
            and not is_country(run)
            and not is_organisation(run)
        ):
            found.append(Place(run.start, run.end, named=True))
    found += [Place(match.start(), match.end(), named=False) for match in _OURS.finditer(reading.low)]
    return sorted(found, key=lambda place: place.start)


def _town_like(run: Run) -> bool:
    return any(word.low not in given_names() and not word.capital for word in run.words)

"""The check of a text: all detectors, and one finding where several see the same."""

from collections.abc import Iterable

from data.languages import LANGUAGES
from data.safeguarding.accounts import find_accounts
from data.safeguarding.addresses import find_addresses
from data.safeguarding.bare_names import find_bare_names
from data.safeguarding.cases import find_cases
from data.safeguarding.combined import find_combinations, find_small_counts
from data.safeguarding.emails import find_emails
from data.safeguarding.finding import Context, Finding, Kind, Mark
from data.safeguarding.identity import find_identities
from data.safeguarding.languages import guess_language
from data.safeguarding.names import find_names
from data.safeguarding.neutral import Neutral
from data.safeguarding.phones import find_lettered, find_phones
from data.safeguarding.places import places_of
from data.safeguarding.plates import find_plates
from data.safeguarding.reading import Reading
from data.safeguarding.runs import runs_of
from data.safeguarding.shelters import find_shelters
from data.safeguarding.spelled import find_spelled

# Where two findings overlap, the kind that comes first stays: a case number holds what looks like a telephone number.
_ORDER = (
    Kind.EMAIL,
    Kind.CASE_NUMBER,
    Kind.IDENTITY_DOCUMENT,
    Kind.PHONE,
    Kind.ONLINE_ACCOUNT,
    Kind.LICENCE_PLATE,
    Kind.SHELTER,
    Kind.ADDRESS,
    Kind.NAME,
    Kind.DATE_PLACE_AGE,
    Kind.SMALL_COUNT,
)
# They speak of several things at once, so that a name may well stand within them.
_COMBINED = frozenset((Kind.DATE_PLACE_AGE, Kind.SMALL_COUNT))


def check(text: str, *, context: Context = Context.PRACTICE, language: str | None = None) -> tuple[Finding, ...]:
    """Find what may identify a person or an open case.

    Args:
        text: in any of the four languages, of any length; the time grows with it and with nothing else.
        context: what the text is for; names of speakers and of members are expected in some.
        language: `en`, `fr`, `es` or `pt` for the suggestions; guessed from the text if not given.

    Returns:
        The findings in the order of the text. Their positions are those of `text` itself, in characters.
    """
    known = language if language in LANGUAGES else guess_language(text)
    reading = Reading(text, known)
    if not reading.plain.strip():
        return ()
    neutral = Neutral(reading.low)
    runs = runs_of(reading)
    places = places_of(reading, runs)
    marks: list[Mark] = [
        *find_emails(reading),
        *find_accounts(reading),
        *find_cases(reading, neutral),
        *find_identities(reading, neutral),
        *find_phones(reading, neutral),
        *find_lettered(reading),
        *find_spelled(reading),
        *find_plates(reading, neutral),
        *find_shelters(reading, runs),
        *find_addresses(reading, neutral),
        *find_names(reading, runs, context),
        *(find_bare_names(reading) if context is Context.PRACTICE else ()),
        *find_combinations(reading, places),
        *find_small_counts(reading, places),
    ]
    return tuple(_finding(reading, mark) for mark in _without_overlaps(marks))


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    taken: dict[str, set[int]] = {}
    for mark in sorted(marks, key=lambda one: (_ORDER.index(one.type), one.start, -one.end)):
        covered = taken.setdefault(mark.type if mark.type in _COMBINED else "single", set())
        here = range(mark.start, mark.end)
        if covered.isdisjoint(here):
            kept.append(mark)
            covered.update(here)
    return sorted(kept, key=lambda one: (one.start, one.end))


def _finding(reading: Reading, mark: Mark) -> Finding:
    start, end = reading.span(mark.start, mark.end)
    return Finding(mark.type, start, end, reading.original[start:end], mark.suggestion, mark.confidence)

"""Texts made to be slow, and how long each detector takes for them."""

import time
from collections.abc import Callable

from data.safeguarding import Context
from data.safeguarding.accounts import find_accounts
from data.safeguarding.addresses import find_addresses
from data.safeguarding.bare_names import find_bare_names
from data.safeguarding.cases import find_cases
from data.safeguarding.combined import find_combinations, find_small_counts
from data.safeguarding.emails import find_emails
from data.safeguarding.identity import find_identities
from data.safeguarding.names import find_names
from data.safeguarding.neutral import Neutral
from data.safeguarding.phones import find_lettered, find_phones
from data.safeguarding.places import places_of
from data.safeguarding.plates import find_plates
from data.safeguarding.reading import Reading
from data.safeguarding.runs import runs_of
from data.safeguarding.shelters import find_shelters
from data.safeguarding.spelled import find_spelled

# Each is repeated to 4,000 characters: what regular expressions and searches within searches are afraid of.
SLOW = """a|1|1 |1-|1.|06 12 34 56 78 |+33 6 12 34 56 78 |nove oito sete |A |Ana, |told Ana |SILVA, Ana |ana silva |
Ana de la |M.K. |a. b. |Mrs |d'|a@|a.|ana at gmail dot |12 rue de la Paix |Calle de la |flat 1 block |the book by Ana |
lives behind |case no. |dossier n° 2024/123 |n° |123.456.123-98 |AB12 ABCD |ABC123 |0O|@a_1 |insta: a.b |12.3456, |
the shelter is located at |3 March 2024 in Vlora |two girls in |aged 15 |loi n° 12 |http://|1:|
€ 1 1 1 | |+|(|\u200b|é|name of the |isbn 9|Ab-""".replace("\n", "").split("|")


def detectors(text: str) -> dict[str, Callable[[], object]]:
    """Each detector on a text, ready to be timed; what they share is a part of the first."""
    reading = Reading(text, "en")
    neutral = Neutral(reading.low)
    runs = runs_of(reading)
    places = places_of(reading, runs)
    return {
        "reading": lambda: (read := Reading(text, "en"), Neutral(read.low), places_of(read, runs_of(read))),
        "emails": lambda: list(find_emails(reading)),
        "cases": lambda: list(find_cases(reading, neutral)),
        "identities": lambda: list(find_identities(reading, neutral)),
        "phones": lambda: list(find_phones(reading, neutral)),
        "spelled": lambda: list(find_spelled(reading)),
        "plates": lambda: list(find_plates(reading, neutral)),
        "accounts": lambda: list(find_accounts(reading)),
        "lettered": lambda: list(find_lettered(reading)),
        "shelters": lambda: list(find_shelters(reading, runs)),
        "addresses": lambda: list(find_addresses(reading, neutral)),
        "names": lambda: list(find_names(reading, runs, Context.PRACTICE)),
        "bare names": lambda: list(find_bare_names(reading)),
        "combinations": lambda: list(find_combinations(reading, places)),
        "small counts": lambda: list(find_small_counts(reading, places)),
    }


def spent(work: Callable[[], object]) -> float:
    """Seconds of this process; the best of three where it seems slow, for other programs disturb it."""
    times: list[float] = []
    while len(times) < 3 and min(times, default=1) > 0.04:
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)

"""What is held about a person: where it stands, what it is, and how it goes.

`holdings.py` names every table that holds something of a person; a test fails when a new one is named nowhere.
`reading.py` hands it out, `erasing.py` takes it away, `keeping.py` says how long anything is kept at most.
"""

from data.personal.consents import Consent, consents_of, set_consent
from data.personal.erasing import ERASED, MENTIONS, POSTS, SETTLED, Erased, erase, erased_since, is_erased
from data.personal.holdings import HOLDINGS, NOBODYS, ROLES, Holding
from data.personal.keeping import DECLINED_KEPT, KEEPERS, Keeper, last_kept, note_kept
from data.personal.leaving import note_departure, people_known
from data.personal.reading import held, webinar_titles

__all__ = [
    "DECLINED_KEPT",
    "ERASED",
    "HOLDINGS",
    "KEEPERS",
    "MENTIONS",
    "NOBODYS",
    "POSTS",
    "ROLES",
    "SETTLED",
    "Consent",
    "Erased",
    "Holding",
    "Keeper",
    "consents_of",
    "erase",
    "erased_since",
    "held",
    "is_erased",
    "last_kept",
    "note_departure",
    "note_kept",
    "people_known",
    "set_consent",
    "webinar_titles",
]

"""Safeguarding: what in a text may identify a survivor, a witness, an officer or an open case.

Pure: no Discord, no database, no network. A person decides; this only points, and proposes a safer wording.
"""

from data.safeguarding.checker import check
from data.safeguarding.finding import Context, Finding, Kind
from data.safeguarding.languages import guess_language
from data.safeguarding.wording import label

__all__ = ["Context", "Finding", "Kind", "check", "guess_language", "label"]

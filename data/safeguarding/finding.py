"""What a check finds, and what kinds there are."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a finding is; the value is its `type` in JSON."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CASE_NUMBER = "case-number"
    IDENTITY_DOCUMENT = "identity-document"
    LICENCE_PLATE = "licence-plate"
    ONLINE_ACCOUNT = "online-account"
    SHELTER = "shelter"
    DATE_PLACE_AGE = "date-place-age"
    SMALL_COUNT = "small-count"


class Context(StrEnum):
    """What the text is for: it decides whose names are expected in it."""

    PRACTICE = "practice"
    # Speakers are named in announcements, members in their own profiles: a name alone is no alarm there.
    WEBINAR = "webinar"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may identify a person.

    Attributes:
        type: what it is.
        start: where it begins in the text as it was given, in characters.
        end: where it ends; `text[start:end]` is the passage.
        text: the passage.
        suggestion: a safer wording, in the language of the text.
        confidence: from 0 to 1, how sure the rule that found it is.
    """

    type: Kind
    start: int
    end: int
    text: str
    suggestion: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding before it is worded: positions in the plain text of a `Reading`."""

    type: Kind
    start: int
    end: int
    suggestion: str
    confidence: float = 0.9

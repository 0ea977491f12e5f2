"""A search as it is carried from message to message: what was asked, and how it fits into a button."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from data.languages import LANGUAGES

# Stands for all that is known of the Network itself.
NETWORK = "network"
# What one may look for, each with the letter that stands for it in a button.
KINDS = {"resource": "r", "practice": "p", "member": "m", "webinar": "w", NETWORK: "n"}
KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")

QUERY_LIMIT = 300
PAGE = 5
# Discord allows 100 in all; the longest beginning of ours, with a page of four digits, leaves this.
KEY_LIMIT = 78
NAME_LIMIT = 80
LAST_PAGE = 9999
YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for.

    Attributes:
        query: cleaned, on one line.
        kind: one of KINDS, None for all.
        area: a key area, None for all.
        country: ISO 3166-1 alpha-2, None for all.
        language: one of `data.languages.LANGUAGES`, in which it can be read; None for all.
        year: when it was published, or will take place; None for all.
    """

    query: str
    kind: str | None = None
    area: str | None = None
    country: str | None = None
    language: str | None = None
    year: int | None = None

    @property
    def filtered(self) -> bool:
        """Whether it is narrowed by anything but words."""
        return bool(self.kind or self.area or self.country or self.language or self.year)

    def with_query(self, query: str) -> Self:
        """The same filters with other words."""
        return replace(self, query=query)

    @property
    def token(self) -> str:
        """A short name for this search, the same each time."""
        return hashlib.blake2s(repr(self).encode(), digest_size=8).hexdigest()

    def as_data(self) -> dict[str, str | int | None]:
        """For keeping it as a draft."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self | None:
        """From a draft; None where it is none of ours."""
        fields = ("kind", "area", "country", "language", "year")
        search = cls(str(data.get("query", "")), **{name: data.get(name) for name in fields})
        return search if search.is_sound() else None

    def is_sound(self) -> bool:
        """Whether all of it is something that one may ask."""
        return (
            0 < len(self.query) <= QUERY_LIMIT
            and self.kind in (None, *KINDS)
            and self.area in (None, *KEY_AREAS)
            and (self.country is None or bool(re.fullmatch("[A-Z]{2}", self.country)))
            and self.language in (None, *LANGUAGES)
            and (self.year is None or self.year in YEARS)
        )


def packed(search: Search) -> str | None:
    """The search written so that it fits into a button; None where it is too long for one, or holds what none may."""
    area = str(KEY_AREAS.index(search.area) + 1) if search.area else ""
    # The year stands beside the language: buttons of an earlier release have none there.
    written = f"{search.language or ''}{search.year or ''}"
    parts = (KINDS[search.kind] if search.kind else "", area, search.country or "", written, search.query)
    key = "q" + ".".join(parts)
    # Discord may count the way JavaScript does: two for what lies beyond the basic plane.
    fits = len(key.encode("utf-16-le")) // 2 <= KEY_LIMIT
    # A ~ stands before the mark of a delivery.
    return key if fits and "\n" not in key and "~" not in key else None


def unpacked(key: str) -> Search | None:
    """The search that `packed` wrote, None where it wrote no such thing."""
    parts = key[1:].split(".", 4)
    if not key.startswith("q") or len(parts) != 5:
        return None
    letter, number, country, written, query = parts
    language, year = written.rstrip("0123456789"), written.lstrip("abcdefghijklmnopqrstuvwxyz")
    kinds = {short: kind for kind, short in KINDS.items()}
    if (letter and letter not in kinds) or (number and number not in tuple("12345")):
        return None
    if year and not re.fullmatch("[0-9]{4}", year, re.ASCII):
        return None
    area = KEY_AREAS[int(number) - 1] if number else None
    search = Search(query, kinds.get(letter), area, country or None, language or None, int(year) if year else None)
    return search if search.is_sound() else None


def page_number(text: str) -> int | None:
    """A page, counted from 0, as a button carries it; None where it is no number of a page."""
    return int(text) if re.fullmatch("[0-9]{1,4}", text, re.ASCII) else None


def pages(total: int) -> int:
    """How many pages that many results fill; 1 at least."""
    return max(1, min(-(-total // PAGE), LAST_PAGE))

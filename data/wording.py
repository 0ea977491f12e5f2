"""A text that is kept in several languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the languages that it is known in; falsy where it is known in none.

    Attributes:
        by_language: the text by language code.
    """

    by_language: Mapping[str, str]

    def text(self, language: str) -> str:
        """The text in a language, else in English, else in the first there is, else empty."""
        known = self.by_language
        return known.get(language) or known.get("en") or next(iter(known.values()), "")

    def __bool__(self) -> bool:
        return any(self.by_language.values())

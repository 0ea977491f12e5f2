"""What a webinar is called and about in further languages than the one in which it was written."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Translation:
    """A webinar's title and description in one more language.

    Attributes:
        language: one of `data.languages.LANGUAGES`.
        title: one line.
        description: what the webinar is about.
        of: the mark of the original that it renders; another than the original's own once that was changed.
    """

    language: str
    title: str
    description: str
    of: str


class Worded(Protocol):
    """A webinar, announced or about to be."""

    @property
    def title(self) -> str:
        """One line, in the language of whoever wrote it."""
        ...

    @property
    def description(self) -> str:
        """What it is about."""
        ...

    @property
    def texts(self) -> tuple[Translation, ...]:
        """The same in further languages."""
        ...


def mark_of(title: str, description: str) -> str:
    """Eight figures that stand for an original: they tell later whether it is still the same."""
    return hashlib.sha256(f"{title}\n{description}".encode()).hexdigest()[:8]


def translation_in(webinar: Worded, language: str) -> Translation | None:
    """A webinar's words in a language, None where nobody translated them."""
    return next((text for text in webinar.texts if text.language == language), None)


def is_current(webinar: Worded, translation: Translation) -> bool:
    """Whether a translation is one of the text as it is now."""
    return translation.of == mark_of(webinar.title, webinar.description)


def outdated_languages(webinar: Worded) -> tuple[str, ...]:
    """The languages whose translation is one of an earlier text."""
    return tuple(text.language for text in webinar.texts if not is_current(webinar, text))


def as_texts(kept: Mapping[str, Any] | None) -> tuple[Translation, ...]:
    """Translations as a row holds them, in the order of their languages' codes."""
    return tuple(
        Translation(language, one["title"], one["description"], one["of"])
        for language, one in sorted((kept or {}).items())
    )


def to_keep(texts: Iterable[Translation]) -> dict[str, Any] | None:
    """Translations as a row is to hold them."""
    kept = {text.language: {"title": text.title, "description": text.description, "of": text.of} for text in texts}
    return kept or None

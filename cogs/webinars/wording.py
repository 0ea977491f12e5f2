"""A webinar's title and description in further languages, as the fields of a draft: no Discord, no database."""

from collections.abc import Mapping
from typing import Any

from bot.errors import Refusal
from bot.render import clean
from data.languages import LANGUAGES
from data.webinars import Webinar
from data.webinars.texts import Translation, Worded, mark_of, translation_in

# What each language calls itself.
ENDONYMS = {"en": "English", "fr": "français", "es": "español", "pt": "português"}


def field(name: str, language: str) -> str:
    """What a field of a further language is called in a draft."""
    return f"{name}.{language}"


def text_fields(webinar: Worded) -> dict[str, str]:
    """The further languages of a webinar as a draft holds them: all languages, also those that have nothing."""
    fields: dict[str, str] = {}
    for language in LANGUAGES:
        found = translation_in(webinar, language)
        fields[field("title", language)] = found.title if found else ""
        fields[field("description", language)] = found.description if found else ""
        fields[field("of", language)] = found.of if found else ""
    return fields


def original_of(typed: Mapping[str, Any]) -> str:
    """The mark of a draft's own title and description."""
    title = " ".join(clean(str(typed.get("title") or "")).split())
    return mark_of(title, clean(str(typed.get("description") or "")))


def read_texts(typed: Mapping[str, Any], title_limit: int, description_limit: int) -> tuple[Translation, ...]:
    """The further languages of a draft; one without title and description is none.

    Raises:
        Refusal: only one of the two is there, or one is too long.
    """
    found: list[Translation] = []
    for language in sorted(LANGUAGES):
        title = " ".join(clean(str(typed.get(field("title", language)) or "")).split())
        description = clean(str(typed.get(field("description", language)) or ""))
        if not title and not description:
            continue
        if not title or not description:
            raise Refusal(
                "In {language}, give both the title and the description, or neither.", language=ENDONYMS[language]
            )
        if len(title) > title_limit or len(description) > description_limit:
            raise Refusal("The description is too long: {limit} characters at most.", limit=description_limit)
        found.append(Translation(language, title, description, str(typed.get(field("of", language)) or "")))
    return tuple(found)


def public_texts(webinar: Webinar) -> tuple[str, ...]:
    """All that everyone reads of a webinar, in which its link must not stand."""
    further = [part for text in webinar.texts for part in (text.title, text.description)]
    return (webinar.title, webinar.description, webinar.speakers, webinar.place or "", *further)

"""The languages of the Network, by their ISO 639-1 codes."""

import functools
from typing import Any

LANGUAGES = ("en", "fr", "es", "pt")

# Languages in which people work, as many as a menu holds: the Network's four, the other official languages of the
# United Nations, those of the Network's members, and a few that many police services share.
WORK_LANGUAGES = (
    *("en", "fr", "es", "pt", "ar", "zh", "ru"),
    *("sq", "de", "el", "tr", "fi", "sv", "is", "lv", "nl", "nb", "ro", "rw", "sl", "qu"),
    *("it", "sw", "uk", "hi"),
)


@functools.cache
def name_language(code: str, language: str) -> str:
    """A language's name in another language (or in itself), as CLDR has it.

    Args:
        code: ISO 639-1, of any language.
        language: one of `LANGUAGES`, or `code` itself for what its speakers call it.
    """
    from babel import Locale, UnknownLocaleError  # costly to import, and needed for names only

    try:
        names: Any = Locale.parse(language).languages
    except UnknownLocaleError:
        return code
    name: str = names.get(code, code)
    return name


def from_locale(locale: str) -> str | None:
    """The language of a client's locale, or None where it is not one of ours.

    Args:
        locale: as Discord writes it, for instance `pt-BR`, `es-419` or `fr`.
    """
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None

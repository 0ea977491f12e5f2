"""The languages of the Network, by their ISO 639-1 codes."""

LANGUAGES = ("en", "fr", "es", "pt")


def from_locale(locale: str) -> str | None:
    """The language of a client's locale, or None where it is not one of ours.

    Args:
        locale: as Discord writes it, for instance `pt-BR`, `es-419` or `fr`.
    """
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None

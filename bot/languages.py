"""Texts in the person's language, from gettext catalogues."""

import contextlib
import functools
import gettext
import io
import os
import threading
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from data.languages import LANGUAGES, from_locale

LOCALES = Path(__file__).parent / "locales"
FOLDERS = {"fr": "fr", "es": "es", "pt": "pt_BR"}
DOMAIN = "convenor"


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is in the code itself.

    A compiled file beside the source is used when it is not older; else one is made there, so that a fresh checkout
    needs no build step. Where nothing may be written, the source is compiled in memory, each time.
    """
    if language not in FOLDERS:
        return gettext.NullTranslations()
    source = LOCALES / FOLDERS[language] / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = source.with_suffix(".mo")
    if compiled.is_file() and (not source.is_file() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    before = source.stat()
    content = compile_catalogue(source)
    # The source may be changed meanwhile, and others may be making the same file: it appears whole, or not at all.
    made = compiled.with_name(f"{DOMAIN}.{os.getpid()}.{threading.get_ident()}.mo")
    with contextlib.suppress(OSError):
        made.write_bytes(content)
        os.utime(made, ns=(before.st_atime_ns, before.st_mtime_ns))
        made.replace(compiled)
    return gettext.GNUTranslations(io.BytesIO(content))


def compile_catalogue(source: Path) -> bytes:
    """A catalogue as gettext reads it. Takes half a second and some memory."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    buffer = io.BytesIO()
    with source.open("rb") as file:
        write_mo(buffer, read_po(file, locale=source.parts[-3], domain=DOMAIN))
    return buffer.getvalue()


class Texts:
    """All the bot's texts in one language.

    Call it with the English text, a literal: `t("You are in, {name}.", name=...)`. What members wrote goes through
    `bot.render` before it becomes a value.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = catalogue(self.language)

    def __call__(self, message: str, /, **values: Any) -> str:
        """The text in this language, with the values in their places."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """The form that fits the number `n`, which is available as {n}."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def in_context(self, context: str, message: str, /) -> str:
        """A text that English writes like another one but other languages do not."""
        return self._catalogue.pgettext(context, message)

    def of(self, by_language: Any) -> str:
        """The text of a fact kept in several languages: this one, else English, else any there is."""
        return by_language.get(self.language) or by_language.get("en") or next(iter(by_language.values()), "")

    def pair(self, name: str, value: str) -> str:
        """`name: value`, as this language writes it: French puts a space before the colon."""
        return self(PAIR, name=name, value=value)

    def list(self, items: list[str]) -> str:
        """`a, b and c`, as this language writes it."""
        from babel.lists import format_list

        return format_list(items, locale=FOLDERS.get(self.language, "en"))


@functools.cache
def texts(language: str) -> Texts:
    """The texts of a language: en, fr, es or pt; English for any other."""
    return Texts(language)


def each_language(languages: tuple[str, ...], message: str, /, separator: str = " · ", **values: Any) -> str:
    """One text in several languages, each once: for the headings of what a whole community reads."""
    return separator.join(dict.fromkeys(texts(language)(message, **values) for language in languages))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a text translated later
    """Mark a text for the catalogues that is translated where it is shown."""
    return message


PAIR = N_("{name}: {value}")


def L(context: str, message: str) -> app_commands.locale_str:  # noqa: N802 - short: it stands on every command
    """A text of a command, shown by Discord in the person's language.

    Args:
        context: `name` for names of commands and options (lower case, no spaces), else `description` or `choice`.
        message: the English text, a literal.
    """
    return app_commands.locale_str(message, context=context)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in each language it shows."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in that locale, or None where it is English or not ours."""
        language = from_locale(locale.value)
        wanted = string.extras.get("context")
        if language is None or language == "en" or wanted is None:
            return None
        translated = texts(language).in_context(wanted, string.message)
        return None if translated == string.message else translated

"""What a check says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

import discord

from bot.languages import Texts
from bot.render import label, plain


class Level(Enum):
    """How it stands."""

    WELL = "well"
    # Nothing is wrong, but somebody may want to know.
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or a role or server (`is_role`), to be named: somebody wrote its name."""

    id: int
    name: str
    is_role: bool = False


# A value as it stands in a sentence: here for a terminal, where there is Markdown for Discord.
Speak = Callable[[Any, Texts], Any]


def for_terminal(value: Any, t: Texts) -> Any:
    """A value as plain text."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, Channel):
        return label(value.name if value.is_role else f"#{value.name}")
    return _common(value, t)


def for_discord(value: Any, t: Texts) -> Any:
    """A value as Discord shows it."""
    if isinstance(value, datetime):
        return discord.utils.format_dt(value, "R")
    if isinstance(value, Channel):
        return plain(value.name, 100) if value.is_role else f"<#{value.id}>"
    return _common(value, t)


def _common(value: Any, t: Texts) -> Any:
    if isinstance(value, Word):
        return t(value.message)
    if isinstance(value, tuple):
        return t.list([t(text) for text in cast("tuple[str, ...]", value)])
    return value


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is itself a text of the catalogues."""

    message: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its English text (marked with `N_` where it is written), and what stands in its {places}."""

    message: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    def text(self, t: Texts, speak: Speak) -> str:
        """The sentence in a language."""
        return t(self.message, **{name: speak(value, t) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        about: what was looked at, an English text.
        level: how it stands.
        says: what was found.
        do: what to do about it, if anything.
        detail: more for whoever hosts the bot, in English: never shown in Discord.
    """

    about: str
    level: Level
    says: Said
    do: Said | None = None
    detail: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to do something."""
        return self.level is Level.WRONG


def well(about: str, message: str, **values: Any) -> Finding:
    """All is well."""
    return Finding(about, Level.WELL, Said(message, values))


def note(about: str, message: str, do: str | None = None, **values: Any) -> Finding:
    """Worth knowing."""
    return Finding(about, Level.NOTE, Said(message, values), Said(do, values) if do else None)


def wrong(about: str, message: str, do: str, *, detail: str = "", **values: Any) -> Finding:
    """Something is wrong, and what to do."""
    return Finding(about, Level.WRONG, Said(message, values), Said(do, values), detail)

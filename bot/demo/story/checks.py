"""What the chapters of the tour share: the server, who is who, and how to insist on what should be seen."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import discord

from bot.demo.acting import Missed, Shown, controls, gist, text_of
from bot.demo.personas import MEMBERS, NEWCOMERS
from bot.demo.view import can_enter
from bot.demo.world import Person, World
from bot.languages import texts

CATALINA, AWA, JUSSARA, _ = MEMBERS
SOLANGE = next(persona for persona in NEWCOMERS if persona.key == "solange-uwimana")
TOMAS = next(persona for persona in NEWCOMERS if persona.key == "tomas-quintela")
LANGUAGES = ("en", "fr", "es", "pt")
# A Tuesday, and a Thursday nine days later; no country changes its clocks between.
START = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
BEGINS = datetime(2027, 1, 21, 14, 0, tzinfo=UTC)


@dataclass(slots=True)
class Story:
    """The server in which the tour takes place. Maren is its owner."""

    world: World

    @property
    def maren(self) -> Person:
        """The moderator."""
        return self.world.owner

    @property
    def awa(self) -> Person:
        """A newcomer from Senegal, later a member; reads French."""
        return self.world.people[AWA.key]

    @property
    def catalina(self) -> Person:
        """A member from Chile; reads Spanish."""
        return self.world.people[CATALINA.key]

    @property
    def jussara(self) -> Person:
        """A member from Brazil; reads Portuguese."""
        return self.world.people[JUSSARA.key]

    @property
    def solange(self) -> Person:
        """A newcomer from Rwanda, not yet a member."""
        return self.world.people[SOLANGE.key]

    def enters(self, person: Person, channel: str | int) -> bool:
        """Whether Discord lets a person into a channel."""
        return can_enter(self.world, person, self.world.channel(channel).id)


def first_label(message: Shown) -> str:
    """What stands on a message's first button.

    Raises:
        Missed: it has none.
    """
    labels = [label for label in controls(message).values() if label]
    if not labels:
        raise Missed("a button", gist(text_of(message)))
    return labels[0]


def need(there: object, expected: str, seen: object) -> None:
    """Insist on something.

    Raises:
        Missed: it is not there.
    """
    if not there:
        raise Missed(expected, str(seen))


def same(seen: object, expected: object, what: str) -> None:
    """Insist on a value.

    Raises:
        Missed: it is another one.
    """
    need(seen == expected, f"{what}: {expected}", seen)


def has(message: Shown, *pieces: str) -> None:
    """Insist on what a message says.

    Raises:
        Missed: one of the pieces is not in it.
    """
    text = text_of(message)
    for piece in pieces:
        need(piece in text, gist(piece), gist(text, 400))


def lacks(message: Shown, piece: str) -> None:
    """Insist on what a message does not say.

    Raises:
        Missed: it says it.
    """
    need(piece not in text_of(message), f"nothing of {gist(piece)}", gist(text_of(message), 400))


def words(language: str, english: str, **values: Any) -> str:
    """A text of the bot in another language.

    Raises:
        Missed: it has none.
    """
    text = texts(language)(english)
    need(language == "en" or text != english, f"{gist(english)} in {language}", "English")
    return text.format(**values) if values else text


def phrase(language: str, english: str) -> str:
    """The longest part of such a text that has no place for a value."""
    return max(re.split(r"\{\w+\}", words(language, english)), key=len)


def stamp(moment: datetime, style: Literal["F", "R"] = "F") -> str:
    """A moment as the bot writes it for every reader's own clock."""
    return discord.utils.format_dt(moment, style)

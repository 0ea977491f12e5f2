"""What stands under a published practice: one row of buttons for all that can be done with it, put together here.

Each part of the cog that has something to offer there adds a maker to `BUTTONS`, in the order in which they are shown.
Five fit a row, and the rows fill by themselves.
"""

from collections.abc import Callable, Iterable

import discord

from bot.buttons import Button, row
from bot.languages import Texts, texts
from cogs.practices.views import Read
from data.practices import Practice

Maker = Callable[[Texts, Practice], Iterable[Button]]


def _read(t: Texts, practice: Practice) -> Iterable[Button]:
    yield Read(t("Read in full"), practice=practice.id)


BUTTONS: list[Maker] = [_read]


def published_buttons(practice: Practice) -> discord.ui.View:
    """What stands under the card in the forum, in the practice's own language."""
    t = texts(practice.language)
    return row(*(button for make in BUTTONS for button in make(t, practice)))

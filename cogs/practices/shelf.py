"""What can be done with a published practice: one row of buttons, put together here for its post and for its card.

Each part of the cog that has something to offer there adds a maker to `BUTTONS`. Five fit a row, and the rows fill by
themselves.
"""

from collections.abc import Callable, Iterable

import discord

from bot.ask import Ask
from bot.buttons import Button, row
from bot.forms import Form, OpenForm
from bot.languages import Texts, texts
from cogs.practices.views import Read
from data.practices import Practice

Maker = Callable[[Texts, Practice], Iterable[Button]]


def _read(t: Texts, practice: Practice) -> Iterable[Button]:
    yield Read(t("Read in full"), practice=practice.id)


BUTTONS: list[Maker] = [_read]


# What people look for first, and what is needed least: all else stands between.
FIRST = ("practice:read:", "open:practice:adapt:", "practice:tried:")
LAST = "open:report:"


def made(t: Texts, practice: Practice) -> list[Button]:
    """All the buttons there are for a practice, in the order in which they are shown."""
    return sorted((button for make in BUTTONS for button in make(t, practice)), key=_place)


def _place(button: Button) -> int:
    known = str(button.item.custom_id)
    if known.startswith(LAST):
        return len(FIRST) + 1
    return next((place for place, begins in enumerate(FIRST) if known.startswith(begins)), len(FIRST))


def reads(button: Button) -> bool:
    """Whether a button only reads the practice in full."""
    return isinstance(button, Read)


def open_to(ask: Ask, practice: Practice, button: Button) -> bool:
    """Whether a button is of use to this person: nobody is shown what they would only be refused."""
    needs = button.needs
    if isinstance(button, OpenForm):
        form = Form.find(f"form:{button.values['form']}")
        needs = form.needs if form is not None else needs
        if button.values["form"].startswith("report:"):
            return ask.actor.standing >= needs and practice.author_id not in (None, ask.actor.user_id)
    if button.form.startswith("practice:askauthor"):
        return ask.actor.standing >= needs and practice.author_id not in (None, ask.actor.user_id)
    return ask.actor.standing >= needs


def published_buttons(practice: Practice) -> discord.ui.View:
    """What stands under the card in the forum, in the practice's own language."""
    return row(*made(texts(practice.language), practice))

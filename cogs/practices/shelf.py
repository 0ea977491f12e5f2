"""What can be done with a published practice: one row of buttons, put together here for its post and for its card.

Each part of the cog that has something to offer there adds a maker to `BUTTONS`, in the order in which they are shown.
Five fit a row, and the rows fill by themselves.
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


def made(t: Texts, practice: Practice) -> list[Button]:
    """All the buttons there are for a practice."""
    return [button for make in BUTTONS for button in make(t, practice)]


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

"""Saving a practice to find it again, and reporting a concern about one."""

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from bot.forms import OpenForm
from bot.languages import Texts
from cogs.practices import cards, shelf
from cogs.practices.drafting import show
from cogs.practices.views import readable
from data.practices import Practice
from data.practices.saving import forget_saved, save_practice


class Save(Button, custom_id="practice:save:{practice}"):
    """Puts a practice on the person's own list."""

    async def pressed(self, ask: Ask) -> None:
        """Note it, and say where to find it; twice comes to the same."""
        practice = await readable(ask, self.values["practice"])
        async with ask.bot.db.begin() as session:
            await save_practice(session, ask.community.id, ask.actor.user_id, practice.id, ask.now)
        await ask.answer(
            ask.t(
                "Saved: “{title}”. You find it with /practice mine; nobody else sees what you save.",
                title=cards.shown_title(ask.t, practice),
            ),
            view=row(Forget(ask.t("Take it off my list"), practice=practice.id)),
        )


class Forget(Button, custom_id="practice:unsave:{practice}"):
    """Takes a practice off the person's own list."""

    async def pressed(self, ask: Ask) -> None:
        """Take it off, whatever has become of the practice meanwhile."""
        async with ask.bot.db.begin() as session:
            gone = await forget_saved(session, ask.community.id, ask.actor.user_id, self.values["practice"])
        if not gone:
            raise not_found()
        await show(ask, ask.t("It is off your list."))


def save_button(t: Texts, practice: Practice, *, saved: bool = False) -> Button:
    """Save it, or take it off the list."""
    if saved:
        return Forget(t("Take it off my list"), practice=practice.id)
    return Save(t.in_context("practice", "Save"), practice=practice.id)


def concern_button(t: Texts, practice: Practice) -> Button:
    """Opens the private report about a practice."""
    return OpenForm(
        t("Report a concern"), style=discord.ButtonStyle.secondary, form=f"report:about:practice:{practice.id}"
    )


def _offered(t: Texts, practice: Practice) -> list[Button]:
    return [save_button(t, practice), concern_button(t, practice)]


shelf.BUTTONS.append(_offered)

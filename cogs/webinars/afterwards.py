"""What members find with a webinar that has begun or is over: recap, materials, and what they can say of it."""

import discord

from bot.ask import Ask
from cogs.webinars.after_cards import MESSAGE, afterwards_card
from cogs.webinars.attendance import there_button
from cogs.webinars.materials import Materials
from cogs.webinars.survey import survey_button
from data.webinars import Webinar
from data.webinars.after import can_say_there, survey_is_open
from data.webinars.materials import list_materials
from data.webinars.recaps import get_recap

# Beneath the buttons that a webinar ahead has.
ROW = 3


async def add_afterwards(ask: Ask, webinar: Webinar, card: discord.Embed, view: discord.ui.View) -> list[discord.Embed]:
    """What is shown beneath a webinar, and the buttons for it.

    Args:
        ask: who looks.
        webinar: which.
        card: the webinar itself; what it leaves of a message is filled.
        view: gets the buttons, in a row of their own.

    Returns:
        The card, with another beneath it where there is something to show.
    """
    async with ask.bot.db.read() as session:
        recap, materials = (
            await get_recap(session, webinar.id),
            await list_materials(session, ask.community.id, webinar.id),
        )
    t = ask.t
    beneath, whole = afterwards_card(t, recap, materials, MESSAGE - len(card))
    if can_say_there(webinar, ask.now):
        view.add_item(there_button((t.language,), webinar.id, ROW))
    if survey_is_open(webinar, ask.now):
        view.add_item(survey_button((t.language,), webinar.id, ROW))
    if not whole:
        view.add_item(Materials(t("Recording and slides"), webinar=webinar.id, row=ROW))
    return [card] if beneath is None else [card, beneath]

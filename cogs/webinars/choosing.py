"""Which webinar an option of a command names, and which ones to suggest while somebody types."""

from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.authorize import not_found
from bot.render import cut, label
from cogs.webinars.keys import key_of
from data import webinars
from data.wall_time import Moment, in_words
from data.webinars import Webinar

Choices = list[app_commands.Choice[str]]


async def find(ask: Ask, typed: str) -> int:
    """The id that an option names: chosen from the list, or a title typed in full.

    Raises:
        Refusal: it names none.
    """
    if typed.isascii() and typed.isdecimal():
        return key_of(typed)
    async with ask.bot.db.read() as session:
        found = await webinars.search_titles(session, ask.community.id, typed[:200], now=ask.now)
    if len(found) != 1:
        raise not_found()
    return found[0].id


async def suggest(interaction: discord.Interaction[Any], text: str, *, only_ahead: bool) -> Choices:
    """Webinars whose title holds what was typed so far, for members.

    Args:
        interaction: the autocomplete.
        text: what was typed so far.
        only_ahead: leave out what is over or cancelled.
    """
    ask = await Ask.of(interaction)
    if not ask.actor.is_member:
        return []
    async with ask.bot.db.read() as session:
        found = await webinars.search_titles(session, ask.community.id, text[:100], now=ask.now, only_ahead=only_ahead)
    return [app_commands.Choice(name=_shown(ask, webinar), value=str(webinar.id)) for webinar in found]


def _shown(ask: Ask, webinar: Webinar) -> str:
    """A webinar in a list of suggestions: its hour in the person's zone, and its title."""
    when = in_words(Moment.at(webinar.starts_at, ask.zone).wall, ask.t.language, year=False)
    if webinar.cancelled:
        when = f"{when}, " + ask.t("cancelled")
    return cut(ask.t.pair(when, label(webinar.read_in(ask.t.language).title, 100)), 100)

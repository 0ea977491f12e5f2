"""Which webinar an option of a command names, and which ones to suggest while somebody types."""

from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.authorize import not_found
from bot.errors import Refusal
from bot.render import cut, label
from cogs.webinars.keys import key_of
from data import webinars
from data.countries import fold
from data.wall_time import Moment, in_words
from data.webinars import Webinar
from data.webinars.series import occurrences_in

Choices = list[app_commands.Choice[str]]
# So many suggestions Discord shows.
MOST = 25
# So many webinars are looked at, the latest: a community has a few hundred at most.
LOOKED_AT = 500


async def find(ask: Ask, typed: str) -> int:
    """The id that an option names: chosen from the list, or a title typed in full.

    Raises:
        Refusal: it names none, or, to members, several.
    """
    if typed.isascii() and typed.isdecimal():
        return key_of(typed)
    if not typed.strip():
        raise not_found()
    async with ask.bot.db.read() as session:
        found = await webinars.search_titles(session, ask.community.id, typed[:200], now=ask.now)
    if len(found) > 1 and ask.actor.is_member:
        raise Refusal("Several webinars fit what you typed. Choose one from the list that appears while you type.")
    if len(found) != 1:
        raise not_found()
    return found[0].id


async def suggest(interaction: discord.Interaction[Any], text: str, *, only_ahead: bool) -> Choices:
    """Webinars whose title and date hold each word that was typed so far, for members.

    Args:
        interaction: the autocomplete.
        text: what was typed so far.
        only_ahead: leave out what is over or cancelled.
    """
    ask = await Ask.of(interaction)
    if not ask.actor.is_member:
        return []
    async with ask.bot.db.read() as session:
        found = await webinars.search_titles(
            session, ask.community.id, "", now=ask.now, only_ahead=only_ahead, limit=LOOKED_AT
        )
        places = await occurrences_in(session, ask.community.id, [webinar.id for webinar in found])
    words = fold(text[:100]).split()
    if text.strip() and not words:
        return []
    fitting = [(webinar, _shown(ask, webinar)) for webinar in found if _fits(ask, words, webinar)]
    if len(fitting) > MOST:
        # A long series must not hide all that comes after it.
        first: dict[int, int] = {}
        for webinar, _ in fitting:
            if webinar.id in places:
                first.setdefault(places[webinar.id].series_id, webinar.id)
        fitting.sort(key=lambda pair: pair[0].id in places and pair[0].id not in first.values())
    return [app_commands.Choice(name=shown, value=str(webinar.id)) for webinar, shown in fitting[:MOST]]


def _fits(ask: Ask, words: list[str], webinar: Webinar) -> bool:
    """Whether each word stands in one of a webinar's titles, or in its date: of many dates that finds one."""
    if not words:
        return True
    date = in_words(Moment.at(webinar.starts_at, ask.zone).wall, ask.t.language)
    texts = " ".join(map(fold, (date, webinar.title, *(text.title for text in webinar.texts))))
    return all(word in texts for word in words)


def _shown(ask: Ask, webinar: Webinar) -> str:
    """A webinar in a list of suggestions: its hour in the person's zone, and its title."""
    when = in_words(Moment.at(webinar.starts_at, ask.zone).wall, ask.t.language, year=False)
    if webinar.cancelled:
        when = f"{when}, " + ask.t("cancelled")
    return cut(ask.t.pair(when, label(webinar.read_in(ask.t.language).title, 100)), 100)

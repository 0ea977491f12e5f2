"""`/lookup`, `/network`, `/keyarea`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask, language_for
from bot.authorize import Standing
from bot.errors import Refusal
from bot.languages import L
from bot.render import clean, label, one_line
from cogs.lookup.keyarea import keyarea_page
from cogs.lookup.network import country_page, network_page
from cogs.lookup.noting import note
from cogs.lookup.report import report_page
from cogs.lookup.results import results_page
from cogs.lookup.rules import KEY_AREAS, KINDS, NETWORK, QUERY_LIMIT, YEARS, Search
from cogs.lookup.things import scope_of
from data import countries
from data.languages import LANGUAGES

KIND_CHOICES: list[app_commands.Choice[str]] = [
    app_commands.Choice(name=L("choice", "Resources"), value="resource"),
    app_commands.Choice(name=L("choice", "Practices"), value="practice"),
    app_commands.Choice(name=L("choice", "People"), value="member"),
    app_commands.Choice(name=L("choice", "Webinars"), value="webinar"),
    app_commands.Choice(name=L("choice", "The Network"), value=NETWORK),
]
AREA_CHOICES: list[app_commands.Choice[str]] = [
    app_commands.Choice(name=L("choice", "Institutional change"), value="institutional-change"),
    app_commands.Choice(name=L("choice", "Prevention and investigation"), value="prevention-investigation"),
    app_commands.Choice(name=L("choice", "Gender-responsive budgeting"), value="budgeting"),
    app_commands.Choice(name=L("choice", "Capacity-strengthening"), value="capacity"),
    app_commands.Choice(name=L("choice", "Gender-responsive leadership"), value="leadership"),
]
LANGUAGE_CHOICES: list[app_commands.Choice[str]] = [
    app_commands.Choice(name=L("choice", "English"), value="en"),
    app_commands.Choice(name=L("choice", "French"), value="fr"),
    app_commands.Choice(name=L("choice", "Spanish"), value="es"),
    app_commands.Choice(name=L("choice", "Portuguese"), value="pt"),
]


def country_of(typed: str) -> str:
    """The country that was chosen from the list or typed.

    Raises:
        Refusal: no country is called that.
    """
    code = countries.find(clean(typed))
    if code is None:
        raise Refusal(
            "No country is called “{name}”. Choose one from the list, or type its name in English, French, Spanish or "
            "Portuguese.",
            name=one_line(typed, 60),
        )
    return code


def whole_words(title: str, limit: int = 100) -> str:
    """A title within `limit` characters, cut between words: it is searched for, and half a word finds nothing."""
    return title if len(title) <= limit else title[: limit + 1].rpartition(" ")[0] or title[:limit]


class Lookup(commands.Cog):
    """Finding things, and reading about the Network."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "lookup"), description=L("description", "Find guidance, practices, people and webinars")
    )
    @app_commands.rename(
        query=L("name", "query"),
        kind=L("name", "kind"),
        area=L("name", "area"),
        country=L("name", "country"),
        language=L("name", "language"),
        year=L("name", "year"),
    )
    @app_commands.describe(
        query=L("description", "A few words, in any of the four languages"),
        kind=L("description", "Only things of this kind"),
        area=L("description", "Only things of this key area"),
        country=L("description", "Only things of this country"),
        language=L("description", "Only what can be read in this language"),
        year=L("description", "Only what was published in this year"),
    )
    @app_commands.choices(kind=KIND_CHOICES, area=AREA_CHOICES, language=LANGUAGE_CHOICES)
    async def lookup(
        self,
        interaction: discord.Interaction[Any],
        query: str,
        kind: str | None = None,
        area: str | None = None,
        country: str | None = None,
        language: str | None = None,
        year: app_commands.Range[int, YEARS.start, YEARS.stop - 1] | None = None,
    ) -> None:
        """Answer with the first page."""
        ask = await Ask.of(interaction)
        words = " ".join(clean(query).split())
        if not words:
            raise Refusal("Type a word or two to look for.")
        fits = kind in (None, *KINDS) and area in (None, *KEY_AREAS) and language in (None, *LANGUAGES)
        fits = fits and (year is None or year in YEARS)
        if not fits:
            raise Refusal("That value does not fit here. Choose one from the list.")
        said = ""
        if len(words) > QUERY_LIMIT:
            said = ask.t("That was long: only its first {n} characters were looked for.", n=QUERY_LIMIT)
        found_in = country_of(country) if country is not None else None
        search = Search(words[:QUERY_LIMIT].strip(), kind, area, found_in, language, year)
        page = await results_page(ask, search, 0, note=said)
        await ask.answer(**page.message())
        await note(ask, search, page.results or 0)

    @app_commands.command(
        name=L("name", "keyarea"), description=L("description", "A key area: guidance, practices, people, next webinar")
    )
    @app_commands.rename(area=L("name", "area"))
    @app_commands.describe(area=L("description", "Which of the five key areas"))
    @app_commands.choices(area=AREA_CHOICES)
    async def keyarea(self, interaction: discord.Interaction[Any], area: str) -> None:
        """Answer with the page of a key area."""
        ask = await Ask.of(interaction)
        await ask.answer(**(await keyarea_page(ask, area, 0)).message())

    @app_commands.command(
        name=L("name", "network"), description=L("description", "The Network: its members, what it does, who can join")
    )
    @app_commands.rename(country=L("name", "country"))
    @app_commands.describe(country=L("description", "Is this country a member, or may it join?"))
    async def network(self, interaction: discord.Interaction[Any], country: str | None = None) -> None:
        """Answer with the first page about the Network, or about one country."""
        ask = await Ask.of(interaction)
        page = await network_page(ask, "about") if country is None else await country_page(ask, country_of(country))
        await ask.answer(**page.message())

    @app_commands.command(
        name=L("name", "lookup-report"),
        description=L("description", "What was looked for and not found; add words to the glossary: for moderators"),
    )
    async def lookup_report(self, interaction: discord.Interaction[Any]) -> None:
        """Answer with the first page."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await ask.answer(**await report_page(ask, 0))

    @lookup.autocomplete("query")
    async def suggest_query(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Titles that begin with what was typed, of what the person may see."""
        ask = await Ask.of(interaction)
        index = await self.bot.search_index()
        hits = await index.aside(
            index.complete,
            clean(typed)[:QUERY_LIMIT],
            language=ask.t.language,
            community_id=scope_of(ask.actor),
        )
        titles = dict.fromkeys(" ".join(clean(hit.gloss or hit.title).split()) for hit in hits)
        return [app_commands.Choice(name=label(title), value=whole_words(title)) for title in titles if title][:25]

    @lookup.autocomplete("country")
    @network.autocomplete("country")
    async def suggest_country(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Countries that begin with what was typed."""
        language = await language_for(self.bot, interaction)
        return [
            app_commands.Choice(name=label(countries.name(code, language)), value=code)
            for code in countries.suggest(clean(typed), language)
        ]

"""A page of results."""

from dataclasses import dataclass

import discord

from bot.ask import Ask
from bot.buttons import Button, Select
from bot.errors import Refusal
from bot.languages import Texts
from bot.render import ACCENT, cut, label, one_line
from cogs.lookup import rules
from cogs.lookup.cards import Reader, lines_of, option_of, title_of
from cogs.lookup.kept import key_of, search_of
from cogs.lookup.keyarea import OpenKeyArea, area_options, keyarea_page
from cogs.lookup.noting import NotIt
from cogs.lookup.rules import PAGE, Search
from cogs.lookup.sharing import Page, scope_here, share, show
from cogs.lookup.single import asked_page, reader_of, thing_page
from cogs.lookup.things import KINDS_OF, Thing, for_members, load, scope_of
from cogs.lookup.words import Areas, language_name
from data import countries
from data.search.index import Hit, SearchPage

# Looking --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, as far as the reader may see it; None stands for a thing left out."""

    search: Search
    page: int
    results: SearchPage
    things: tuple[tuple[Hit, Thing | None], ...]

    @property
    def last(self) -> int:
        """The number of the last page, from 0."""
        return rules.pages(self.results.total) - 1


async def find(ask: Ask, search: Search, page: int, shown_to: int) -> Found:
    """Look for something.

    Args:
        ask: who asks.
        search: what for.
        page: from 0; past the last one, the last.
        shown_to: the scope of those who will read it.

    Raises:
        Refusal: they may not look for that kind.
    """
    scope = scope_of(ask.actor)
    if search.kind == "member" and not for_members(scope):
        raise Refusal("People are shown to members only. Press the button in the welcome channel to become one.")

    index = await ask.bot.search_index()

    async def look(at: int) -> SearchPage:
        return await index.aside(
            index.search,
            search.query,
            language=ask.t.language,
            community_id=scope,
            kinds=KINDS_OF.get(search.kind, (search.kind,)) if search.kind else None,
            key_area=search.area,
            country=search.country,
            resource_language=search.language,
            year=search.year,
            limit=PAGE,
            offset=at * PAGE,
        )

    results = await look(page)
    last = rules.pages(results.total) - 1
    if page > last:
        page = last
        results = await look(page)
    keys = [(hit.kind, hit.id) for hit in results.hits]
    async with ask.bot.db.read() as session:
        seen = await load(session, min(scope, shown_to), keys)
    return Found(search, page, results, tuple((hit, seen.get((hit.kind, hit.id))) for hit in results.hits))


def filters_line(t: Texts, areas: Areas, search: Search) -> str:
    """What a search is narrowed to, in words; empty where it is not."""
    kinds = {
        "resource": t("Resources"),
        "practice": t("Practices"),
        "member": t("People"),
        "webinar": t("Webinars"),
        rules.NETWORK: t("The Network"),
    }
    parts = [
        kinds[search.kind] if search.kind else "",
        areas[search.area].name.text(t.language) if search.area in areas else "",
        countries.name(search.country, t.language) if search.country else "",
        language_name(t, search.language) if search.language else "",
        str(search.year) if search.year else "",
    ]
    return t("Only: {filters}", filters=" · ".join(part for part in parts if part)) if search.filtered else ""


async def results_page(ask: Ask, search: Search, number: int, *, shared: bool = False, note: str = "") -> Page:
    """A page of results.

    Args:
        ask: who asks.
        search: what for.
        number: which page, from 0.
        shared: whether it will stand in the channel for others to read.
        note: something to say before the results.
    """
    reader = await reader_of(ask)
    found = await find(ask, search, number, scope_here(ask) if shared else scope_of(ask.actor))
    key = await key_of(ask, search)
    if not found.results.hits:
        return await _nothing(ask, reader, found, note)
    t, results = ask.t, found.results
    said = [note, filters_line(t, reader.areas, search)]
    card = discord.Embed(title=t("Results for “{query}”", query=one_line(search.query, 150)), colour=ACCENT)
    options: list[discord.SelectOption] = []
    hidden = 0
    for place, (hit, thing) in enumerate(found.things, 1 + found.page * PAGE):
        if thing is None:
            hidden += 1
            continue
        name = f"{place}. {one_line(title_of(t, thing), 190)}"
        value = lines_of(reader, hit.kind, thing)
        if hit.matched:
            # Fields of cards know no small print: Discord would show its sign.
            found_by = t("Found by: {words}", words=one_line(", ".join(hit.matched), 80))
            value = f"{cut(value, 1021 - len(found_by))}\n*{found_by}*"
        card.add_field(name=name, value=value, inline=False)
        options.append(option_of(t, hit.kind, thing))
    if shared and not options:
        raise Refusal("Visitors read this channel, and only members may see that. Nothing was shared.")
    if hidden:
        said.append(
            t("What only members may see is left out, because visitors read this channel.")
            if shared
            else t("Some of it has just been taken away.")
        )
    card.description = "\n".join(line for line in said if line)
    pages = t("Page {page} of {pages}", page=found.page + 1, pages=found.last + 1)
    card.set_footer(text=f"{pages} · " + t.plural("{n} result", "{n} results", results.total))
    page = Page([card], results=results.total)
    if options:
        page.items.append(OpenResult(options, placeholder=t("Read one in full"), page=found.page, key=key))
    page.items += _turning(t, found, key)
    page.items.append(ShareResults(t("Share here"), page=found.page, key=key))
    if results.suggestion and results.suggestion != search.query:
        page.items.append(await _did_you_mean(ask, search, results.suggestion))
    page.items.append(NotIt(t("Not what you looked for?"), results=results.total, key=key))
    if key.startswith("q"):
        page.shared_items = [GoToPage(t("Read on in private"), page=found.page, key=key)]
    return page


def _turning(t: Texts, found: Found, key: str) -> list[Button]:
    if found.last == 0:
        return []
    back = GoToPage(t("Previous"), disabled=found.page == 0, page=max(found.page - 1, 0), key=key)
    on = GoToPage(t("Next"), disabled=found.page == found.last, page=found.page + 1, key=key)
    return [back, on]


async def _did_you_mean(ask: Ask, search: Search, suggestion: str) -> "TryInstead":
    meant = search.with_query(" ".join(suggestion.split())[: rules.QUERY_LIMIT])
    words = ask.t("Did you mean: {query}", query=label(suggestion, 55))
    return TryInstead(label(words, 80), style=discord.ButtonStyle.primary, key=await key_of(ask, meant))


async def _nothing(ask: Ask, reader: Reader, found: Found, note: str) -> Page:
    """Nothing was found: say so, and offer ways on that are what they say they are."""
    t, search = ask.t, found.search
    card = discord.Embed(title=t("Nothing found for “{query}”", query=one_line(search.query, 150)), colour=ACCENT)
    said = [
        note,
        filters_line(t, reader.areas, search),
        t("There is nothing here that really fits. Try fewer or other words, in any of the four languages."),
    ]
    page = Page([card], results=0)
    if found.results.suggestion and found.results.suggestion != search.query:
        page.items.append(await _did_you_mean(ask, search, found.results.suggestion))
    if search.filtered:
        key = await key_of(ask, Search(search.query))
        page.items.append(TryInstead(t("Search everything"), key=key))
    if not for_members(scope_of(ask.actor)):
        said.append(t("Members also find people, webinars and each other's practices here."))
    else:
        said.append(t("Somebody may know: /peer ask lays your question before colleagues, without your name."))
    options = area_options(t, reader.areas)
    page.items.append(OpenKeyArea(options, placeholder=t("Or read about a key area")))
    page.items.append(NotIt(t("Tell the moderators"), results=0, key=await key_of(ask, search)))
    card.description = "\n\n".join(line for line in said if line)
    return page


# What can be pressed --------------------------------------------------------------------------------------------------


class GoToPage(Button, custom_id="lookup:page:{page}:{key*}"):
    """Shows a page of results: the next, the one before, or the one that somebody shared."""

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        search = await search_of(ask, self.values["key"])
        await show(ask, await results_page(ask, search, asked_page(self.values["page"])))


class TryInstead(Button, custom_id="lookup:try:{key*}"):
    """Looks for something else than was typed, when the person says so."""

    async def pressed(self, ask: Ask) -> None:
        """Look for it."""
        await show(ask, await results_page(ask, await search_of(ask, self.values["key"]), 0))


class ShareResults(Button, custom_id="lookup:share:{page}:{key*}"):
    """Posts the page in the channel."""

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        search = await search_of(ask, self.values["key"])
        await share(ask, await results_page(ask, search, asked_page(self.values["page"]), shared=True))


class OpenResult(Select, custom_id="lookup:open:{page}:{key*}"):
    """Shows one result in full, with a way back."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        kind, _, thing_id = options[0].partition(":")
        back = GoToPage(ask.t("Back to the results"), page=asked_page(self.values["page"]), key=self.values["key"])
        if kind == "key_area":
            page = await keyarea_page(ask, thing_id, 0)
            page.items.append(back)
            await show(ask, page)
        else:
            await show(ask, await thing_page(ask, options[0], back))

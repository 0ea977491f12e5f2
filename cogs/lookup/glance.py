"""What there is at present, on the first page of `/network`: the picture, the next webinar, people, new guidance."""

import discord

from bot.ask import Ask
from bot.render import ACCENT, one_line, safe_link
from cogs.lookup import pictures
from cogs.lookup.cards import when
from cogs.lookup.sharing import Page, Picture
from cogs.lookup.single import reader_of
from cogs.lookup.things import for_members
from data.members import Wanted, find_listed
from data.overview import FEW, get_overview
from data.resources import newest_resources
from data.webinars import upcoming


async def add_glance(ask: Ask, page: Page, scope: int) -> None:
    """Add it to a page.

    Args:
        ask: who asks.
        page: what it is added to.
        scope: whose things its readers see.
    """
    t, reader = ask.t, await reader_of(ask)
    async with ask.bot.db.read() as session:
        overview = await get_overview(session, scope)
        resources = await newest_resources(session, scope)
        ours = for_members(scope)
        webinars = await upcoming(session, scope, now=ask.now) if ours else []
        people = (await find_listed(session, scope, Wanted(), limit=1))[1] if ours else 0
    names = tuple(reader.areas[area].name.text(t.language) for area in overview.areas)
    card = discord.Embed(title=t("The Network at a glance"), colour=ACCENT)
    if ours:
        if people >= FEW:
            said = t.plural("{n} person can be asked", "{n} people can be asked", people)
            card.description = t("{people}: /profile find shows them, /peer ask asks them.", people=said)
        else:
            card.description = t("/profile find shows whom you can ask, /peer ask asks them.")
        webinar = next(iter(webinars), None)
        told = f"{one_line(webinar.read_in(t.language).title, 150)}\n{when(reader, webinar)}" if webinar else ""
        card.add_field(name=t("Next webinar"), value=told or t("None is planned yet."), inline=False)
    else:
        card.description = t("Members see here whom they can ask, and which webinar is next.")
    lines = [
        f"- {one_line(one.title, 150)} ({one.year})\n{address}"
        for one in resources
        if (address := safe_link(one.url)) is not None and len(address) < 200
    ]
    if lines:
        card.add_field(name=t("New guidance"), value="\n".join(lines)[:1024], inline=False)
    drawn = await pictures.matrix(t.language, overview, names)
    page.embeds.append(card)
    page.attach(card, Picture("network.png", drawn, pictures.matrix_alt(t, overview, names)))

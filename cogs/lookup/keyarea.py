"""`/keyarea`: what a key area is about, its guidance and practices, whom to ask, and the next webinar."""

from dataclasses import dataclass

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, Select
from bot.languages import Texts
from bot.render import ACCENT, label, one_line, plain
from cogs.lookup import pictures
from cogs.lookup.cards import Reader, lines_of, option_of, title_of, when
from cogs.lookup.rules import PAGE, pages
from cogs.lookup.sharing import Page, Picture, scope_here, share, show
from cogs.lookup.single import asked_page, reader_of, thing_page
from cogs.lookup.things import for_members, scope_of
from cogs.lookup.words import Areas
from data import countries
from data.members import Member, members_of_key_area
from data.network import KeyArea
from data.overview import Overview, get_overview
from data.practices import Practice, by_key_area
from data.resources import Resource, resources_of_key_area
from data.webinars import Webinar, next_of_key_area

PRACTICES = 8
PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Content:
    """What there is in a key area, as far as its readers may see it."""

    area: KeyArea
    resources: list[Resource]
    total: int
    page: int
    practices: list[Practice]
    people: list[Member]
    webinar: Webinar | None
    # Whether its readers see what is the community's own.
    for_members: bool
    overview: Overview


async def content_of(ask: Ask, area: KeyArea, page: int, scope: int) -> Content:
    """Everything that stands on the page of a key area.

    Args:
        ask: who asks.
        area: which.
        page: of its resources, from 0; past the last one, the last.
        scope: whose things its readers see.
    """
    async with ask.bot.db.read() as session:
        resources, total = await resources_of_key_area(session, scope, area.id, limit=PAGE, offset=page * PAGE)
        last = pages(total) - 1
        if page > last:
            page = last
            resources, total = await resources_of_key_area(session, scope, area.id, limit=PAGE, offset=page * PAGE)
        return Content(
            area,
            resources,
            total,
            page,
            await by_key_area(session, scope, area.id, limit=PRACTICES),
            await members_of_key_area(session, scope, area.id, limit=PEOPLE),
            await next_of_key_area(session, scope, area.id, now=ask.now),
            for_members=for_members(scope),
            overview=await get_overview(session, scope),
        )


async def keyarea_page(ask: Ask, area_id: str, number: int, *, shared: bool = False) -> Page:
    """The page of a key area.

    Args:
        ask: who asks.
        area_id: which.
        number: the page of its resources, from 0.
        shared: whether it will stand in the channel for others to read.

    Raises:
        Refusal: there is no such key area.
    """
    reader = await reader_of(ask)
    area = reader.areas.get(area_id)
    if area is None:
        raise not_found()
    t, scope = ask.t, scope_of(ask.actor)
    content = await content_of(ask, area, number, min(scope, scope_here(ask)) if shared else scope)
    overview = _overview(reader, content)
    page = Page([overview, _resources(reader, content)])
    picture = await _picture(reader, content)
    if picture is not None:
        page.attach(overview, picture)
    options = [option_of(t, "resource", resource) for resource in content.resources]
    options += [option_of(t, "practice", practice) for practice in content.practices]
    options += [option_of(t, "webinar", content.webinar)] if content.webinar else []
    if options:
        page.items.append(OpenFromArea(options, placeholder=t("Read one in full"), area=area_id, page=content.page))
    last = pages(content.total) - 1
    if last:
        before, after = max(content.page - 1, 0), content.page + 1
        page.items += [
            AreaPage(t("Previous resources"), disabled=content.page == 0, area=area_id, page=before),
            AreaPage(t("Next resources"), disabled=content.page == last, area=area_id, page=after),
        ]
    page.items.append(ShareArea(t("Share here"), area=area_id, page=content.page))
    page.shared_items = [AreaPage(t("Read on in private"), area=area_id, page=content.page)]
    return page


async def _picture(reader: Reader, content: Content) -> Picture | None:
    """The key area by country; None where there is not enough of it."""
    t, name = reader.t, content.area.name.text(reader.t.language)
    place = content.overview.areas.index(content.area.id)
    if not pictures.is_worth_drawing(content.overview, place):
        return None
    drawn = await pictures.tiles(t.language, content.overview, place, name)
    return Picture("key-area.png", drawn, pictures.tiles_alt(t, content.overview, place, name))


def _overview(reader: Reader, content: Content) -> discord.Embed:
    t = reader.t
    card = discord.Embed(title=one_line(content.area.name.text(t.language)), colour=ACCENT)
    card.description = plain(content.area.description.text(t.language), 800)
    lines = [_practice_line(t, practice) for practice in content.practices]
    _add(card, t("Practices"), lines, t("None yet."))
    if content.for_members:
        people = [_person_line(t, member) for member in content.people]
        nobody = t("Nobody has named this key area in a profile that others may see.")
        _add(card, t("Whom to ask"), people, nobody)
        webinar = content.webinar
        line = [f"{one_line(webinar.read_in(t.language).title, 150)}\n{when(reader, webinar)}"] if webinar else []
        _add(card, t("Next webinar"), line, t("None is planned yet."))
    else:
        _add(card, t("Whom to ask"), [], t("Members see here whom they can ask, and which webinar is next."))
    return card


def _add(card: discord.Embed, name: str, lines: list[str], otherwise: str) -> None:
    """A field of whole lines, as many as it holds."""
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) <= 750:
            kept.append(line)
    card.add_field(name=name, value="\n".join(kept) or otherwise, inline=False)


def _practice_line(t: Texts, practice: Practice) -> str:
    country = f" ({countries.name(practice.country, t.language)})" if practice.country else ""
    line = f"- {one_line(title_of(t, practice), 100)}{country}"
    if practice.from_brochure:
        mark = t("From the Network's brochure, not reviewed")
        return f"{line}\n*{mark}*"
    if practice.thread_id:
        line = f"{line} <#{practice.thread_id}>"
    archived = t("Archived")
    return f"{line} · *{archived}*" if practice.archived_at is not None else line


def _person_line(t: Texts, member: Member) -> str:
    country = f" ({countries.name(member.country, t.language)})" if member.country else ""
    role = f", {one_line(member.role, 60)}" if member.role else ""
    return f"- <@{member.user_id}>{role}{country}"


def _resources(reader: Reader, content: Content) -> discord.Embed:
    t = reader.t
    card = discord.Embed(title=t("Resources"), colour=ACCENT)
    for place, resource in enumerate(content.resources, 1 + content.page * PAGE):
        name = f"{place}. {one_line(resource.title, 130)}"
        card.add_field(name=name, value=lines_of(reader, "resource", resource, summary=0, limit=600), inline=False)
    if not content.resources:
        card.description = t("There is none yet.")
    counted = t("Page {page} of {pages}", page=content.page + 1, pages=pages(content.total))
    card.set_footer(text=f"{counted} · " + t.plural("{n} resource", "{n} resources", content.total))
    return card


class AreaPage(Button, custom_id="keyarea:page:{area}:{page}"):
    """Shows the page of a key area, with that page of its resources."""

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        await show(ask, await keyarea_page(ask, self.values["area"], asked_page(self.values["page"])))


class ShareArea(Button, custom_id="keyarea:share:{area}:{page}"):
    """Posts the page in the channel."""

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        page = await keyarea_page(ask, self.values["area"], asked_page(self.values["page"]), shared=True)
        await share(ask, page)


class OpenFromArea(Select, custom_id="keyarea:open:{area}:{page}"):
    """Shows one thing of a key area in full, with a way back."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        back = AreaPage(ask.t("Back to the key area"), area=self.values["area"], page=asked_page(self.values["page"]))
        await show(ask, await thing_page(ask, options[0], back))


class OpenKeyArea(Select, custom_id="keyarea:choose"):
    """Shows the page of a key area."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        await show(ask, await keyarea_page(ask, options[0].removeprefix("key_area:"), 0))


def area_options(t: Texts, areas: Areas) -> list[discord.SelectOption]:
    """The key areas as options of a menu."""
    return [
        discord.SelectOption(label=label(area.name.text(t.language)), value=f"key_area:{area.id}")
        for area in areas.values()
    ]

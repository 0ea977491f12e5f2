"""`/profile find`: members who let others find them, page by page, with why each of them fits."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import Button, Select, row
from bot.errors import Refusal
from bot.languages import Texts
from bot.render import ACCENT, clean, label, one_line
from cogs.onboarding import cards, profile, rules
from data import countries
from data.languages import WORK_LANGUAGES
from data.members import Member, Wanted, find_listed
from data.members.matching import meanings

PAGE = 5
# As many as fit into a button beside the filters.
WORDS_LIMIT = 50
# How many the search is asked for; whoever finds more has to narrow it.
RANKED = 100
# Stands for a filter that is not set.
ANY = "-"
LAST_PAGE = 999


@dataclass(frozen=True, slots=True)
class Quest:
    """Whom somebody looks for; empty stands for anybody.

    Attributes:
        country: ISO 3166-1 alpha-2.
        area: the id of a key area.
        language: an ISO 639-1 code.
        words: what they should offer or look for.
    """

    country: str = ""
    area: str = ""
    language: str = ""
    words: str = ""

    def packed(self) -> dict[str, Any]:
        """As it stands in a button."""
        area = str(rules.KEY_AREAS.index(self.area)) if self.area else ANY
        return {
            "country": self.country or ANY,
            "area": area,
            "language": self.language or ANY,
            "words": self.words or ANY,
        }


def read_quest(country: str, area: str, language: str, words: str) -> Quest:
    """Check what was chosen or typed; a button may be forged, and an option typed by hand.

    Raises:
        Refusal: there is no such country, key area or language.
    """
    found = countries.find(clean(country)) if country else ""
    if found is None:
        raise Refusal(
            "No country is called “{name}”. Choose one from the list, or type its name in English, French, Spanish or "
            "Portuguese.",
            name=one_line(country, 60),
        )
    if area not in ("", *rules.KEY_AREAS) or language not in ("", *WORK_LANGUAGES):
        raise Refusal("That value does not fit here. Choose one from the list.")
    # A tilde parts the id of a button from what the bot writes behind it.
    typed = " ".join(clean(words).replace("~", " ").split())
    return Quest(found, area, language, typed[:WORDS_LIMIT].strip())


def unpacked(values: dict[str, str]) -> Quest:
    """The quest of a button."""
    said = {name: "" if value == ANY else value for name, value in values.items()}
    place = said["area"]
    area = rules.KEY_AREAS[int(place)] if place in map(str, range(len(rules.KEY_AREAS))) else place
    return read_quest(said["country"], area, said["language"], said["words"])


# What is shown -------------------------------------------------------------------------------------------------------


async def find(ask: Ask, quest: Quest, page: int) -> tuple[list[Member], int]:
    """A page of those who fit, and how many there are in all."""
    ids: tuple[int, ...] | None = None
    if quest.words:
        index = await ask.bot.search_index()
        results = await index.aside(
            index.search,
            quest.words,
            language=ask.t.language,
            community_id=ask.community.id,
            kinds=("member",),
            key_area=quest.area or None,
            country=quest.country or None,
            limit=RANKED,
        )
        ids = tuple(int(hit.id) for hit in results.hits)
    wanted = Wanted(quest.country or None, quest.area or None, quest.language or None, ids)
    async with ask.bot.db.read() as session:
        return await find_listed(session, ask.community.id, wanted, limit=PAGE, offset=page * PAGE)


async def directory_page(ask: Ask, quest: Quest, page: int) -> dict[str, Any]:
    """A page of the directory, as the parts of a message."""
    t = ask.t
    found, total = await find(ask, quest, page)
    last = max(total - 1, 0) // PAGE
    if page > last:
        page = last
        found, total = await find(ask, quest, page)
    async with ask.bot.db.read() as session:
        facts = await cards.load_facts(session)
    card = discord.Embed(title=t("Directory"), colour=ACCENT)
    narrowed = _narrowed(t, facts, quest)
    if not found:
        nobody = t("Nobody who can be found fits. Try fewer or other words; /lookup also looks for guidance.")
        card.description = "\n".join(line for line in (narrowed, nobody) if line)
        return {"embeds": [card]}
    card.description = narrowed or None
    for member in found:
        card.add_field(
            name=one_line(member.name, 100) or "?", value="\n".join(_lines(t, facts, quest, member)), inline=False
        )
    pages = t("Page {page} of {pages}", page=page + 1, pages=last + 1)
    card.set_footer(text=f"{pages} · " + t.plural("{n} member", "{n} members", total))
    options = [discord.SelectOption(label=label(member.name, 90) or "?", value=str(member.id)) for member in found]
    view = row(OpenProfile(options, placeholder=t("Open a profile")))
    if last:
        filters = quest.packed()
        view.add_item(Turn(t("Previous"), disabled=page == 0, page=max(page - 1, 0), **filters))
        view.add_item(Turn(t("Next"), disabled=page == last, page=page + 1, **filters))
    return {"embeds": [card], "view": view}


def _narrowed(t: Texts, facts: cards.Facts, quest: Quest) -> str:
    """What is looked for, in words; empty where it is anybody."""
    parts = [
        cards.country_name(t, quest.country) if quest.country else "",
        facts.key_areas[quest.area].text(t.language) if quest.area in facts.key_areas else "",
        cards.language_name(t, quest.language) if quest.language else "",
        one_line(quest.words, 100),
    ]
    shown = " · ".join(part for part in parts if part)
    return t("Only: {filters}", filters=shown) if shown else ""


def _lines(t: Texts, facts: cards.Facts, quest: Quest, member: Member) -> list[str]:
    """Who somebody is, and why they are in the list."""
    country = cards.country_name(t, member.country) if member.country else ""
    who = (one_line(member.role, 90), one_line(member.organisation, 90), country)
    lines = [f"<@{member.user_id}>", " · ".join(part for part in who if part)]
    looked_for = meanings(quest.words, t.language)
    offers = bool(looked_for & meanings(member.offers, member.language))
    seeks = bool(looked_for & meanings(member.seeks, member.language))
    if quest.words and offers:
        lines.append(t("Offers: {words}", words=one_line(member.offers, 200)))
    if quest.words and seeks:
        lines.append(t("Looks for: {words}", words=one_line(member.seeks, 200)))
    if not (offers or seeks):
        areas = [facts.key_areas[area].text(t.language) for area in member.key_areas if area in facts.key_areas]
        spoken = [cards.language_name(t, code) for code in member.languages]
        if areas:
            lines.append(t("Works on: {areas}", areas=", ".join(areas)))
        if spoken:
            lines.append(t("Works in: {languages}", languages=", ".join(spoken)))
    return [line for line in lines if line]


# What can be pressed -------------------------------------------------------------------------------------------------


class Turn(Button, custom_id="profile:find:{page}:{country}:{area}:{language}:{words*}"):
    """Another page of the directory."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show it in place of this one."""
        page = min(profile.number(self.values["page"]), LAST_PAGE)
        quest = unpacked({name: value for name, value in self.values.items() if name != "page"})
        await ask.update(**await directory_page(ask, quest, page))


class OpenProfile(Select, custom_id="profile:open"):
    """Opens one of the profiles that are listed."""

    needs = Standing.MEMBER

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it beneath the list, privately."""
        async with ask.bot.db.read() as session:
            member = await authorize(session, ask.actor, profile.SEE, profile.number(options[0]))
            facts = await cards.load_facts(session)
        await profile.show(ask, member, facts)

"""`/network`: readable pages about the Network. But for what there is at present, it comes from the seed files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, Select
from bot.languages import N_, Texts
from bot.render import ACCENT
from cogs.lookup.glance import add_glance
from cogs.lookup.sharing import Page, scope_here, share, show
from cogs.lookup.things import scope_of
from data import countries
from data.network import CO_CHAIR, Fact, Network, NetworkMember, get_network, list_facts, list_network_members
from data.wording import Wording


@dataclass(frozen=True, slots=True)
class Book:
    """All that the pages are made of."""

    network: Network
    members: list[NetworkMember]
    challenges: list[Fact]


Writer = Callable[[Texts, Book, discord.Embed], None]


def _about(t: Texts, book: Book, card: discord.Embed) -> None:
    network = book.network
    card.title = network.name.text(t.language)
    card.description = f"*{network.motto.text(t.language)}*"
    chairs = [countries.name(code, t.language) for code in network.co_chairs]
    card.add_field(name=t("Co-chairs"), value=t.list(chairs), inline=False)
    if network.secretariat:
        card.add_field(name=t("Secretariat"), value=network.secretariat.title.text(t.language), inline=False)
    represented = network.representation.text(t.language)
    card.add_field(name=t("Who represents a country"), value=represented, inline=False)
    counted = t(
        "These are the 193 Member States of the United Nations and 2 Permanent Observers, the Holy See and the State "
        "of Palestine."
    )
    joining = f"{network.who_can_join.text(t.language)}\n{counted}"
    card.add_field(name=t("Who can join"), value=joining, inline=False)
    card.add_field(name=t("Launch"), value=_launch(t, network), inline=False)
    card.add_field(name=t("First meeting"), value=_first_meeting(t, network), inline=False)


def _launch(t: Texts, network: Network) -> str:
    launch = network.launch
    parts = [launch.event.text(t.language), launch.city.text(t.language), _date(t, launch.date)]
    said = ", ".join(part for part in parts if part)
    return f"{said}\n*{launch.note.text(t.language)}*"


def _first_meeting(t: Texts, network: Network) -> str:
    meeting = network.first_meeting
    said = t(
        "{place}: {in_person} participants in person, {online} online.",
        place=meeting.place.text(t.language),
        in_person=meeting.in_person.text(t.language),
        online=meeting.online.text(t.language),
    )
    presented = t.list([countries.name(code, t.language) for code in meeting.presented])
    shown = t("Good practices were presented by {countries}.", countries=presented)
    return f"{said} {shown}\n*{meeting.date_note.text(t.language)}*"


def _date(t: Texts, iso: str | None) -> str:
    if iso is None:
        return ""
    from datetime import date

    from babel.dates import format_date

    locale = {"en": "en_GB", "pt": "pt_BR"}.get(t.language, t.language)
    return format_date(date.fromisoformat(iso), "long", locale=locale)


def _members(t: Texts, book: Book, card: discord.Embed) -> None:
    card.title = t("Members")
    card.description = t.plural("{n} country is a member.", "{n} countries are members.", len(book.members))
    regions: dict[str, list[str]] = {}
    chair = t("co-chair")
    for member in book.members:
        name = countries.name(member.country, t.language)
        line = f"- {name}, {chair}" if member.role == CO_CHAIR else f"- {name}"
        regions.setdefault(countries.region_name(member.region, t.language), []).append(line)
    for region, lines in sorted(regions.items(), key=lambda item: countries.fold(item[0])):
        ordered = sorted(lines, key=countries.fold)
        card.add_field(name=f"{region} ({len(lines)})", value="\n".join(ordered), inline=True)


def _listed(title: str, of: Callable[[Book], Sequence[Fact]]) -> Writer:
    def write(t: Texts, book: Book, card: discord.Embed) -> None:
        card.title = t(title)
        lines: list[str] = []
        for number, fact in enumerate(of(book), 1):
            lines.append(f"{number}. {fact.title.text(t.language)}")
            body = fact.body.text(t.language)
            if body:
                lines.append(f"   {body}")
        card.description = "\n".join(lines)

    return write


def _advisory(t: Texts, book: Book, card: discord.Embed) -> None:
    card.title = t("Advisory members")
    lines: list[str] = []
    for fact in book.network.advisory_members:
        name = fact.title.text(t.language)
        short = Wording(fact.details.get("short_name", {})).text(t.language)
        lines.append(f"- {name}" if not short or " " in short else f"- {name} ({short})")
    card.description = "\n".join(lines)


def _contact(t: Texts, book: Book, card: discord.Embed) -> None:
    card.title = t("Contact")
    network = book.network
    secretariat = network.secretariat.title.text(t.language) if network.secretariat else ""
    card.description = t("Secretariat: {name}", name=secretariat) + f"\n{network.email}"
    card.description += f"\n-# {network.email_note.text(t.language)}"


PAGES: dict[str, tuple[str, Writer]] = {
    "about": (N_("What it is, and who can join"), _about),
    "members": (N_("Members"), _members),
    "objectives": (N_("Objectives"), _listed(N_("Objectives"), lambda book: book.network.objectives)),
    "activities": (N_("What it does"), _listed(N_("What it does"), lambda book: book.network.activities)),
    "commitments": (
        N_("What members committed to"),
        _listed(N_("What members committed to"), lambda book: book.network.commitments),
    ),
    "advisory": (N_("Advisory members"), _advisory),
    "challenges": (
        N_("Challenges that members named"),
        _listed(N_("Challenges that members named"), lambda book: book.challenges),
    ),
    "contact": (N_("Contact"), _contact),
}


async def book_of(ask: Ask) -> Book:
    """Read all that the pages are made of."""
    async with ask.bot.db.read() as session:
        network = await get_network(session)
        return Book(network, await list_network_members(session), await list_facts(session, "challenge"))


async def network_page(ask: Ask, name: str, *, shared: bool = False) -> Page:
    """One of the pages.

    Args:
        ask: who asks.
        name: which.
        shared: whether it will stand in the channel for others to read.

    Raises:
        Refusal: there is no such page.
    """
    if name not in PAGES:
        raise not_found()
    t, book = ask.t, await book_of(ask)
    card = discord.Embed(colour=ACCENT)
    PAGES[name][1](t, book, card)
    card.set_footer(text=t("Source: {source}", source=book.network.source.text(t.language)))
    options = [
        discord.SelectOption(label=t(title), value=key, default=key == name) for key, (title, _) in PAGES.items()
    ]
    items = [ReadPage(options, placeholder=t("Read about the Network")), ShareNetwork(t("Share here"), page=name)]
    page = Page([card], items, [OpenNetwork(t("Read on in private"), page=name)])
    if name == "about":
        scope = scope_of(ask.actor)
        await add_glance(ask, page, min(scope, scope_here(ask)) if shared else scope)
    return page


async def country_page(ask: Ask, code: str) -> Page:
    """Whether a country is a member, or may become one.

    Raises:
        Refusal: no such country.
    """
    if code not in countries.eligible():
        raise not_found()
    t, book = ask.t, await book_of(ask)
    country = countries.name(code, t.language)
    card = discord.Embed(title=country, colour=ACCENT)
    member = next((member for member in book.members if member.country == code), None)
    if member is None:
        card.description = t(
            "{country}: not a member of the Network, but it may join. Write to the secretariat: {email}",
            country=country,
            email=book.network.email,
        )
        card.description += f"\n-# {book.network.email_note.text(t.language)}"
    else:
        said = [t("{country}: member of the Network.", country=country)]
        if member.role == CO_CHAIR:
            said.append(t("It is one of the co-chairs."))
        if member.presented_good_practice:
            said.append(t("It presented a good practice at the first meeting."))
        card.description = " ".join(said)
    card.set_footer(text=t("Source: {source}", source=book.network.source.text(t.language)))
    items = [OpenNetwork(t("About the Network"), page="about"), ShareCountry(t("Share here"), country=code)]
    return Page([card], items, [OpenNetwork(t("Read on in private"), page="about")])


class ReadPage(Select, custom_id="network:read"):
    """Turns to another page."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        await show(ask, await network_page(ask, options[0]))


class OpenNetwork(Button, custom_id="network:page:{page}"):
    """Opens a page."""

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        await show(ask, await network_page(ask, self.values["page"]))


class ShareNetwork(Button, custom_id="network:share:{page}"):
    """Posts a page in the channel."""

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        await share(ask, await network_page(ask, self.values["page"], shared=True))


class ShareCountry(Button, custom_id="network:country:{country}"):
    """Posts in the channel whether a country is a member."""

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        await share(ask, await country_page(ask, self.values["country"]))

"""What is shown of a webinar that is over: materials, recap, who was there, and what people thought of it."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.languages import N_, Texts, each_language
from bot.render import ACCENT, cut, one_line, plain, safe_link
from cogs.webinars.cards import Languages, jump_url, moment_text
from data.webinars import GOING, Webinar
from data.webinars.attendance import Attendee
from data.webinars.materials import Material, NewMaterial
from data.webinars.recaps import Recap
from data.webinars.survey import ENOUGH, USEFUL, Results

MATERIALS = {
    "recording": N_("Recording"),
    "slides": N_("Slides"),
    "document": N_("Document"),
    "other": N_("Other link"),
}
THERE = N_("I was there")
# In what a recording or document may be; any other is named in its title.
MATERIAL_LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "zh")
ANSWERS = {
    "going": N_("Going"),
    "maybe": N_("Maybe"),
    "cannot": N_("Cannot come"),
    "waiting": N_("On the waiting list"),
    "offered": N_("Was offered a place"),
    "lapsed": N_("Did not take the place"),
}
# So many characters of names on each of two cards; the file has all.
NAMES = 2200
PAGE_OF_TEXTS = 3500
# Discord's bounds for the text of one card, and of all cards of a message together, with some room left.
CARD, MESSAGE = 4000, 5900
# What a recap of two thousand characters takes once it is escaped.
RECAP_ROOM = 2600


def own_name(code: str) -> str:
    """A language as those who speak it write it, with a capital: the same for every reader."""
    from babel import Locale, UnknownLocaleError

    try:
        name: Any = Locale.parse(code).get_language_name(code)
    except (UnknownLocaleError, ValueError):
        return code
    return str(name)[:1].upper() + str(name)[1:]


def material_lines(languages: Languages, material: NewMaterial) -> str:
    """A recording, slides or a document: what it is, and where."""
    about = [each_language(languages, MATERIALS[material.kind])] if material.kind in MATERIALS else []
    if material.language:
        about.append(own_name(material.language))
    link = safe_link(material.url)
    return "\n".join([f"**{one_line(material.title, 200)}**", ", ".join(about), f"<{link}>" if link else "–"])


def webinar_head(webinar: Webinar) -> discord.Embed:
    """A card that names a webinar and leads to its announcement."""
    card = discord.Embed(title=one_line(webinar.title, 200), colour=ACCENT)
    card.url = jump_url(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)
    return card


def material_card(languages: Languages, webinar: Webinar, material: Material) -> discord.Embed:
    """A recording, slides or a document as everyone sees it."""
    card = webinar_head(webinar)
    card.description = material_lines(languages, material)
    return card


def materials_card(
    t: Texts, webinar: Webinar, materials: Sequence[Material], first: int = 1, total: int | None = None
) -> discord.Embed:
    """Some of a webinar's materials, numbered."""
    card = webinar_head(webinar)
    lines = [f"{number}. {material_lines((t.language,), one)}" for number, one in enumerate(materials, start=first)]
    card.description = cut("\n\n".join(lines), CARD) or t("Nothing has been added yet.")
    card.set_footer(text=t.plural("{n} link in all", "{n} links in all", total or len(materials)))
    return card


def recap_card(languages: Languages, webinar: Webinar, recap: Recap) -> discord.Embed:
    """A recap as everyone sees it, in the words of whoever wrote it."""
    card = webinar_head(webinar)
    card.description = plain(recap.text, CARD)
    card.set_author(name=cut(each_language(languages, N_("Recap")), 256))
    return card


def afterwards_card(
    t: Texts, recap: Recap | None, materials: Sequence[Material], room: int
) -> tuple[discord.Embed | None, bool]:
    """What followed a webinar, beneath the webinar itself, as far as there is room.

    Args:
        t: the reader's texts.
        recap: what was said.
        materials: recordings and the like.
        room: how many characters the card may hold.

    Returns:
        The card, None where there is nothing to show; and whether all materials are on it.
    """
    if recap is None and not materials:
        return None, True
    card = discord.Embed(title=t("Afterwards"), colour=ACCENT)
    room -= len(card) + 100
    heading = t("Recap")
    parts: list[str] = []
    if recap is not None:
        parts.append(f"**{heading}**\n" + plain(recap.text, max(min(RECAP_ROOM, room - 200), 100)))
    shown = 0
    for material in materials:
        lines = material_lines((t.language,), material)
        if len("\n\n".join([*parts, lines])) > min(room, CARD):
            break
        parts.append(lines)
        shown += 1
    card.description = "\n\n".join(parts)
    return card, shown == len(materials)


def past_card(t: Texts, shown: Sequence[Webinar], page: int, pages: int) -> discord.Embed:
    """A page of the webinars that are over, numbered like the buttons beneath."""
    card = discord.Embed(title=t("Past webinars"), colour=ACCENT)
    lines = [
        f"**{number}. {one_line(webinar.title, 200)}**\n{moment_text(webinar.starts_at)}"
        for number, webinar in enumerate(shown, start=1)
    ]
    card.description = "\n\n".join(lines) or t("There was none in the last twelve months.")
    if pages > 1:
        card.set_footer(text=t("Page {page} of {pages}", page=page + 1, pages=pages))
    return card


def after_card(languages: Languages, webinar: Webinar) -> discord.Embed:
    """Thanks once a webinar is over, and what can be done now."""
    card = webinar_head(webinar)
    card.description = each_language(
        languages,
        N_(
            "Thank you for coming. Were you there? Say so: only you and the moderators see it. Then answer two "
            "questions; nobody sees who answered what. Recording and slides will be posted here."
        ),
        separator="\n\n",
    )
    return card


def name_of_attendee(t: Texts, person: Attendee, nick: str | None) -> str:
    """Somebody's name as plain text: the one they registered with, else the one the server shows."""
    if person.member is not None:
        return person.member.name
    return nick or t("Someone who left the server")


def attendance_cards(t: Texts, webinar: Webinar, people: Sequence[tuple[str, Attendee]]) -> list[discord.Embed]:
    """Who was there, and who said they would be: for moderators."""
    there = [(name, one) for name, one in people if one.there]
    missed = [(name, one) for name, one in people if one.answer == GOING and not one.there]
    head = webinar_head(webinar)
    head.description = t(
        "Only moderators see this list. It holds what people said themselves and what moderators added. A file that "
        "you download is personal data: keep it no longer than you need it."
    )
    by_moderator = t("added by a moderator")
    cards, added = [head], f" ({by_moderator})"
    for heading, group in ((t("Were there"), there), (t("Said “going”, were not there"), missed)):
        names = [f"- {one_line(name, 60)}" + (added if one.by_moderator else "") for name, one in group]
        card = discord.Embed(title=cut(t.pair(heading, str(len(group))), 256), colour=ACCENT)
        card.description = _as_fits(t, names) or "–"
        cards.append(card)
    return cards


def _as_fits(t: Texts, lines: Sequence[str]) -> str:
    """So many lines as fit on one of two cards, and how many more there are."""
    shown = ""
    for index, line in enumerate(lines):
        if len(shown) + len(line) > NAMES:
            left = len(lines) - index
            return shown + t.plural("and {n} more: see the file", "and {n} more: see the file", left)
        shown += line + "\n"
    return shown


def results_cards(t: Texts, webinar: Webinar, results: Results, page: int) -> tuple[list[discord.Embed], int]:
    """What people thought of a webinar: for moderators, and only where enough of them answered.

    Args:
        t: the moderator's texts.
        webinar: which.
        results: what was answered.
        page: of what they wrote, from 0.

    Returns:
        The cards, and how many pages there are of what people wrote.
    """
    card = webinar_head(webinar)
    lines = [t.plural("{n} person answered.", "{n} people answered.", results.answers)]
    if not results.enough:
        lines.append(t("Answers are shown once {n} people have answered, so that nobody can be guessed.", n=ENOUGH))
        card.description = "\n".join(lines)
        return [card], 0
    lines.append(t("On average: {mean} of 5", mean=number(t, results.mean)))
    card.description = "\n".join(lines)
    scale = [
        t.pair(f"{score} – {useful_name(t, score)}", f"**{n}**")
        for score, n in zip(USEFUL, results.useful, strict=True)
    ]
    card.add_field(name=t("How useful was it?"), value="\n".join(reversed(scale)), inline=False)
    pages = _pages([f"“{plain(text, 1200)}”" for text in results.better])
    if not pages:
        return [card], 0
    page = min(page, len(pages) - 1)
    written = discord.Embed(title=cut(t("What would make the next one better?"), 256), colour=ACCENT)
    written.description = pages[page]
    about = [t("In no particular order, so that nobody can be guessed.")]
    if len(pages) > 1:
        about.append(t("Page {page} of {pages}", page=page + 1, pages=len(pages)))
    written.set_footer(text=" ".join(about))
    return [card, written], len(pages)


def _pages(parts: Sequence[str]) -> list[str]:
    """Texts put together to pages, as many on each as fit."""
    pages: list[str] = []
    for part in parts:
        if pages and len(pages[-1]) + len(part) + 2 <= PAGE_OF_TEXTS:
            pages[-1] += "\n\n" + part
        else:
            pages.append(part)
    return pages


def useful_name(t: Texts, score: int) -> str:
    """What a number from 1 to 5 stands for."""
    return {
        1: t("not useful"),
        2: t("a little useful"),
        3: t("fairly useful"),
        4: t("useful"),
        5: t("very useful"),
    }[score]


def number(t: Texts, value: float) -> str:
    """A number with one decimal, as the reader's language writes it."""
    from babel.numbers import format_decimal

    return format_decimal(round(value, 1), format="0.0", locale={"pt": "pt_BR"}.get(t.language, t.language))

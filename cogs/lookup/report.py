"""For moderators: what was looked for and not found, and the community's own words that mend it."""

import hashlib
from collections.abc import Sequence
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, Select, row
from bot.forms import OpenForm
from bot.languages import Texts
from bot.render import ACCENT, clean, label, one_line
from cogs.lookup.rules import page_number
from cogs.lookup.terms import NEW, WordForm
from cogs.lookup.words import language_name
from data.asked import KEPT, Asked, count_asked, list_unanswered
from data.glossary import Term, get_term, list_terms, remove_term

PAGE = 10
TERMS = 15
# Of an option's value.
LONGEST_VALUE = 100


def _asked_page(text: str) -> int:
    number = page_number(text)
    if number is None:
        raise not_found()
    return number


# What was not found ---------------------------------------------------------------------------------------------------


def line_of(t: Texts, asked: Asked) -> str:
    """One line of the report."""
    said = [
        f"**{one_line(asked.words, 120)}** ({language_name(t, asked.language)})",
        t.plural("asked {n} time", "asked {n} times", asked.asked) if asked.asked else "",
        t.plural("{n} result", "{n} results", asked.results) if asked.results else t("nothing found"),
        t.plural("{n} person did not find it", "{n} people did not find it", asked.missed) if asked.missed else "",
    ]
    return " · ".join(part for part in said if part)


async def report_page(ask: Ask, page: int) -> dict[str, Any]:
    """What was looked for and not found, as the parts of a message."""
    t, since = ask.t, ask.now - KEPT
    async with ask.bot.db.read() as session:
        found, total = await list_unanswered(session, ask.community.id, since, limit=PAGE, offset=page * PAGE)
        asked, unanswered = await count_asked(session, ask.community.id, since)
    counted = t.plural("{n} search in the last 180 days.", "{n} searches in the last 180 days.", asked)
    counted += " " + t.plural("{n} of them found nothing.", "{n} of them found nothing.", unanswered)
    lines = [line_of(t, each) for each in found] or [t("Nothing stands here.")]
    card = discord.Embed(
        title=t("Looked for and not found"), description="\n".join([counted, "", *lines]), colour=ACCENT
    )
    card.set_footer(text=t("Words only, never who looked, and without names. Kept for 180 days."))
    items: list[Any] = []
    if found:
        options = list(dict.fromkeys(each.words[:LONGEST_VALUE] for each in found))
        shown = [discord.SelectOption(label=label(words, 100), value=words) for words in options]
        items.append(Teach(shown, placeholder=t("Say what one of these means")))
    if page:
        items.append(ReportPage(t("Previous"), page=page - 1))
    if total > (page + 1) * PAGE:
        items.append(ReportPage(t("Next"), page=page + 1))
    items += [OpenForm(t("Add a word"), form=f"glossary:word:{NEW}"), GlossaryPage(t("The glossary"), page=0)]
    return {"embeds": [card], "view": row(*items)}


class ReportPage(Button, custom_id="lookup:report:{page}"):
    """Shows a page of the report."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        await ask.update(**await report_page(ask, _asked_page(self.values["page"])))


class Teach(Select, custom_id="glossary:teach"):
    """Opens the form for words that found nothing."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Open it, with the words in it."""
        words = one_line(clean(options[0]), LONGEST_VALUE)
        about = hashlib.blake2s(words.encode(), digest_size=6).hexdigest()
        await ask.open(await WordForm.make(ask, {"word": clean(options[0])[:80]}, about=about))


# The glossary ---------------------------------------------------------------------------------------------------------


def means_of(means: Sequence[str]) -> str:
    """What a word means, on one line."""
    return one_line(", ".join(means), 200)


async def glossary_page(ask: Ask, page: int) -> dict[str, Any]:
    """The community's own words, as the parts of a message."""
    t = ask.t
    async with ask.bot.db.read() as session:
        terms = await list_terms(session, ask.community.id)
    page = min(page, max(0, (len(terms) - 1) // TERMS))
    part = terms[page * TERMS : (page + 1) * TERMS]
    lines = [f"**{one_line(term.word, 80)}** = {means_of(term.means)}" for term in part]
    about = t("Who types the word on the left also finds what is on the right. Convenor knows many words already.")
    card = discord.Embed(
        title=t("The community's own words"),
        description="\n".join([about, "", *(lines or [t("Nothing stands here.")])]),
        colour=ACCENT,
    )
    items: list[Any] = []
    if part:
        options = [discord.SelectOption(label=label(term.word, 100), value=str(term.id)) for term in part]
        items.append(ChooseTerm(options, placeholder=t("Change or remove one")))
    if page:
        items.append(GlossaryPage(t("Previous"), page=page - 1))
    if len(terms) > (page + 1) * TERMS:
        items.append(GlossaryPage(t("Next"), page=page + 1))
    items += [OpenForm(t("Add a word"), form=f"glossary:word:{NEW}"), ReportPage(t("Back to the report"), page=0)]
    return {"embeds": [card], "view": row(*items)}


READ = Action("glossary.read", get_term, by_moderators)


async def term_of(ask: Ask, text: str) -> Term:
    """The word that a button or an option stands for.

    Raises:
        Refusal: it is another community's, gone or forged.
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    async with ask.bot.db.read() as session:
        return await authorize(session, ask.actor, READ, number)


class GlossaryPage(Button, custom_id="glossary:page:{page}"):
    """Shows a page of the glossary."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        await ask.update(**await glossary_page(ask, _asked_page(self.values["page"])))


class ChooseTerm(Select, custom_id="glossary:choose"):
    """Shows one word, with what can be done to it."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        t, term = ask.t, await term_of(ask, options[0])
        card = discord.Embed(title=one_line(term.word, 200), description=means_of(term.means), colour=ACCENT)
        view = row(
            ChangeTerm(t("Change"), term=term.id),
            RemoveTerm(t("Remove"), style=discord.ButtonStyle.danger, term=term.id),
            GlossaryPage(t("Back"), page=0),
        )
        await ask.update(embeds=[card], view=view)


class ChangeTerm(Button, custom_id="glossary:change:{term}"):
    """Opens the form with what a word means now."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Open it."""
        term = await term_of(ask, self.values["term"])
        typed = {"word": term.word, "means": "\n".join(term.means)}
        await ask.open(await WordForm.make(ask, typed, about=f"t{term.id}"))


class RemoveTerm(Button, custom_id="glossary:remove:{term}"):
    """Takes a word out of the glossary."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Take it out, and show the rest."""
        term = await term_of(ask, self.values["term"])
        async with ask.bot.db.begin() as session:
            await remove_term(session, term, by=ask.actor.user_id, now=ask.now)
        await ask.update(**await glossary_page(ask, 0))

"""A webinar's title and description in further languages: what is shown of them, and the menu for their form."""

from collections.abc import Sequence

import discord

from bot.ask import Ask
from bot.authorize import Standing, not_found, require
from bot.buttons import Select
from bot.forms import Form
from bot.languages import N_, Texts, each_language
from bot.render import cut, one_line, plain
from cogs.webinars.wording import ENDONYMS
from data.languages import LANGUAGES
from data.webinars.texts import Worded, is_current, outdated_languages, translation_in


class FurtherLanguage(Select, custom_id="webinar:further:{form*}"):
    """Opens the form for one further language; `form` is that form without the language."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show the form."""
        base = self.values["form"]
        form = Form.find(f"form:{base}:{options[0]}") if options[0] in LANGUAGES else None
        if form is None or not base.startswith(("webinar:text:", "webinar:edittext:")):
            raise not_found()
        require(ask.actor, form.needs)
        await ask.open(await form.filled(ask))


def language_menu(ask: Ask, webinar: Worded, form: str) -> list[Select]:
    """The menu of the community's languages beneath a preview; none where it has one language only.

    Args:
        ask: the moderator.
        webinar: as it is about to be.
        form: the form of a further language, without the language.
    """
    t, languages = ask.t, ask.community.languages
    if len(languages) < 2:
        return []
    options: list[discord.SelectOption] = []
    for language in languages:
        found = translation_in(webinar, language)
        if found is None:
            state = None
        else:
            state = t("Translated") if is_current(webinar, found) else t("Translated from an earlier text")
        options.append(discord.SelectOption(label=ENDONYMS[language], value=language, description=state))
    return [FurtherLanguage(options, placeholder=t("Add title and description in another language"), form=form)]


def named(languages: Sequence[str]) -> str:
    """Languages in a list."""
    return ", ".join(ENDONYMS[language] for language in languages)


def further_lines(t: Texts, webinar: Worded) -> list[str]:
    """What a moderator is told of the further languages: which there are, and which are of an earlier text."""
    outdated = outdated_languages(webinar)
    current = [text.language for text in webinar.texts if text.language not in outdated]
    lines = [t("Also written in: {languages}.", languages=named(current))] if current else []
    if outdated:
        lines.append(
            t(
                "The text has changed since it was translated into: {languages}. Readers are told so until you choose "
                "the language below, correct its text, and send it again.",
                languages=named(outdated),
            )
        )
    return lines


def title_lines(languages: Sequence[str], webinar: Worded) -> list[str]:
    """The titles in further languages for an announcement, and where the rest is; none of an earlier text."""
    found = [text for language in languages if (text := translation_in(webinar, language)) is not None]
    current = [text for text in found if is_current(webinar, text)]
    lines = [f"**{ENDONYMS[text.language]}** · {one_line(text.title, 200)}" for text in current]
    hint = each_language(tuple(text.language for text in current), N_("The whole text: “Details”"))
    return [*lines, f"-# {hint}"] if lines else []


def change_lines(old: Worded, new: Worded) -> list[tuple[str, str]]:
    """What changes in further languages: each language's name, and the old beside the new."""
    found: list[tuple[str, str]] = []
    for language in LANGUAGES:
        was, becomes = translation_in(old, language), translation_in(new, language)
        if was == becomes:
            continue
        before = f"~~{one_line(was.title, 120)}~~" if was else "–"
        after = f"{one_line(becomes.title, 120)}\n{plain(becomes.description, 150)}" if becomes else "–"
        found.append((ENDONYMS[language], cut(f"{before} → {after}", 400)))
    return found

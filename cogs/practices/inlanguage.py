"""Reading practices in one's own language."""

from collections.abc import Iterable
from typing import Any

import discord
from discord.utils import format_dt

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from bot.languages import Texts
from cogs.practices import cards, rules, shelf
from cogs.practices.drafting import show
from cogs.practices.translating import TranslateIt
from cogs.practices.views import Read, area_names, readable, show_page
from data.languages import LANGUAGES, name_language
from data.practices import Practice
from data.practices import translations as kept
from data.practices.translations import Translation


class ReadIn(Button, custom_id="practice:readin:{practice}"):
    """Shows a practice in the reader's own language, to them alone."""

    async def pressed(self, ask: Ask) -> None:
        """Show the translation, or say that there is none and how there can be."""
        await show_in(ask, self.values["practice"], ask.t.language, 0, turn=False)


class PageIn(Button, custom_id="practice:inlanguage:{community}:{practice}:{language}:{page}"):
    """Turns the pages of a translation; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        page = rules.page_number(self.values["page"])
        await show_in(ask, self.values["practice"], self.values["language"], page, turn=True)


async def show_in(ask: Ask, practice_id: str, language: str, page: int, *, turn: bool) -> None:
    """A page of a practice in a language.

    Args:
        ask: who reads.
        practice_id: which.
        language: in which language.
        page: the page, 0 the first; the nearest where there is none such.
        turn: in place of the page before it.
    """
    practice = await readable(ask, practice_id)
    if practice.from_brochure or language == practice.language:
        await show_page(ask, practice_id, page, turn=turn)
        return
    if language not in LANGUAGES:
        raise not_found()
    t = ask.t
    async with ask.bot.db.read() as session:
        translation = await kept.translation_into(session, practice, language)
    if translation is None:
        text = t(
            "There is no translation into this language yet: {language}.", language=name_language(language, t.language)
        )
        buttons: list[Button] = [Read(t("Read in full"), practice=practice.id)]
        if ask.actor.is_member and kept.may_translate(practice, ask.actor.user_id):
            text += " " + t("If you like, translate it; its author approves it before others read it.")
            buttons.append(TranslateIt(t("Translate it"), practice=practice.id, language=language))
        await (show if turn else Ask.answer)(ask, text, view=row(*buttons))
        return
    found = cards.pages(t, translation.as_practice, await area_names(ask))
    page = min(page, len(found) - 1)
    place: dict[str, Any] = {"community": ask.community.id, "practice": practice.id, "language": language}
    turning: list[Button] = []
    if page > 0:
        turning.append(PageIn(t("Back"), page=page - 1, **place))
    if page < len(found) - 1:
        turning.append(PageIn(t("Next"), style=discord.ButtonStyle.primary, page=page + 1, **place))
    message: dict[str, Any] = {"embeds": [found[page]]}
    if turning:
        message["view"] = row(*turning)
    await (show if turn else Ask.answer)(ask, translation_label(t, translation), **message)


def translation_label(t: Texts, translation: Translation) -> str:
    """Who answers for a translation, and whether the practice has changed since."""
    when = format_dt(translation.approved_at or translation.made_at, "d")
    if translation.user_id == translation.practice.author_id:
        text = t("Translated by its author on {when}.", when=when)
    else:
        text = t("Translated by a member, approved by its author on {when}.", when=when)
    if translation.number < translation.practice.edition:
        text += " " + t(
            "It is of version {n}; the practice was changed since and is in version {now}.",
            n=translation.number,
            now=translation.practice.edition,
        )
    return text


def _offered(t: Texts, practice: Practice) -> Iterable[Button]:
    yield ReadIn(t("Read in my language"), practice=practice.id)


shelf.BUTTONS.append(_offered)

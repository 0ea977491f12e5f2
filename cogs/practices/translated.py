"""What a member translated that nobody reads yet, or that nobody decided on: their own text, to look at and to keep."""

from io import BytesIO

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, authorize, not_found
from bot.languages import Texts
from data.languages import name_language
from data.practices.translations import LAPSED, WAITING, Translation, get_translation


def by_translator(actor: Actor, translation: Translation) -> bool:
    """Allows whoever wrote it, as long as others do not read it."""
    return actor.is_member and translation.user_id == actor.user_id and translation.state in (WAITING, LAPSED)


READ_OWN = Action("practice.translated", get_translation, by_translator)


def own_line(t: Texts, translation: Translation) -> str:
    """How it stands, to whoever wrote it."""
    language = name_language(translation.language, t.language)
    if translation.state == LAPSED:
        return t(
            "**Nobody decided in time on your translation:** {language}. Open it to keep your text: Convenor erases it "
            "after at most three months.",
            language=language,
        )
    return t("**Your translation waits for the author’s word:** {language}", language=language)


def text_file(translation: Translation) -> discord.File:
    """The whole text of a translation, as a file that any program opens."""
    written = [f"# {translation.title}", translation.summary, *translation.sections.values()]
    return discord.File(BytesIO("\n\n".join(written).encode()), f"translation-{translation.language}.md")


async def open_own(ask: Ask, translation_id: str) -> None:
    """Give whoever wrote it their text.

    Raises:
        Refusal: there is none, it is another's, or others read it by now.
    """
    if not (translation_id.isascii() and translation_id.isdecimal() and len(translation_id) <= 15):
        raise not_found()
    async with ask.bot.db.read() as session:
        translation = await authorize(session, ask.actor, READ_OWN, int(translation_id))
    await ask.answer(own_line(ask.t, translation), files=[text_file(translation)])

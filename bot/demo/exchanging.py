"""What people give each other in the simulated server: questions, answers, translations, what they tried, guidance.

Built on `acting`, and as blind as it: it knows only what the bot put on the screen.
"""

from collections.abc import Mapping

import discord
import simcord
from simcord.results import ResponseMessage

from bot.demo.acting import (
    Missed,
    Shown,
    Typed,
    answer,
    command,
    controls,
    fill,
    form_title,
    gist,
    posts,
    press,
    press_direct,
)
from bot.demo.world import Person, World


async def ask_peers(world: World, person: Person, typed: Typed) -> tuple[ResponseMessage, ResponseMessage]:
    """Ask peers; gives what was shown before it went out, and what was said after."""
    shown = answer(await fill(person, await command(world, person, "peer ask"), typed))
    return shown, answer(await press(person, shown, "peer:send"))


async def tell_how(person: Person, practice: Shown, typed: Typed) -> tuple[ResponseMessage, ResponseMessage]:
    """Tell under a practice how it was tried elsewhere; gives the preview, and what was said after."""
    shown = answer(await fill(person, await press(person, practice, "open:practice:adapt"), typed))
    return shown, answer(await press(person, shown, "practice:adaptsend"))


async def ask_author(person: Person, practice: Shown, question: str) -> ResponseMessage:
    """Ask the author of a practice without one's name, also where they would be written to directly."""
    shown = await press(person, practice, "practice:askauthor")
    if shown.modal is None:
        shown = await press(person, answer(shown), "open:practice:ask")
    return answer(await fill(person, shown, {"question": question}))


async def answer_asker(author: Person, asked: discord.Message, text: str) -> ResponseMessage:
    """Answer such a question from its direct message, without one's name."""
    shown = await press_direct(author, asked, "practice:answerit")
    form_title(shown)
    return answer(await author.user.submit_modal(shown, {"answer": text, "named": ["no"]}))


async def translate(person: Person, practice: Shown, texts: Mapping[str, str]) -> ResponseMessage:
    """Translate a practice into one's language, form by form, and send it to its author.

    Args:
        person: who translates.
        practice: the practice's card in the forum.
        texts: the translation, by the name of each field.
    """
    none = answer(await press(person, practice, "practice:readin"))
    shown = await press(person, none, "practice:translateit")
    while True:
        preview = answer(await fill(person, shown, {name: texts[name] for name in fields(shown)}))
        if any(name.startswith("practice:sendtr") for name in controls(preview)):
            return answer(await press(person, preview, "practice:sendtr"))
        shown = await press(person, preview, "open:practice:translate")


async def mention(world: World, person: Person, channel: str, text: str) -> discord.Message:
    """Mention the bot in a channel; gives its answer.

    Raises:
        Missed: it answered nothing.
    """
    said = await person.actor.send(world.channel(channel), f"<@{world.env.backend.bot_user.id}> {text}")
    found = [
        message
        for message in posts(world, person, channel)
        if message.reference is not None and message.reference.message_id == said.id
    ]
    if len(found) != 1:
        raise Missed(f"one answer to {gist(text)}", f"{len(found)} answers")
    return found[0]


async def suggest(world: World, person: Person, typed: Typed) -> ResponseMessage:
    """Suggest guidance that others should find."""
    return answer(await fill(person, await command(world, person, "resource suggest"), typed))


def fields(shown: simcord.InteractionResult) -> list[str]:
    """The names of the fields of the form that was shown.

    Raises:
        Missed: there is none.
    """
    form_title(shown)
    items = [part.get("component", part) for part in (shown.modal or {}).get("components", [])]
    return [str(item["custom_id"]) for item in items if "custom_id" in item]

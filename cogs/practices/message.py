"""'Save as practice': a draft that begins with what somebody wrote in a message of their own."""

from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import row
from bot.errors import Refusal
from bot.languages import L
from bot.render import clean
from cogs.practices import beginning, cards, rules
from cogs.practices.drafting import Continue, show
from data.drafts import list_drafts
from data.practices import DRAFT

# Where the message goes: the question that it most likely answers.
FIELD = next(field for field in rules.WHAT if field.name == "done")
# Which message a draft began with: pressed twice, it leads to the same draft.
MESSAGE = "message"


def menu() -> app_commands.ContextMenu:
    """The entry in the menu of messages."""
    return app_commands.ContextMenu(name=L("name", "Save as practice"), callback=save_as_practice)


async def save_as_practice(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Begin a draft with a message of one's own. Nothing of it is lost, also where it is too long for its field."""
    ask = await Ask.of(interaction, Standing.MEMBER)
    if message.author.id != ask.actor.user_id:
        raise Refusal(
            "You can make a practice only of what you wrote yourself. Ask whoever wrote this to do it, or begin your "
            "own with /practice share."
        )
    text = clean(message.content)
    if not text:
        raise Refusal("This message has no text. Pictures and files cannot become a practice: write what was done.")
    async with ask.bot.db.read() as session:
        drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
    known = next((draft for draft in drafts if draft.data.get(MESSAGE) == str(message.id)), None)
    if known is not None:
        button = Continue(ask.t("Continue"), style=discord.ButtonStyle.primary, draft=known.subject)
        text = ask.t("You have begun a practice with this message already:")
        await show(ask, text, embeds=[cards.draft_card(ask.t, known)], view=row(button))
        return
    step = ask.t(
        "Your message stands in form {n}, in “{field}”. It is saved for you alone until you send it.",
        n=rules.STEPS.index("what") + 1,
        field=ask.t(FIELD.label),
    )
    if len(text) > FIELD.most:
        step += " " + ask.t(
            "It is too long for one field: it has {n} characters, and {most} fit. Nothing is cut; shorten it there, or "
            "move parts of it to the other fields.",
            n=len(text),
            most=FIELD.most,
        )
    await beginning.begin(ask, None, {FIELD.name: text, MESSAGE: str(message.id)}, step)

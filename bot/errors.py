"""The one way in which errors reach people and the log."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.languages import Texts
from bot.logs import describe
from bot.prompt import settled
from data.faults import BusyFault, DatabaseFault

log = logging.getLogger("convenor.errors")

UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060


class Refusal(Exception):
    """A request that cannot be met, with a sentence for the person who made it.

    Args:
        message: English text, a literal so that it gets into the catalogues.
        values: what to put in its {places}; something callable is asked for its text in the person's language.
    """

    def __init__(self, message: str, /, **values: str | int | Callable[[Texts], str]) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def text(self, t: Texts) -> str:
        """The sentence in the person's language."""
        return t(self.message, **{name: v(t) if callable(v) else v for name, v in self.values.items()})


def root_of(error: BaseException) -> BaseException:
    """What went wrong beneath discord.py's wrappers."""
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        error = error.__cause__
    return error


def as_refusal(error: BaseException) -> Refusal | None:
    """The refusal that an error amounts to, or None where it is a fault of ours."""
    error = root_of(error)
    if isinstance(error, Refusal):
        return error
    if isinstance(error, app_commands.NoPrivateMessage):
        return Refusal("This works in the community's server only.")
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return Refusal("This command has just changed. Wait a minute, then type it again.")
    if isinstance(error, app_commands.TransformerError):
        return Refusal("That value does not fit here. Choose one from the list.")
    if isinstance(error, discord.Forbidden):
        return Refusal(
            "Convenor may not do that in this server. A moderator can run /setup to see which permission is missing."
        )
    if isinstance(error, BusyFault):
        return Refusal("Convenor is busy just now. Nothing was changed; please try again in a minute.")
    if isinstance(error, DatabaseFault):
        return Refusal("Convenor cannot save anything just now. Nothing was changed; its host has to put it right.")
    return None


async def answer(interaction: discord.Interaction[Any], **message: Any) -> None:
    """Answer so that only the person sees it, whether or not an answer was given or promised already."""
    await settled(interaction)
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=True, **message)
    else:
        await interaction.response.send_message(ephemeral=True, **message)


async def report(
    error: BaseException,
    *,
    where: str,
    interaction: discord.Interaction[Any] | None = None,
    t: Texts | None = None,
    view: discord.ui.View | None = None,
) -> None:
    """Tell the person in a sentence, and the log the rest. Never raises.

    Args:
        error: what happened.
        where: the command, button, or work in which it happened; goes to the log.
        interaction: the person to tell, if there is one.
        t: texts in their language; English without.
        view: a way on to offer them, for instance a button that opens the form again with all they typed.
    """
    t = t or Texts("en")
    refusal = as_refusal(error)
    if refusal is not None:
        sentence = refusal.text(t)
        if isinstance(root_of(error), DatabaseFault):
            log.error("%s failed: %s", where, root_of(error))
    else:
        reference = secrets.token_hex(4)
        log.error("%s failed, reference %s\n%s", where, reference, describe(root_of(error)))
        sentence = t(
            "Something went wrong on our side. If it happens again, tell a moderator this reference: {reference}",
            reference=reference,
        )
    if interaction is None:
        if refusal is not None:
            log.warning("%s was refused: %s", where, refusal.message)
        return
    try:
        await answer(interaction, content=sentence, **({"view": view} if view is not None else {}))
    except discord.HTTPException as failure:
        level = logging.DEBUG if failure.code in (UNKNOWN_INTERACTION, ALREADY_ANSWERED) else logging.WARNING
        log.log(level, "could not tell the person about it in %s\n%s", where, describe(failure))
    except Exception as failure:  # noqa: BLE001 - the last resort: there is nobody left to tell but the log
        log.error("could not tell the person about it in %s\n%s", where, describe(failure))  # noqa: TRY400

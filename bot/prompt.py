"""An answer in time: Discord gives three seconds, and a database may take longer.

What works at once answers at once. Where nothing was answered after two seconds, an answer is promised, and comes when
it is there. What answers must therefore ask `settled` first: two answers at the same moment would be one too many.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.logs import describe

if TYPE_CHECKING:
    from bot.app import Convenor

log = logging.getLogger("convenor.answers")

# Half a second is left for the way, and a moment for a loop that is busy.
AFTER = 1.8
_PROMISE, _BEGUN = "promise", "begun"


def watch(bot: "Convenor", interaction: discord.Interaction[Any]) -> None:
    """Promise an answer to this interaction, should none come soon."""
    loop = asyncio.get_running_loop()

    def late() -> None:
        if not interaction.response.is_done() and _BEGUN not in interaction.extras:
            interaction.extras[_PROMISE] = asyncio.create_task(_promise(bot, interaction), name="convenor:promise")

    loop.call_later(AFTER, late)


async def _promise(bot: "Convenor", interaction: discord.Interaction[Any]) -> None:
    # Where a message was pressed, it may be that message that changes; else something new comes, for the person alone.
    new = interaction.message is None
    try:
        await interaction.response.defer(thinking=new, ephemeral=new)
        bot.counts.deferred += 1
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError) as error:
        # Whoever wants to answer will find out, and say so.
        log.warning("no answer could be promised\n%s", describe(error))


async def settled(interaction: discord.Interaction[Any]) -> bool:
    """Whoever calls this answers now: wait for a promise that is under way, and begin none any more.

    Returns:
        Whether an answer was promised here, in place of the code that answers.
    """
    interaction.extras[_BEGUN] = True
    promise: asyncio.Task[None] | None = interaction.extras.get(_PROMISE)
    if promise is None:
        return False
    await promise
    return True

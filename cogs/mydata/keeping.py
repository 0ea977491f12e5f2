"""Sees to it that nothing is kept longer than people were told."""

import asyncio
from datetime import timedelta

from bot.app import Convenor
from data.personal import KEEPERS, note_kept

# How often all rules are gone through, in seconds: what is kept for months may stay a day longer.
EVERY = 86_400.0


async def run(bot: Convenor) -> None:
    """Apply each rule, again and again; a long list is worked off in short transactions."""
    left_kept = timedelta(days=bot.settings.keep_left_days)
    # Whoever asks for something while the bot starts must not wait for it.
    await bot.wait_until_ready()
    while True:
        waiting = list(KEEPERS)
        while waiting:
            # Rules that find nothing share a transaction; one that finds something ends it, so that it stays short.
            async with bot.db.begin() as session:
                while waiting and not await waiting[0].apply(session, bot.clock(), left_kept):
                    await note_kept(session, waiting.pop(0), bot.clock())
        await asyncio.sleep(EVERY)

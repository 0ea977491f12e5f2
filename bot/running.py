"""Running the bot until it is told to stop, whether or not Discord can be reached just then."""

import asyncio
import contextlib
import logging

import aiohttp
import discord

from bot import app, hosted
from bot.settings import Settings

log = logging.getLogger("convenor")

# Between two tries to reach Discord, in seconds: 1, 2, 4, and so on up to a minute.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# How the gateway says that trying again would not help: the token, the shards, the version, or the intents are wrong.
FINAL_CODES = frozenset((4004, 4010, 4011, 4012, 4013, 4014))


async def run_until(stopping: asyncio.Event, settings: Settings) -> None:
    """Run the bot. Where Discord is away it is tried again and again; an outage must not end the program.

    Raises:
        discord.LoginFailure, discord.PrivilegedIntentsRequired, discord.ConnectionClosed: Discord does not let it in.
        DatabaseFault: the database cannot be used.
    """
    await hosted.before_opening(settings)
    pause = FIRST_PAUSE
    while not stopping.is_set():
        bot = app.create_bot(settings, hosted=True)
        try:
            await _run_one(bot, settings.discord_token, stopping)
            return
        except Exception as error:
            if not is_away(error):
                raise
            if bot.is_ready():
                pause = FIRST_PAUSE
            wait = max(pause, asked_to_wait(error))
            log.warning("Discord cannot be reached (%s): trying again in %.0f s", type(error).__name__, wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _run_one(bot: app.Convenor, token: str, stopping: asyncio.Event) -> None:
    running = asyncio.create_task(bot.start(token))
    asked = asyncio.create_task(stopping.wait())
    must = asyncio.create_task(bot.must_end.wait())
    try:
        await asyncio.wait({running, asked, must}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
            return
        log.info("stopping: finishing what is under way")
        if bot.is_ready():
            await bot.close()
        # It may still be starting, or waiting for a gateway that does not answer.
        running.cancel()
        await asyncio.wait({running})
        if not running.cancelled() and (error := running.exception()) is not None:
            log.info("ended by %s", type(error).__name__)
        if bot.fault is not None:
            raise bot.fault
    finally:
        asked.cancel()
        must.cancel()
        running.cancel()
        await bot.close()


def is_away(error: Exception) -> bool:
    """Whether an error means that Discord, or the way there, does not work just now."""
    if isinstance(error, discord.ConnectionClosed):
        return error.code not in FINAL_CODES
    if isinstance(error, discord.HTTPException):
        return error.status == 429 or error.status >= 500
    return isinstance(
        error, aiohttp.ClientError | ConnectionError | TimeoutError | discord.GatewayNotFound | discord.RateLimited
    )


def asked_to_wait(error: Exception) -> float:
    """How many seconds Discord wants us to wait, 0 where it does not say."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    header = error.response.headers.get("Retry-After", "") if isinstance(error, discord.HTTPException) else ""
    return float(header) if header.isdecimal() else 0.0

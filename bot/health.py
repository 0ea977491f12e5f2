"""Whether the bot is alive and ready, and what it counts, for the host's own monitoring.

    /healthz  the program answers
    /readyz   it is connected, the database answers, and the engine that sends messages runs
    /metrics  numbers, as Prometheus reads them

They say nothing of any person, and nothing that is secret; still a public proxy should not pass them on.
"""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from bot.web import Answer, Request
from data import health
from data.faults import DatabaseFault

if TYPE_CHECKING:
    from bot.app import Convenor

# Discord says how often a connection must be heard of (each 41 s); it is taken for dead a little after one was missed,
# and in any case before this many seconds, where the library itself would need up to 101.
LONGEST_SILENCE = 80.0
GRACE = 15.0
DATABASE_SECONDS = 2.0
# Longer than the engine ever rests beyond its setting.
ENGINE_GRACE = 90.0


def silence(bot: "Convenor", shard_id: int) -> float | None:
    """For how many seconds a shard's heartbeats have gone without an answer; None where that is not known."""
    keeper = _keeper(bot, shard_id)
    return None if keeper is None else float(time.perf_counter() - keeper._last_ack)  # noqa: SLF001 - nothing else tells


def longest_silence(bot: "Convenor", shard_id: int) -> float:
    """After how many seconds a connection counts as dead."""
    interval = getattr(_keeper(bot, shard_id), "interval", None)
    return min(LONGEST_SILENCE, 1.5 * float(interval or LONGEST_SILENCE) + GRACE)


def zombies(bot: "Convenor") -> list[int]:
    """The shards that are not connected, or whose connection is dead though nobody has closed it."""
    found: list[int] = []
    for shard_id, shard in sorted(bot.shards.items()):
        quiet = silence(bot, shard_id)
        if shard.is_closed() or (quiet is not None and quiet > longest_silence(bot, shard_id)):
            found.append(shard_id)
    return found


def _keeper(bot: "Convenor", shard_id: int) -> Any:
    """What sends a shard's heartbeats and hears of their answers; the library keeps it to itself."""
    shard: Any = bot.get_shard(shard_id)
    return getattr(getattr(getattr(shard, "_parent", None), "ws", None), "_keep_alive", None)


async def lacking(bot: "Convenor") -> list[str]:
    """What keeps the bot from being ready; nothing where it is."""
    found: list[str] = []
    if not bot.is_ready():
        found.append("gateway: not ready")
    else:
        found += [f"gateway: shard {shard_id} is silent" for shard_id in zombies(bot)]
    try:
        async with asyncio.timeout(DATABASE_SECONDS), bot.db.read() as session:
            await health.pulse(session)
    except (DatabaseFault, TimeoutError) as error:
        found.append(f"database: {type(error).__name__}")
    if not engine_runs(bot):
        found.append("engine: no heartbeat")
    return found


def engine_runs(bot: "Convenor") -> bool:
    """Whether the engine looked at what is due within its time, or waits for its turn to (see `data.leading`)."""
    work = bot.supervisor.work.get("deliveries")
    if work is None or work.task.done():
        return False
    beat = bot.deliveries.beat
    return beat is None or asyncio.get_running_loop().time() - beat < bot.settings.poll_seconds + ENGINE_GRACE


def register(bot: "Convenor") -> None:
    """Let the host's monitoring ask."""

    async def alive(_request: Request) -> Answer:
        return Answer(body=b"ok\n")

    async def ready(_request: Request) -> Answer:
        found = await lacking(bot)
        if found:
            return Answer(503, ("\n".join(found) + "\n").encode())
        return Answer(body=b"ready\n")

    async def numbers(_request: Request) -> Answer:
        # Only those who ask pay for loading the library.
        from bot.metrics import exposition

        content_type, body = await exposition(bot)
        return Answer(body=body, content_type=content_type)

    bot.web.routes.add("/healthz", alive, limited=False)
    bot.web.routes.add("/readyz", ready, limited=False)
    bot.web.routes.add("/metrics", numbers, limited=False)

"""Crowd: what each further person in the server costs in memory.

Resident memory (RSS), three seconds after the bot called itself ready, in a server of 10,000 people less that in a
server of one, for each of them. Convenor keeps what discord.py keeps, as the bare bot of *Start* does with the same
intents: the difference of the two is what Convenor adds, and should be less than 1.5 kB.
"""

import asyncio

from tests.bench.bots import BARE, CONVENOR, Scene, scene
from tests.bench.figure import Figure, Options, alternate

MANY = 10_000
AT_ONCE = 50


async def crowd(here: Scene) -> None:
    """Let them join while no bot is there."""

    async def join(number: int) -> None:
        user = await here.server.order("make_user", name=f"person.{number}")
        await here.server.order("join", guild=here.guild, user=user["id"])

    for start in range(0, MANY, AT_ONCE):
        await asyncio.gather(*map(join, range(start, start + AT_ONCE)))


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:

        async def once(name: str) -> float:
            async with here.start(name) as program:
                await program.heard("ready")
                await asyncio.sleep(3)
                return program.resident

        async def both() -> list[list[float]]:
            return await alternate(options.rounds, lambda: once(CONVENOR), lambda: once(BARE))

        empty = await both()
        await crowd(here)
        full = await both()
    # Megabytes to kilobytes, for each person.
    ours, floor = (
        tuple((more - less) * 1000 / MANY for more, less in zip(large, small, strict=True))
        for large, small in zip(full, empty, strict=True)
    )
    return [Figure("memory for each further person", "kB", ours, floor, "a bare bot")]

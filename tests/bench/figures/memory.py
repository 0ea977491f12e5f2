"""Memory: what the process holds once it is ready.

Resident memory (RSS), a second after the bot called itself ready, with one server and nobody having asked anything. For
Convenor this includes the search index. Compared with the bare bot of *Start*.
"""

import asyncio

from tests.bench.bots import BARE, CONVENOR, scene
from tests.bench.figure import Figure, Options, alternate


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:

        async def once(name: str) -> float:
            async with here.start(name) as program:
                await program.heard("ready")
                await asyncio.sleep(1)
                return program.resident

        ours, floor = await alternate(options.rounds, lambda: once(CONVENOR), lambda: once(BARE))
    return [Figure("resident memory when ready", "MB", tuple(ours), tuple(floor), "a bare bot")]

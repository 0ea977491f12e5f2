"""Start: from starting the process to being connected, and to the answer to the first command.

Convenor on a SQLite file with all facts in it, a bare bot of discord.py with the same intents and one command, the same
bot importing SQLAlchemy at its start, and Red-DiscordBot without cogs, each in a new process that connects over sockets
to a small Discord in another. All are started as a person would start them, with their bytecode in place. The command
is sent as soon as Discord has let the bot in, which is before the bot is told of all its servers, and is the earliest
at which a person could send it. Red answers none before it is ready, for which discord.py waits two seconds until no
further server is told of: compare it by when it is connected. It brings a faster event loop (uvloop), as it does for
those who use it.
"""

import time
from functools import partial

from tests.bench.bots import BARE, CONVENOR, EAGER, FIRST, RED, scene
from tests.bench.figure import Aim, Figure, Options


async def measure(options: Options) -> list[Figure]:
    async with scene(EAGER, RED) as here:

        async def once(name: str) -> tuple[float, float]:
            began = time.perf_counter()
            async with here.start(name) as program:
                await program.heard("connected")
                connected = time.perf_counter() - began
                await here.ask(FIRST[name])
                await program.heard("answered")
                return connected, time.perf_counter() - began

        names = (CONVENOR, BARE, EAGER, RED)
        found = await here.in_turns(options.rounds, {name: partial(once, name) for name in names})
    figures: list[Figure] = []
    for part, what, aim in ((0, "connected", None), (1, "first command answered", Aim(1.6))):
        seconds = {name: [one[part] for one in rounds] for name, rounds in found.items()}
        figures += here.figures(f"process start to {what}", "s", seconds, aim)
    return figures

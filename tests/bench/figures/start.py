"""Start: from starting the process to the answer to the first command.

Convenor on a SQLite file with all facts in it, and a bare bot of discord.py with the same intents and one command, each
in a new process that connects over sockets to a small Discord in another. Both are started as a person would start
them, with their bytecode in place. The command is sent as soon as Discord has let the bot in, which is before the bot
is told of all its servers, and is the earliest at which a person could send it.
"""

import time

from tests.bench.bots import BARE, CONVENOR, scene
from tests.bench.figure import Figure, Options, alternate


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:

        async def once(name: str, command: str) -> float:
            began = time.perf_counter()
            async with here.start(name) as program:
                await program.heard("connected")
                await here.ask(command)
                await program.heard("answered")
                return time.perf_counter() - began

        ours, floor = await alternate(options.rounds, lambda: once(CONVENOR, "help"), lambda: once(BARE, "hello"))
    return [Figure("process start to first answer", "s", tuple(ours), tuple(floor), "a bare bot")]

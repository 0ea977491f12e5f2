"""Rate: two hundred commands a second, how long each takes, and what it costs the processor.

Commands come at their times, whether or not those before are answered, over sockets, for three seconds in each round,
after as many that are not counted. Counted are the time from the command's event in discord.py to Discord's word that
the answer arrived, and the processor time of the program's process for each command. Every command of Convenor reads
who asks and in which language, so that there is none without the database: `/help` is compared with a bare bot that
answers with a word, and with one that reads a row through SQLAlchemy first, as the simplest bot with a database would.
A program that cannot keep up promises its answers for later, and the promise is what counts then. The server and the
asker share the machine with the program, and take their part of it on both sides.
"""

import asyncio
import os
from functools import partial
from pathlib import Path

from tests.bench.bots import BARE, CONVENOR, READING, Program, Scene, scene
from tests.bench.figure import Figure, Options, alternate, percentile

A_SECOND, SECONDS = 200, 3


def processor(program: Program) -> float:
    """The seconds of processor time that a program has used (Linux)."""
    fields = Path(f"/proc/{program.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def ask_all(here: Scene, program: Program, command: str) -> list[float]:
    """Ask for a while; returns the seconds that each took."""
    loop, asked = asyncio.get_running_loop(), A_SECOND * SECONDS
    begun = loop.time()
    asking: list[asyncio.Task[str]] = []

    async def hear() -> list[float]:
        return [float((await program.heard("answered", or_promised=True))[0]) for _ in range(asked)]

    hearing = asyncio.create_task(hear())
    for number in range(asked):
        await asyncio.sleep(max(begun + number / A_SECOND - loop.time(), 0))
        asking.append(asyncio.create_task(here.ask(command)))
    await asyncio.gather(*asking)
    return await hearing


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:

        async def once(name: str, command: str) -> tuple[float, float]:
            async with here.start(name) as program:
                await program.heard("ready")
                # What is done once after the start is no part of it.
                await asyncio.sleep(5)
                await ask_all(here, program, command)
                before = processor(program)
                seconds = await ask_all(here, program, command)
                return percentile(seconds, 0.99), (processor(program) - before) / len(seconds)

        names = ((CONVENOR, "help"), (BARE, "hello"), (READING, "hello"))
        ours, bare, reading = await alternate(options.rounds, *(partial(once, *each) for each in names))
    return [
        Figure(what, "ms", tuple(one[part] * 1000 for one in ours), tuple(one[part] * 1000 for one in floor), against)
        for floor, against in ((bare, "a bare bot's command"), (reading, "a bare bot's command with one read"))
        for what, part in (("/help at 200 a second, p99", 0), ("processor time for each /help", 1))
    ]

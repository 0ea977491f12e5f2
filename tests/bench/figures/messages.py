"""Messages: what each message to a channel costs the processor.

Processor time of the program's process for each of 200 messages with a button, to ten channels in turn, forty a second
at most, after some that are not counted. It includes the event by which Discord tells a bot of its own message. Once
both bots are told to send them with discord.py's `channel.send`: what Convenor adds to that is its watch over every
request (limits kept before they are reached, nothing sent twice, the time that Discord says it is). And once they are
planned in Convenor's database and fall due in the same second: that is what its announcements and reminders cost, with
claiming each, writing its text, noting that it is being sent, sending it, and noting that it was sent; what is left out
is planning them, which happens beforehand. A bare bot has nothing like it: it is compared with the same messages that
are merely sent, and nothing is aimed at.
"""

import asyncio
import time
from functools import partial
from typing import Any

from tests.bench.bots import BARE, CONVENOR, Program, Scene, scene
from tests.bench.figure import Aim, Figure, Options

CHANNELS, UNCOUNTED, MESSAGES = 10, 20, 200
PATIENCE = 60.0


async def all_sent(here: Scene, since: int, many: int) -> None:
    """Wait until so many messages were accepted.

    Raises:
        RuntimeError: they never are.
    """
    deadline, sent = time.monotonic() + PATIENCE, 0
    while sent < many:
        if time.monotonic() > deadline:
            raise RuntimeError(f"only {sent} of {many} messages went out")
        await asyncio.sleep(0.2)
        calls: list[dict[str, Any]] = await here.server.order("calls", since=since)
        sent = sum(one["path"].endswith("/messages") and one["status"] == 200 for one in calls)


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:
        for number in range(CHANNELS - 1):
            await here.server.order("make_channel", guild=here.guild, name=f"c{number}")

        async def cost(program: Program, order: str, answer: str) -> float:
            before = 0.0
            for many in (UNCOUNTED, MESSAGES):
                since = len(await here.server.order("calls"))
                await program.told(f"{order} {many}", until=answer)
                before = await program.spent()
                await all_sent(here, since, many)
            await program.at_rest()
            return (await program.spent() - before) * 1000 / MESSAGES

        async def once(name: str, *orders: tuple[str, str]) -> list[float]:
            async with here.start(name) as program:
                await program.heard("ready")
                await program.at_rest()
                return [await cost(program, *each) for each in orders]

        sending, planning = ("send", "sending"), ("plan", "planned")
        found = await here.in_turns(
            options.rounds,
            {CONVENOR: partial(once, CONVENOR, sending, planning), BARE: partial(once, BARE, sending)},
        )
    figures: list[Figure] = []
    for which, (what, aim) in enumerate((("sent", Aim(1.3)), ("planned, sent and noted", None))):
        values = {name: [one[min(which, len(one) - 1)] for one in rounds] for name, rounds in found.items()}
        figures += here.figures(f"a message {what}, processor time", "ms", values, aim)
    return figures

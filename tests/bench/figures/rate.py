"""Rate: two hundred commands a second, how long each takes, and what it costs the processor.

Commands come at their times, whether or not those before are answered, over sockets, for three seconds in each round,
after two that are not counted. Counted are the time from the command's event in discord.py to Discord's word that the
answer arrived, and the processor time of the program's process for each command. `/help` answers with a card, in the
language of who asks, which Convenor reads once a second for each person at most. Asked by one person again and again it
is a command without the database; asked in turn by 240, each of whom asks again only after 1.2 seconds, it is one
with one read. They are compared with a bare bot that answers with a word, and beside them stands one that reads a row
through SQLAlchemy before it does, as the simplest bot with a database would. A program that cannot keep up promises its
answers for later, and the promise is what counts then. The server and the asker share the machine with the program, and
take their part of it on both sides.
"""

import asyncio
from functools import partial
from itertools import cycle

from tests.bench.bots import BARE, CONVENOR, FIRST, READING, Program, Scene, scene
from tests.bench.figure import Aim, Figure, Options, percentile

A_SECOND, UNCOUNTED, SECONDS = 200, 2, 3
# Who asks in turn has asked so long ago that nothing is remembered of them.
PEOPLE = 240
WITHOUT, ONE_READ = "without the database", "with one read"
# For each sort of command: the p99, and the processor time of each.
AIMS = {WITHOUT: (Aim(1.3), Aim(1.3)), ONE_READ: (Aim(1.8), Aim(3.7))}


async def ask_all(here: Scene, program: Program, command: str, people: list[str], lasting: int) -> list[float]:
    """Have people ask in turn for so many seconds; returns how many each answer took."""
    loop, asked, person = asyncio.get_running_loop(), A_SECOND * lasting, cycle(people)
    begun = loop.time()
    asking: list[asyncio.Task[str]] = []

    async def hear() -> list[float]:
        return [float((await program.heard("answered", or_promised=True))[0]) for _ in range(asked)]

    hearing = asyncio.create_task(hear())
    for number in range(asked):
        await asyncio.sleep(max(begun + number / A_SECOND - loop.time(), 0))
        asking.append(asyncio.create_task(here.ask(command, by=next(person))))
    await asyncio.gather(*asking)
    return await hearing


async def measure(options: Options) -> list[Figure]:
    async with scene(READING) as here:
        people = {WITHOUT: [here.owner], ONE_READ: await here.crowd(PEOPLE)}

        async def once(name: str, *sorts: str) -> list[tuple[float, float]]:
            """For each sort: the p99 and what each costs, in milliseconds."""
            found: list[tuple[float, float]] = []
            async with here.start(name) as program:
                await program.heard("ready")
                await program.at_rest()
                for sort in sorts:
                    await ask_all(here, program, FIRST[name], people[sort], UNCOUNTED)
                    before = await program.spent()
                    seconds = await ask_all(here, program, FIRST[name], people[sort], SECONDS)
                    cost = (await program.spent() - before) / len(seconds)
                    found.append((percentile(seconds, 0.99) * 1000, cost * 1000))
            return found

        ways = {CONVENOR: tuple(AIMS), BARE: (WITHOUT,), READING: (ONE_READ,)}
        found = await here.in_turns(options.rounds, {name: partial(once, name, *sorts) for name, sorts in ways.items()})
    figures: list[Figure] = []
    for which, (sort, aims) in enumerate(AIMS.items()):
        # The bot with one read is there to be compared with ours.
        names = (CONVENOR, BARE) if sort == WITHOUT else (CONVENOR, BARE, READING)
        for part, what in enumerate((f"p99 at {A_SECOND} a second", "processor time of each")):
            values = {name: [one[min(which, len(one) - 1)][part] for one in found[name]] for name in names}
            figures += here.figures(f"a command {sort}, {what}", "ms", values, aims[part])
    return figures

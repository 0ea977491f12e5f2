"""Memory: what the process holds with 200 members in the server, and what each further member costs.

Resident memory (RSS), once the bot is ready and has done what it does once after the start, with one server and nobody
having asked anything. For Convenor this includes the search index. What a member costs is by how much more it is with
10,000 members, for each of them; nearly all of that is what discord.py keeps, in every bot with these intents. It goes
first into what was needed for a moment at the start and is free again, of which Convenor has more: that it can be less
than the bare bot's says no more than that Convenor adds nothing. Compared with the bare bot of *Start*; Red-DiscordBot
without cogs, which asks for all intents, is measured with 200 members.
"""

from functools import partial

from tests.bench.bots import BARE, CONVENOR, RED, scene
from tests.bench.figure import Aim, Figure, Options

FEW, MANY = 200, 10_000
MIB = 2**20 / 1e6


async def measure(options: Options) -> list[Figure]:
    async with scene(RED) as here:

        async def once(name: str) -> float:
            async with here.start(name) as program:
                await program.heard("ready")
                await program.at_rest()
                return program.resident

        works = {name: partial(once, name) for name in (CONVENOR, BARE, RED)}
        # The owner and the bot itself are members, too.
        await here.crowd(FEW - 2)
        small = await here.in_turns(options.rounds, works)
        await here.crowd(MANY - FEW)
        large = await here.in_turns(options.rounds, {name: works[name] for name in (CONVENOR, BARE)})
    held = {name: [one / MIB for one in rounds] for name, rounds in small.items()}
    # Megabytes to kilobytes, for each person.
    each = {
        name: [(more - less) * 1000 / (MANY - FEW) for more, less in zip(rounds, small[name], strict=True)]
        for name, rounds in large.items()
    }
    return [
        *here.figures(f"memory with {FEW} members", "MiB", held, Aim(30, "more")),
        here.figures(f"memory for each member, at {MANY:,}", "kB", each, Aim(1.5, "value"))[0],
    ]

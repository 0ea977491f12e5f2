"""Flood: what others notice while one member sends 1,000 commands a minute.

One member asks `/lookup` a thousand times a minute, of which Convenor soon refuses most, as it does with anybody who
asks that much; all are answered, if only with that refusal. Meanwhile twenty others ask `/help` and `/lookup` in turn,
ten times a second in all, in a server of 200 members. Counted is how long each of the others waits, from asking to
Discord's word that the answer arrived, as the asker sees it; where one is only promised for later, as it is after 1.8
seconds, five more are counted. The floor is the same without the flood, in the same process just before.
"""

import asyncio
import time
from itertools import cycle

from tests.bench.bots import CONVENOR, Program, Scene, scene
from tests.bench.figure import Aim, Figure, Options, percentile
from tests.search.measure import cases

MEMBERS, OTHERS = 200, 20
FLOOD, ASKED = 1000 / 60, 10.0
CALM_SECONDS, FLOOD_SECONDS = 5, 10
PROMISED = 5.0
MOST_MS = 2000.0


class Asking:
    """Asks at given times, and notes when each answer came."""

    def __init__(self, here: Scene, program: Program) -> None:
        self._here, self._program = here, program
        self._queries = cycle([each.q for each in cases("tuning") if not each.none and each.lang == "en"])
        self._answered: dict[str, float] = {}

    async def _ask(self, by: str, command: str) -> tuple[float, str]:
        began = time.perf_counter()
        options = {"query": next(self._queries)} if command == "lookup" else {}
        return began, await self._here.ask(command, by=by, **options)

    async def at(self, a_second: float, seconds: float, people: list[str], *commands: str) -> list[tuple[float, str]]:
        """Ask so often and so long; returns when each question was asked, and its token."""
        loop = asyncio.get_running_loop()
        begun, person, command = loop.time(), cycle(people), cycle(commands)
        asking: list[asyncio.Task[tuple[float, str]]] = []
        for number in range(round(a_second * seconds)):
            await asyncio.sleep(max(begun + number / a_second - loop.time(), 0))
            asking.append(asyncio.create_task(self._ask(next(person), next(command))))
        return await asyncio.gather(*asking)

    async def hear(self, many: int) -> None:
        """Note so many answers."""
        for _ in range(many):
            _, token, *promised = await self._program.heard("answered", or_promised=True)
            self._answered[token] = time.perf_counter() + (PROMISED if promised else 0.0)

    def waited(self, asked: list[tuple[float, str]]) -> list[float]:
        """How long each of these waited, in seconds."""
        return [self._answered[token] - began for began, token in asked]


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:
        someone, *others = (await here.crowd(MEMBERS - 2))[: OTHERS + 1]

        async def once() -> tuple[float, float]:
            async with here.start(CONVENOR) as program:
                await program.heard("ready")
                await program.at_rest()
                await program.told("limit", until="limited")
                asking = Asking(here, program)
                heard = asyncio.create_task(asking.hear(round(ASKED * CALM_SECONDS)))
                calm = await asking.at(ASKED, CALM_SECONDS, others, "help", "lookup")
                await heard
                both = round(ASKED * FLOOD_SECONDS) + round(FLOOD * FLOOD_SECONDS)
                heard = asyncio.create_task(asking.hear(both))
                _, flooded = await asyncio.gather(
                    asking.at(FLOOD, FLOOD_SECONDS, [someone], "lookup"),
                    asking.at(ASKED, FLOOD_SECONDS, others, "help", "lookup"),
                )
                await heard
                ours, floor = (percentile(asking.waited(each), 0.99) * 1000 for each in (flooded, calm))
                return ours, floor

        found = (await here.in_turns(options.rounds, {CONVENOR: once}))[CONVENOR]
    ours, floor = (tuple(one[part] for one in found) for part in (0, 1))
    what = "others' commands while one member sends 1,000 a minute, p99"
    return [Figure(what, "ms", ours, floor, "the same without", aim=Aim(MOST_MS, "value"))]

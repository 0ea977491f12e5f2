"""`python -m tests.soak`: a day of traffic, and whether anything grows or is left over."""

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from data.communities import ensure_community, set_places
from data.database import Database
from data.wall_time import Moment
from data.webinars import NewWebinar, create
from tests.bench.bots import CONVENOR, Program, Scene, scene

HOURS = 24
# In each hour of the day.
LOOKUPS, HELPS, NEWCOMERS, WEBINARS = 60, 40, 10, 4
QUERIES = ("risk assessment", "confianza de las víctimas", "formation des recrues", "orçamento", "uniforms", "zzz")
LOCALES = ("en-GB", "fr", "es-ES", "pt-BR")
# The first hours fill what is kept on purpose: caches, pools, compiled statements.
SETTLING = 8
# Growth is noise where it is within so many of its own spreads, or below so many megabytes: what people wrote that day
# is kept, after all.
SPREADS, LEAST = 2.0, 0.15


async def announce(database: str, community: int, number: int, owner: str) -> None:
    """Publish a webinar: an announcement, an event, and a reminder that is due at once."""
    now = datetime.now(UTC)
    new = NewWebinar(
        title=f"Webinar {number}",
        description="What it is about. " * 20,
        speakers="Somebody",
        link=None,
        moment=Moment.at(now + timedelta(hours=1, seconds=1), "UTC"),
        minutes=60,
        reminder_offsets=(3600,),
    )
    async with Database.open(database) as db, db.begin() as session:
        known = await ensure_community(
            session, community, name="Network", now=now, languages=["en", "fr"], zone="UTC", reminder_offsets=[3600]
        )
        await create(session, known, new, by=int(owner), now=now)


async def hour(here: Scene, program: Program, number: int, chance: random.Random) -> None:
    """What happens in one."""
    for turn in range(LOOKUPS):
        await here.timed(program, "lookup", chance.choice(LOCALES), query=QUERIES[turn % len(QUERIES)])
    for _ in range(HELPS):
        await here.timed(program, "help", chance.choice(LOCALES))
    for newcomer in range(NEWCOMERS):
        user = await here.server.order("make_user", name=f"p{number}.{newcomer}")
        await here.server.order("join", guild=here.guild, user=user["id"])
        await here.server.order("leave", guild=here.guild, user=user["id"])
    for webinar in range(WEBINARS):
        await announce(
            f"sqlite:///{here.folder / 'running.sqlite'}", int(here.guild), number * 10 + webinar, here.owner
        )
    for event in (await here.server.order("guild", guild=here.guild))["events"]:
        # A server has a hundred at most.
        await here.server.order("delete_event", guild=here.guild, event=event["id"])
    if number % 6 == 5:
        await here.server.order("gateway_close")
    await asyncio.sleep(4)


async def tasks(program: Program) -> list[str]:
    """What is under way in the program."""
    return await program.told("tasks", until="tasks")


def growth(values: Sequence[float]) -> tuple[float, float]:
    """By how much memory usually grows from one hour to the next, and how much it does so by chance.

    The median, which a single step does not move: the most that was ever needed at once stays, and is no growth. What
    is left over from every hour shows in every hour.
    """
    steps = [later - sooner for sooner, later in pairwise(values)]
    usual = statistics.median(steps)
    return usual, statistics.median(abs(step - usual) for step in steps)


async def soak(hours: int) -> bool:
    """Run it; returns whether nothing grew and nothing was left over."""
    chance, memory, began = random.Random(5), list[float](), time.monotonic()
    async with scene() as here:
        async with Database.open(f"sqlite:///{here.seeded}") as db, db.begin() as session:
            places: dict[str, int | None] = dict.fromkeys(("channel:webinars", "channel:queue"), int(here.channel))
            await set_places(session, int(here.guild), places)
        async with here.start(CONVENOR) as program:
            await program.heard("ready")
            await here.timed(program, "lookup", query="risk")
            await asyncio.sleep(12)
            before = await tasks(program)
            for number in range(hours):
                await hour(here, program, number, chance)
                memory.append(program.resident)
                print(f"hour {number + 1:2}: {memory[-1]:6.1f} MB, {len(await tasks(program))} tasks", flush=True)
            # What was under way has its time to end.
            await asyncio.sleep(20)
            after = await tasks(program)
    grows, spread = growth(memory[SETTLING:])
    left = [f"{many} {name}" for name, many in (Counter(after) - Counter(before)).items()]
    steady = grows <= max(SPREADS * spread, LEAST)
    print(
        f"{hours} hours in {time.monotonic() - began:.0f} s: {grows:+.3f} MB an hour (give or take {spread:.3f}), "
        f"{memory[-1] - memory[SETTLING]:+.1f} MB since hour {SETTLING + 1}"
    )
    print(f"tasks: {len(before)} at the beginning, {len(after)} at the end; new: {', '.join(left) or 'none'}")
    return steady and len(after) <= len(before)


def main() -> int:
    """Soak.

    Returns:
        The exit status: 1 where something grew or was left over.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="A day of traffic in minutes.")
    parser.add_argument("--hours", type=int, default=HOURS, help="of traffic (%(default)s)")
    hours: int = parser.parse_args().hours
    return 0 if asyncio.run(soak(max(hours, SETTLING + 4))) else 1


if __name__ == "__main__":
    sys.exit(main())

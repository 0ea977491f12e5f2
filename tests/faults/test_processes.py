"""Several processes on PostgreSQL, each with its shards: one sends for all, another where it dies or falls silent."""

import sys
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.cli import FAULT
from tests.databases import administer, drop, make
from tests.faults import LONG, Figures
from tests.wire.control import Bot, Nursery, until
from tests.wire.scene import Scene, open_scene

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops processes as Linux does")

LEADS = "this process sends what is due"
# The promise, in seconds; in the short form everything that takes time is this many times as fast.
FAILOVER, HURRY = 15.0, 1 if LONG else 2
TIMES = 10 if LONG else 1


@pytest.fixture
async def shared(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    """A community on PostgreSQL, for whoever has its shard."""
    url = make("postgresql", tmp_path)
    try:
        async with open_scene(tmp_path, url, nursery=nursery) as scene:
            await scene.server.order("delay", least=0.005, most=0.05)
            scene.environment |= {"WIRE_HURRY_LEAD": str(HURRY)}
            yield scene
    finally:
        drop(url)


class Processes:
    """Two of them, with one of two shards each: whichever sends has to send for the other's servers too."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.bots: list[Bot] = []

    async def start(self, number: int, **environment: str) -> Bot:
        bot = await self.scene.start_bot(CONVENOR_SHARDS=f"{number}/2", **environment)
        await bot.wait_ready()
        self.bots.append(bot)
        return bot

    async def end(self) -> None:
        for bot in self.bots:
            bot.thaw()
            await bot.kill()


async def leads(bot: Bot, seconds: float = FAILOVER) -> bool:
    return bool(await until(lambda: said(bot), seconds, pause=0.02))


async def said(bot: Bot) -> bool:
    return LEADS in bot.log


async def turned_away(*bots: Bot) -> bool:
    """Whether one of them waits for another day."""
    return any("Discord takes no more sessions today" in bot.log for bot in bots)


async def identified(scene: Scene) -> list[float]:
    """When a shard was introduced to the gateway."""
    told = (await scene.server.order("report"))["gateway"]
    return sorted(moment for moment, what in told if what == "identify")


async def plan_both(scene: Scene) -> None:
    """Messages, which Discord tells apart by their nonces for a while, and threads, which it does not."""
    await scene.plan(2, shape="thread")
    await scene.plan(2)


async def test_who_falls_silent_is_replaced_and_sends_nothing_when_it_goes_on(shared: Scene, figures: Figures) -> None:
    processes, took = Processes(shared), list[float]()
    try:
        first = await processes.start(0, WIRE_STOP_AT="sending:2")
        assert await leads(first)
        for turn in range(TIMES):
            second = await processes.start(1 - turn % 2)
            assert LEADS not in second.log
            # Begun and about to be posted: the worst of all moments.
            await plan_both(shared)
            await first.frozen()
            since = time.monotonic()
            await shared.announce(wait=timedelta(hours=30))
            assert set(await shared.all_seen(60)) == set(shared.planned), second.log
            assert await leads(second)
            took.append(time.monotonic() - since)
            await shared.server.order("forget_nonces")
            first.thaw()
            await plan_both(shared)
            await shared.each_once()
            # Killed outright, and a third takes its place, with whose shard it begins.
            await plan_both(shared)
            await second.kill()
            since, shared.bot = time.monotonic(), first
            await shared.each_once(60)
            took.append(time.monotonic() - since)
            await first.kill()
            first = await processes.start(turn % 2, WIRE_STOP_AT="sending:2") if turn + 1 < TIMES else first
        seen = await shared.webinars_seen()
        assert {f"{title} {sort}" for title in shared.announced for sort in ("announcement", "event")} == set(seen)
        assert set(seen.values()) == {1}
    finally:
        await processes.end()
    figures(f"{len(took)} times another process took over: {max(took):.1f} s at most, none doubled or lost")
    assert max(took) < FAILOVER


async def test_shards_are_introduced_one_after_another_and_what_one_writes_all_hear(
    shared: Scene, figures: Figures
) -> None:
    processes = Processes(shared)
    try:
        # Discord takes three today, and is slow to count: whoever looks sees three.
        await shared.server.order("sessions_left", count=3)
        # As fast as a gateway that takes one every five seconds, divided by as much as waits are here.
        one = await shared.start_bot(CONVENOR_SHARDS="0-1/4", CONVENOR_POLL_SECONDS="3600", WIRE_HURRY="10")
        two = await shared.start_bot(CONVENOR_SHARDS="2-3/4", CONVENOR_POLL_SECONDS="3600", WIRE_HURRY="10")
        processes.bots += [one, two]
        assert await until(lambda: turned_away(one, two), 30)
        assert len(await identified(shared)) <= 3
        await shared.server.order("sessions_left", count=1000)
        for bot in processes.bots:
            await bot.wait_ready()
        times = await identified(shared)
        gaps = [later - sooner for sooner, later in pairwise(times)]
        assert len(times) == 4
        assert min(gaps) > 0.35, gaps
        assert await until(lambda: said(one), 1) or await leads(two)
        # Nobody looks for an hour: only a word from the process that planned it wakes the one that sends.
        await shared.plan(1)
        since = time.monotonic()
        await shared.each_once()
        figures(f"planned by another process: sent after {time.monotonic() - since:.2f} s")
        assert time.monotonic() - since < 2
    finally:
        await processes.end()


async def test_a_shard_is_in_one_process_only(shared: Scene) -> None:
    """Whoever is started twice is told so; whoever takes the place of one that fell silent gets it, and keeps it."""
    hurry = {"WIRE_HURRY_LEAD": str(HURRY * 2)}
    processes = Processes(shared)
    try:
        first = await processes.start(0, **hurry)
        # The same shard again, and all of them.
        second = await shared.start_bot(CONVENOR_SHARDS="0/2", **hurry)
        whole = await shared.start_bot(**hurry)
        processes.bots += [second, whole]
        for bot, what in ((second, "shard 0"), (whole, "all shards")):
            assert await bot.gone() == FAULT, bot.log
            assert f"Another Convenor has {what} and is at work" in bot.log
        other = await processes.start(1, **hurry)
        first.freeze()
        since = time.monotonic()
        third = await processes.start(0, **hurry)
        assert not LONG or time.monotonic() - since < FAILOVER
        first.thaw()
        assert await first.gone() == FAULT, first.log
        assert "Another Convenor has shard 0" in first.log
        assert not third.ended.done()
        assert not other.ended.done()
        # An outage of the database takes nothing from anybody.
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'convenor-holding'")
        assert await until(lambda: taken_again(other, third), FAILOVER), third.log
        assert not third.ended.done()
        assert not other.ended.done()
    finally:
        await processes.end()


async def taken_again(*bots: Bot) -> bool:
    return all("taking them again" in bot.log for bot in bots)

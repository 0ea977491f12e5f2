"""Discord is away, or turns requests away: all is out soon after, and nobody calls before their time."""

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import make
from tests.faults import LONG, Figures
from tests.wire.control import Nursery
from tests.wire.scene import Scene, open_scene

MESSAGES = r"/channels/\d+/messages"
# The promise: this many seconds after the end of an outage of five minutes, all is out.
SOON = 30.0


@pytest.mark.parametrize("how", ["reset", "503"] if LONG else ["503"])
async def test_all_is_out_soon_after_an_outage(scene: Scene, how: str, figures: Figures) -> None:
    bot = await scene.start_bot()
    await bot.wait_ready()
    await scene.server.order("down", how=how)
    await scene.plan(20)
    await scene.plan(2, shape="thread")
    before = len(await scene.server.order("calls"))
    seconds = 300 if LONG else 3
    await asyncio.sleep(seconds)
    tries = len(await scene.server.order("calls")) - before
    await scene.server.order("down", how="")
    begun = time.monotonic()
    assert set(await scene.all_seen(60)) == set(scene.planned), bot.log
    took = time.monotonic() - begun
    await scene.each_once()
    figures(f"outage of {seconds} s ({how}): {tries} requests meanwhile, all out {took:.1f} s after")
    assert took < SOON
    # Those that were under way at its beginning, and then one after another.
    assert tries < 60 + seconds


# So many calls to one channel, and to everything else, in so many seconds: a tenth of Discord's usual patience.
STRICT = [[r"POST /channels/\{channel_id\}/messages", 5, 2.0], [r".*", 20, 1.0]]
STORM: list[dict[str, Any]] = [
    {"scope": "user", "retry_after": 2.0, "after": 3, "times": 2},
    {"scope": "shared", "retry_after": 1.5, "after": 6, "times": 2},
    {"scope": "global", "retry_after": 2.5, "after": 9, "times": 2},
    {"scope": "user", "retry_after": 3.0, "after": 12, "times": 1, "via": False},
]


@pytest.fixture
async def strict(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    async with open_scene(tmp_path, make("sqlite", tmp_path), limits=True, nursery=nursery) as scene:
        await scene.server.order("limit", rules=STRICT, in_a_second=50)
        yield scene


async def test_nobody_calls_before_their_time(strict: Scene) -> None:
    await strict.plan(160 if LONG else 40)
    bot = await strict.start_bot()
    await strict.each_once(120)
    report = await strict.server.order("report")
    assert report["early"] == [], bot.log
    assert report["refusals"] == {}, "no limit was overrun"


async def test_a_storm_of_rate_limits_is_waited_out(strict: Scene, figures: Figures) -> None:
    for fault in STORM:
        await strict.server.order("fault", method="POST", route=MESSAGES, deed="limit", **fault)
    await strict.plan(160 if LONG else 40)
    bot = await strict.start_bot()
    await strict.each_once(120)
    report = await strict.server.order("report")
    figures(f"storm: {report['refusals']} refused, {len(report['early'])} early, {report['invalid']} invalid")
    assert report["early"] == [], bot.log
    # Those that were under way when the limit was told; Discord allows 10,000 in ten minutes.
    assert report["invalid"] < 100

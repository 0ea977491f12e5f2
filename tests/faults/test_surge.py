"""Hundreds of people join at once: everyone is welcomed soon, and neither they nor the moderators are flooded."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.databases import make
from tests.faults import LONG, Figures
from tests.wire.control import Nursery, until
from tests.wire.scene import QUEUE, WELCOME, Scene, open_scene

# How many join, within how many seconds; the promise is that the last is welcomed so many seconds later.
MANY, WITHIN, SOON = (500, 60.0, 120.0) if LONG else (60, 0.5, 120.0)
# A tenth of Discord's patience would take a tenth of the time; the long form has Discord's own.
LIMITS = [[r"POST /channels/\{channel_id\}/messages", 5, 5.0 if LONG else 0.5], [r".*", 10, 2.0 if LONG else 0.2]]
MENTION = re.compile(r"<@(\d+)>")


@pytest.fixture
async def limited(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    """A server that counts how often it is called."""
    async with open_scene(tmp_path, make("sqlite", tmp_path), limits=True, nursery=nursery) as scene:
        await scene.server.order("limit", rules=LIMITS, in_a_second=50)
        yield scene


async def welcomed(scene: Scene) -> Counter[str]:
    """How often each person is mentioned in the welcome channel."""
    messages = await scene.server.order("messages", channel=scene.channels[WELCOME])
    return Counter(user for message in messages for user in MENTION.findall(message["content"]))


async def test_a_flood_of_newcomers_is_welcomed_together(limited: Scene, figures: Figures) -> None:
    scene = limited
    bot = await scene.start_bot()
    await bot.wait_ready()
    users = [(await scene.server.order("make_user", name=f"newcomer.{number}"))["id"] for number in range(MANY)]
    begun = time.monotonic()
    for number, user in enumerate(users):
        await scene.server.order("join", guild=scene.guild, user=user)
        await asyncio.sleep(max(0.0, begun + WITHIN * (number + 1) / MANY - time.monotonic()))
    joined = time.monotonic()

    async def all_welcomed() -> bool:
        return set(users) <= set(await welcomed(scene))

    assert await until(all_welcomed, SOON), bot.log
    took = time.monotonic() - joined
    # One who looks again, as after a lost connection, welcomes nobody twice.
    await bot.stop()
    bot = await scene.start_bot()
    await bot.wait_ready()
    await asyncio.sleep(1.0)
    assert set((await welcomed(scene)).values()) == {1}, bot.log
    messages = await scene.server.order("messages", channel=scene.channels[WELCOME])
    alerts = [
        message["content"]
        for message in await scene.server.order("messages", channel=scene.channels[QUEUE])
        if "joining" in message["content"]
    ]
    report = await scene.server.order("report")
    figures(
        f"{MANY} joins in {joined - begun:.0f} s: welcomed {took:.1f} s after the last, by {len(messages)} messages, "
        f"{len(alerts)} alert, refused: {report['refusals']}"
    )
    assert max(len(MENTION.findall(message["content"])) for message in messages) == 25
    assert len(messages) < 21 + MANY / 5
    assert len(alerts) == 1
    assert report["early"] == []
    assert report["refusals"] == {}

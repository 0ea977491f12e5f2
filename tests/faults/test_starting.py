"""Starting while Discord is away, beside another, and being told to stop at any moment."""

import asyncio
import time

import pytest

from tests.faults import LONG, Figures
from tests.wire.control import until
from tests.wire.scene import Scene

MESSAGES = r"/channels/\d+/messages"


@pytest.mark.parametrize("how", ["503", "reset", "drop"] if LONG else ["reset"])
async def test_a_discord_that_is_away_at_the_start_is_waited_for(scene: Scene, how: str, figures: Figures) -> None:
    await scene.plan(3)
    await scene.server.order("down", how=how)
    bot = await scene.start_bot()

    async def waits() -> bool:
        return "trying again" in bot.log or bot.ended.done()

    assert await until(waits, 40)
    assert not bot.ended.done(), bot.log
    if LONG:
        await asyncio.sleep(60)
    await scene.server.order("down", how="")
    begun = time.monotonic()
    await scene.each_once()
    figures(f"away at the start ({how}): all out {time.monotonic() - begun:.1f} s after")


async def test_it_stops_when_told_to_while_discord_is_away(scene: Scene) -> None:
    await scene.server.order("down", how="reset")
    bot = await scene.start_bot(WIRE_HURRY="1")

    async def waits() -> bool:
        return "trying again" in bot.log

    assert await until(waits)
    assert await bot.stop() == 0
    # A gateway that does not answer is another matter: the bot has logged in, and waits for it.
    await scene.server.order("down", how="")
    await scene.server.order("gateway_order", moment="connect", deed="drop", times=1000)
    bot = await scene.start_bot(WIRE_HURRY="1")

    async def refused() -> bool:
        return "Failed to connect" in bot.log

    assert await until(refused)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.log


async def test_what_is_under_way_is_finished_when_it_is_told_to_stop(scene: Scene) -> None:
    await scene.plan(8)
    fault = await scene.server.order(
        "fault", method="POST", route=MESSAGES, deed="slow", seconds=0.5, commit=True, times=None
    )
    bot = await scene.start_bot()
    await scene.server.order("called", method="POST", route=MESSAGES)
    assert await bot.stop() == 0
    noted, seen = [row for row in await scene.rows() if row.state == "sent"], await scene.seen()
    assert seen, "some were under way"
    assert len(noted) == sum(seen.values()), "and each was noted"
    await scene.server.order("clear_faults", fault=fault)
    await scene.start_bot()
    await scene.each_once()


async def test_two_programs_do_not_work_with_one_file(scene: Scene) -> None:
    first = await scene.start_bot()
    await first.wait_ready()
    second = await scene.start_bot()
    assert await second.gone() == 2
    assert "Another Convenor is at work with the database" in second.log
    assert "Traceback" not in second.log
    # However the first one ends, the next may begin.
    await first.kill()
    await scene.plan(1)
    await scene.start_bot()
    await scene.each_once()

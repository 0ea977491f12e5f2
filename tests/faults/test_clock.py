"""The host's clock is wrong: nothing is doubled, and nothing is early."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults import LONG, Figures
from tests.wire.control import until
from tests.wire.scene import Scene

MESSAGES = r"/channels/\d+/messages"
HOUR, DAY = 3600, 86_400
SHIFTS = (HOUR, -HOUR, DAY, -DAY)
# Discord tells the time to the second, and it is true the whole second through.
EARLY = timedelta(seconds=1)
LATE = timedelta(seconds=5)


async def killed_after_posting(scene: Scene, **environment: str) -> None:
    """One more notice is posted, and the bot dies before it hears of it; then Discord forgets the nonce."""
    await scene.plan(1)
    order = {"method": "POST", "route": MESSAGES, "deed": "hold", "commit": True}
    fault = await scene.server.order("fault", **order)
    bot = await scene.start_bot(**environment)
    assert await scene.server.order("reached", fault=fault), bot.log
    await bot.kill()
    await scene.server.order("clear_faults", fault=fault)
    await scene.server.order("forget_nonces")


async def test_what_was_posted_is_found_though_the_clock_was_moved(scene: Scene) -> None:
    """Here no answer says what time it is: the clock of the host is all that there is."""
    scene.environment["WIRE_NO_DATES"] = "yes"
    for ahead in SHIFTS if LONG else (HOUR, -DAY):
        await killed_after_posting(scene)
        bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(ahead))
        await scene.each_once(20)
        await bot.kill()


async def test_what_was_posted_with_a_wrong_clock_is_found_once_it_is_right(scene: Scene) -> None:
    scene.environment["WIRE_NO_DATES"] = "yes"
    for ahead in (HOUR, DAY) if LONG else (DAY,):
        await killed_after_posting(scene, WIRE_CLOCK_AHEAD=str(ahead))
        bot = await scene.start_bot()
        await scene.each_once(20)
        await bot.kill()


async def moments(scene: Scene) -> list[timedelta]:
    """By how much each notice came after it was due."""
    due = {f"Notice {row.occurrence}": row.due_at for row in await scene.rows()}
    at: dict[str, datetime] = {}
    for place in scene.channels:
        for message in await scene.server.order("messages", channel=place):
            at[message["content"]] = datetime.fromisoformat(message["timestamp"]).astimezone(UTC)
    return [at[name] - due[name] for name in scene.planned]


async def test_a_clock_that_is_moved_makes_nothing_early_and_nothing_twice(
    scene: Scene, tmp_path: Path, figures: Figures
) -> None:
    """The clock is moved while the bot runs, and is wrong when it starts; each notice is due just after."""
    moved = tmp_path / "ahead"
    scene.environment["WIRE_CLOCK_FILE"] = str(moved)
    bot = await scene.start_bot()
    await bot.wait_ready()
    for shift in (*SHIFTS, 0) * (5 if LONG else 1):
        await scene.plan(4, wait=timedelta(seconds=1))
        moved.write_text(str(shift))
        assert set(scene.planned) <= set(await scene.all_seen()), f"{shift}\n{bot.log}"
        # A host whose clock was set right before the bot started has nothing to be told.
        assert not shift or "the clock of this machine is" in bot.log
        if LONG:
            await bot.kill()
            await scene.plan(4, wait=timedelta(seconds=2))
            bot = await scene.start_bot()
    await scene.each_once()
    after = await moments(scene)
    figures(f"clock moved by an hour and a day: {len(after)} notices, {min(after)} to {max(after)} after they were due")
    assert min(after) >= -EARLY, bot.log
    assert max(after) < LATE, bot.log


async def test_a_clock_that_is_wrong_from_the_start_makes_nothing_early(scene: Scene) -> None:
    for ahead in (DAY, -HOUR):
        await scene.plan(2, wait=timedelta(seconds=2.5))
        bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(ahead))
        await scene.each_once()
        await bot.kill()
    after = await moments(scene)
    assert min(after) >= -EARLY
    assert max(after) < LATE


async def test_where_nothing_tells_the_time_a_clock_that_is_behind_makes_nothing_early(scene: Scene) -> None:
    await scene.plan(1)
    bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(-HOUR), WIRE_NO_DATES="yes")
    await bot.wait_ready()

    async def seen() -> bool:
        return bool(await scene.seen())

    assert not await until(seen, 1)

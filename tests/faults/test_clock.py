"""The host's clock is wrong: nothing is doubled, and nothing is early."""

from tests.wire.control import until
from tests.wire.scene import Scene

MESSAGES = r"/channels/\d+/messages"
HOUR, DAY = 3600, 86_400


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
    for ahead in (HOUR, -HOUR, DAY, -DAY):
        await killed_after_posting(scene)
        bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(ahead))
        await scene.each_once(20)
        await bot.kill()


async def test_what_was_posted_with_a_wrong_clock_is_found_once_it_is_right(scene: Scene) -> None:
    for ahead in (HOUR, DAY):
        await killed_after_posting(scene, WIRE_CLOCK_AHEAD=str(ahead))
        bot = await scene.start_bot()
        await scene.each_once(20)
        await bot.kill()


async def test_a_clock_that_is_behind_makes_nothing_early(scene: Scene) -> None:
    await scene.plan(1)
    bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(-HOUR))
    await bot.wait_ready()

    async def seen() -> bool:
        return bool(await scene.seen())

    assert not await until(seen, 2)

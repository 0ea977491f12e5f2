"""Many messages at once: as fast as Discord's limits allow, without being turned away or in each other's way."""

from tests.wire.control import until
from tests.wire.scene import Scene

MANY, A_SECOND = 150, 50


async def test_many_at_once_stay_below_the_limit_over_everything(scene: Scene) -> None:
    await scene.server.order("limit", in_a_second=A_SECOND)
    await scene.plan(MANY)
    await scene.start_bot()
    await scene.each_once(60)
    calls = await scene.server.order("calls")
    sent = sorted(one["at"] for one in calls if one["path"].endswith("/messages") and one["method"] == "POST")
    assert len(sent) >= MANY
    assert sent[-1] - sent[0] > (MANY - A_SECOND) / A_SECOND, "more at once than the limit allows"
    # A machine that is slow for a moment may let two seconds' worth arrive in one; without turns it is dozens.
    assert sum((await scene.server.order("report"))["refusals"].values()) <= 2


async def test_many_to_one_channel_hold_up_nothing_in_another(scene: Scene) -> None:
    await scene.server.order("limit", rules=[[r"POST /channels/\{channel_id\}/messages", 5, 5.0], [".*", 1000, 1.0]])
    await scene.plan(60, place=scene.channels[0])
    await scene.plan(3, place=scene.channels[1])
    bot = await scene.start_bot()
    await bot.wait_ready()

    async def others() -> bool:
        return set(scene.planned[-3:]) <= set(await scene.seen())

    assert await until(others, 10), bot.log
    assert len(await scene.seen()) < len(scene.planned) / 2, "the one channel's turn comes in five-second steps"
    assert (await scene.server.order("report"))["refusals"] == {}

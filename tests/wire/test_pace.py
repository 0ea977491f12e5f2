"""Many messages at once: as fast as Discord's limit over everything allows, and without being turned away."""

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

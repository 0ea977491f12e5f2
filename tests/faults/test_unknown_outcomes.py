"""Discord did what was asked, and the answer got lost: it is there once all the same."""

import asyncio
from datetime import timedelta
from typing import Any

from tests.wire.control import until
from tests.wire.scene import Scene

MESSAGES = r"/channels/\d+/messages"
THREADS = r"/channels/\d+/threads"
EVENTS = r"/guilds/\d+/scheduled-events"
DONE: list[dict[str, Any]] = [
    {"deed": "status", "status": 502, "commit": True, "html": True},
    {"deed": "status", "status": 504, "commit": True},
    {"deed": "drop", "commit": True},
    {"deed": "reset", "commit": True},
    {"deed": "slow", "seconds": 2.0, "commit": True},
]
NOT_DONE: list[dict[str, Any]] = [
    {"deed": "status", "status": 503},
    {"deed": "status", "status": 500},
    {"deed": "reset"},
    {"deed": "drop"},
]


async def order(scene: Scene, route: str, faults: list[dict[str, Any]]) -> None:
    for fault in faults:
        await scene.server.order("fault", method="POST", route=route, **fault)


async def test_one_message_and_one_thread_whatever_became_of_the_answer(scene: Scene) -> None:
    await order(scene, MESSAGES, DONE + NOT_DONE)
    await order(scene, THREADS, DONE + NOT_DONE)
    await scene.plan(12)
    await scene.plan(9, shape="thread")
    await scene.start_bot()
    await scene.each_once(90)
    assert len(await scene.threads()) == 9


async def test_one_event_whatever_became_of_the_answer(scene: Scene) -> None:
    await order(scene, EVENTS, DONE[:4] + NOT_DONE[:1])
    for _ in range(6):
        await scene.announce(wait=timedelta(hours=2))
    await scene.start_bot()

    async def all_there() -> bool:
        return len((await scene.server.order("guild", guild=scene.guild))["events"]) == 6

    assert await until(all_there, 60)
    await asyncio.sleep(1)
    names = [event["name"] for event in (await scene.server.order("guild", guild=scene.guild))["events"]]
    assert sorted(names) == sorted(scene.announced)


async def test_half_an_answer_holds_up_nothing_else(scene: Scene) -> None:
    """One post hangs on a connection that is silent for ever; all others go out, those to the same channel too."""
    fault = await scene.server.order("fault", method="POST", route=MESSAGES, deed="half_open", commit=True)
    await scene.plan(30)
    bot = await scene.start_bot()
    seen = await scene.all_seen(40)
    assert set(seen) == set(scene.planned), bot.log
    await scene.plan(5)
    await scene.all_seen(40)
    await scene.server.order("clear_faults", fault=fault)
    await scene.each_once()


async def test_where_the_history_may_not_be_read_the_repeat_is_said_to_be_possible(scene: Scene) -> None:
    place = scene.channels[0]
    bot_id = (await scene.server.order("about"))["bot"]["id"]
    await scene.server.order("overwrite", channel=place, id=bot_id, type=1, deny=1 << 16)
    await scene.server.order("fault", method="POST", route=MESSAGES, deed="drop", commit=True)
    await scene.plan(1)
    await scene.start_bot()

    async def noted() -> list[str | None]:
        return [row.reason for row in await scene.rows() if row.state == "sent"]

    # The nonce still holds: nothing is doubled, and there is nothing to say.
    assert await until(noted, 30) == [None]
    assert (await scene.seen()) == {"Notice 0": 1}


async def test_a_server_that_is_away_loses_nothing(scene: Scene) -> None:
    bot = await scene.start_bot()
    await bot.wait_ready()
    await scene.server.order("available", guild=scene.guild, yes=False)
    await scene.plan(3)
    await scene.plan(1, shape="thread")
    assert await scene.all_seen(2) == {}
    await scene.server.order("available", guild=scene.guild, yes=True)
    await scene.each_once()


async def test_a_channel_that_the_gateway_never_told_of_is_found(scene: Scene) -> None:
    bot = await scene.start_bot()
    await bot.wait_ready()
    await scene.server.order("gateway_events", drop={"CHANNEL_CREATE": 1})
    made = await scene.server.order("make_channel", guild=scene.guild, name="new")
    scene.channels = [made["id"]]
    await scene.plan(1)
    await scene.each_once()

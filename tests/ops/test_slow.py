"""A database that is slow, locked or full: everybody is answered in time, and nobody is told what is not so."""

import asyncio
import time

from bot.pace import COMMANDS_AT_ONCE
from tests.faults import LONG
from tests.ops.asking import answered, press, text_of, together, use
from tests.ops.holding import held
from tests.wire.control import until
from tests.wire.scene import Scene

ASKED = ("help", "audit", "mydata show", "webinar list", "lookup", "network", "practice mine", "setup")
# In seconds: how much longer each use of the database takes, and after how long the bot promises an answer; how long
# another program holds the database, and how often one member asks.
SLOWER, PROMISED, LOCKED, STORM = (2.0, 1.8, 10.0, 333) if LONG else (0.8, 0.6, 1.5, 45)


async def hold(scene: Scene, is_held: asyncio.Event) -> None:
    """Hold the database as long as is wanted."""
    async with held(scene):
        is_held.set()
        await asyncio.sleep(LOCKED)


async def test_nobody_waits_in_vain_while_the_database_is_slow_and_locked(either_scene: Scene) -> None:
    scene = either_scene
    slow = scene.folder / "slow"
    await scene.plan(1)
    bot = await scene.start_bot(WIRE_SLOW_FILE=str(slow), WIRE_PROMISE_AFTER=str(PROMISED))
    await bot.wait_ready()
    await scene.each_once()
    (message,) = await scene.server.order("messages", channel=scene.channels[0])
    custom_id = message["components"][0]["components"][0]["custom_id"]

    slow.write_text(str(SLOWER))
    begun, is_held = time.monotonic(), asyncio.Event()
    holding = asyncio.create_task(hold(scene, is_held))
    await is_held.wait()
    try:
        names = [name for name in ASKED if name != "lookup"]
        token = await use(scene, "lookup", {"type": 3, "name": "query", "value": "budget"})
        pressed = await press(scene, message, custom_id)
        found = await together(scene, *names)
        looked_up, seen = await answered(scene, token), await answered(scene, pressed)
        await asyncio.sleep(max(0.0, begun + LOCKED + 0.5 - time.monotonic()))
        form = await answered(scene, await use(scene, "webinar create"))
    finally:
        slow.unlink()
        await holding
    assert time.monotonic() - begun < 60
    # Promised in time, and answered later: what waited too long for its turn to save says that it did not.
    assert all(one["callback"]["type"] in (4, 5) for one in found.values()), found
    assert "Nothing was changed" in text_of(found["setup"]) or "Set up the server" in text_of(found["setup"])
    assert "can do here" in text_of(found["help"])
    assert "Budget" in text_of(looked_up) or "budget" in text_of(looked_up)
    assert seen["callback"]["type"] == 6
    assert "0" in text_of(seen)
    assert form["callback"]["type"] == 5, "no form can be shown so late"
    [button] = form["message"]["components"][0]["components"]
    assert button["label"] == "Open the form"

    # At once again; the form that came too late can be opened.
    again = await answered(scene, await press(scene, form["message"], button["custom_id"]))
    assert again["callback"]["type"] == 9
    set_up = await answered(scene, await use(scene, "setup"))
    assert set_up["callback"]["type"] == 4
    calls = await scene.server.order("calls")
    assert [call for call in calls if call["path"].startswith("/interactions/") and call["status"] >= 400] == []
    assert "could not tell" not in bot.log


async def test_one_member_who_never_stops_keeps_nobody_waiting(scene: Scene) -> None:
    bot = await scene.start_bot()
    await bot.wait_ready()
    busy = (await scene.server.order("make_user", name="busy"))["id"]
    await scene.server.order("join", guild=scene.guild, user=busy)
    query = {"type": 3, "name": "query", "value": "violence budget training"}
    tokens: list[str] = []

    async def storm() -> None:
        for _ in range(STORM):
            tokens.append(await use(scene, "lookup", query, user=busy))
            # A thousand a minute.
            await asyncio.sleep(0.06 - 0.005)

    storming = asyncio.create_task(storm())
    waits: list[float] = []
    while not storming.done():
        begun = time.monotonic()
        token = await use(scene, "help")

        async def there(token: str = token) -> bool:
            return bool((await scene.server.order("answer", token=token))["callback"])

        assert await until(there, 10, pause=0.01)
        waits.append(time.monotonic() - begun)
        if len(waits) <= COMMANDS_AT_ONCE // 2:
            assert "can do here" in text_of(await answered(scene, token))
    await storming
    said = [text_of(await answered(scene, token)) for token in tokens]
    refused = ["a great deal in a short time" in one for one in said]
    assert not any(refused[:COMMANDS_AT_ONCE]), "who asks much for once is not held up"
    assert any(refused)
    if LONG:
        # From then on no more than one a second.
        assert refused.count(False) < COMMANDS_AT_ONCE + 1.5 * STORM * 0.06
        waits.sort()
        assert waits[int(len(waits) * 0.99)] < 2.0, waits[-5:]
        print(f"{len(said)} commands of one, {len(waits)} of another: p99 {waits[int(len(waits) * 0.99)]:.3f} s")

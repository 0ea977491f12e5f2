"""A disk without room: nobody is told that something was saved which was not, and all goes on when there is room."""

import time

from data.communities import get_preference
from data.database import Database
from tests.ops.asking import answered, free_port, get, text_of, use
from tests.ops.holding import full
from tests.wire.control import until
from tests.wire.scene import Scene

FRENCH = {"type": 3, "name": "language", "value": "fr"}


async def language(scene: Scene) -> str | None:
    """What is kept of the owner."""
    async with Database.open(scene.database_url) as db, db.read() as session:
        found = await get_preference(session, int(scene.guild), int(scene.owner))
    return found.language if found else None


async def test_nothing_false_is_said_and_it_recovers_by_itself(either_scene: Scene) -> None:
    scene = either_scene
    port = free_port()
    bot = await scene.start_bot(CONVENOR_HTTP=f"127.0.0.1:{port}")
    await bot.wait_ready()
    await scene.plan(1)
    await scene.each_once()

    with full(scene, bot.pid):
        if scene.database_url.startswith("sqlite"):
            # The limit is the bot's: who plans these has room.
            await scene.plan(3)
        refused = await answered(scene, await use(scene, "language choose", FRENCH))
        assert "Nothing was changed" in text_of(refused)
        assert "cannot save anything" in text_of(refused)
        assert await language(scene) is None
        assert "can do here" in text_of(await answered(scene, await use(scene, "help"))), "what only reads goes on"
        assert (await get(port, "/healthz"))[0] == 200
        doctor = text_of(await answered(scene, await use(scene, "doctor")))
        assert "takes no changes" in doctor
        assert "make room on the disk" in doctor

    if not scene.database_url.startswith("sqlite"):
        await scene.plan(3)
    begun = time.monotonic()
    chosen = await answered(scene, await use(scene, "language choose", FRENCH))
    assert "français" in text_of(chosen)
    assert await language(scene) == "fr"
    await scene.each_once(60)
    assert time.monotonic() - begun < 60

    async def ready() -> bool:
        return (await get(port, "/readyz"))[0] == 200

    assert await until(ready)
    assert not bot.ended.done()

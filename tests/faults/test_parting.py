"""A process that was killed is not gone at once: the database lets go of what it held one lock after another."""

from pathlib import Path

import asyncpg

from tests.databases import drop, make
from tests.wire.control import Nursery, until
from tests.wire.scene import open_scene

LEADS = "this process sends what is due"


async def test_what_it_was_about_to_send_is_sent_once_the_database_has_let_go(tmp_path: Path, nursery: Nursery) -> None:
    url = make("postgresql", tmp_path)
    try:
        async with open_scene(tmp_path, url, nursery=nursery) as scene:
            await scene.plan(1)
            dying = await asyncpg.connect(url)
            await dying.execute("SELECT pg_advisory_lock(hashtextextended('convenor dying', 0))")
            await dying.execute("UPDATE delivery SET lease_owner = 'dying', wake_at = now() + interval '5 minutes'")
            bot = await scene.start_bot()

            async def sends() -> bool:
                return LEADS in bot.log

            assert await until(sends)
            # It has looked, and took the notice for somebody's who lives.
            assert not await scene.all_seen(0.5)
            await dying.close()
            await scene.each_once(10)
    finally:
        drop(url)

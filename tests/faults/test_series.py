"""`kill -9` while a series is written, moved, and told of: all of its dates or none, and word of it once."""

import asyncio
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.database import Database
from data.deliveries import list_for_subject
from data.models import WebinarRow
from data.webinars import ANNOUNCEMENT
from tests.wire.control import until
from tests.wire.scene import WEBINARS, Scene

HOME = Path(__file__).parents[2]


async def test_a_series_is_written_and_moved_whole_and_told_of_once(deadly: Scene) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.series_writing", deadly.database_url, deadly.guild, cwd=HOME
    )
    assert await program.wait() == 0

    # One bot dies when it has announced it, and has not noted so; the next finds what is there.
    bot = await deadly.start_bot(die_at="answered:1")
    assert await bot.gone() == -9, bot.log
    await deadly.server.order("forget_nonces")
    await deadly.start_bot()

    async def all_sent() -> bool:
        async with Database.open(deadly.database_url) as db, db.read() as session:
            rows = await list_for_subject(session, int(deadly.guild), f"webinar:{await first_webinar(session)}")
        return {row.state for row in rows if row.kind == ANNOUNCEMENT} == {"sent"}

    assert await until(all_sent, 30, pause=0.3)
    found = await deadly.server.order("messages", channel=deadly.channels[WEBINARS])
    assert [message["embeds"][0]["title"] for message in found] == ["Budgets"]


async def first_webinar(session: AsyncSession) -> int:
    found = (await session.scalars(select(WebinarRow.id).order_by(WebinarRow.id))).first()
    assert found is not None
    return found

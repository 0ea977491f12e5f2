"""Discord is away, or turns requests away: all is out soon after, and nobody calls before their time."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.deliveries import Delivery
from data.webinars import REMINDER
from tests.databases import make
from tests.faults import LONG, Figures
from tests.wire.control import Nursery, until
from tests.wire.scene import WEBINARS as WEBINARS_CHANNEL
from tests.wire.scene import Scene, open_scene

MESSAGES = r"/channels/\d+/messages"
# The promise: this many seconds after the end of an outage of five minutes, all is out.
SOON = 30.0


@pytest.mark.parametrize("how", ["reset", "503"] if LONG else ["503"])
async def test_all_is_out_soon_after_an_outage(scene: Scene, how: str, figures: Figures) -> None:
    bot = await scene.start_bot()
    await bot.wait_ready()
    await scene.server.order("down", how=how)
    await scene.plan(20)
    await scene.plan(2, shape="thread")
    before = len(await scene.server.order("calls"))
    seconds = 300 if LONG else 3
    await asyncio.sleep(seconds)
    tries = len(await scene.server.order("calls")) - before
    await scene.server.order("down", how="")
    begun = time.monotonic()
    assert set(await scene.all_seen(60)) == set(scene.planned), bot.log
    took = time.monotonic() - begun
    await scene.each_once()
    figures(f"outage of {seconds} s ({how}): {tries} requests meanwhile, all out {took:.1f} s after")
    assert took < SOON
    # Those that were under way at its beginning, and then one after another.
    assert tries < 60 + seconds


DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Missed:
    """A webinar as it is when the bot is back: when it starts from now on, and the one reminder that is of use."""

    starts: timedelta
    offsets: tuple[timedelta, ...]
    minutes: int = 60
    reminded: timedelta | None = None
    says: str = ""


# Published before the bot went away for 36 hours; those of its reminders that were due before had gone out.
AWAY = timedelta(hours=36)
WEBINARS = [
    # Three fell due meanwhile: the last of them, worded for now.
    Missed(12 * HOUR, (DAY, 20 * HOUR, 15 * HOUR, HOUR), reminded=15 * HOUR, says="Starts"),
    # One was sent in time, none fell due.
    Missed(5 * DAY, (7 * DAY, DAY)),
    # Under way: the one for the start, and it says that it has begun.
    Missed(-timedelta(minutes=10), (DAY, HOUR, timedelta(0)), minutes=90, reminded=timedelta(0), says="Has started"),
    # Over: nothing is of use.
    Missed(-5 * HOUR, (DAY, HOUR, timedelta(0))),
    Missed(-30 * HOUR, (HOUR, timedelta(0)), minutes=30),
]


async def test_after_36_hours_offline_each_useful_reminder_goes_out_once_and_says_how_late(
    scene: Scene, figures: Figures
) -> None:
    titles = [
        await scene.announce(wait=one.starts - HOUR, ago=AWAY + DAY, offsets=one.offsets, minutes=one.minutes)
        for one in WEBINARS
    ]
    # The bot as it was 36 hours ago: it announced them all.
    bot = await scene.start_bot(WIRE_CLOCK_AHEAD=str(-AWAY.total_seconds()), WIRE_NO_DATES="yes")

    async def nothing_was_due() -> bool:
        return not await due(scene, ago=AWAY)

    assert await until(nothing_was_due), bot.log
    seen = await scene.webinars_seen()
    assert all(seen[f"{title} announcement"] for title in titles)
    before = await reminders(scene)
    await bot.stop()

    bot = await scene.start_bot()

    async def nothing_is_due() -> bool:
        return not await due(scene)

    assert await until(nothing_is_due), bot.log
    await asyncio.sleep(0.5)
    after = await reminders(scene)
    wanted = {title: one for title, one in zip(titles, WEBINARS, strict=True) if one.reminded is not None}
    assert after - before == Counter(dict.fromkeys(wanted, 1)), bot.log
    for title, one in wanted.items():
        rows = await scene.webinar_rows(title)
        (row,) = [row for row in rows if (row.kind, row.state, row.reason) == (REMINDER, "sent", "late")]
        assert row.occurrence == str(int(one.reminded.total_seconds() if one.reminded else 0))
        messages = await scene.server.order("messages", channel=scene.channels[WEBINARS_CHANNEL])
        (said,) = [str(message["embeds"]) for message in messages if message["id"] == str(row.message_id)]
        assert one.says in said
    skipped = Counter(row.reason for row in await scene.webinar_rows() if row.state == "skipped")
    figures(
        f"36 h offline: {sum(after.values()) - sum(before.values())} reminders late and once, skipped: {dict(skipped)}"
    )


async def due(scene: Scene, ago: timedelta = timedelta(0)) -> list[Delivery]:
    """What has to go out about webinars, or had to that long ago."""
    rows, moment = await scene.webinar_rows(), datetime.now(UTC) - ago
    return [row for row in rows if row.state in ("pending", "sending") and row.due_at <= moment]


async def reminders(scene: Scene) -> Counter[str]:
    """How often each webinar was reminded of."""
    seen = await scene.webinars_seen()
    return Counter({name.removesuffix(" reminder"): times for name, times in seen.items() if name.endswith("reminder")})


# So many calls to one channel, and to everything else, in so many seconds: a tenth of Discord's usual patience.
STRICT = [[r"POST /channels/\{channel_id\}/messages", 5, 2.0], [r".*", 20, 1.0]]
# How many notices there are, and for how long Discord turns requests away (in seconds, a little more each time).
MANY, PAUSE = (160, 1.5) if LONG else (24, 0.5)
STORM: list[dict[str, Any]] = [
    {"scope": "user", "retry_after": PAUSE + 0.3, "after": 3, "times": 2},
    {"scope": "shared", "retry_after": PAUSE, "after": 6, "times": 2},
    {"scope": "global", "retry_after": PAUSE + 0.5, "after": 9, "times": 2},
    {"scope": "user", "retry_after": PAUSE + 0.9, "after": 12, "times": 1, "via": False},
]


@pytest.fixture
async def strict(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    async with open_scene(tmp_path, make("sqlite", tmp_path), limits=True, nursery=nursery) as scene:
        await scene.server.order("limit", rules=STRICT, in_a_second=50)
        yield scene


async def test_nobody_calls_before_their_time(strict: Scene) -> None:
    await strict.plan(MANY)
    bot = await strict.start_bot()
    await strict.each_once(120)
    report = await strict.server.order("report")
    assert report["early"] == [], bot.log
    assert report["refusals"] == {}, "no limit was overrun"


async def test_a_storm_of_rate_limits_is_waited_out(strict: Scene, figures: Figures) -> None:
    for fault in STORM:
        await strict.server.order("fault", method="POST", route=MESSAGES, deed="limit", **fault)
    await strict.plan(MANY)
    bot = await strict.start_bot()
    await strict.each_once(120)
    report = await strict.server.order("report")
    figures(f"storm: {report['refusals']} refused, {len(report['early'])} early, {report['invalid']} invalid")
    assert report["early"] == [], bot.log
    # Those that were under way when the limit was told; Discord allows 10,000 in ten minutes.
    assert report["invalid"] < 100

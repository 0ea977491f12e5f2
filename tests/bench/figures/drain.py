"""Drain: many reminders due at once.

So many (`--due`) reminders of webinars, due in the same second, spread over 500 channels, and a server with Discord's
limits: 50 requests a second over all, and 5 messages in 5 seconds in each channel (so one channel alone could not take
them). Counted is what the server saw: reminders a second from the first to the last, beside the 50 that it allows; and
its refusals (429), of which there should be none. All the while somebody asks `/lookup`, ten times a second, from the
question to the answer as the asker sees it; the floor is the same before anything was due, in the same process.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from data.communities import ensure_community, set_places
from data.database import Database
from data.deliveries import PENDING, cancel_pending
from data.models import DeliveryRow
from data.wall_time import Moment
from data.webinars import REMINDER, NewWebinar, create
from tests.bench.bots import CONVENOR, Program, Scene, scene
from tests.bench.figure import Figure, Options, spread
from tests.search.measure import cases

JSON = dict[str, Any]
CHANNELS = 500
A_SECOND = 50
LIMITS = [
    [r"POST /channels/\{channel_id\}/messages", 5, 5.0],
    # Each interaction has a limit of its own.
    [r".*/(?:interactions|webhooks)/.*", 1_000, 1.0],
    [".*", 10, 2.0],
]
# Of which none is counted at first, while everything is loaded.
ASKED, UNCOUNTED, PAUSE = 200, 20, 0.1
# From starting the program until the reminders are due: long enough to have asked that often by then.
WAIT, MARGIN = timedelta(seconds=40), timedelta(seconds=3)
# At a tenth of what is allowed it is not worth waiting any more.
SLOWEST = 5


async def prepare(here: Scene, count: int) -> datetime:
    """Make the channels, and plan the reminders; returns when they are due."""
    channels = [
        (await here.server.order("make_channel", guild=here.guild, name=f"c{number}"))["id"]
        for number in range(CHANNELS)
    ]
    now = datetime.now(UTC)
    due_at = now + WAIT
    async with Database.open(f"sqlite:///{here.seeded}") as db, db.begin() as session:
        community = await ensure_community(
            session,
            int(here.guild),
            name="The Network",
            now=now,
            languages=["en", "fr", "es", "pt"],
            zone="UTC",
            reminder_offsets=[0],
        )
        await set_places(
            session, community.id, {"channel:webinars": int(here.channel), "channel:queue": int(here.channel)}
        )
        for start in range(0, count, CHANNELS):
            new = NewWebinar(
                title=f"Webinar {start}",
                description="What it is about, said in a sentence or two as moderators do.",
                speakers="Ana",
                link=None,
                moment=Moment.at(due_at + timedelta(hours=1), "UTC"),
                minutes=60,
                reminder_offsets=(),
            )
            webinar = await create(session, community, new, by=int(here.owner), now=now)
            await cancel_pending(session, subject=webinar.subject, reason="not measured", now=now)
            facts = {"community_id": community.id, "kind": REMINDER, "subject": webinar.subject}
            state = {"due_at": due_at, "wake_at": due_at, "state": PENDING, "attempts": 0, "planned_at": now}
            await session.execute(
                insert(DeliveryRow),
                [
                    {**facts, **state, "occurrence": "3600", "target": f"channel:{channel}", "details": {}}
                    for channel in channels[: count - start]
                ],
            )
    return due_at


async def asking(here: Scene, program: Program, until: Callable[[int], Awaitable[bool]]) -> list[float]:
    """Ask now and then until told to stop; returns how many seconds each answer took."""
    queries = [each.q for each in cases("tuning") if not each.none and each.lang == "en"]
    seconds: list[float] = []
    while not await until(len(seconds)):
        began = time.perf_counter()
        await here.timed(program, "lookup", query=queries[len(seconds) % len(queries)])
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(max(PAUSE - seconds[-1], 0.0))
    return seconds


async def measure(options: Options) -> list[Figure]:
    async with scene() as here:
        await here.server.order("limit", rules=LIMITS, in_a_second=A_SECOND)
        due_at = await prepare(here, options.due)
        async with here.start(CONVENOR) as program:
            await program.heard("ready")

            async def enough(asked: int) -> bool:
                return asked == ASKED or datetime.now(UTC) > due_at - MARGIN

            idle = await asking(here, program, enough)
            await asyncio.sleep(max((due_at - datetime.now(UTC)).total_seconds(), 0.0) + 1)
            sent: list[float] = []

            async def all_sent(asked: int) -> bool:
                nonlocal sent
                if datetime.now(UTC) - due_at > WAIT + timedelta(seconds=options.due / SLOWEST):
                    raise RuntimeError(f"only {len(sent)} of {options.due} went out")
                if asked % 50 == 0:
                    calls: list[JSON] = await here.server.order("calls")
                    sent = [one["at"] for one in calls if one["path"].endswith("/messages") and one["status"] == 200]
                return len(sent) >= options.due

            busy = await asking(here, program, all_sent)
            refusals = (await here.server.order("report"))["refusals"]
    rate = (len(sent) - 1) / (max(sent) - min(sent))
    against = f"what the server allows; it refused {sum(refusals.values())}"
    return [
        Figure(f"{options.due:,} reminders due at once", "/s", (rate,), (float(A_SECOND),), against),
        *spread("/lookup meanwhile", "the same when nothing is due", [busy], [idle[UNCOUNTED:]]),
    ]

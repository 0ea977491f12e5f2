"""The gateway breaks, refuses and repeats itself: sessions are resumed, and everything comes to the same."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.database import Database
from data.webinars import counts, upcoming
from tests.databases import make
from tests.faults import LONG, Figures
from tests.wire.control import Nursery, until
from tests.wire.scene import WEBINARS, WELCOME, Scene, open_scene

BREAKS: list[tuple[str, dict[str, Any]]] = [
    ("gateway_close", {"code": None}),
    ("gateway_close", {"code": 4000}),
    ("gateway_tell", {"operation": 7}),
    ("gateway_close", {"code": 1001}),
    ("gateway_tell", {"operation": 9, "data": True}),
]
STORM_SECONDS = 7200.0


async def counted(scene: Scene, what: str) -> int:
    report = await scene.server.order("report")
    return sum(1 for _, name in report["gateway"] if name == what)


async def ready(scene: Scene, **environment: str) -> None:
    bot = await scene.start_bot(**environment)
    await bot.wait_ready()


async def test_every_break_is_resumed(scene: Scene, figures: Figures) -> None:
    await ready(scene)
    breaks = 100 if LONG else 10
    for number in range(breaks):
        verb, arguments = BREAKS[number % len(BREAKS)]
        await scene.server.order(verb, **arguments)

        async def resumed(wanted: int = number + 1) -> bool:
            return await counted(scene, "resumed") >= wanted

        assert await until(resumed, 30), f"break {number}\n{scene.bot.log if scene.bot else ''}"
    assert await counted(scene, "resumed") == breaks
    assert await counted(scene, "identify") == 1
    await scene.plan(2)
    await scene.each_once()
    figures(f"{breaks} breaks: {breaks} resumed, 1 identify")


async def test_what_happened_during_a_break_is_made_up_for(scene: Scene) -> None:
    """Somebody joins while the connection is down: the resumed session tells of it."""
    await ready(scene)
    await scene.server.order("gateway_order", moment="connect", deed="drop", times=2)
    await scene.server.order("gateway_close", code=None)
    user = (await scene.server.order("make_user", name="awa"))["id"]
    await scene.server.order("join", guild=scene.guild, user=user)
    assert await welcomes(scene, {user}) == Counter({user: 1})


async def test_an_invalid_session_is_begun_anew_and_loses_nothing(scene: Scene) -> None:
    await ready(scene)
    for _ in range(3):
        await scene.plan(2)
        before = await counted(scene, "identify")
        await scene.server.order("gateway_tell", operation=9, data=False)

        async def begun(wanted: int = before + 1) -> bool:
            return await counted(scene, "identify") >= wanted

        assert await until(begun, 30)
        await scene.plan(2)
    await scene.each_once()


async def test_a_storm_of_invalid_sessions_does_not_use_up_what_discord_allows(scene: Scene, figures: Figures) -> None:
    """Two hours in which no session is accepted, with time running faster."""
    factor = 600 if LONG else 2400
    await scene.server.order("gateway_order", moment="identify", deed="invalid", times=10_000)
    begun = time.monotonic()
    bot = await scene.start_bot(WIRE_HURRY=str(factor))

    async def first() -> bool:
        return await counted(scene, "identify") > 0

    assert await until(first)
    await asyncio.sleep(STORM_SECONDS / factor)
    identifies = await counted(scene, "identify")
    figures(f"storm of {STORM_SECONDS:.0f} s in {time.monotonic() - begun:.1f} s: {identifies} identifies")
    assert 5 < identifies <= 50
    await scene.server.order("gateway_accept")
    await scene.plan(1)
    await scene.each_once()
    assert " ERROR " not in bot.log


async def test_a_cable_that_is_cut_is_noticed(scene: Scene) -> None:
    await scene.server.order("gateway_heartbeat", milliseconds=500)
    await ready(scene, WIRE_HEARTBEAT_TIMEOUT="2")
    await scene.server.order("gateway_silence")

    async def resumed() -> bool:
        return await counted(scene, "resumed") == 1

    assert await until(resumed, 20), scene.bot.log if scene.bot else ""


async def welcomes(scene: Scene, users: set[str], seconds: float = 20.0) -> Counter[str]:
    """How often each person was welcomed, once all were."""

    async def seen() -> Counter[str]:
        messages = await scene.server.order("messages", channel=scene.channels[WELCOME])
        return Counter(user for message in messages for user in users if f"<@{user}>" in message["content"])

    async def all_were() -> bool:
        return set(await seen()) == users

    await until(all_were, seconds)
    return await seen()


async def everyday(scene: Scene, *, repeat: int, shuffle: float) -> dict[str, Any]:
    """What a day in the server comes to: people join, accept the rules, become members, answer, and leave."""
    await scene.announce(wait=timedelta(hours=2))
    await ready(scene)

    async def announced() -> list[dict[str, Any]]:
        return await scene.server.order("messages", channel=scene.channels[WEBINARS])

    (message,) = await until(announced)
    await scene.server.order("gateway_events", repeat=repeat, shuffle=shuffle)
    people = {(await scene.server.order("make_user", name=f"person-{number}"))["id"]: number for number in range(6)}
    for user, number in people.items():
        # Some have the rules to accept first, and do so at once: the two events may come in either order.
        await scene.server.order("join", guild=scene.guild, user=user, pending=number % 2 == 1)
        if number % 2:
            await scene.server.order("change_member", guild=scene.guild, user=user, pending=False)
    assert await welcomes(scene, set(people)) == Counter(dict.fromkeys(people, 1)), scene.bot.log if scene.bot else ""

    for user in people:
        await scene.server.order("change_member", guild=scene.guild, user=user, roles=[scene.member_role])
    await asyncio.sleep(shuffle + 0.2)
    press = {"channel": scene.channels[WEBINARS], "type": 3, "locale": "fr", "message": message}
    custom_ids = [part["custom_id"] for part in message["components"][0]["components"]][:3]
    tokens = [
        await scene.server.order(
            "interact", user=user, data={"custom_id": custom_ids[number % 3], "component_type": 2}, **press
        )
        for user, number in people.items()
    ]

    async def all_answered() -> bool:
        return all([(await scene.server.order("answer", token=token))["callback"] for token in tokens])

    assert await until(all_answered)
    (event,) = (await scene.server.order("guild", guild=scene.guild))["events"]
    await scene.server.order("interest", guild=scene.guild, event=event["id"], user=next(iter(people)))
    await scene.server.order("leave", guild=scene.guild, user=list(people)[-1])
    await asyncio.sleep(shuffle + 0.7)
    async with Database.open(scene.database_url) as db, db.read() as session:
        (webinar,) = await upcoming(session, int(scene.guild), now=datetime.now(UTC))
        answers = await counts(session, webinar.id)
    posts = [len(await scene.server.order("messages", channel=one)) for one in scene.channels]
    directs = [len(await scene.server.order("direct", user=user)) for user in people]
    welcomed = await welcomes(scene, set(people))
    rows = Counter((row.kind, row.state) for row in await scene.webinar_rows())
    return {
        "answers": answers,
        "posts": posts,
        "direct": directs,
        "welcomed": sorted(welcomed[user] for user in people),
        "deliveries": rows,
        "title": webinar.title,
    }


async def test_every_event_three_times_and_in_any_order_comes_to_the_same(tmp_path: Path, nursery: Nursery) -> None:
    came_to: list[dict[str, Any]] = []
    for name, repeat, shuffle in (("once", 1, 0.0), ("thrice", 3, 0.2)):
        folder = tmp_path / name
        folder.mkdir()
        async with open_scene(folder, make("sqlite", folder), nursery=nursery) as scene:
            came_to.append(await everyday(scene, repeat=repeat, shuffle=shuffle))
    assert came_to[0] == came_to[1]


async def test_who_changes_before_they_join_is_welcomed(scene: Scene) -> None:
    """Discord's events for one person came in the wrong order, or the first of them never did."""
    await ready(scene)
    await scene.server.order("gateway_events", drop={"GUILD_MEMBER_ADD": 1})
    user = (await scene.server.order("make_user", name="awa"))["id"]
    await scene.server.order("join", guild=scene.guild, user=user)
    await scene.server.order("change_member", guild=scene.guild, user=user, nick="Awa")
    assert await welcomes(scene, {user}) == Counter({user: 1})


@pytest.mark.parametrize("away", [False, True], ids=["restart", "outage"])
async def test_who_joined_unseen_is_welcomed_later(scene: Scene, away: bool) -> None:
    await ready(scene)
    await scene.server.order("gateway_events", drop={"GUILD_MEMBER_ADD": 1})
    user = (await scene.server.order("make_user", name="awa"))["id"]
    await scene.server.order("join", guild=scene.guild, user=user)
    assert await welcomes(scene, {user}, 0.5) == Counter()
    if away:
        await scene.server.order("gateway_tell", operation=9, data=False)
    else:
        assert scene.bot is not None
        await scene.bot.kill()
        await ready(scene)
    assert await welcomes(scene, {user}) == Counter({user: 1})

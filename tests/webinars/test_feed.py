"""A personal calendar, fetched over a real loopback connection as a calendar program would."""

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Convenor
from bot.demo.world import Person, World
from bot.settings import Settings
from cogs.webinars import feed
from data.calendars import users_with_feeds, webinars_of_user
from tests.act import all_text, button_labels, reply
from tests.webinars import calendars
from tests.webinars.acting import AINO, AWA, TYPED, member, posts, press, publish, rsvp, run

PUBLIC = "https://calendar.example.org"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, http=("127.0.0.1", 0), public_url=PUBLIC)


@dataclass(frozen=True)
class Fetched:
    status: int
    headers: dict[str, str]
    body: bytes


def bot_of(world: World) -> Convenor:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


async def fetch(world: World, address: str, method: str = "GET", **headers: str) -> Fetched:
    """Ask for an address as a proxy would pass it on."""
    port = await bot_of(world).web.wait_until_up()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{method} {address.removeprefix(PUBLIC)} HTTP/1.1", "Host: calendar.example.org"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    data = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    head, _, body = data.partition(b"\r\n\r\n")
    status, *rest = head.decode().split("\r\n")
    return Fetched(int(status.split()[1]), dict(line.split(": ", 1) for line in rest), body)


async def address(world: World, person: Person, button: str = "webinar:feed:new") -> str:
    """Make an address; gives it."""
    asked = await run(world, person, "calendar")
    made = reply(await press(person, asked, button))
    assert made.ephemeral
    [found] = re.findall(rf"{re.escape(PUBLIC)}/calendar/[A-Za-z0-9_-]{{32}}\.ics", made.content)
    return str(found)


async def test_a_calendar_follows_its_owner(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    awa, aino = await member(world, AWA), await member(world, AINO)
    await publish(world, world.owner)
    await publish(world, world.owner, {"title": "Second", "when": "22 January 2027 10:00"})
    await publish(world, world.owner, {"title": "Third", "when": "25 January 2027 10:00"})
    mine = await address(world, awa)
    empty = await fetch(world, mine)
    assert (empty.status, calendars.read(empty.body)) == (200, [])
    first, second, third = posts(world)
    await rsvp(awa, first, "going")
    await rsvp(awa, second, "maybe")
    await rsvp(awa, third, "cannot")
    await rsvp(aino, third, "going")
    got = await fetch(world, mine)
    assert got.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert got.headers["Last-Modified"] == "Tue, 12 Jan 2027 09:00:01 GMT"
    assert "aiohttp" not in str(got.headers).lower()
    one, two = calendars.read(got.body)
    assert [(one.summary, one.status), (two.summary, two.status)] == [
        ("Budgets that count", "CONFIRMED"),
        ("Second", "TENTATIVE"),
    ]
    assert "Le lien est donné en privé" in one.description
    assert b"NAME:Webinaires de The Network" in got.body
    assert b"meet.example" not in got.body

    # What has not changed is not sent again.
    etag, since = got.headers["ETag"], got.headers["Last-Modified"]
    for headers in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": since}):
        same = await fetch(world, mine, **headers)
        assert (same.status, same.body, same.headers["ETag"]) == (304, b"", etag)
    for headers in (
        {"If_None_Match": '"x"', "If_Modified_Since": since},
        {"If_Modified_Since": "nonsense"},
        {"If_Modified_Since": empty.headers["Last-Modified"]},
    ):
        assert (await fetch(world, mine, **headers)).body == got.body
    head = await fetch(world, mine, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.body))
    assert {name: value for name, value in head.headers.items() if name != "Date"} == {
        name: value for name, value in got.headers.items() if name != "Date"
    }

    # A change, a cancellation, another language, a restart.
    asked = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, asked, "webinar:cancel")
    await awa.actor.slash(world.channel("general"), "language choose", language="es")
    await world.restart()
    changed = await fetch(world, mine, If_None_Match=etag)
    assert changed.status == 200
    one, two = calendars.read(changed.body)
    assert (one.status, one.sequence, one.summary) == ("CANCELLED", "1", "CANCELADO: Budgets that count")
    assert two.location == "En línea"
    for days, left in ((29, 2), (31, 1), (120, 0)):
        now = world.now + timedelta(days=days)
        async with bot_of(world).db.read() as session:
            assert len(await webinars_of_user(session, world.guild.id, awa.id, now=now)) == left
    token = mine.rpartition("/")[2].removesuffix(".ics")
    assert token not in caplog.text


async def test_an_address_ends(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    first = await address(world, awa)
    old = await run(world, awa, "calendar")
    assert first not in all_text(old)
    assert button_labels(old) == ["Créer une nouvelle adresse", "Renoncer à l’adresse"]
    second = await address(world, awa)
    never = f"{PUBLIC}/calendar/{'a' * 32}.ics"
    answers = [await fetch(world, one) for one in (first, never, f"{PUBLIC}/calendar/x", f"{PUBLIC}/calendar/")]
    assert [(one.status, one.body) for one in answers] == [(404, b"Not found.\n")] * 4
    assert len({str({**one.headers, "Date": ""}) for one in answers}) == 1
    # Of two presses at once, on an older message too, one counts.
    late = reply(await press(awa, old, "webinar:feed:new"))
    assert PUBLIC not in late.content
    assert (await fetch(world, second)).status == 200
    now = await run(world, awa, "calendar")
    await press(awa, now, "webinar:feed:end")
    assert (await fetch(world, second)).status == 404
    assert button_labels(await run(world, awa, "calendar")) == ["Créer une adresse"]


async def test_an_address_is_its_members(world: World) -> None:
    awa, aino = await member(world, AWA), await member(world, AINO)
    hers, other = await address(world, awa), await address(world, aino)
    role = world.guild.roles["Member"].id
    world.env.backend.remove_member_role(world.guild.id, awa.id, role)
    await world.env.settle()
    assert [(await fetch(world, one)).status for one in (hers, other)] == [404, 200]
    world.env.backend.add_member_role(world.guild.id, awa.id, role)
    await world.env.settle()
    assert (await fetch(world, hers)).status == 404
    await world.leave(aino)
    assert (await fetch(world, other)).status == 404
    async with bot_of(world).db.read() as session:
        assert await users_with_feeds(session, world.guild.id) == set()


async def test_who_left_while_the_bot_was_away_has_no_address(world: World) -> None:
    aino = await member(world, AINO)
    hers = await address(world, aino)
    await world.env.bot.close()
    world.env.backend.remove_member(world.guild.id, aino.id)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert (await fetch(world, hers)).status == 404
    feeds = bot_of(world).get_cog("Feeds")
    assert isinstance(feeds, feed.Feeds)
    await asyncio.wait_for(feeds.forget_those_who_left(), 5)
    async with bot_of(world).db.read() as session:
        assert await users_with_feeds(session, world.guild.id) == set()


async def test_a_program_that_asks_all_the_time_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "OFTEN", (3, 60.0))
    await world.restart()
    aino = await member(world, AINO)
    hers = await address(world, aino)
    got = [await fetch(world, hers) for _ in range(4)]
    assert [one.status for one in got] == [200, 200, 200, 429]
    assert 0 < int(got[-1].headers["Retry-After"]) <= 61


async def test_only_a_hash_is_kept_and_nothing_said_before_it_is_known_who_is_there(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    aino = await member(world, AINO)
    hers = await address(world, aino)
    token = hers.rpartition("/")[2].removesuffix(".ics").encode()
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    assert not [file for file in folder.iterdir() if file.is_file() and token in file.read_bytes()]
    monkeypatch.setattr(bot_of(world), "is_ready", lambda: False)
    assert (await fetch(world, hers)).status == 503
    assert (await fetch(world, f"{PUBLIC}/calendar/{'a' * 32}.ics")).status == 404


async def test_without_a_public_address_there_is_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_of(world), "settings", replace(bot_of(world).settings, public_url=None))
    aino = await member(world, AINO)
    await publish(world, world.owner, TYPED)
    told = await run(world, aino, "calendar")
    assert button_labels(told) == []
    assert "The announcement has one as well" in told.content

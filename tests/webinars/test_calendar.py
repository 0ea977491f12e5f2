"""Webinars as calendar files: on each announcement, and for oneself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.demo.world import World
from bot.languages import texts
from cogs.webinars.ics import Entry, calendar_text
from data.webinars import Webinar
from data.webinars.texts import Translation, mark_of
from tests.act import all_text, button_labels, reply
from tests.test_hostile_text import TEXTS
from tests.webinars import calendars
from tests.webinars.acting import (
    AINO,
    AWA,
    TYPED,
    events,
    member,
    posts,
    press,
    publish,
    rsvp,
    run,
)
from tests.webinars.calendars import Written
from tests.webinars.series_acting import publish_series

LINK = "meet.example/abc"


async def attached(message: Any) -> list[Written]:
    """What stands in the one calendar file of a message."""
    [file] = message.attachments
    assert file.filename.endswith(".ics")
    data = await file.read()
    assert b"meet.example" not in data
    return calendars.read(data)


async def test_the_file_on_the_announcement_follows_the_webinar(world: World) -> None:
    await publish(world, world.owner)
    [post] = posts(world)
    [first] = await attached(post)
    assert (first.summary, first.dtstart, first.dtend) == ("Budgets that count", "20270120T140000Z", "20270120T150000Z")
    assert (first.status, first.sequence, first.location) == ("CONFIRMED", "0", "Online")
    assert first.dtstamp == "20270112T090000Z"
    assert "What police budgets pay for" in first.description
    assert "Ana, Bea" in first.description

    await world.pass_time(timedelta(hours=2))
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    typed = TYPED | {"when": "21 January 2027 16:00"}
    await press(world.owner, reply(await world.owner.actor.submit_modal(shown, typed)), "webinar:save")
    [moved] = await attached(posts(world)[0])
    assert (moved.uid, moved.sequence, moved.dtstart) == (first.uid, "1", "20270121T150000Z")
    assert moved.dtstamp > first.dtstamp

    # New counts leave the file as it is.
    aino = await member(world, AINO)
    await rsvp(aino, posts(world)[0], "maybe")
    await world.pass_time(timedelta(minutes=40))
    assert await attached(posts(world)[0]) == [moved]

    asked = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, asked, "webinar:cancel")
    [cancelled] = await attached(posts(world)[0])
    assert (cancelled.uid, cancelled.sequence, cancelled.status) == (first.uid, "2", "CANCELLED")
    assert cancelled.summary == "CANCELLED: Budgets that count"
    assert "Ill" in cancelled.description
    assert LINK not in str(events(world))


async def test_a_series_is_one_file_of_single_dates(world: World) -> None:
    await publish_series(world, world.owner, TYPED)
    dates = await attached(posts(world)[0])
    assert [one.dtstart for one in dates] == [f"2027{day}T140000Z" for day in ("0120", "0127", "0203", "0210")]
    asked = await run(world, world.owner, "cancel", webinar="3", reason="Ill")
    await press(world.owner, asked, "webinar:cancel")
    assert [one.status == "CANCELLED" for one in await attached(posts(world)[0])] == [False, False, True, False]


async def test_an_announcement_goes_out_where_no_file_may_be_attached(world: World) -> None:
    channel = world.env.bot.get_channel(world.channel("webinars").id)
    assert isinstance(channel, discord.TextChannel)
    allowed = channel.overwrites_for(channel.guild.me)
    allowed.update(attach_files=False)
    await channel.set_permissions(channel.guild.me, overwrite=allowed)
    await world.env.settle()
    await publish(world, world.owner)
    [post] = posts(world)
    assert post.attachments == []


async def test_a_file_of_ones_own(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await publish(world, world.owner, {"title": "Second", "when": "22 January 2027 10:00"})
    everything = await run(world, awa, "calendar")
    assert everything.ephemeral
    assert everything.content.startswith("2 webinaires à venir")
    assert [one.summary for one in await attached(everything)] == ["Budgets that count", "Second"]
    assert button_labels(everything) == []
    await rsvp(awa, posts(world)[1], "maybe")
    mine = await run(world, awa, "calendar")
    [second] = await attached(mine)
    assert (second.summary, second.status, second.location) == ("Second", "TENTATIVE", "En ligne")
    assert f"https://discord.com/channels/{world.guild.id}/" in second.description
    all_again = reply(await press(awa, mine, "webinar:ics:all"))
    assert [one.status for one in await attached(all_again)] == ["CONFIRMED", "TENTATIVE"]
    [one] = await attached(await run(world, awa, "calendar", webinar="Second"))
    assert one == second
    assert "adresse" not in all_text(mine)


CARRIAGE = "=HYPERLINK(1)\r\nATTENDEE:mailto:x@y\r\nEND:VEVENT"


@pytest.mark.parametrize("text", [*TEXTS.values(), CARRIAGE, "👩\u200d🚒" * 60, "\x00\x07\x7f;,\\"])
async def test_nothing_that_is_typed_becomes_more_than_text(a_webinar: Webinar, text: str) -> None:
    hostile = replace(a_webinar, title=text, description=text, speakers=text, place=text, cancel_reason=text)
    for webinar in (hostile, replace(hostile, state="cancelled")):
        [entry] = calendars.read(await calendar_text(texts("fr"), [Entry(webinar)], name=text))
        assert entry.uid == f"webinar-1.{webinar.community_id}@convenor"
        assert "\n" not in entry.summary


@pytest.mark.parametrize(
    "changed, location",
    [
        ({"place": "Room 4, Dakar", "kind": "meeting"}, "Room 4, Dakar"),
        ({"kind": "meeting", "link": None}, None),
        ({"channel_id": 5}, "On Discord"),
        ({}, "Online"),
    ],
)
async def test_where_it_is(a_webinar: Webinar, changed: dict[str, Any], location: str | None) -> None:
    there = replace(a_webinar, **changed, spoken=("fr", "en"))
    [entry] = calendars.read(await calendar_text(texts("en"), [Entry(there)]))
    assert entry.fields.get("LOCATION") == location
    assert "Languages: French, English" in entry.description


async def test_a_reader_gets_their_own_language(a_webinar: Webinar) -> None:
    of = mark_of(a_webinar.title, a_webinar.description)
    translated = replace(
        a_webinar,
        texts=(
            Translation("es", "Presupuestos", "Para qué.", "older"),
            Translation("fr", "Budgets utiles", "À quoi.", of),
        ),
    )
    written = {
        language: calendars.read(await calendar_text(texts(language), [Entry(translated)]))[0]
        for language in ("en", "es", "fr", "pt")
    }
    assert [one.summary for one in written.values()] == [
        "Budgets that count",
        "Presupuestos",
        "Budgets utiles",
        "Budgets that count",
    ]
    assert ["texto anterior" in written["es"].description, "antérieur" in written["fr"].description] == [True, False]


@pytest.fixture
def a_webinar() -> Webinar:
    return Webinar(
        id=1,
        community_id=7,
        state="scheduled",
        title="Budgets that count",
        description="What police budgets pay for.",
        speakers="Ana",
        wall_time=datetime(2027, 1, 20, 15),  # noqa: DTZ001 - a wall time
        zone="Europe/Paris",
        starts_at=datetime(2027, 1, 20, 14, tzinfo=UTC),
        minutes=60,
        kind="webinar",
        place=None,
        channel_id=None,
        spoken=(),
        interpreted=(),
        key_areas=(),
        audience="all",
        audience_areas=(),
        capacity=None,
        host_id=None,
        co_host_id=None,
        link=f"https://{LINK}",
        reminder_offsets=None,
        created_by=1,
        created_at=datetime(2027, 1, 12, 9, tzinfo=UTC),
        cancelled_at=None,
        cancel_reason=None,
        announcement_channel_id=None,
        announcement_id=None,
        event_id=None,
        version=1,
        changed_at=datetime(2027, 1, 12, 9, tzinfo=UTC),
    )

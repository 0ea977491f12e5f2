"""Before a webinar its host says whether all is ready; silence, or a cry for help, brings in somebody else in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import Convenor
from bot.demo.world import Person, World
from data.communities import get_community
from data.webinars import edit, get
from data.webinars.records import as_new
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AWA,
    HOUR,
    LUCIA,
    STARTS,
    TYPED,
    member,
    posts,
    press,
    press_direct,
    publish,
    reminders,
    rsvp,
    run,
)

BEGINS = datetime.fromtimestamp(STARTS, UTC)
MINUTE = timedelta(minutes=1)


def direct(person: Person) -> list[Any]:
    """The direct messages of a person, oldest first."""
    return list(person.user.dm_channel.history())


def queue(world: World) -> list[Any]:
    """What the moderators read about the webinar."""
    return [post for post in posts(world, "moderators") if "Budgets" in post.content]


async def until(world: World, before: timedelta) -> None:
    """Let time pass until so long before the start."""
    await world.pass_time(BEGINS - before - world.now)


async def test_a_host_who_says_that_all_is_ready_is_asked_once_and_nobody_is_alerted(world: World) -> None:
    await publish(world, world.owner)
    await until(world, HOUR + MINUTE)
    assert direct(world.owner) == []
    await until(world, HOUR - MINUTE)
    [question] = direct(world.owner)
    assert "You are the host of “Budgets that count”, which begins" in question.content
    assert TYPED["link"] in question.content
    assert button_labels(question) == ["All is ready", "Change the link", "I need help"]
    thanks = reply(await press_direct(world.owner, question, "webinar:ready"))
    assert "It is noted that all is ready." in thanks.content
    await until(world, -MINUTE)
    assert queue(world) == []
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert f"All is ready, says <@{world.owner.id}>" in told
    assert "Question to the host whether all is ready" in told


async def test_silence_alerts_the_moderators_before_members_are_told_that_it_starts(world: World) -> None:
    await publish(world, world.owner)
    await until(world, 41 * MINUTE)
    assert queue(world) == []
    await until(world, 39 * MINUTE)
    [alert] = queue(world)
    assert "Nobody has said yet that all is ready" in alert.content
    assert TYPED["link"] not in all_text(alert)
    await until(world, -MINUTE)
    assert alert.created_at < reminders(world)[-1].created_at
    assert len(queue(world)) == 1


async def test_the_host_changes_the_link_from_the_message_and_those_who_come_get_it(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await rsvp(awa, posts(world)[0], "going")
    await until(world, HOUR)
    [question] = direct(world.owner)
    for link, told in (
        ("http://meet.example/new", "must begin with https://"),
        ("https://meet.example/new", "changed"),
    ):
        form = await press_direct(world.owner, question, "webinar:newlink")
        assert told in reply(await world.owner.user.submit_modal(form, {"link": link})).content
    await world.pass_time(MINUTE)
    assert "https://meet.example/new" in direct(awa)[-1].content
    await until(world, -MINUTE)
    assert queue(world) == []


async def test_help_brings_in_the_co_host_at_once(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA)
    await publish(world, world.owner)
    await hosted_by(world, awa, lucia)
    await until(world, HOUR)
    [question] = direct(awa)
    assert f"{lucia.id}" in reply(await press_direct(awa, question, "webinar:help")).content
    await world.pass_time(MINUTE)
    [alert] = direct(lucia)
    assert f"The host, <@{awa.id}>, needs help." in alert.content
    assert button_labels(alert) == ["All is ready", "Change the link"]
    assert "Queda anotado" in reply(await press_direct(lucia, alert, "webinar:ready")).content
    await until(world, -MINUTE)
    assert (len(direct(lucia)), queue(world)) == (1, [])
    assert "asked for help" not in all_text(await run(world, world.owner, "deliveries", webinar="1"))


async def test_a_host_who_left_and_one_without_direct_messages_are_stood_in_for_by_the_moderators(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA)
    await publish(world, world.owner)
    await hosted_by(world, awa, lucia)
    world.env.backend.remove_member(world.guild.id, awa.id)
    route = f"/channels/{lucia.user.dm_channel.id}/messages"
    world.env.inject_error("POST", route, status=403, code=50007, times=None)
    await until(world, 59 * MINUTE)
    [asked] = queue(world)
    assert f"The host, <@{awa.id}>, could not be asked whether all is ready." in asked.content
    await until(world, 30 * MINUTE)
    assert ["Nobody has said yet" in post.content for post in queue(world)] == [False, True]
    assert "It is noted" in reply(await press(world.owner, asked, "webinar:ready")).content
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "failed: the person had left" in told
    assert "failed: the person accepts no direct messages" in told


async def test_a_moved_webinar_asks_anew_and_one_made_within_the_hour_does_not_ask(world: World) -> None:
    await publish(world, world.owner, {"when": "12 January 2027 10:45"})
    await world.pass_time(timedelta(hours=2))
    assert direct(world.owner) == []
    await publish(world, world.owner)
    await until(world, 50 * MINUTE)
    [question] = direct(world.owner)
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="2")
    card = reply(await world.owner.actor.submit_modal(shown, TYPED | {"when": "22 January 2027 18:00"}))
    await press(world.owner, card, "webinar:save")
    late = reply(await press_direct(world.owner, question, "webinar:ready"))
    assert "begins at another time now. The host is asked again" in late.content
    await world.pass_time(datetime(2027, 1, 22, 16, 1, tzinfo=UTC) - world.now)
    assert len([message for message in direct(world.owner) if "You are the host" in message.content]) == 2
    assert queue(world) == []


async def hosted_by(world: World, host: Person, co_host: Person) -> None:
    """Name who runs the first webinar, and who stands in."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.begin() as session:
        community = await get_community(session, world.guild.id)
        webinar = await get(session, world.guild.id, 1)
        assert community is not None
        assert webinar is not None
        new = as_new(webinar, host_id=host.id, co_host_id=co_host.id)
        await edit(session, community, 1, new, version=webinar.version, by=world.owner.id, now=world.now)

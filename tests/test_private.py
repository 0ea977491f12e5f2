"""What is for some people only goes to them only, for as long as they are those people."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import Convenor
from bot.demo.world import World
from data.models import DraftRow
from tests.onboarding import acting as joining
from tests.webinars import acting as announcing

LINK = announcing.TYPED["link"]


def to_all(world: World) -> list[Any]:
    """What the bot sent to Discord for others to read: no answers to one person, and no direct messages."""
    alone = {str(channel_id) for channel_id in world.env.backend.dm_channels.values()}
    return [
        (request.path, request.json)
        for request in world.env.http_requests
        if request.method in ("POST", "PATCH", "PUT")
        and request.path.startswith(("/channels/", "/guilds/"))
        and request.path.split("/")[2] not in alone
    ]


async def test_the_link_is_in_no_post_and_no_event(world: World) -> None:
    aino = await announcing.member(world, announcing.AINO)
    await announcing.publish(world, world.owner)
    [post] = announcing.posts(world)
    assert LINK in await announcing.rsvp(aino, post, "going")
    await world.pass_time(timedelta(days=9))
    await announcing.publish(world, world.owner, {"when": "1 March 2027 15:00"})
    asked = await announcing.run(world, world.owner, "cancel", webinar="2", reason="Ill")
    await announcing.press(world.owner, asked, "webinar:cancel")
    assert len(announcing.reminders(world)) >= 3
    assert announcing.events(world)
    assert not [sent for sent in to_all(world) if "meet.example" in str(sent)]
    files = [file for message in announcing.posts(world) for file in message.attachments]
    files += (await announcing.run(world, aino, "calendar")).attachments
    files += (await announcing.run(world, aino, "calendar", webinar="1")).attachments
    assert len(files) >= 3
    assert not [file for file in files if b"meet.example" in await file.read()]


@pytest.mark.parametrize("hidden", ["join at meet.example/abc", "MEET.EXAMPLE/ABC/", f"<{LINK}>"])
async def test_the_link_is_taken_from_no_text_that_all_read(world: World, hidden: str) -> None:
    told = await announcing.preview(world, world.owner, {"description": f"Please {hidden}"})
    assert "The link also stands in a text that everyone sees" in told.content
    card = await announcing.resume(world, world.owner, {"description": "On meet.example, as always"})
    await announcing.press(world.owner, card, "webinar:publish")
    refused = await announcing.run(world, world.owner, "cancel", webinar="1", reason=f"Now at {hidden}")
    assert "The link also stands in a text that everyone sees" in refused.content


async def test_who_is_no_member_any_more_gets_no_word(world: World) -> None:
    aino, awa = await announcing.member(world, announcing.AINO), await announcing.member(world, announcing.AWA)
    await announcing.publish(world, world.owner)
    [post] = announcing.posts(world)
    for person in (aino, awa):
        await announcing.rsvp(person, post, "going")
    world.env.backend.remove_member_role(world.guild.id, aino.id, world.guild.roles["Member"].id)
    await world.env.settle()
    asked = await announcing.run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await announcing.press(world.owner, asked, "webinar:cancel")
    assert aino.id not in world.env.backend.dm_channels
    assert awa.id in world.env.backend.dm_channels


async def test_what_was_left_lying_is_forgotten_when_its_time_is_over(world: World) -> None:
    awa = await world.join(joining.AWA)
    shown = await joining.start(world, awa)
    await awa.actor.submit_modal(shown, joining.WHO)
    assert await drafts(world) == 1
    await world.pass_time(timedelta(days=29))
    assert await drafts(world) == 1
    # Going on with it does not keep it longer; saving it again would.
    await joining.start(world, awa)
    await world.pass_time(timedelta(days=33))
    assert await drafts(world) == 0


async def drafts(world: World) -> int:
    """How many unfinished forms the database holds, also those that nobody can open any more."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        kind = DraftRow.kind == "onboarding"
        return (await session.execute(select(func.count()).select_from(DraftRow).where(kind))).scalar_one()

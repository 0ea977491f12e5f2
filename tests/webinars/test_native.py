"""The server's own events: what is changed or deleted in Discord is found, and never decided without a moderator."""

from datetime import timedelta
from typing import Any

from bot.demo.world import World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    STARTS,
    custom_id,
    events,
    forged_press,
    member,
    moderator,
    posts,
    press,
    publish,
    run,
)


def asked(world: World) -> list[Any]:
    """The cards about events in the moderators' channel."""
    return [message for message in posts(world, "moderators") if any("webinar:event" in str(r) for r in ids(message))]


def ids(message: Any) -> list[str]:
    return [item.custom_id or "" for row in message.components for item in getattr(row, "children", [])]


async def touch(world: World, **changes: Any) -> None:
    """Change the first event in Discord, as a person with the right to would."""
    world.env.backend.edit_scheduled_event(world.guild.id, events(world)[0].id, changes)
    await world.env.settle()


async def delete(world: World) -> None:
    world.env.backend.delete_scheduled_event(world.guild.id, events(world)[0].id)
    await world.env.settle()


HALF_PAST = {
    "scheduled_start_time": "2027-01-20T15:30:00+00:00",
    "scheduled_end_time": "2027-01-20T16:30:00+00:00",
}


async def test_a_deleted_event_is_asked_about_and_put_back(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    await delete(world)
    [card] = asked(world)
    assert "deleted" in all_text(card)
    assert len(button_labels(card)) == 2
    assert "None is planned" not in all_text(await run(world, world.owner, "list")), "the webinar is still on"
    await world.restart()
    assert len(asked(world)) == 1
    await press(awa, card, "webinar:event:back")
    [event] = events(world)
    assert event.scheduled_start_time.startswith("2027-01-20T14:00")
    [settled] = [message for message in posts(world, "moderators") if message.id == card.id]
    assert awa.actor.mention in settled.content
    assert button_labels(settled) == []
    await delete(world)
    assert len(asked(world)) == 1, "a second deletion is asked about again"


async def test_a_deleted_event_cancels_only_when_a_moderator_says_so(world: World) -> None:
    await publish(world, world.owner)
    await delete(world)
    question = reply(await press(world.owner, asked(world)[0], "webinar:event:take"))
    assert "Cancel “**Budgets that count**”?" in question.content
    assert len(posts(world)) == 1
    await press(world.owner, question, "webinar:cancel")
    assert posts(world)[0].content.startswith("CANCELLED")


async def test_a_changed_hour_is_taken_over_through_the_preview(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    await touch(world, **HALF_PAST, name="Budgets **new**")
    [card] = asked(world)
    assert f"<t:{STARTS + 5400}:F>" in all_text(card)
    assert r"Budgets \*\*new\*\*" in all_text(card)
    preview = reply(await press(awa, card, "webinar:event:take"))
    assert preview.ephemeral
    assert "mercredi 20 janvier 2027, 16:30" in all_text(preview)
    assert f"<t:{STARTS}:F>" in all_text(posts(world)[0]), "nothing is changed before it is saved"
    await press(awa, preview, "webinar:save")
    announcement, notice = posts(world)
    assert f"<t:{STARTS + 5400}:F>" in all_text(announcement)
    assert "The time has changed" in notice.content
    assert len(asked(world)) == 1
    late = reply(await press(awa, card, "webinar:event:back"))
    assert late is not None
    assert events(world)[0].scheduled_start_time.startswith("2027-01-20T15:30")


async def test_a_changed_event_is_put_back_and_a_second_change_is_asked_about(world: World) -> None:
    await publish(world, world.owner)
    await touch(world, **HALF_PAST)
    await press(world.owner, asked(world)[0], "webinar:event:back")
    assert events(world)[0].scheduled_start_time.startswith("2027-01-20T14:00")
    assert asked(world) == []
    await touch(world, **HALF_PAST)
    assert len(asked(world)) == 1


async def test_what_happened_while_the_bot_was_away_is_found_on_start(world: World) -> None:
    await publish(world, world.owner)
    await world.env.bot.close()
    event = events(world)[0]
    del world.env.backend.guilds[world.guild.id].scheduled_events[event.id]
    world.env.backend.clock.advance(timedelta(hours=1).total_seconds())
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert len(asked(world)) == 1


async def test_what_the_connection_never_told_of_is_found_in_time(world: World) -> None:
    await publish(world, world.owner)
    world.env.backend.guilds[world.guild.id].scheduled_events[events(world)[0].id].name = "Other"
    await world.pass_time(timedelta(days=1, minutes=1))
    assert len(asked(world)) == 1


async def test_our_own_changes_are_not_asked_about_and_members_decide_nothing(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    await publish(world, world.owner)
    assert asked(world) == []
    for forged in ("webinar:event:back:1", "webinar:event:take:1"):
        assert "moderators" in (await forged_press(world, aino, forged)).content
        assert "modération" in (await forged_press(world, awa, forged)).content
    text = all_text(posts(world)[0])
    assert "as published" in (await forged_press(world, world.owner, "webinar:event:back:1")).content
    assert all_text(posts(world)[0]) == text
    assert "not here any more" in (await forged_press(world, world.owner, "webinar:event:take:999")).content
    assert custom_id(posts(world)[0], "webinar:show")

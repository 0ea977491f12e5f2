"""Reminders that one person asked for: by direct message, at hours of their own, for as long as they want them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.demo.world import Person, World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    STARTS,
    TYPED,
    away,
    custom_id,
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
LINK = TYPED["link"]


def direct(person: Person) -> list[Any]:
    """The direct messages that remind a person of something, oldest first."""
    texts = ("Reminder:", "Rappel", "“", "«")
    return [message for message in person.user.dm_channel.history() if message.content.startswith(texts)]


def hours(person: Person) -> list[datetime]:
    """When they came."""
    return [message.created_at for message in direct(person)]


async def remind_me(world: World, person: Person, typed: dict[str, Any] | None = None) -> Any:
    """Go to the first webinar and turn reminders on, at hours of one's own if given; gives what the person is told."""
    said = reply(await press(person, posts(world)[0], "webinar:rsvp:1:going"))
    on = reply(await press(person, said, "webinar:remindme"))
    if typed is None:
        return on
    return reply(await person.actor.submit_modal(await press(person, on, "open:webinar:mine"), typed))


async def test_they_come_at_ones_own_hours_in_ones_language_with_the_link_behind_a_button(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    told = await remind_me(world, awa, {"offsets": "2 jours, 3h et 0", "maybe": ["no"]})
    assert "2 jours avant, 3 heures avant et au début" in told.content
    await world.pass_time(BEGINS - world.now - HOUR)
    first, second = direct(awa)
    assert hours(awa) == [BEGINS - 2 * DAY, BEGINS - 3 * HOUR]
    assert first.content.startswith(f"Rappel\u00a0: «\u00a0Budgets that count\u00a0» commence le <t:{STARTS}:F>")
    assert LINK not in all_text(first)
    assert button_labels(first) == ["Lien", "Annonce", "Arrêter ces rappels"]
    assert LINK in reply(await press_direct(awa, second, "webinar:mylink")).content
    await world.pass_time(HOUR)
    assert "a commencé" in direct(awa)[-1].content
    assert hours(awa)[2:] == [BEGINS]


async def test_they_stop_from_within_and_with_another_answer_and_come_back(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    on = await remind_me(world, aino)
    assert "of what you are going to: 1 day before and 1 hour before." in on.content
    # Who cannot come is not reminded; who might come only if they wanted that.
    await rsvp(aino, posts(world)[0], "maybe")
    await world.pass_time(BEGINS - world.now - 20 * HOUR)
    assert direct(aino) == []
    again = reply(await press(aino, posts(world)[0], "webinar:rsvp:1:going"))
    assert "of what you are going to: 1 day before and 1 hour before." in again.content
    await world.pass_time(19 * HOUR + timedelta(minutes=30))
    [message] = direct(aino)
    assert hours(aino) == [BEGINS - HOUR]
    # A second webinar, from which the button in the message keeps the reminders away too.
    await publish(world, world.owner, {"when": "25 January 2027 15:00"})
    await rsvp(aino, posts(world)[-1], "going")
    stopped = reply(await press_direct(aino, message, "webinar:remindoff"))
    assert "You get no more reminders by direct message." in stopped.content
    await world.pass_time(6 * DAY)
    assert len(direct(aino)) == 1
    stands = await run(world, aino, "reminders")
    assert "You get no reminders by direct message." in stands.content
    assert button_labels(stands) == ["Remind me by direct message", "Choose when"]


async def test_a_moved_webinar_reminds_at_the_new_hour_only_and_a_cancelled_one_never(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await remind_me(world, aino)
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    card = reply(await world.owner.actor.submit_modal(shown, TYPED | {"when": "22 January 2027 18:00"}))
    await press(world.owner, card, "webinar:save")
    moved = datetime(2027, 1, 22, 17, tzinfo=UTC)
    await world.pass_time(moved - DAY - world.now + HOUR)
    assert hours(aino) == [moved - DAY]
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    await world.pass_time(2 * DAY)
    assert not [
        message for message in direct(aino) if message.created_at > moved - DAY and "cancelled" not in message.content
    ]


async def test_several_that_were_missed_become_one(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await remind_me(world, aino, {"offsets": "3d 2d 1d 1h", "maybe": ["no"]})
    await away(world, BEGINS - world.now - 5 * HOUR)
    assert len(direct(aino)) == 1
    await world.pass_time(6 * HOUR)
    assert hours(aino)[1:] == [BEGINS - HOUR]


async def test_closed_direct_messages_are_told_of_once_and_not_tried_for_ever(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await remind_me(world, aino, {"offsets": "3d 2d 1d 1h", "maybe": ["no"]})
    route = f"/channels/{aino.user.dm_channel.id}/messages"
    world.env.inject_error("POST", route, status=403, code=50007, times=None)
    tried = len([request for request in world.env.http_requests if request.path == route])
    await world.pass_time(BEGINS - world.now - 30 * timedelta(minutes=1))
    assert len([request for request in world.env.http_requests if request.path == route]) - tried == 1
    # It is no matter of the moderators', and does not keep the others from being reminded.
    assert "could not go out" not in "".join(all_text(post) for post in posts(world, "moderators"))
    assert len(reminders(world)) == 3
    said = await rsvp(aino, posts(world)[0], "going")
    assert "Your reminders are off: Discord did not let Convenor send you a direct message." in said
    assert "Your reminders are off" not in await rsvp(aino, posts(world)[0], "going")


async def test_who_wants_what_cannot_be_is_told_so(world: World) -> None:
    aino = await member(world, AINO)
    stands = await run(world, aino, "reminders")
    for typed, told in (
        ("-1h", "A reminder comes before the start"),
        ("1h after", "A reminder comes before the start"),
        ("200d", "90 days before the start at most"),
        ("soon", "These times cannot be read."),
        ("1h 2h 3h 4h 5h 6h 7h 8h 9h", "too many reminders: 8 at most"),
    ):
        form = await press(aino, stands, "open:webinar:mine")
        assert told in reply(await aino.actor.submit_modal(form, {"offsets": typed, "maybe": ["no"]})).content
    form = await press(aino, stands, "open:webinar:mine")
    told = reply(await aino.actor.submit_modal(form, {"offsets": "30 min", "maybe": ["yes"]}))
    assert "or might come to: 30 minutes before." in told.content
    assert custom_id(told, "webinar:remindoff")

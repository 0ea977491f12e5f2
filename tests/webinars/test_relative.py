"""Words that count from now keep the moment that was meant, however long the draft lies."""

from datetime import timedelta

from bot.demo.world import World
from tests.act import all_text, reply
from tests.webinars.acting import AINO, events, fields_of, moderator, posts, press, preview


async def test_in_some_hours_is_published_as_previewed_minutes_later(world: World) -> None:
    aino = await moderator(world, AINO)
    card = await preview(world, aino, {"when": "in 3 hours"})
    await world.pass_time(timedelta(minutes=7))
    told = reply(await press(aino, card, "webinar:publish"))
    assert "Published" in told.content
    [event] = events(world)
    assert "2027-01-12T12:00" in str(event.scheduled_start_time)


async def test_tomorrow_is_the_day_after_it_was_typed(world: World) -> None:
    aino = await moderator(world, AINO)
    card = await preview(world, aino, {"when": "tomorrow at 15:00"})
    assert "13 January 2027" in fields_of(card)["Time in the zone you chose"]
    await world.pass_time(timedelta(hours=20))
    assert "Published" in reply(await press(aino, card, "webinar:publish")).content
    [post] = posts(world)
    assert f"<t:{1799848800}:F>" in all_text(post), "13 January 2027, 15:00 in Paris"


async def test_a_moment_that_passed_while_the_draft_lay_is_not_announced(world: World) -> None:
    aino = await moderator(world, AINO)
    card = await preview(world, aino, {"when": "tomorrow at 15:00"})
    await world.pass_time(timedelta(days=2))
    assert "has passed" in all_text(reply(await press(aino, card, "webinar:publish")))
    assert posts(world) == []
    assert events(world) == []

"""Who joined and did not ask is reminded after a day and after a week, in the open, and then left in peace."""

from datetime import timedelta

from bot.demo.world import World
from tests.act import button_labels, fields, reply
from tests.onboarding.acting import AINO, AWA, WHO, apply, approve, custom_id, posts, press, start

DAY = timedelta(days=1)


def reminded(world: World, user_id: int) -> list[str]:
    return [
        post.content for post in posts(world, "welcome", f"<@{user_id}>") if "still say who you are" in post.content
    ]


async def test_a_newcomer_is_reminded_twice_without_direct_messages(world: World) -> None:
    awa = await world.join(AWA)
    # What was typed is there when they come back.
    await awa.actor.submit_modal(await start(world, awa), WHO)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    await world.pass_time(DAY - timedelta(minutes=1))
    assert reminded(world, awa.id) == []
    await world.pass_time(timedelta(minutes=2))
    assert len(reminded(world, awa.id)) == 1
    await world.restart()
    await world.pass_time(5 * DAY)
    assert len(reminded(world, awa.id)) == 1
    await world.pass_time(DAY)
    assert len(reminded(world, awa.id)) == 2
    await world.pass_time(30 * DAY)
    assert len(reminded(world, awa.id)) == 2, "left in peace"
    last = posts(world, "welcome", f"<@{awa.id}>")[-1]
    assert [user.id for user in last.mentions] == [awa.id]
    assert button_labels(last)[0].startswith("Start · Commencer")


async def test_what_was_typed_before_the_reminder_is_still_there(world: World) -> None:
    awa = await world.join(AWA)
    await awa.actor.submit_modal(await start(world, awa), {**WHO, "role": "Directrice"})
    await world.pass_time(DAY + timedelta(minutes=1))
    last = posts(world, "welcome", f"<@{awa.id}>")[-1]
    step = await awa.actor.click(last, custom_id=custom_id(last, "onboarding:start"))
    shown = await press(awa, reply(step), "open:onboarding:who")
    assert fields(shown)["role"]["value"] == "Directrice"


async def test_nobody_is_reminded_who_asked_or_left(world: World) -> None:
    awa, aino = await world.join(AWA), await world.join(AINO)
    await apply(world, awa)
    await world.leave(aino)
    await world.pass_time(DAY + timedelta(minutes=1))
    assert reminded(world, awa.id) == []
    assert reminded(world, aino.id) == []
    await approve(world, awa)
    await world.pass_time(7 * DAY)
    assert reminded(world, awa.id) == []
    assert reminded(world, aino.id) == []

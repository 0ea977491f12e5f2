"""People who are gone: the place they held goes to the next, and somebody else looks after what they were to run."""

from datetime import timedelta
from typing import Any

from bot.demo.world import Person, World
from tests.act import all_text, components, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    JOAO,
    LUCIA,
    STARTS,
    forged_press,
    member,
    moderator,
    posts,
    press,
    publish,
    run,
)
from tests.webinars.series_acting import publish_series
from tests.webinars.test_details import ALL, correct
from tests.webinars.test_series import WEEK, wider
from tests.webinars.test_waiting_list import direct, full, say


async def erase(world: World, person: Person) -> None:
    """Have everything erased that is held about a person."""
    asked = reply(await person.actor.slash(world.channel("welcome"), "mydata erase"))
    [button] = [
        item["custom_id"] for item in components(asked) if item.get("custom_id", "").startswith("mydata:erase:keep")
    ]
    await person.actor.click(asked, custom_id=button)
    await world.env.settle()


async def test_a_place_goes_to_the_next_when_its_holder_leaves_or_is_erased(world: World) -> None:
    (aino, awa, lucia, joao), post = await full(world, AINO, AWA, LUCIA, JOAO)
    await world.leave(aino)
    [offer] = direct(awa)
    assert "A place has come free" in offer.content
    # Who is offered one and asks to be forgotten passes it on too; who waits and leaves is passed over.
    await world.leave(lucia)
    await erase(world, awa)
    [offer] = direct(joao)
    assert "A place has come free" in offer.content
    shown = reply(await press(joao, post, "webinar:show"))
    assert "meet.example" in all_text(reply(await press(joao, shown, "webinar:take")))
    people = all_text(
        reply(await press(world.owner, await run(world, world.owner, "show", webinar="1"), "webinar:who"))
    )
    assert people.strip().splitlines()[1:] == ["**Going (1)**", f"<@{joao.id}>"]


async def test_a_place_goes_to_the_next_when_its_holder_left_while_the_bot_was_away(world: World) -> None:
    (aino, awa), _ = await full(world, AINO, AWA)
    await world.env.bot.close()
    world.guild.remove_member(aino.actor)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    # It looks again once Discord has told who is there.
    await world.pass_time(DAY + HOUR)
    [offer] = direct(awa)
    assert "A place has come free" in offer.content


async def test_a_place_is_offered_to_those_only_whom_the_webinar_is_still_for(world: World) -> None:
    (aino, awa, _lucia), post = await full(world, AINO, AWA, LUCIA)
    card = await correct(world, world.owner, "editwho", ALL | {"who": ["network"], "places": "1"})
    await press(world.owner, card, "webinar:save")
    await world.env.settle()
    # Whose place it was may have been offered one once: no old button gives them the link any more.
    pressed = await forged_press(world, aino, f"webinar:decline:{world.guild.id}:1")
    assert "meet.example" not in all_text(pressed)
    await say(aino, post, "cannot")
    await world.env.settle()
    assert not any("A place has come free" in message.content for message in direct(awa))


async def test_nobody_hosts_and_the_moderators_are_asked(world: World) -> None:
    awa = await moderator(world, AWA)
    await publish(world, awa)
    await erase(world, awa)
    await world.pass_time(timedelta(seconds=STARTS) - timedelta(seconds=world.now.timestamp()) - 3 * HOUR / 4)
    asked = [post.content for post in posts(world, "moderators") if "Budgets" in post.content]
    assert len(asked) == 1
    assert "Nobody is its host any more" in asked[0]
    assert not any(str(awa.id) in text or "<@0>" in text for text in asked)


async def test_those_who_wait_hear_of_a_cancelled_series_and_a_new_link_goes_to_those_whom_it_is_for(
    world: World,
) -> None:
    aino, awa = [await member(world, persona) for persona in (AINO, AWA)]
    await publish_series(world, world.owner, {}, places=1)
    await say(aino, posts(world)[0], "going")
    await say(awa, posts(world)[0], "going")
    card: Any = await correct(world, world.owner, "editwho", ALL | {"who": ["network"], "places": "1"})
    card = await wider(world.owner, card, "following")
    await press(world.owner, card, "webinar:series:save")
    opened = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    assert opened.modal is not None
    values = {name: str(field.get("value") or "") for name, field in fields(opened).items()}
    card = reply(await world.owner.actor.submit_modal(opened, values | {"link": "https://meet.example/secret"}))
    card = await wider(world.owner, card, "following")
    await press(world.owner, card, "webinar:series:save")
    await world.env.settle()
    assert not any("secret" in all_text(message) for message in direct(aino))
    card = await run(world, world.owner, "cancel", webinar="1", reason="No funds")
    done = await wider(world.owner, card, "following")
    assert "1 person who was going is told directly" in done.content
    await world.env.settle()
    assert "to which you were going" in direct(aino)[-1].content
    assert "for which you were waiting" in direct(awa)[-1].content
    assert f"<t:{STARTS + WEEK}:F>" not in direct(awa)[-1].content

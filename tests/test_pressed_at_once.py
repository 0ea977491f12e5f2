"""One button, pressed several times before the bot has answered any of them, or from several hands: one effect."""

from typing import Any

from bot.demo.world import Person, World
from tests.act import all_text, reply
from tests.forging import press_at_once
from tests.onboarding import acting as joining
from tests.practices import acting as sharing
from tests.webinars import acting as announcing

FAULT = "Something went wrong"


async def at_once(world: World, people: list[Person], message: Any, begins: str) -> list[str]:
    """What each is told who presses the button whose custom_id begins like this."""
    results = await press_at_once(world, people, message, joining.custom_id(message, begins))
    told = [all_text(reply(result)) for result in results]
    assert all(told)
    assert not [text for text in told if FAULT in text]
    return told


async def test_a_request_is_sent_once_and_decided_once(world: World) -> None:
    mira, awa = await joining.moderator(world), await world.join(joining.AWA)
    summary = reply(await joining.fill(world, awa))
    await at_once(world, [awa, awa, awa], summary, "onboarding:send")
    [card] = joining.cards(world, awa)
    told = await at_once(world, [world.owner, mira, world.owner], card, "onboarding:approve")
    assert sum("approved this request already" in text for text in told) == 2
    assert len(joining.posts(world, "introductions", f"<@{awa.id}>")) == 1
    word = [message for message in joining.posts(world, "welcome") if joining.has(message, "profile:see")]
    assert len(word) == 1
    assert "Member" in world.role_names(awa)


async def test_a_practice_is_sent_once_and_published_once(world: World) -> None:
    mira, awa = await sharing.moderator(world), await sharing.member(world, sharing.AWA)
    preview = await sharing.draft(world, awa)
    await at_once(world, [awa, awa, awa], preview, "practice:send")
    assert len(await sharing.mine(world, awa)) == 1
    [card] = sharing.review_cards(world)
    await at_once(world, [world.owner, mira, mira], card, "practice:approve")
    threads = [
        channel for channel in world.env.backend.channels.values() if channel.parent_id == world.channel("practices").id
    ]
    assert [thread.name for thread in threads] == [sharing.TITLE]


async def test_a_webinar_is_announced_once_answered_once_and_cancelled_once(world: World) -> None:
    awa = await announcing.member(world, announcing.AWA)
    preview = await announcing.preview(world, world.owner)
    await at_once(world, [world.owner] * 3, preview, "webinar:publish")
    [post] = announcing.posts(world)
    assert len(announcing.events(world)) == 1
    told = await at_once(world, [awa, awa, awa], post, "webinar:rsvp:1:going")
    assert all("1 oui, 0 peut-être, 0 non" in text for text in told)
    asked = await announcing.run(world, world.owner, "cancel", webinar="1", reason="Moved")
    await at_once(world, [world.owner] * 3, asked, "webinar:cancel")
    assert len([message for message in announcing.posts(world) if message.id != post.id]) == 1, "one notice"

"""One button, pressed several times before the bot has answered any of them, or from several hands: one effect."""

from collections import Counter
from typing import Any

from bot.demo.world import Person, World
from data.audit import list_entries
from tests import forging
from tests.act import all_text, reply
from tests.forging import press_at_once
from tests.neighbours import bot_of
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


async def ten_times(world: World, person: Person, message: Any, begins: str) -> list[str]:
    """What somebody is told who presses a button ten times before the first press is answered."""
    return await at_once(world, [person] * 10, message, begins)


async def test_ten_presses_are_one_in_all_of_onboarding(world: World) -> None:
    mira, awa, lucia = await joining.moderator(world), await world.join(joining.AWA), await world.join(joining.LUCIA)
    await ten_times(world, awa, reply(await joining.fill(world, awa)), "onboarding:send")
    [card] = joining.cards(world, awa)
    told = await ten_times(world, mira, card, "onboarding:approve")
    assert sum("approved this request already" in text for text in told) == 9
    await joining.apply(world, lucia)
    [card] = joining.cards(world, lucia)
    here = world.channel("welcome")
    form = (await joining.press(mira, card, "onboarding:decline")).modal
    assert form is not None
    await forging.send_form_at_once(
        world, mira, here, form["custom_id"], {"reason": "Write from your own account."}, 10
    )
    assert len([one for one in lucia.user.dm_channel.history() if "own account" in one.content]) == 1
    # A list, with one who is here and one who comes later.
    joao = await world.join(joining.JOAO)
    rows = f"Discord,Kind,Organisation,Role,Country\n{joao.id},police,PM,Capitão,BR\nlater,police,PM,Capitão,BR\n"
    seen = reply(
        await mira.actor.slash(world.channel("general"), "onboarding import", file=("list.csv", rows.encode()))
    )
    told = await ten_times(world, mira, seen, "onboarding:import")
    assert sum("1 person is a member now" in text for text in told) == 1
    # A word about somebody, a consent, a report and the end of it all.
    consents = reply(await awa.actor.slash(world.channel("general"), "mydata consent"))
    await ten_times(world, awa, consents, "mydata:consent:directory:no")
    rude = await joao.actor.send(world.channel("general"), "…")
    form = (await awa.actor.context_menu(world.channel("general"), "Report privately", rude)).modal
    assert form is not None
    words = {"category": ["other"], "text": "He wrote that."}
    await forging.send_form_at_once(world, awa, here, form["custom_id"], words, 10)
    erased = reply(await awa.actor.slash(world.channel("general"), "mydata erase"))
    await ten_times(world, awa, erased, "mydata:erase:keep")
    async with bot_of(world).db.read() as session:
        entries = await list_entries(session, world.guild.id, limit=200)
    done = Counter(entry.action for entry in entries)
    wanted = {"onboarding.approve": 1, "onboarding.decline": 1, "onboarding.import": 1, "onboarding.submit": 2}
    wanted |= {"consent.withdraw": 1, "report.file": 1, "mydata.erase": 1, "onboarding.vouch": 2}
    assert {action: done[action] for action in wanted} == wanted

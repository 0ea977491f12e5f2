"""Changing what is published: reviewed like a new one, while that stays; and what it said before is kept."""

from datetime import timedelta
from typing import Any

from bot.demo.world import Person, World
from data.changes import changes_after, last_change
from data.drafts import save_draft
from data.practices import find
from data.practices.adaptations import ADAPTATION_DRAFT, Telling, tell
from tests import forging
from tests.act import all_text, reply
from tests.practices.acting import (
    AINO,
    AWA,
    BASICS,
    WHAT,
    bot_of,
    choose,
    custom_id,
    has,
    member,
    mine,
    offered,
    posts,
    press,
    publish,
    review_cards,
    slash,
    thread_of,
)

CHANGED = "Mobile units for women in three regions"
TOLD = Telling(
    language="en", country="FI", period="2026", changed="One unit only.", result="worked", learnt="Ask the women first."
)
MORE = "Units of three officers visit on market days and use a room of the health post."


async def open_own(world: World, person: Any, practice_id: str) -> Any:
    listed = reply(await slash(world, person, "mine"))
    return reply(await choose(person, listed, "practice:mine:", f"practice:{practice_id}"))


async def tell_of(world: World, person: Person, practice_id: str) -> int:
    """What a person told of trying a practice, as it is kept; gives its id."""
    now = world.env.now()
    async with bot_of(world).db.begin() as session:
        await save_draft(
            session,
            community_id=world.guild.id,
            user_id=person.id,
            kind=ADAPTATION_DRAFT,
            subject=practice_id,
            data={},
            now=now,
            keep=timedelta(days=1),
        )
        practice = await find(session, world.guild.id, practice_id)
        assert practice is not None
        made = await tell(session, practice, community_id=world.guild.id, author_id=person.id, telling=TOLD, now=now)
    assert made is not None
    return made.id


async def test_a_change_is_reviewed_while_what_is_published_stays(world: World) -> None:
    awa, aino = await member(world, AWA), await member(world, AINO)
    practice = await publish(world, awa, world.owner)
    thread = thread_of(world, practice)
    preview = reply(await press(awa, await open_own(world, awa, practice.id), "practice:edit"))
    assert "reste en l’état" in preview.content
    shown = await press(awa, preview, "open:practice:basics")
    preview = reply(await awa.actor.submit_modal(shown, BASICS | {"title": CHANGED, "stage": ["scaled"]}))
    shown = await press(awa, preview, "open:practice:what")
    preview = reply(await awa.actor.submit_modal(shown, WHAT | {"done": MORE}))
    await press(awa, preview, "practice:send")
    # Until it is approved nobody but its author and the reviewers sees anything of it.
    assert list((await offered(world, aino, "show")).values()).count(CHANGED) == 0
    assert CHANGED not in all_text(reply(await slash(world, aino, "show", practice=practice.id)))
    assert MORE not in all_text(reply(await slash(world, aino, "show", practice=practice.id)))
    card = review_cards(world)[-1]
    assert f"It changes <#{practice.thread_id}>" in card.content
    assert "Changed: Title, Stage, What was done." in card.content
    again = reply(await press(awa, await open_own(world, awa, practice.id), "practice:edit"))
    assert "en cours de relecture" in again.content
    tried = await tell_of(world, aino, practice.id)
    async with bot_of(world).db.read() as session:
        seen = await last_change(session)
    await press(world.owner, card, "practice:approve")
    await world.env.settle()
    async with bot_of(world).db.read() as session:
        followed = {(one.kind, one.object_id) for one in await changes_after(session, seen, 100)}
    assert ("adaptation", str(tried)) in followed, "it is found by the new title, and not by the old one"
    [now] = await mine(world, awa)
    assert (now.id, now.edition, now.stage, now.thread_id) == (practice.id, 2, "scaled", practice.thread_id)
    assert "It is the newest version of" in all_text(review_cards(world)[-1])
    assert thread.name == CHANGED
    post = posts(world, thread.id)[0]
    assert MORE in all_text(post)
    # Members see that there were versions, and what changed; its author and moderators read them.
    told = reply(await press(aino, post, "practice:history"))
    assert "Version 2, since" in all_text(told)
    assert "Changed: Title, Stage, What was done." in all_text(told)
    assert not has(told, "practice:version")
    shown_now = reply(await slash(world, aino, "show", practice=practice.id))
    assert "Version 2, since" in shown_now.content
    listed = reply(await press(world.owner, post, "practice:history"))
    old = reply(await choose(world.owner, listed, "practice:version", "1"))
    assert practice.title.text("en") in all_text(old)
    page = custom_id(old, "practice:old")
    assert "of two officers" in all_text(reply(await press(world.owner, old, "practice:old")))
    door = posts(world, "welcome")[0]
    assert "two officers" not in all_text(reply(await forging.press(world, aino, door, page)))
    # Nobody else begins a change, and a change of what is withdrawn goes with it.
    assert "not open to you" in all_text(reply(await forging.press(world, aino, door, f"practice:edit:{practice.id}")))
    preview = reply(await press(awa, await open_own(world, awa, practice.id), "practice:edit"))
    await press(awa, preview, "practice:send")
    asked = reply(await slash(world, awa, "withdraw", practice=practice.id))
    await press(awa, asked, "practice:withdrawn")
    assert {one.state for one in await mine(world, awa)} == {"withdrawn"}
    async with bot_of(world).db.read() as session:
        from data.practices.versions import list_versions

        assert await list_versions(session, world.guild.id, practice.id) == []

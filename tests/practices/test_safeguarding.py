"""What may identify a person is told to its author first, and to the reviewers only if the author insists."""

from typing import Any

from bot.demo.world import World
from tests.act import all_text, button_labels, embed_text, fields, reply
from tests.onboarding import acting as joining
from tests.practices.acting import (
    AINO,
    AWA,
    EVIDENCE,
    WHAT,
    begin,
    forge,
    has,
    member,
    mine,
    press,
    review_cards,
    slash,
    words,
    write,
)
from tests.practices.acting import BASICS as BASICS_TYPED
from tests.webinars import acting as announcing

NAMED = "The victim, Fatou Diop, was told to call +221 77 123 45 67 and nobody came."
HELPLINE = "Women call our officer on +221 77 123 45 67 when they need it."
REASON = "It is the number of the desk, and printed on its posters."


async def to_what(world: World, person: Any, problem: str) -> Any:
    """Fill the first form, and a second one with a problem in it."""
    step = reply(await person.actor.submit_modal(await begin(world, person), BASICS_TYPED))
    shown = await press(person, step, "open:practice:what")
    return reply(await person.actor.submit_modal(shown, {**WHAT, "problem": problem}))


async def test_the_author_is_told_and_can_change_it(world: World) -> None:
    author = await member(world, AWA)
    t = words(author)
    told = await to_what(world, author, NAMED)
    assert told.ephemeral
    assert "Fatou Diop" in embed_text(told)
    assert "221 77 123 45 67" in embed_text(told)
    assert t("The problem") in embed_text(told)
    assert button_labels(told) == [t("Change it"), t("Use the safer wording"), t("It identifies nobody")]
    # Nothing typed is lost, on the way back or over a restart.
    await world.restart()
    shown = await press(author, told, "open:practice:what")
    assert fields(shown)["problem"]["value"] == NAMED
    assert fields(shown)["done"]["value"] == WHAT["done"]
    step = reply(await author.actor.submit_modal(shown, WHAT))
    assert has(step, "open:practice:evidence")


async def test_the_safer_wording_takes_the_place(world: World) -> None:
    author = await member(world, AINO)
    told = await to_what(world, author, NAMED)
    step = reply(await press(author, told, "practice:safer"))
    assert has(step, "open:practice:evidence")
    preview = reply(await write(author, await press(author, step, "open:practice:evidence"), "evidence"))
    assert "Fatou" not in embed_text(preview)
    assert "77 123" not in embed_text(preview)
    assert "nobody came" in embed_text(preview)
    await press(author, preview, "practice:send")
    [practice] = await mine(world, author)
    assert practice.contested == ()
    assert "Fatou" not in all_text(review_cards(world)[0])


async def test_what_is_contested_goes_to_the_reviewers_with_the_reason(world: World) -> None:
    author = await member(world, AINO)
    told = await to_what(world, author, HELPLINE)
    shown = await press(author, told, "open:practice:contest")
    refused = reply(await author.actor.submit_modal(shown, {"reason": "No.         "}))
    assert refused.content == "The reason needs 10 to 300 characters; it has 3."
    step = reply(
        await author.actor.submit_modal(await press(author, refused, "open:practice:contest"), {"reason": REASON})
    )
    assert has(step, "open:practice:evidence")
    preview = reply(await write(author, await press(author, step, "open:practice:evidence"), "evidence"))
    assert "The reviewers will see the passages that you say identify nobody" in preview.content
    await press(author, preview, "practice:send")
    [card] = review_cards(world)
    assert "221 77 123 45 67" in embed_text(card)
    assert f"The author says: {REASON}" in embed_text(card)
    [practice] = await mine(world, author)
    assert [(one.field, one.type, one.reason) for one in practice.contested] == [("problem", "phone", REASON)]
    # Returned and opened again it need not be said again; taken back, nothing of it stays.
    await slash(world, world.owner, "return", practice=practice.id, comment="Please say where the posters are.")
    preview = reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue"))
    assert has(preview, "practice:send")
    asked = reply(await slash(world, author, "withdraw", practice=practice.id))
    await press(author, asked, "practice:withdrawn")
    assert (await mine(world, author))[0].contested == ()


async def test_nothing_with_an_open_finding_can_be_sent(world: World) -> None:
    author = await member(world, AINO)
    await to_what(world, author, NAMED)
    # Round it by the list, the later forms and the button that an earlier preview had.
    listed = reply(await slash(world, author, "mine"))
    shown = await press(author, listed, "practice:continue")
    step = reply(await author.actor.submit_modal(shown, EVIDENCE))
    told_again = reply(await write(author, await press(author, step, "open:practice:release"), "release"))
    assert "Fatou Diop" in embed_text(told_again)
    assert not has(told_again, "practice:send")
    subject = told_again.components[0]["components"][1]["custom_id"].split(":")[2]
    sent = reply(await forge(world, author, told_again, "practice:safer", f"practice:send:{subject}"))
    assert "Fatou Diop" in embed_text(sent)
    assert await mine(world, author) == []
    assert review_cards(world) == []
    # Contesting one passage leaves the other.
    shown = await press(author, sent, "open:practice:contest")
    assert len(fields(shown)["which"]["options"]) == 2
    key = next(one["value"] for one in fields(shown)["which"]["options"] if "123" in one["label"])
    left = reply(await author.actor.submit_modal(shown, {"which": [key], "reason": REASON}))
    assert "Fatou Diop" in embed_text(left)
    assert "123 45" not in embed_text(left)


async def test_moderators_and_members_are_warned_before_they_publish_or_send(world: World) -> None:
    """Not an obstacle: an announcement names its speakers, and a profile its owner's office."""
    clean = await announcing.preview(world, world.owner)
    assert "Does it identify anybody?" not in embed_text(clean)
    told = await announcing.preview(world, world.owner, {"description": f"A survivor speaks. {NAMED}"})
    assert "Does it identify anybody?" in embed_text(told)
    assert "221 77 123 45 67" in embed_text(told)
    assert has(told, "webinar:publish")
    person = await world.join(joining.AINO)
    shown = reply(await joining.fill(world, person, work={"offers": "Call me on +221 77 123 45 67, at night too."}))
    assert "221 77 123 45 67" in shown.content
    assert has(shown, "onboarding:send")

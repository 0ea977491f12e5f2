"""Asking the author of a practice: named where they want it, else through the bot with no name on either side."""

from dataclasses import replace
from typing import Any

import pytest
from simcord.results import ResponseMessage

from bot.buttons import row
from bot.delivery import Post
from bot.delivery.signing import signed
from bot.demo.world import Person, World
from bot.languages import texts
from cogs.practices.asking import answer_text, quoted
from data.practices import Practice
from data.practices.questions import Question
from tests import forging
from tests.act import all_text, components, reply
from tests.practices.acting import (
    AINO,
    AWA,
    LUCIA,
    NOW,
    RELEASE,
    choose,
    custom_id,
    direct_messages,
    member,
    posts,
    press,
    publish,
    slash,
    thread_of,
)
from tests.practices.test_data import content
from tests.practices.test_data import practice as made

ASKED = "How many cars does one district need for this?"


def starter(world: World, practice: Practice) -> Any:
    """The post in the forum."""
    return posts(world, thread_of(world, practice).id)[0]


async def open_mine(world: World, person: Person, sort: str) -> ResponseMessage:
    """Open the first of one sort of what is one's own."""
    listed = reply(await slash(world, person, "mine"))
    [menu] = [item for item in components(listed) if item["custom_id"].startswith("practice:mine:")]
    assert len({(option["label"], option["description"]) for option in menu["options"]}) == len(menu["options"])
    value = next(option["value"] for option in menu["options"] if option["value"].startswith(sort))
    return reply(await choose(person, listed, "practice:mine:", value))


async def test_a_hidden_author_is_asked_through_the_bot_and_named_only_if_they_want(world: World) -> None:
    awa, lucia, aino = [await member(world, persona) for persona in (AWA, LUCIA, AINO)]
    practice = await publish(world, awa, world.owner, allowed=["reuse"])
    post = starter(world, practice)
    assert str(awa.id) not in all_text(post)
    shown = await press(lucia, post, "practice:askauthor")
    sent = reply(await lucia.actor.submit_modal(shown, {"question": ASKED}))
    assert "sin su nombre" in sent.content
    await world.env.settle()
    question = direct_messages(awa)[-1]
    assert ASKED in question.content
    assert (str(lucia.id) in question.content, "Lucía" in question.content) == (False, False)
    # A number in a text is looked at before it is passed on, on this way too.
    form = await awa.user.click(question, custom_id=custom_id(question, "practice:answerit"))
    warned = reply(
        await awa.user.submit_modal(form, {"answer": "Appelez Marie Diop au +221 77 123 45 67.", "named": ["no"]})
    )
    assert "+221" in warned.content
    form = await awa.user.click(question, custom_id=custom_id(question, "practice:answerit"))
    await awa.user.submit_modal(form, {"answer": "Deux voitures suffisent.", "named": ["no"]})
    await world.env.settle()
    answer = direct_messages(lucia)[-1]
    assert "Deux voitures suffisent." in answer.content
    assert str(awa.id) not in answer.content
    again = await lucia.user.click(answer, custom_id=custom_id(answer, "practice:asked"))
    assert "Deux voitures" in reply(again).content
    # Without direct messages, both find it among what is theirs; and now the author wants to be known.
    world.env.inject_error("POST", f"/channels/{awa.user.dm_channel.id}/messages", status=403, code=50007, times=None)
    world.env.inject_error("POST", f"/channels/{lucia.user.dm_channel.id}/messages", status=403, code=50007, times=None)
    shown = await press(lucia, post, "practice:askauthor")
    await lucia.actor.submit_modal(shown, {"question": ASKED + " And how many officers?"})
    assert posts(world, "moderators", "could not") == []
    waiting = await open_mine(world, awa, "toanswer")
    stolen = custom_id(waiting, "practice:answerit")
    # Whoever is not asked learns nothing, and neither does whoever asked before there is an answer.
    for thief in (aino, lucia, world.owner):
        told = all_text(reply(await forging.press(world, thief, posts(world, "welcome")[0], stolen)))
        assert ASKED not in told
    form = await press(awa, waiting, "practice:answerit")
    await awa.actor.submit_modal(form, {"answer": "Quatre par unité.", "named": ["yes"]})
    known = await open_mine(world, lucia, "question")
    assert "Quatre par unité." in known.content
    assert f"<@{awa.id}>" in known.content
    theirs = all_text(
        reply(await forging.press(world, aino, posts(world, "welcome")[0], custom_id(answer, "practice:asked")))
    )
    assert "Deux voitures" not in theirs


async def test_an_author_who_is_shown_is_named_and_nobody_asks_themselves(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA)
    practice = await publish(world, awa, world.owner, allowed=RELEASE["allowed"])
    post = starter(world, practice)
    told = reply(await press(lucia, post, "practice:askauthor"))
    assert f"<@{awa.id}>" in told.content
    assert "propre pratique" in reply(await press(awa, post, "practice:askauthor")).content
    # Withdrawn, nobody can be asked any more.
    asked = await slash(world, awa, "withdraw", practice=practice.id)
    await press(awa, reply(asked), "practice:withdrawn")
    button = custom_id(post, "practice:askauthor")
    gone = all_text(reply(await forging.press(world, lucia, posts(world, "welcome")[0], button)))
    assert str(awa.id) not in gone


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_an_answer_is_shown_whole_and_fits_a_message(language: str) -> None:
    for answer in ("b" * 1494 + " whole", "b\nb\n" * 373 + " whole"):
        question = Question(
            id=1,
            community_id=101,
            practice=made(content()),
            user_id=2,
            question="a" * 1000,
            state="answered",
            answer=answer,
            answered_by=3,
            named=True,
            asked_at=NOW,
            answered_at=NOW,
        )
        shown = answer_text(texts(language), question)
        assert len(shown) <= 2000
        assert shown.endswith("whole")
        assert "\n> aaa" in shown
    # What is quoted goes on to the end of the message: the community's name stands above it.
    short = replace(question, question="Why?", answer="So the committee of The Network wants it.")
    told = signed(Post(row(), answer_text(texts(language), short)), "The Network").content or ""
    assert told.startswith("**The Network**\n")
    assert told.endswith("\n>>> So the committee of The Network wants it.")
    assert signed(Post(row(), "Hello."), "The Network").content == "Hello.\n— The Network"
    assert len(quoted("a\n" * 500)) <= 1400

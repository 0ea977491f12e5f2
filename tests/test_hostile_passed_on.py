"""What people pass on to each other through the bot is shown as they typed it, too, and does nothing more."""

from typing import Any

from bot.demo.world import World
from tests.act import all_text, fields, reply
from tests.lookup.people import LUCIA, member
from tests.mydata import test_reports as reports
from tests.onboarding import acting
from tests.onboarding.acting import AWA
from tests.peers import test_peers as peers
from tests.practices import acting as sharing
from tests.test_hostile_text import FULL, SHORT, SIGNS, check, named, typed

END = "that is all"


async def test_questions_answers_and_translations(world: World) -> None:
    evil = await member(world, named(FULL), name=typed(FULL, 32), role=typed(FULL, 100), matching=True)
    lucia = await member(world, LUCIA, country="CL", matching=True)
    general = world.channel("general")
    await peers.ask(world, lucia, question=typed(FULL, 1000))
    await peers.press(evil, peers.direct(evil)[-1], "peer:help")
    await world.env.settle()
    await peers.press(lucia, peers.direct(lucia)[-1], "peer:introduce")
    for person, sort in ((lucia, "mine"), (evil, "asked")):
        await peers.open_one(world, person, sort)
    await peers.ask(world, lucia, question=typed("*" + FULL, 1000), region=["Asia"])
    practice = await sharing.publish(world, evil, world.owner, title=SHORT, allowed=["reuse", "translate"])
    post = sharing.posts(world, sharing.thread_of(world, practice).id)[0]
    shown = await sharing.press(lucia, post, "practice:askauthor")
    warned = reply(await lucia.actor.submit_modal(shown, {"question": typed(FULL, 1000)}))
    if sharing.has(warned, "practice:asknow"):
        await sharing.press(lucia, warned, "practice:asknow")
    await world.env.settle()
    question = sharing.direct_messages(evil)[-1]
    form = await evil.user.click(question, custom_id=sharing.custom_id(question, "practice:answerit"))
    warned = reply(await evil.user.submit_modal(form, {"answer": typed(FULL, 1300), "named": ["yes"]}))
    if sharing.has(warned, "practice:answernow"):
        await evil.user.click(warned, custom_id=sharing.custom_id(warned, "practice:answernow"))
    await world.env.settle()
    await lucia.actor.slash(general, "practice mine")
    form = await sharing.press(
        lucia, reply(await sharing.press(lucia, post, "practice:readin")), "practice:translateit"
    )
    while not sharing.has(preview := await fill(lucia, form), "practice:sendtr"):
        form = await sharing.press(lucia, preview, "open:practice:translate")
    await sharing.press(lucia, preview, "practice:sendtr")
    await world.env.settle()
    offered = sharing.direct_messages(evil)[-1]
    await evil.user.click(offered, custom_id=sharing.custom_id(offered, "practice:approvetr"))
    await world.env.settle()
    await sharing.press(lucia, reply(await sharing.press(lucia, post, "practice:readin")), "practice:inlanguage")
    await evil.actor.slash(general, "practice export")
    await lucia.actor.slash(general, "mydata show")
    check(world)


async def fill(person: Any, form: Any) -> Any:
    """Fill every field to its brim."""
    limits = {name: field["max_length"] for name, field in fields(form).items()}
    return reply(await person.actor.submit_modal(form, {name: typed(FULL, most) for name, most in limits.items()}))


async def test_nothing_that_a_person_typed_is_cut_where_it_is_shown_to_others(world: World) -> None:
    """The worst that a form takes, with a mark at its end that everybody must meet for whom it was written."""

    def worst(most: int) -> str:
        return SIGNS[: most - len(END)] + END

    awa = await world.join(AWA)
    await acting.apply(world, awa, work={"offers": worst(500), "seeks": worst(500)})
    asking = await acting.press(world.owner, acting.cards(world, awa)[-1], "onboarding:ask")
    await world.owner.actor.submit_modal(asking, {"question": worst(500)})
    await world.env.settle()
    asked = sharing.direct_messages(awa)[-1]
    assert END in asked.content
    answering = await awa.user.click(asked, custom_id=sharing.custom_id(asked, "onboarding:reply"))
    await awa.user.submit_modal(answering, {"answer": worst(500)})
    await world.env.settle()
    assert all_text(acting.cards(world, awa)[-1]).count(END) == 4, "offers, seeks, question, answer"
    await acting.approve(world, awa)
    # To the author of a practice, and back.
    lucia = await member(world, LUCIA, country="CL", matching=True)
    practice = await sharing.publish(world, awa, world.owner, title=SHORT, allowed=["reuse"])
    post = sharing.posts(world, sharing.thread_of(world, practice).id)[0]
    shown = await sharing.press(lucia, post, "practice:askauthor")
    refused = reply(await lucia.actor.submit_modal(shown, {"question": "*_" * 400}))
    assert "demasiados signos" in refused.content or "lleno de signos" in refused.content
    shown = await sharing.press(lucia, refused, "open:practice")
    assert fields(shown)["question"]["value"] == "*_" * 400, "and it is kept"
    sent = reply(await lucia.actor.submit_modal(shown, {"question": worst(1000)}))
    if sharing.has(sent, "practice:asknow"):
        await sharing.press(lucia, sent, "practice:asknow")
    await world.env.settle()
    question = sharing.direct_messages(awa)[-1]
    assert END in question.content
    form = await awa.user.click(question, custom_id=sharing.custom_id(question, "practice:answerit"))
    sent = reply(await awa.user.submit_modal(form, {"answer": worst(1300), "named": ["yes"]}))
    if sharing.has(sent, "practice:answernow"):
        await awa.user.click(sent, custom_id=sharing.custom_id(sent, "practice:answernow"))
    await world.env.settle()
    assert END in sharing.direct_messages(lucia)[-1].content
    # In confidence, and back.
    rude = await awa.actor.send(world.channel("general"), worst(2000))
    await reports.report(world, lucia, rude, {"category": ["harassment"], "text": worst(2000)})
    case = reply(await acting.press(world.owner, acting.posts(world, "moderators", "private report")[0], "report:open"))
    assert all_text(case).count(END) == 2, "what happened, and the copy"
    closing = await acting.press(world.owner, case, "open:report:close")
    await world.owner.actor.submit_modal(closing, {"outcome": ["advice"], "word": worst(900)})
    await world.env.settle()
    assert END in sharing.direct_messages(lucia)[-1].content
    assert END in all_text(reply(await lucia.actor.slash(world.channel("general"), "report status")))
    check(world)

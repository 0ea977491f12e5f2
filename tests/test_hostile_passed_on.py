"""What people pass on to each other through the bot is shown as they typed it, too, and does nothing more."""

from typing import Any

from bot.demo.world import World
from tests.act import fields, reply
from tests.lookup.people import LUCIA, member
from tests.peers import test_peers as peers
from tests.practices import acting as sharing
from tests.test_hostile_text import FULL, SHORT, check, named, typed


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
    warned = reply(await evil.user.submit_modal(form, {"answer": typed(FULL, 1500), "named": ["yes"]}))
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

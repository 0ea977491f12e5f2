"""What the bot does not let happen."""

import re

from bot.demo import acting, writings
from bot.demo.story.checks import SOLANGE, Story, has, lacks, need, same, words
from bot.demo.story.practices import QUESTION, TITLE
from bot.errors import as_refusal

NOT_HERE = "That is not here any more, or it is not open to you."


async def forged(story: Story) -> str:
    """A member forges the button with which moderators let people in; a moderator forges the number of nobody."""
    world, maren, awa = story.world, story.maren, story.awa
    solange = await acting.enter(world, SOLANGE)
    form = writings.APPLICATIONS[SOLANGE.key]
    await acting.apply(world, solange, form.who, form.work)
    card = acting.request_card(world, maren, solange)
    approve = acting.control(card, "onboarding:approve")
    post = acting.newest(world, awa, "webinars")
    refused = await acting.forge(world, awa, post, "webinar:show", approve)
    has(refused, words("fr", "This is for the moderators of this community."))
    nobody = re.sub(r"approve:\d+", "approve:999999", approve)
    has(await acting.forge(world, maren, post, "webinar:show", nobody), NOT_HERE)
    same(world.role_names(solange), [], "roles of the one who waits")
    card = acting.request_card(world, maren, solange)
    same(acting.control(card, "onboarding:approve"), approve, "the button that still waits")
    return "both refused, in French and in English; the newcomer still waits"


async def private(story: Story) -> str:
    """What members share is not shown to those who are none."""
    world, solange = story.world, story.solange
    page = acting.answer(await acting.command(world, solange, "lookup", query=QUESTION))
    lacks(page, TITLE)
    same(story.enters(solange, "practices"), False, "she enters #practices")
    await acting.press(story.maren, acting.request_card(world, story.maren, solange), "onboarding:approve")
    has(acting.answer(await acting.command(world, solange, "lookup", query=QUESTION)), TITLE)
    return f"{solange.name} finds the practice only once a moderator has let her in"


async def no_faults(story: Story) -> str:
    """Nothing went wrong unseen."""
    faults = [error for error in story.world.env.errors if as_refusal(error) is None]
    need(not faults, "no fault of the bot", "; ".join(map(repr, faults)))
    return f"{len(story.world.env.http_requests)} requests to Discord, no fault"

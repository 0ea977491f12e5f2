"""What is said in confidence, and what is held about a person."""

import json
import re

from bot.demo import acting
from bot.demo.story.checks import Story, has, lacks, need, same, words
from bot.demo.story.practices import TITLE

SAID = "You should smile more."
REPORTED = "On me demande de sourire, devant tout le monde."


async def reported(story: Story) -> str:
    """A member reports a message of a moderator: another moderator reads it, the one it is about cannot."""
    world, maren, awa, catalina = story.world, story.maren, story.awa, story.catalina
    await world.give_role(catalina, "Moderator")
    general = world.channel("general")
    said = await catalina.actor.send(general, SAID)
    shown = await awa.actor.context_menu(general, "Report privately", said)
    receipt = acting.answer(await acting.fill(awa, shown, {"category": ["harassment"], "text": REPORTED}))
    need(receipt.ephemeral, "a receipt that she alone sees", "one for all")
    card = acting.newest(world, maren, "moderators", "private report")
    for secret in (SAID, REPORTED, str(awa.id), str(catalina.id)):
        lacks(card, secret)
    refused = acting.answer(await acting.press(catalina, card, "report:open"))
    for secret in (SAID, REPORTED, str(awa.id)):
        lacks(refused, secret)
    case = acting.answer(await acting.press(maren, card, "report:open"))
    has(case, SAID, REPORTED, catalina.actor.mention)
    lacks(case, str(awa.id))
    mine = acting.answer(await acting.command(world, awa, "report status"))
    has(mine, code(receipt))
    return f"{maren.name} reads it, without the name of who wrote; {catalina.name}, whom it is about, cannot"


def code(receipt: acting.Shown) -> str:
    """The code by which its writer finds a report again.

    Raises:
        Missed: the receipt names none.
    """
    found = re.search(r"\*\*([0-9A-Z]{8})\*\*", acting.text_of(receipt))
    if found is None:
        raise acting.Missed("a receipt with a code", acting.gist(acting.text_of(receipt)))
    return found[1]


async def exported(story: Story) -> str:
    """A member sees what is held about her, and takes it with her."""
    awa = story.awa
    shown = acting.answer(await acting.command(story.world, awa, "mydata show"))
    need(shown.ephemeral, "an answer that she alone sees", "one for all")
    has(shown, words("fr", "Your profile"), "Sénégal")
    given = acting.answer(await acting.press(awa, shown, "mydata:export"))
    same(len(given.attachments), 1, "files")
    held = json.loads(await given.attachments[0].read())["held"]
    need(held["profile"] and held["answers"], "her profile and answers in the file", ", ".join(held))
    return f"a page in French, and a file of {len(held)} parts: {', '.join(held)[:60]}…"


async def erased(story: Story) -> str:
    """She has it erased: at once, and everywhere but in the practice that she published."""
    world, awa = story.world, story.awa
    asked = acting.answer(await acting.command(world, awa, "mydata erase"))
    await acting.press(awa, asked, "mydata:erase:keep")
    same("Member" in world.role_names(awa), False, "she is a member still")
    kept = acting.newest(world, story.jussara, acting.thread(world, TITLE))
    need(not names(kept, story), "a practice without her name", acting.gist(acting.text_of(kept), 400))
    for channel in ("introductions", "moderators", "welcome"):
        found = [message for message in acting.posts(world, story.maren, channel) if names(message, story)]
        same([acting.gist(acting.text_of(message)) for message in found], [], f"posts about her in #{channel}")
    again = acting.answer(await acting.command(world, awa, "mydata show"))
    has(again, words("fr", "Nothing is held about you here."))
    return "her profile, answers, introduction and cards are gone; the practice stays, without her name"


def names(message: acting.Shown, story: Story) -> bool:
    """Whether a message names her."""
    text = acting.text_of(message)
    return story.awa.name in text or str(story.awa.id) in text

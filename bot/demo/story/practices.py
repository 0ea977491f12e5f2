"""A practice from its first form to the forum, found again in another language; and help."""

from bot.demo import acting, writings
from bot.demo.acting import gist
from bot.demo.story.checks import Story, has, need, same, words

PARTS = writings.CONFIDENTIAL_DESK
TITLE = PARTS["basics"]["title"]
QUESTION = writings.IN_SPANISH


async def written(story: Story) -> str:
    """A member writes it; the bot restarts half way, and nothing is lost."""
    world, awa = story.world, story.awa
    message = acting.answer(await acting.command(world, awa, "practice share"))
    shown = await acting.press(awa, message, "open:practice:basics")
    need(words("fr", "The basics") in acting.form_title(shown), "a form in French", acting.form_title(shown))
    message = acting.answer(await acting.fill(awa, shown, PARTS["basics"]))
    message = acting.answer(
        await acting.fill(awa, await acting.press(awa, message, "open:practice:what"), PARTS["what"])
    )
    await world.restart()
    offer = acting.answer(await acting.command(world, awa, "practice share"))
    has(offer, TITLE)
    shown = await acting.press(awa, offer, "practice:continue")
    need(words("fr", "Results and risks") in acting.form_title(shown), "the third form", acting.form_title(shown))
    message = acting.answer(await acting.fill(awa, shown, PARTS["evidence"]))
    shown = await acting.press(awa, message, "open:practice:release")
    preview = acting.answer(await acting.fill(awa, shown, PARTS["release"]))
    has(preview, TITLE, PARTS["basics"]["summary"], PARTS["what"]["cost"], PARTS["evidence"]["risks"])
    same(len(acting.posts(world, story.maren, "practice-review")), 0, "cards in #practice-review")
    await acting.press(awa, preview, "practice:send")
    same(len(acting.posts(world, story.maren, "practice-review", TITLE)), 1, "cards in #practice-review")
    same(story.enters(awa, "practice-review"), False, "the author enters #practice-review")
    return "four forms in French, taken up again after a restart, sent for review"


async def reviewed(story: Story) -> str:
    """A moderator approves; it becomes a thread of the forum."""
    world, maren = story.world, story.maren
    same(len(world.channel("practices").threads), 0, "threads in the forum before")
    card = acting.newest(world, maren, "practice-review", TITLE)
    await acting.press(maren, card, "practice:approve")
    thread = acting.thread(world, TITLE)
    same(len(world.channel("practices").threads), 1, "threads in the forum")
    has(acting.newest(world, story.jussara, thread), PARTS["basics"]["summary"], story.awa.actor.mention)
    channel = world.env.backend.channels[thread]
    forum = world.env.backend.channels[channel.parent_id or 0]
    names = {str(tag["name"]) for tag in forum.available_tags if int(tag["id"]) in channel.applied_tags}
    same(names, {"Prevention", "Capacity", "Pilot"}, "the thread's tags")
    return f"the thread “{TITLE}”, tagged {', '.join(sorted(names))}"


async def found(story: Story) -> str:
    """Asked in Spanish, `/lookup` finds what was written in French."""
    page = acting.answer(await acting.command(story.world, story.catalina, "lookup", query=QUESTION))
    need(page.ephemeral, "an answer that she alone sees", "one for all")
    has(page, TITLE, words("es", "Practice"))
    shown = page.components
    options = [option for row in shown for item in row["components"] for option in item.get("options", [])]
    [value] = [option["value"] for option in options if TITLE in option["label"]] or [""]
    need(value, "the practice in the menu", [option["label"] for option in options])
    opened = acting.answer(
        await story.catalina.actor.select(page, [value], custom_id=acting.control(page, "lookup:open"))
    )
    has(opened, TITLE, PARTS["basics"]["summary"])
    return f"“{QUESTION}” finds “{TITLE}”"


async def helped(story: Story) -> str:
    """`/help` in Portuguese."""
    page = acting.answer(await acting.command(story.world, story.jussara, "help"))
    need(page.ephemeral, "an answer that she alone sees", "one for all")
    has(page, words("pt", "What you can do here"), words("pt", "You are a member."), "lookup", "practice share")
    return gist(acting.text_of(page))

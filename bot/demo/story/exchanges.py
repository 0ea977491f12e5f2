"""What members give each other: a practice in another language, answers, trials, help, guidance. Names stay hidden."""

from datetime import timedelta

from bot.demo import acting, exchanging, writings
from bot.demo.acting import gist
from bot.demo.story.checks import Story, has, lacks, need, phrase, same, words
from bot.demo.story.practices import TITLE
from bot.demo.world import Person

SPANISH = writings.DESK_IN_SPANISH
QUESTION: writings.Fields = {
    "question": "¿Cómo calculan el coste de una segunda visita a quien denunció violencia, con intérprete incluido?",
    "key_areas": ["budgeting"],
    "languages": ["es"],
    "region": ["anywhere"],
}
WORD = "padrinazgo"
# The webinar took place on a Thursday.
SECOND, UNTIL_MONDAY = timedelta(seconds=1), timedelta(days=4)


async def in_spanish(story: Story) -> str:
    """A member translates the practice, its author approves, and whoever reads Spanish reads it."""
    catalina, awa = story.catalina, story.awa
    desk = acting.newest(story.world, catalina, acting.thread(story.world, TITLE), TITLE)
    sent = await exchanging.translate(catalina, desk, SPANISH)
    has(sent, words("es", "Thank you. Its author is asked to approve it; then others can read it."))
    asked = acting.newest_direct(awa, SPANISH["title"])
    lacks(acting.answer(await acting.press(catalina, desk, "practice:readin")), SPANISH["summary"])
    await acting.press_direct(awa, asked, "practice:approvetr")
    has(acting.answer(await acting.press(catalina, desk, "practice:readin")), SPANISH["title"], SPANISH["summary"])
    return f"“{SPANISH['title']}”, written by {catalina.name}, shown once {awa.name} has approved it"


async def author_asked(story: Story) -> str:
    """The author is asked and answers, with no name on either side."""
    world, awa, catalina = story.world, story.awa, story.catalina
    desk = acting.newest(world, catalina, acting.thread(world, TITLE), TITLE)
    await exchanging.ask_author(catalina, desk, writings.ABOUT_THE_DESK)
    asked = acting.newest_direct(awa, writings.ABOUT_THE_DESK)
    unnamed(asked, catalina)
    has(asked, "Chili")
    await exchanging.answer_asker(awa, asked, writings.FROM_THE_DESK)
    await world.pass_time(SECOND)
    told = acting.newest_direct(catalina, writings.FROM_THE_DESK)
    unnamed(told, awa)
    return f"{awa.name} learns that someone in Chile asks; {catalina.name} reads {gist(writings.FROM_THE_DESK, 50)}"


async def tried(story: Story) -> str:
    """Another country tried it, and tells what came of it."""
    world, jussara, awa = story.world, story.jussara, story.awa
    thread = acting.thread(world, TITLE)
    shown, _ = await exchanging.tell_how(jussara, acting.newest(world, jussara, thread, TITLE), writings.DESK_TRIED)
    need(shown.ephemeral, "a preview that she alone sees", "one for all")
    told = acting.newest(world, awa, thread, writings.DESK_TRIED["learnt"])
    unnamed(told, jussara)
    has(acting.newest(world, awa, thread, TITLE), words("fr", "Tried elsewhere"), "Brésil")
    return f"{gist(acting.text_of(told), 60)} in its discussion, without a name; its card counts Brazil"


async def peers_asked(story: Story) -> str:
    """A member asks peers. Whoever helps is named once both agree, and to nobody else."""
    world, catalina, jussara = story.world, story.catalina, story.jussara
    shown, _ = await exchanging.ask_peers(world, catalina, QUESTION)
    need(shown.ephemeral, "a preview that she alone sees", "one for all")
    asked = acting.newest_direct(jussara, QUESTION["question"])
    unnamed(asked, catalina)
    same([m for m in acting.direct(story.awa) if QUESTION["question"] in acting.text_of(m)], [], "others who got it")
    await acting.press_direct(jussara, asked, "peer:help")
    offer = acting.newest_direct(catalina, phrase("es", "a member ({country})"))
    unnamed(offer, jussara)
    await acting.press_direct(catalina, offer, "peer:introduce")
    has(acting.newest_direct(catalina), jussara.name)
    has(acting.newest_direct(jussara), catalina.name)
    same(acting.posts(world, story.maren, "moderators", QUESTION["question"]), [], "posts to the moderators")
    return f"{jussara.name} reads the question without a name; both learn who the other is once both have agreed"


async def talked(story: Story) -> str:
    """Who mentions the bot, or writes to it, is answered: in a channel that visitors read, with what visitors see."""
    world, awa = story.world, story.awa
    said = await exchanging.mention(world, awa, "general", writings.MENTIONED)
    need(said.embeds, "an answer with what was found", gist(acting.text_of(said)))
    public = await exchanging.mention(world, awa, "general", TITLE)
    lacks(public, writings.CONFIDENTIAL_DESK["basics"]["summary"][:60])
    await awa.user.send_dm("accueil confidentiel")
    has(acting.newest_direct(awa), TITLE)
    return f"{gist(said.embeds[0].description or '', 70)} in #general; in private, also what members shared"


async def suggested(story: Story) -> str:
    """A member suggests guidance; a moderator takes it in; a word that found nothing finds it from then on."""
    world, maren, jussara, catalina = story.world, story.maren, story.jussara, story.catalina
    await exchanging.suggest(world, jussara, writings.OBSERVING)
    title = writings.OBSERVING["title"]
    await acting.press(maren, acting.newest(world, maren, "practice-review", title), "resource:accept")
    await world.pass_time(SECOND)
    has(acting.newest_direct(jussara, title), title)
    nothing = acting.answer(await acting.command(world, catalina, "lookup", query=WORD))
    lacks(nothing, title)
    report = acting.answer(await acting.command(world, maren, "lookup-report"))
    has(report, WORD)
    unnamed(report, catalina)
    shown = await acting.press(maren, report, "open:glossary:word")
    await acting.fill(maren, shown, {"word": WORD, "means": title})
    has(acting.answer(await acting.command(world, catalina, "lookup", query=WORD)), title)
    return f"“{WORD}” found nothing, and nobody learns who typed it; once explained, it finds “{title}”"


async def digested(story: Story) -> str:
    """A member reads what is new in her language, and has it sent each Monday."""
    world, catalina = story.world, story.catalina
    page = acting.answer(await acting.command(world, catalina, "digest"))
    need(page.ephemeral, "an answer that she alone sees", "one for all")
    has(page, words("es", "Your week in {community}", community=world.guild.name))
    wanted = acting.answer(await acting.press(catalina, page, "digest:on"))
    need(wanted.ephemeral, "an answer that she alone sees", "one for all")
    before = len(acting.direct(catalina))
    await world.pass_time(UNTIL_MONDAY)
    sent = acting.newest_direct(catalina, words("es", "Your week in {community}", community=world.guild.name))
    same(len(acting.direct(catalina)), before + 1, "direct messages within a week")
    has(sent, words("es", "New guidance"), writings.OBSERVING["title"])
    return f"on Monday, by direct message: {gist(acting.text_of(sent), 300)}"


async def drawn(story: Story) -> str:
    """What the Network has and did, as pictures and numbers, none of which tells of few people."""
    world, maren = story.world, story.maren
    network = acting.answer(await acting.command(world, story.catalina, "network"))
    pictures = [file for file in network.attachments if file.description]
    same(len(pictures), 1, "pictures with a description")
    has(network, words("es", "Co-chairs"))
    insights = acting.answer(await acting.command(world, maren, "insights", period="this-year"))
    names = [file.filename for file in insights.attachments]
    same(len(names), 4, "files")
    need(names[-1].endswith(".xlsx"), "an Excel file", names[-1])
    need("under 5" in (insights.attachments[0].description or ""), "no number of few people", names[0])
    return f"{gist(pictures[0].description or '', 60)}; three pictures and an Excel file, small numbers left out"


async def examined(story: Story) -> str:
    """The bot looks whether all is well with it."""
    found = acting.answer(await acting.command(story.world, story.maren, "doctor"))
    well = acting.text_of(found).count("✅")
    need(well > 10, "more than ten things that are well", gist(acting.text_of(found), 400))
    lacks(found, "❌ Permissions")
    refused = acting.answer(await acting.command(story.world, story.jussara, "doctor"))
    has(refused, words("pt", "This is for the moderators of this community."))
    return f"{well} checks are well, each other one says what to do"


def unnamed(message: acting.Shown, person: Person) -> None:
    """Insist on a message that does not tell who a person is.

    Raises:
        Missed: it does.
    """
    lacks(message, person.name)
    lacks(message, str(person.id))

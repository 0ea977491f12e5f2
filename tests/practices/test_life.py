"""What follows a published practice: tried elsewhere, saved, reported, asked about a year later, its thread woken."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text, update

from bot.demo.world import Person, World
from cogs.practices.ledgerkinds import CheckKind
from data.countries import name
from data.deliveries import list_for_subject
from data.members import get_by_user, name_focal_point
from data.models import DeliveryRow
from data.personal import erase, held
from data.practices.freshness import plan_missing_revisits
from tests.act import all_text, button_labels, components, embed_text, fields, reply
from tests.onboarding import acting as joining
from tests.practices.acting import (
    AINO,
    AWA,
    BASICS,
    LUCIA,
    MIRA,
    TITLE,
    WHAT,
    bot_of,
    choose,
    custom_id,
    direct_messages,
    forge,
    has,
    member,
    mine,
    moderator,
    offered,
    posts,
    press,
    publish,
    review_cards,
    slash,
    thread_of,
    words,
)

TOLD: dict[str, Any] = {
    "country": "Chile",
    "period": "spring 2026",
    "changed": "We used rooms of the town halls in place of health posts.",
    "result": ["mixed"],
    "learnt": "Ask the town halls first: without them no room is free on market days.",
}
GONE = "That is not here any more, or it is not open to you."


async def tell(world: World, person: Person, practice_id: str, **changed: Any) -> Any:
    """Fill the form in which one tells how a practice was tried; gives what it leads to."""
    shown = await slash(world, person, "adapt", practice=practice_id)
    return reply(await person.actor.submit_modal(shown, TOLD | changed))


async def rows(world: World, table: str) -> str:
    """All that a table holds, as text."""
    async with bot_of(world).db.read() as session:
        return str((await session.execute(text(f"SELECT * FROM {table}"))).all())  # noqa: S608 - our own names


async def due_now(world: World, kind: str) -> None:
    """Let what is planned for much later go out now."""
    async with bot_of(world).db.begin() as session:
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.kind == kind, DeliveryRow.state == "pending")
            .values(due_at=world.now, wake_at=world.now)
        )
    await world.pass_time(timedelta(seconds=2))
    bot_of(world).deliveries.wake()
    await world.env.settle()


def press_there(person: Person, message: Any, begins: str) -> Any:
    """Press a button in a direct message: the first of its kind."""
    found = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(begins)]
    return person.user.click(message, custom_id=found[0])


async def test_tried_elsewhere_counted_and_taken_back(world: World) -> None:
    author, lucia, aino = await member(world, AWA), await member(world, LUCIA), await member(world, AINO)
    t = words(lucia)
    practice = await publish(world, author, world.owner)
    assert practice.thread_id is not None
    [post] = posts(world, practice.thread_id)
    # What is found is shown to its writer alone, with a safer wording; what is wrong is said, and nothing is lost.
    shown = await press(lucia, post, "open:practice:adapt")
    assert list(fields(shown)) == ["country", "period", "changed", "result", "learnt"]
    refused = reply(await lucia.actor.submit_modal(shown, TOLD | {"country": "Nowhere at all"}))
    assert "Nowhere at all" in refused.content
    again = await press(lucia, refused, "open:practice:adapt")
    assert fields(again)["changed"]["value"] == TOLD["changed"]
    doubtful = reply(
        await lucia.actor.submit_modal(again, TOLD | {"learnt": "Call +56 9 8765 4321 before you begin it."})
    )
    assert doubtful.ephemeral
    assert "+56 9 8765 4321" in embed_text(doubtful)
    preview = reply(await press(lucia, doubtful, "practice:adaptsafer"))
    assert "8765" not in embed_text(preview)
    assert len(posts(world, practice.thread_id)) == 1
    await world.pass_time(timedelta(seconds=1))
    sent = reply(await press(lucia, preview, "practice:adaptsend"))
    assert f"<#{practice.thread_id}>" in sent.content
    # Sent once, however often it is pressed, and whatever becomes of the program.
    start = reply(await slash(world, lucia, "share"))
    late = reply(await forge(world, lucia, start, "open:practice", f"practice:adaptsend:{practice.id}"))
    assert late.content == t(GONE)
    await world.restart()
    card, told = posts(world, practice.thread_id)
    assert name("CL", "en") in embed_text(card)
    assert "Tried 1 time, in:\n- Chile: Mixed results" in embed_text(card)
    assert TOLD["changed"] in embed_text(told)
    assert str(lucia.id) not in all_text(told)
    # Its author is told where to read it; nothing that could outlive it stands in the direct message.
    [word] = [message for message in direct_messages(author) if "Somebody tried your practice" in message.content]
    assert TOLD["changed"] not in all_text(word)
    assert any(str(practice.thread_id) in (item.get("url") or "") for item in components(word))
    # It is found, listed and read, by members.
    await world.env.settle()
    found = bot_of(world).index.search("town halls Chile", language="en", community_id=world.guild.id)
    assert [hit.id for hit in found.hits if hit.kind == "adaptation"] == ["1"]
    looked = reply(await aino.actor.slash(world.channel("general"), "lookup", query="town halls Chile"))
    assert f"Tried in Chile: {TITLE}" in embed_text(looked)
    listed = reply(await press(aino, card, "practice:tried"))
    assert TOLD["changed"] in embed_text(listed)
    assert not has(listed, "practice:adaptdown")
    # Nobody else takes it away; whoever wrote it does, for good and everywhere.
    start = reply(await slash(world, aino, "share"))
    for forged in ("practice:adaptdown:1", "practice:adaptgone:1", "practice:adaptgone:٣", "practice:adaptlet:1"):
        assert (
            GONE in (said := reply(await forge(world, aino, start, "open:practice", forged)).content) or "moder" in said
        )
        start = reply(await slash(world, aino, "share"))
    own = reply(await slash(world, lucia, "mine"))
    assert TITLE in embed_text(own)
    opened = reply(await choose(lucia, own, "practice:mine:", "adaptation:1"))
    asked = reply(await press(lucia, opened, "practice:adaptdown"))
    await world.pass_time(timedelta(seconds=1))
    done = reply(await press(lucia, asked, "practice:adaptgone"))
    assert done.content == t("Taken away. Nothing of its text was kept.")
    card, told = posts(world, practice.thread_id)
    assert "town halls" not in all_text(told)
    assert button_labels(told) == []
    assert "Tried elsewhere\n" not in embed_text(card)
    assert "town halls" not in await rows(world, "adaptation") + await rows(world, "audit_entry")
    found = bot_of(world).index.search("town halls Chile", language="en", community_id=world.guild.id)
    assert "adaptation" not in [hit.kind for hit in found.hits]


async def test_what_is_contested_waits_for_a_moderator(world: World) -> None:
    author, lucia = await member(world, AINO), await member(world, LUCIA)
    practice = await publish(world, author, world.owner)
    mira = await moderator(world)
    assert practice.thread_id is not None
    doubtful = await tell(
        world, lucia, practice.id, learnt="Ask the town hall on +56 9 8765 4321, it is a public line."
    )
    shown = await press(lucia, doubtful, "open:practice:adaptcontest")
    preview = reply(await lucia.actor.submit_modal(shown, {"reason": "It is the public line of a town hall."}))
    assert words(lucia)("A moderator looks at it first, because of what you say identifies nobody.") in preview.content
    await press(lucia, preview, "practice:adaptsend")
    assert len(posts(world, practice.thread_id)) == 1
    card = review_cards(world)[-1]
    assert "It is the public line of a town hall." in embed_text(card)
    assert f"<@{lucia.id}>" in card.content
    await press(mira, card, "practice:adaptlet")
    assert len(posts(world, practice.thread_id)) == 2
    assert not has(review_cards(world)[-1], "practice:adaptlet")
    assert "others can read it now" in direct_messages(lucia)[-1].content
    # One that was decided on while its card was being posted: the card is brought up to date afterwards.
    async with bot_of(world).db.begin() as session:
        [made] = [
            one
            for one in await list_for_subject(session, world.guild.id, "adaptation:1")
            if one.kind == "adaptation.review"
        ]
        await CheckKind(bot_of(world)).sent(session, made, made.channel_id, made.message_id)
        planned = await list_for_subject(session, world.guild.id, "adaptation:1")
        assert [one.state for one in planned if ".posted." in one.occurrence] == ["pending"]
    # Another one, taken down by a moderator: its writer is told apart from one that was taken back.
    again = await tell(world, lucia, practice.id, country="Kenya", result=["harm"])
    await world.pass_time(timedelta(seconds=1))
    await press(lucia, again, "practice:adaptsend")
    assert "Kenya: It did harm" in embed_text(posts(world, practice.thread_id)[0])
    listed = reply(await press(mira, posts(world, practice.thread_id)[0], "practice:tried"))
    asked = reply(await press(mira, listed, "practice:adaptdown:2"))
    await world.pass_time(timedelta(seconds=1))
    await press(mira, asked, "practice:adaptgone")
    assert "A moderator took it down." in embed_text(posts(world, practice.thread_id)[-1])
    assert "has taken away" in direct_messages(lucia)[-1].content
    # Where the practice goes, what was told of it is found by nobody.
    asked = reply(await slash(world, author, "withdraw", practice=practice.id))
    await press(author, asked, "practice:withdrawn")
    await world.env.settle()
    found = bot_of(world).index.search("town halls", language="en", community_id=world.guild.id)
    assert "adaptation" not in [hit.kind for hit in found.hits]


async def test_saved_reported_and_erased(world: World) -> None:
    author, lucia, visitor = await member(world, AINO), await member(world, LUCIA), await world.join(AWA)
    practice = await publish(world, author, world.owner)
    [post] = posts(world, practice.thread_id or 0)
    saved = [reply(await press(lucia, post, "practice:save")) for _ in range(2)]
    assert all(answer.ephemeral for answer in saved)
    listed = reply(await slash(world, lucia, "mine"))
    opened = reply(await choose(lucia, listed, "practice:mine:", f"saved:{practice.id}"))
    assert has(opened, "practice:unsave")
    # What the brochure says is everyone's to save; what members wrote is members'.
    brochure = reply(await slash(world, visitor, "show", practice="fr-social-workers"))
    assert not has(brochure, "open:practice:adapt")
    await press(visitor, brochure, "practice:save")
    assert "Des intervenants" in embed_text(reply(await slash(world, visitor, "mine")))
    # A concern goes to the moderators alone; not about one's own.
    shown = await press(lucia, post, "open:report:about")
    thanks = reply(await lucia.actor.submit_modal(shown, {"category": ["identifies"], "text": "The village is small."}))
    assert "/denuncia" in thanks.content or "/report" in thanks.content
    assert "The village is small." in await rows(world, "report")
    assert str(author.id) in await rows(world, "report")
    own = reply(await press(author, post, "open:report:about"))
    assert own.content.startswith("This is your own")
    preview = await tell(world, lucia, practice.id)
    await press(lucia, preview, "practice:adaptsend")
    # All of it is told, and erased; what others read of an adaptation names nobody and stays.
    async with bot_of(world).db.begin() as session:
        told = await held(session, world.guild.id, lucia.id)
        assert {row["practice_id"] for row in told["saved"]} == {practice.id}
        assert told["adaptations"][0]["changed"] == TOLD["changed"]
        await erase(session, world.guild.id, lucia.id, keep_practices=True, by=lucia.id, now=world.now)
        told = await held(session, world.guild.id, lucia.id)
        assert "saved" not in told
        assert "adaptations" not in told
    assert TOLD["changed"] in await rows(world, "adaptation")


async def test_a_practice_begins_with_a_message_and_is_not_lost_unheard(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    general = world.channel("general")
    long = "We met the women of each village on market days. " * 20
    theirs = await awa.actor.send(general, "What somebody else wrote about their work.")
    refused = reply(await aino.actor.context_menu(general, "Save as practice", theirs))
    assert refused.content.startswith("You can make a practice only of what you wrote yourself.")
    own = await aino.actor.send(general, long)
    begun = reply(await aino.actor.context_menu(general, "Save as practice", own))
    assert begun.ephemeral
    assert f"it has {len(long.strip())} characters" in begun.content
    again = reply(await aino.actor.context_menu(general, "Save as practice", own))
    assert again.content == "You have begun a practice with this message already:"
    shown = await press(aino, again, "practice:continue")
    what = await press(aino, reply(await aino.actor.submit_modal(shown, BASICS)), "open:practice:what")
    # Nothing is cut: too long, it is said, and stands there until it is shorter.
    assert fields(what)["done"]["value"] == long.strip()
    kept = reply(await aino.actor.submit_modal(what, WHAT | {"done": long.strip()}))
    assert "800" in kept.content
    await world.pass_time(timedelta(days=26))
    assert aino.id not in world.env.backend.dm_channels
    await world.pass_time(timedelta(days=2))
    [word] = direct_messages(aino)
    assert f"“{TITLE}”" in word.content
    await press_there(aino, word, "practice:keepdraft")
    await world.pass_time(timedelta(days=5))
    assert TITLE in embed_text(reply(await slash(world, aino, "mine")))
    assert len(direct_messages(aino)) == 1


async def test_asked_a_year_later_step_by_step(world: World) -> None:
    author = await joining.member(world, joining.AWA)
    focal = await joining.member(world, joining.LUCIA)
    other = await member(world, AINO)
    async with bot_of(world).db.begin() as session:
        person = await get_by_user(session, world.guild.id, focal.id)
        assert person is not None
        until = world.now + timedelta(days=700)
        await name_focal_point(session, person, until=until, by=world.owner.id, now=world.now)
    practice = await publish(world, author, world.owner)
    # Planned with the publication; what an earlier release published is planned later, once.
    async with bot_of(world).db.begin() as session:
        assert await plan_missing_revisits(session, world.now) == 0
        await session.execute(text("DELETE FROM delivery WHERE kind = 'practice.fresh'"))
        assert await plan_missing_revisits(session, world.now) == 1
    start = reply(await slash(world, focal, "share"))
    early = await forge(world, focal, start, "open:practice", f"practice:fresh:{world.guild.id}:{practice.id}")
    assert reply(early).content == words(focal)(GONE)
    await due_now(world, "practice.fresh")
    asked = direct_messages(author)[-1]
    assert has(asked, "practice:fresh:")
    assert TITLE in asked.content
    assert words(author)("**Is it still up to date?** Open it to answer.") in embed_text(
        reply(await slash(world, author, "mine"))
    )
    await due_now(world, "practice.fresh")
    known = direct_messages(focal)[-1]
    assert name("SN", "es") in known.content
    await due_now(world, "practice.fresh")
    [card] = posts(world, "moderators", "was last confirmed")
    # The focal point answers in a direct message: the moderators' card says so, and nobody is asked any more.
    await press_there(focal, known, "practice:fresh:")
    [card] = posts(world, "moderators", "was confirmed on")
    assert button_labels(card) == []
    assert (await mine(world, author))[0].asked is None
    # Retired by its owner: it is marked where it stands, and stays findable.
    await due_now(world, "practice.fresh")
    await press_there(author, direct_messages(author)[-1], "practice:retire:")
    [post] = posts(world, practice.thread_id or 0)
    assert "**Archived since" in embed_text(post)
    shown = reply(await slash(world, other, "show", practice=practice.id))
    assert not has(shown, "practice:fresh:")
    looked = reply(await other.actor.slash(world.channel("general"), "lookup", query=TITLE))
    assert "**Archived since" in embed_text(looked)
    assert practice.id in await offered(world, other, "show")
    # Handed over: to a member, who has to accept.
    stranger = await world.join(MIRA)
    for person in (stranger, other):
        listed = reply(await slash(world, author, "mine"))
        opened = reply(await choose(author, listed, "practice:mine:", f"practice:{practice.id}"))
        menu = reply(await press(author, opened, "practice:handover"))
        said = reply(await author.actor.select(menu, [person.user], custom_id=custom_id(menu, "practice:heir")))
        refused = said.content == words(author)("Choose somebody who is a member here.")
        assert refused == (person is stranger)
    assert (await mine(world, author))[0].author_id == author.id
    offer = direct_messages(other)[-1]
    await press_there(other, offer, "practice:takeover:")
    assert await mine(world, author) == []
    [now] = await mine(world, other)
    assert (now.archived_at, now.heir_id) == (None, None)
    [post] = posts(world, practice.thread_id or 0)
    assert "**Archived since" not in embed_text(post)
    assert f"<@{other.id}>" in embed_text(post)
    assert (
        words(author)(
            "“{title}” in {server} has somebody else to look after it now. Thank you for having shared it.",
            title=TITLE,
            server="The Network",
        )
        in direct_messages(author)[-1].content
    )
    start = reply(await slash(world, other, "share"))
    forged = f"practice:takeover:{world.guild.id}:{practice.id}:yes"
    assert reply(await forge(world, other, start, "open:practice", forged)).content == GONE


async def test_a_discussion_that_sleeps_is_woken_and_a_locked_one_by_moderators_only(world: World) -> None:
    author, aino = await member(world, AWA), await member(world, AINO)
    practice = await publish(world, author, world.owner)
    mira = await moderator(world)
    thread = thread_of(world, practice)
    awake = reply(await slash(world, aino, "show", practice=practice.id))
    assert not has(awake, "practice:reopen")
    thread.thread_metadata.archived = True
    await world.restart()
    shown = reply(await slash(world, aino, "show", practice=practice.id))
    assert "The discussion is asleep" in shown.content
    await press(aino, shown, "practice:reopen")
    assert not thread.thread_metadata.archived
    # What is told of it reaches a thread that sleeps, too, and stays there as it was.
    thread.thread_metadata.archived = True
    await world.restart()
    preview = await tell(world, aino, practice.id)
    await press(aino, preview, "practice:adaptsend")
    assert len(posts(world, thread.id)) == 2
    assert posts(world, "moderators", "could not go out") == []
    thread.thread_metadata.archived = thread.thread_metadata.locked = True
    await world.restart()
    shown = reply(await slash(world, aino, "show", practice=practice.id))
    assert "Only moderators can open it again." in shown.content
    assert not has(shown, "practice:reopen")
    start = reply(await slash(world, aino, "share"))
    refused = reply(await forge(world, aino, start, "open:practice", f"practice:reopen:{practice.id}"))
    assert "Only moderators" in refused.content
    assert thread.thread_metadata.locked
    shown = reply(await slash(world, mira, "show", practice=practice.id))
    await press(mira, shown, "practice:reopen")
    assert not thread.thread_metadata.archived
    assert not thread.thread_metadata.locked

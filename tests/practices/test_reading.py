"""Reading practices, one's own list, and withdrawing for good."""

from typing import Any

from sqlalchemy import text

from bot.demo.world import World
from bot.render import plain
from data.countries import name
from tests.act import all_text, button_labels, components, embed_text, reply
from tests.practices.acting import (
    AINO,
    AWA,
    LUCIA,
    TITLE,
    bot_of,
    choose,
    draft,
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
    share,
    slash,
    stored_items,
    thread_of,
    words,
)

BROCHURE = "fr-social-workers"


async def found(world: World, query: str) -> list[str]:
    """What the search has for a query in this community."""
    await world.env.settle()
    page = bot_of(world).index.search(query, language="en", community_id=world.guild.id)
    return [hit.id for hit in page.hits if hit.kind == "practice"]


async def erased(world: World) -> bool:
    """Whether nothing is left of what was written, wherever the database may keep it."""
    async with bot_of(world).db.read() as session:
        kept = [
            str((await session.execute(text(f"SELECT * FROM {table}"))).all())  # noqa: S608 - our own names
            for table in ("practice", "practice_key_area", "draft", "delivery", "audit_entry", "change")
        ]
    return not any("market days" in rows or "nearest police station" in rows or TITLE in rows for rows in kept)


async def test_brochure_practices_are_marked_and_open_to_everyone(world: World) -> None:
    for persona in (AWA, LUCIA, AINO):
        visitor = await world.join(persona)
        t = words(visitor)
        shown = reply(await slash(world, visitor, "show", practice=BROCHURE))
        assert shown.ephemeral
        assert t("From the Network's brochure, not reviewed") in embed_text(shown)
        assert name("FR", t.language) in embed_text(shown)


async def test_titles_are_offered_in_the_persons_language_and_positions_never(world: World) -> None:
    awa = await world.join(AWA)
    titles = await offered(world, awa, "show")
    assert titles[BROCHURE] == "Des intervenants sociaux dans les commissariats"
    async with bot_of(world).db.read() as session:
        positions = list((await session.execute(text("SELECT id FROM practice WHERE kind = 'position'"))).scalars())
    assert positions
    assert not set(positions) & set(titles)
    for position in positions:
        refused = reply(await slash(world, awa, "show", practice=position))
        assert (
            words(awa)(
                "No practice here is called “{typed}”. Choose one from the list as you type.", typed=plain(position)
            )
            == refused.content
        )
    # Accents and case do not matter, and a title may be typed out.
    assert BROCHURE in await offered(world, awa, "show", "INTERVENANTS SOCIAUX")
    shown = reply(await slash(world, awa, "show", practice="des intervenants sociaux dans les commissariats"))
    assert "Des intervenants sociaux" in embed_text(shown)


async def test_what_members_wrote_is_for_members(world: World) -> None:
    author, reader, visitor = await member(world, AINO), await member(world, AWA), await world.join(LUCIA)
    practice = await publish(world, author, world.owner)
    assert practice.id in await offered(world, reader, "show", "mobile")
    shown = reply(await slash(world, reader, "show", practice=practice.id))
    assert "nearest police station" in embed_text(shown)
    assert f"<#{practice.thread_id}>" in shown.content
    assert await offered(world, visitor, "show", "mobile") == {}
    refused = reply(await slash(world, visitor, "show", practice=practice.id))
    assert "nearest" not in all_text(refused)
    [post] = posts(world, thread_of(world, practice).id)
    assert has(post, "practice:read")


async def test_what_is_in_review_is_read_by_its_author_and_moderators_only(world: World) -> None:
    author, other, mira = await member(world, AINO), await member(world, AWA), await moderator(world)
    practice = await share(world, author)
    for person in (author, mira):
        assert "nearest police station" in embed_text(reply(await slash(world, person, "show", practice=practice.id)))
    assert practice.id not in await offered(world, other, "show")
    assert "nearest" not in all_text(reply(await slash(world, other, "show", practice=practice.id)))
    gone = words(other)("That is not here any more, or it is not open to you.")
    for forged in (
        f"practice:read:{practice.id}",
        f"practice:page:{practice.id}:1",
        f"practice:withdraw:{practice.id}",
        f"practice:withdrawn:{practice.id}",
        f"practice:continue:{practice.id}",
    ):
        start = reply(await slash(world, other, "share"))
        refused = reply(await forge(world, other, start, "open:practice", forged))
        assert refused.content == gone
    assert await found(world, "mobile units rural") == []
    assert (await mine(world, author))[0].state == "in_review"


async def test_the_search_finds_what_was_published(world: World) -> None:
    author = await member(world, AINO)
    practice = await publish(world, author, world.owner)
    assert practice.id in await found(world, "mobile units rural")


async def test_ones_own_list(world: World) -> None:
    author = await member(world, AWA)
    t = words(author)
    nothing = reply(await slash(world, author, "mine"))
    assert nothing.content == t("You have no drafts and no practices. Begin with /practice share.")
    for number in range(6):
        await share(world, author, title=f"Practice with the number {number}")
    await draft(world, author, title="The one that is not sent")
    first = reply(await slash(world, author, "mine"))
    assert first.ephemeral
    assert "The one that is not sent" in embed_text(first)
    assert t("Page {n} of {total}", n=1, total=2) in embed_text(first)
    second = reply(await press(author, first, "practice:minepage"))
    assert "Practice with the number 0" in embed_text(second)
    [practice] = [each for each in await mine(world, author) if "number 0" in each.title.text("en")]
    opened = reply(await choose(author, second, "practice:mine:", f"practice:{practice.id}"))
    assert button_labels(opened) == [t("Read in full"), t("Withdraw")]
    first = reply(await slash(world, author, "mine"))
    [token] = [value for value in values(first) if value.startswith("draft:")]
    opened = reply(await choose(author, first, "practice:mine:", token))
    assert button_labels(opened) == [t("Continue"), t("Discard")]


def values(message: Any) -> list[str]:
    """What the menu of a message offers."""
    return [option["value"] for item in components(message) for option in item.get("options", [])]


async def test_a_list_shows_nobody_elses(world: World) -> None:
    author, other = await member(world, AINO), await member(world, AWA)
    practice = await share(world, author)
    await share(world, other, title="A practice of another person")
    listed = reply(await slash(world, other, "mine"))
    assert TITLE not in all_text(listed)
    for item in stored_items(world, listed):
        for option in item.get("options", []):
            option["value"] = f"practice:{practice.id}"
    refused = reply(await choose(other, listed, "practice:mine:", f"practice:{practice.id}"))
    assert refused.content == words(other)("That is not here any more, or it is not open to you.")


async def test_withdrawn_by_its_author_and_gone_everywhere(world: World) -> None:
    author, reader = await member(world, AWA), await member(world, AINO)
    t = words(author)
    practice = await publish(world, author, world.owner)
    thread = thread_of(world, practice)
    asked = reply(await slash(world, author, "withdraw", practice=practice.id))
    assert asked.ephemeral
    assert not await erased(world)
    kept = reply(await press(author, asked, "practice:keep"))
    assert kept.content == t("Nothing was changed.")
    asked = reply(await slash(world, author, "withdraw", practice=TITLE))
    done = reply(await press(author, asked, "practice:withdrawn"))
    assert done.content == t("Withdrawn. Nothing of its text was kept.")
    [post] = posts(world, thread.id)
    assert "This practice was withdrawn." in embed_text(post)
    assert button_labels(post) == []
    assert thread.name == "Withdrawn practice"
    assert thread.thread_metadata.archived
    assert thread.thread_metadata.locked
    [card] = review_cards(world)
    assert "Withdrawn by its author" in all_text(card)
    assert TITLE not in all_text(card)
    assert await erased(world)
    assert await found(world, "mobile units rural") == []
    assert practice.id not in await offered(world, reader, "show")
    assert await offered(world, author, "withdraw") == {}
    assert "nearest" not in all_text(reply(await slash(world, reader, "show", practice=practice.id)))
    [left] = await mine(world, author)
    assert left.state == "withdrawn"
    assert left.withdrawn_reason == "author"
    listed = reply(await slash(world, author, "mine"))
    assert t("Withdrawn practice") in embed_text(listed)


async def test_withdrawn_twice_is_withdrawn_once(world: World) -> None:
    author = await member(world, AINO)
    practice = await publish(world, author, world.owner)
    first, second = [reply(await slash(world, author, "withdraw", practice=practice.id)) for _ in range(2)]
    await press(author, first, "practice:withdrawn")
    late = reply(await press(author, second, "practice:withdrawn"))
    assert late.content == "That is not here any more, or it is not open to you."


async def test_moderators_withdraw_what_members_shared(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    practice = await share(world, author)
    assert practice.id in await offered(world, mira, "withdraw")
    asked = reply(await slash(world, mira, "withdraw", practice=practice.id))
    await press(mira, asked, "practice:withdrawn")
    [left] = await mine(world, author)
    assert left.withdrawn_reason == "moderator"
    assert "Withdrawn by a moderator" in all_text(review_cards(world)[0])
    assert await erased(world)
    refused = reply(await slash(world, mira, "withdraw", practice=BROCHURE))
    assert refused.content.startswith("No practice here is called")


async def test_a_returned_practice_is_withdrawn_with_its_draft(world: World) -> None:
    author = await member(world, AINO)
    practice = await share(world, author)
    await slash(world, world.owner, "return", practice=TITLE, comment="Please leave the village out of it.")
    await press(author, reply(await slash(world, author, "mine")), "practice:continue")
    asked = reply(await slash(world, author, "withdraw", practice=practice.id))
    await press(author, asked, "practice:withdrawn")
    assert await erased(world)


async def test_a_thread_asleep_or_gone_is_no_obstacle(world: World) -> None:
    author = await member(world, AINO)
    for lost in (False, True):
        practice = await publish(world, author, world.owner, title=f"A practice whose thread is lost: {lost}")
        thread = thread_of(world, practice)
        if lost:
            world.env.backend.delete_channel(thread.id)
        else:
            thread.thread_metadata.archived = True
        await world.restart()
        asked = reply(await slash(world, author, "withdraw", practice=practice.id))
        await press(author, asked, "practice:withdrawn")
        if not lost:
            assert "This practice was withdrawn." in embed_text(posts(world, thread.id)[0])
            assert thread.thread_metadata.archived
    assert posts(world, "moderators", "could not go out") == []


async def test_the_button_in_a_direct_message_tells_nobody_else(world: World) -> None:
    author, other = await member(world, AINO), await member(world, AWA)
    practice = await publish(world, author, world.owner)
    start = reply(await slash(world, other, "share"))
    forged = f"practice:stand:{world.guild.id}:{practice.id}"
    refused = reply(await forge(world, other, start, "open:practice", forged))
    assert refused.content == words(other)("That is not here any more, or it is not open to you.")

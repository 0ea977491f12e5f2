"""Deciding on a practice: approved or returned once, by somebody else, and posted in the forum."""

from datetime import timedelta
from typing import Any

from bot.demo.world import Person, World
from data.audit import list_entries
from data.deliveries import list_for_subject
from data.members import Profile, submit_member
from data.practices import subject_of
from tests.act import all_text, button_labels, embed_text, fields, reply
from tests.practices.acting import (
    AINO,
    AWA,
    LUCIA,
    TITLE,
    bot_of,
    choose,
    custom_id,
    direct_messages,
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
    thread_of,
    words,
)

COMMENT = "Please leave out the name of the village in the summary."


def tag_names(world: World, thread: Any) -> set[str]:
    """The names of the tags on a thread."""
    forum = world.env.backend.channels[thread.parent_id]
    names = {int(tag["id"]): tag["name"] for tag in forum.available_tags}
    return {names[int(tag)] for tag in thread.applied_tags}


async def set_up_again(world: World) -> None:
    plan = reply(await world.owner.actor.slash(world.channel("general"), "setup"))
    await world.owner.actor.click(plan, label="Set up the server")


async def lose(world: World, channel: str) -> None:
    """Delete a channel under the bot."""
    world.env.backend.delete_channel(world.channel(channel).id)
    await world.env.settle()


async def test_approved_and_posted_with_its_tags(world: World) -> None:
    author = await member(world, AWA)
    preview = await draft(world, author, allowed=[])
    preview = reply(await choose(author, preview, "practice:language", "fr"))
    await press(author, preview, "practice:send")
    [card] = review_cards(world)
    answer = reply(await press(world.owner, card, "practice:approve"))
    assert answer.ephemeral
    assert answer.content.startswith(f"Approved: “{TITLE}”. It will appear in <#")
    [practice] = await mine(world, author)
    assert practice.state == "published"
    thread = thread_of(world, practice)
    assert thread.name == TITLE
    assert tag_names(world, thread) == {"Prevention", "Capacity", "Pilot"}
    [post] = posts(world, thread.id)
    # The headings are in the language of the practice.
    assert f"**{words(author)('The problem')}**" in embed_text(post)
    assert words(author)("Country") in embed_text(post)
    assert "Sénégal" in embed_text(post)
    # The author asked not to be shown.
    assert str(author.id) not in all_text(post)
    [card] = review_cards(world)
    assert f"Approved by <@{world.owner.id}> on <t:" in all_text(card)
    assert f"<#{thread.id}>" in all_text(card)
    assert button_labels(card) == []
    assert "nearest police station" not in all_text(card)
    told = direct_messages(author)[-1]
    assert (
        words(author)("Your practice “{title}” is published in {server}. Thank you.", title=TITLE, server="The Network")
        in told.content
    )


async def test_the_contact_is_shown_where_the_author_wants_it(world: World) -> None:
    author = await member(world, AINO)
    practice = await publish(world, author, world.owner)
    [post] = posts(world, thread_of(world, practice).id)
    assert f"Contact\n<@{author.id}>" in embed_text(post)
    assert post.mentions == []


async def test_the_post_can_be_read_in_full_by_others_in_their_language(world: World) -> None:
    author, reader = await member(world, AINO), await member(world, LUCIA)
    practice = await publish(world, author, world.owner)
    await world.restart()
    [post] = posts(world, thread_of(world, practice).id)
    page = reply(await press(reader, post, "practice:read:"))
    assert page.ephemeral
    assert words(reader)("Country") in embed_text(page)
    page = reply(await press(reader, page, "practice:page"))
    assert "hours away" in embed_text(page)
    page = reply(await press(reader, page, "practice:page"))
    assert TITLE in embed_text(page)


async def test_returned_changed_and_sent_again(world: World) -> None:
    author = await member(world, AWA)
    t = words(author)
    await share(world, author)
    [card] = review_cards(world)
    shown = await press(world.owner, card, "practice:sendback")
    answer = reply(await world.owner.actor.submit_modal(shown, {"comment": COMMENT}))
    assert answer.content == f"Returned: “{TITLE}”. Its author is told what you wrote."
    [card] = review_cards(world)
    assert f"Returned with comments by <@{world.owner.id}> on <t:" in all_text(card)
    assert button_labels(card) == []
    # Told privately, with the comment, and without the reviewer's name.
    told = direct_messages(author)[-1]
    assert COMMENT in all_text(told)
    assert str(world.owner.id) not in all_text(told)
    stands = reply(await author.user.click(told, custom_id=custom_id(told, "practice:stand")))
    assert COMMENT in all_text(stands)
    # And in the list, where one goes on.
    listed = reply(await slash(world, author, "mine"))
    assert COMMENT in embed_text(listed)
    preview = reply(await press(author, listed, "practice:continue"))
    assert t("The reviewer asks: {comment}", comment=COMMENT) in preview.content
    shown = await press(author, preview, "open:practice:what")
    assert fields(shown)["done"]["value"].startswith("Units of two officers")
    changed = {name: item["value"] for name, item in fields(shown).items()} | {
        "done": "Units visit on market days, as the health posts asked."
    }
    preview = reply(await author.actor.submit_modal(shown, changed))
    await press(author, preview, "practice:send")
    [practice] = await mine(world, author)
    assert practice.state == "in_review"
    assert practice.version == 3
    old, new = review_cards(world)
    assert button_labels(old) == []
    assert "as the health posts asked" in all_text(new)
    await press(world.owner, new, "practice:approve")
    [practice] = await mine(world, author)
    assert practice.state == "published"
    assert "as the health posts asked" in all_text(posts(world, thread_of(world, practice).id)[0])


async def test_a_returned_practice_reopens_in_another_language(world: World) -> None:
    """The country's name is written anew in the language of whoever goes on."""
    author = await member(world, AWA)
    await share(world, author, country="Spain")
    await slash(world, world.owner, "return", practice=TITLE, comment=COMMENT)
    preview = reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue"))
    assert fields(await press(author, preview, "open:practice:basics"))["country"]["value"] == "Espagne"


async def test_a_comment_too_short_is_refused_and_kept(world: World) -> None:
    await share(world, await member(world, AINO))
    shown = await press(world.owner, review_cards(world)[0], "practice:sendback")
    refused = reply(await world.owner.actor.submit_modal(shown, {"comment": "No.         "}))
    assert refused.content == "The comment needs 10 to 1000 characters; it has 3."
    again = await press(world.owner, refused, "open:practice:return")
    assert fields(again)["comment"]["value"].startswith("No.")
    by_command = reply(await slash(world, world.owner, "return", practice=TITLE, comment="\u200b no \u202e"))
    assert by_command.content == "The comment needs 10 to 1000 characters; it has 2."


async def test_closed_direct_messages_lose_nothing(world: World) -> None:
    author = await member(world, AINO)
    await share(world, author)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await slash(world, world.owner, "return", practice=TITLE, comment=COMMENT)
    assert "accepts no direct messages" in all_text(posts(world, "moderators")[-1])
    assert COMMENT in embed_text(reply(await slash(world, author, "mine")))


async def test_nobody_decides_on_their_own(world: World) -> None:
    mira = await moderator(world)
    await share(world, mira)
    [card] = review_cards(world)
    own = "This is your own practice: another moderator has to review it."
    for begins in ("practice:approve", "practice:sendback"):
        assert reply(await press(mira, card, begins)).content == own
    assert reply(await slash(world, mira, "publish", practice=TITLE)).content == own
    assert reply(await slash(world, mira, "return", practice=TITLE, comment=COMMENT)).content == own
    assert (await mine(world, mira))[0].state == "in_review"
    await press(world.owner, card, "practice:approve")
    assert (await mine(world, mira))[0].state == "published"


async def test_of_two_reviewers_one_is_first(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    practice = await share(world, author)
    waiting = reply(await slash(world, mira, "review"))
    private = reply(await choose(mira, waiting, "practice:waiting", practice.id))
    shown = await press(mira, private, "practice:sendback")
    lucia = await moderator(world, LUCIA)
    await press(world.owner, review_cards(world)[0], "practice:approve")
    await press(lucia, review_cards(world)[0], "practice:approve")
    late = reply(await press(mira, private, "practice:approve"))
    assert late.content.startswith(words(mira)("This was decided already. {state}", state="Approved by"))
    late = reply(await mira.actor.submit_modal(shown, {"comment": COMMENT}))
    assert late.content.startswith("This was decided already.")
    [practice] = await mine(world, author)
    assert practice.state == "published"
    assert len([row for row in world.env.backend.channels.values() if row.name == TITLE]) == 1


async def test_an_old_card_does_not_decide_on_a_new_version(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    practice = await share(world, author)
    private = reply(await choose(mira, reply(await slash(world, mira, "review")), "practice:waiting", practice.id))
    await slash(world, world.owner, "return", practice=TITLE, comment=COMMENT)
    await press(
        author,
        reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue")),
        "practice:send",
    )
    late = reply(await press(mira, private, "practice:approve"))
    assert late.content == "The author has changed this practice since. Look at it again with /practice review."


async def test_what_waits_is_listed_and_opened(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    nothing = reply(await slash(world, mira, "review"))
    assert nothing.content == "No practice waits for review."
    practice = await share(world, author)
    for number in range(11):
        await share(world, author, title=f"Practice with the number {number}")
    listed = reply(await slash(world, mira, "review"))
    assert listed.ephemeral
    assert TITLE in embed_text(listed)
    assert "Page 1 of 2" in embed_text(listed)
    second = reply(await press(mira, listed, "practice:waitpage"))
    assert "Practice with the number 10" in embed_text(second)
    back = reply(await press(mira, second, "practice:waitpage"))
    opened = reply(await choose(mira, back, "practice:waiting", practice.id))
    assert "nearest police station" in embed_text(opened)
    assert "It needs 1 more approval." in reply(await press(mira, opened, "practice:approve")).content
    await slash(world, world.owner, "publish", practice=practice.id)
    assert button_labels(review_cards(world)[0]) == []


async def test_members_cannot_review(world: World) -> None:
    author, other = await member(world, AINO), await member(world, AWA)
    practice = await share(world, author)
    refusal = words(other)("This is for the moderators of this community.")
    for command, options in (
        ("review", {}),
        ("publish", {"practice": practice.id}),
        ("return", {"practice": practice.id, "comment": COMMENT}),
    ):
        assert reply(await slash(world, other, command, **options)).content == refusal
    for command in ("publish", "return"):
        assert await offered(world, other, command) == {}
    # A forged button, on a message of one's own.
    for forged in (
        f"practice:approve:{practice.id}:1",
        f"practice:sendback:{practice.id}:1",
        f"practice:publish:{practice.id}",
        "practice:waitpage:0",
    ):
        listed = reply(await slash(world, other, "share"))
        assert reply(await forge(world, other, listed, "open:practice", forged)).content == refusal
    assert (await mine(world, author))[0].state == "in_review"


async def test_what_is_not_there_is_not_found(world: World) -> None:
    mira = await moderator(world)
    await share(world, await member(world, AINO))
    listed = reply(await slash(world, mira, "share"))
    refused = reply(await forge(world, mira, listed, "open:practice", "practice:approve:another-communitys-0123abcd:1"))
    assert refused.content == "That is not here any more, or it is not open to you."
    unknown = reply(await slash(world, mira, "publish", practice="**Nothing** of the kind"))
    assert unknown.content.startswith("No practice here is called “\\*\\*Nothing\\*\\* of the kind”.")


async def test_publish_by_command_and_autocomplete(world: World) -> None:
    author = await member(world, AINO)
    practice = await share(world, author)
    assert await offered(world, world.owner, "publish", "mobile") == {practice.id: TITLE}
    assert await offered(world, world.owner, "return", "zzz") == {}
    assert reply(await slash(world, world.owner, "publish", practice=practice.id)).content.startswith("Approved:")
    [practice] = await mine(world, author)
    again = reply(await slash(world, world.owner, "publish", practice=practice.id))
    assert again.content == f"This practice is published already: <#{practice.thread_id}>"
    late = reply(await slash(world, world.owner, "return", practice=practice.id, comment=COMMENT))
    assert late.content.startswith("This was decided already.")
    assert await offered(world, world.owner, "publish") == {}


async def test_a_returned_practice_cannot_be_published(world: World) -> None:
    await share(world, await member(world, AINO))
    await slash(world, world.owner, "return", practice=TITLE, comment=COMMENT)
    refused = reply(await slash(world, world.owner, "publish", practice=TITLE))
    assert refused.content == "This practice was returned: its author has to send it again first."


async def test_without_a_forum_it_stays_approved_and_can_be_posted_later(world: World) -> None:
    author = await member(world, AINO)
    await share(world, author)
    await lose(world, "practices")
    answer = reply(await press(world.owner, review_cards(world)[0], "practice:approve"))
    assert answer.content.endswith("There is no forum to post it in: run /setup, then /practice publish.")
    [practice] = await mine(world, author)
    assert practice.state == "approved"
    assert "a message about a practice" in all_text(posts(world, "moderators")[-1])
    waiting = reply(await slash(world, world.owner, "review"))
    assert "Approved, but not posted yet." in embed_text(waiting)
    await set_up_again(world)
    answer = reply(await slash(world, world.owner, "publish", practice=TITLE))
    assert answer.content.startswith("It will appear in <#")
    [practice] = await mine(world, author)
    assert practice.state == "published"
    assert len(posts(world, thread_of(world, practice).id)) == 1
    async with bot_of(world).db.read() as session:
        planned = await list_for_subject(session, world.guild.id, subject_of(practice.id))
    assert [row.state for row in planned if row.kind == "practice.publication"] == ["failed", "sent"]


async def test_what_could_not_be_posted_can_be_posted_from_the_list(world: World) -> None:
    author = await member(world, AINO)
    practice = await share(world, author)
    await lose(world, "practices")
    await press(world.owner, review_cards(world)[0], "practice:approve")
    await set_up_again(world)
    opened = reply(
        await choose(world.owner, reply(await slash(world, world.owner, "review")), "practice:waiting", practice.id)
    )
    assert has(opened, "practice:publish")
    await press(world.owner, opened, "practice:publish")
    assert (await mine(world, author))[0].state == "published"


async def test_without_the_reviewers_channel_it_still_waits(world: World) -> None:
    author = await member(world, AINO)
    await lose(world, "practice-review")
    practice = await share(world, author)
    assert "a message about a practice" in all_text(posts(world, "moderators")[-1])
    opened = reply(
        await choose(world.owner, reply(await slash(world, world.owner, "review")), "practice:waiting", practice.id)
    )
    await press(world.owner, opened, "practice:approve")
    assert (await mine(world, author))[0].state == "published"


async def test_tags_that_are_gone_are_left_out(world: World) -> None:
    author = await member(world, AINO)
    forum = world.env.backend.channels[world.channel("practices").id]
    forum.available_tags = [tag for tag in forum.available_tags if tag["name"] == "Pilot"]
    await world.restart()
    practice = await publish(world, author, world.owner)
    assert tag_names(world, thread_of(world, practice)) == {"Pilot"}


async def test_without_permission_it_stays_approved_and_moderators_are_told(world: World) -> None:
    author = await member(world, AINO)
    await share(world, author)
    forum = world.channel("practices").id
    world.env.inject_error("POST", f"/channels/{forum}/threads", status=403, code=50013)
    await press(world.owner, review_cards(world)[0], "practice:approve")
    [practice] = await mine(world, author)
    assert practice.state == "approved"
    assert "a message about a practice" in all_text(posts(world, "moderators")[-1])


async def test_a_deleted_card_is_no_obstacle(world: World) -> None:
    author = await member(world, AINO)
    await share(world, author)
    world.env.backend.delete_message(review_cards(world)[0].channel.id, review_cards(world)[0].id)
    await slash(world, world.owner, "publish", practice=TITLE)
    assert (await mine(world, author))[0].state == "published"
    assert posts(world, "moderators", "a message about a practice") == []


async def test_who_decided_what_is_on_record(world: World) -> None:
    author = await member(world, AINO)
    practice = await publish(world, author, world.owner)
    async with bot_of(world).db.read() as session:
        entries = await list_entries(session, world.guild.id)
    found = [(entry.action, entry.actor_id) for entry in reversed(entries) if entry.object_id == practice.id]
    assert found == [("practice.submit", author.id), ("practice.approve", world.owner.id), ("practice.published", None)]


async def test_a_card_from_before_a_restart_still_decides(world: World) -> None:
    author = await member(world, AINO)
    await share(world, author)
    await world.restart()
    await press(world.owner, review_cards(world)[0], "practice:approve")
    assert (await mine(world, author))[0].state == "published"


async def of_country(world: World, person: Person, country: str) -> None:
    """Give somebody a profile with a country."""
    profile = Profile(
        name=person.name,
        country=country,
        organisation_kind="police",
        organisation="Police",
        role="Officer",
        key_areas=(),
        languages=("en",),
        offers="",
        seeks="",
        language="en",
        directory=False,
    )
    async with bot_of(world).db.begin() as session:
        await submit_member(session, world.guild.id, person.id, profile, notice_version="1", now=world.now)


async def test_two_approve_and_one_of_them_is_from_elsewhere(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    lucia = await moderator(world, LUCIA)
    for person, country in ((author, "FI"), (mira, "FI"), (lucia, "FI"), (world.owner, "FI")):
        await of_country(world, person, country)
    practice = await share(world, author)
    [card] = review_cards(world)
    # Nobody is from elsewhere: whoever reviews is told so, and what to do about it.
    assert "Give the moderators' role to somebody who is." in card.content
    await of_country(world, lucia, "CL")
    first = reply(await press(mira, card, "practice:approve"))
    assert first.content.startswith(f"Your approval of “{TITLE}” is noted.")
    assert "It needs 1 more approval. One has to be by somebody from another country" in first.content
    # Once more comes to the same.
    await press(mira, card, "practice:approve")
    [card] = review_cards(world)
    assert f"Approved by <@{mira.id}> on <t:" in card.content
    assert "It needs 1 more approval." in card.content
    # The clock stands still by itself, and who approved is told in the order of time.
    await world.restart()
    await world.pass_time(timedelta(seconds=1))
    second = reply(await press(world.owner, card, "practice:approve"))
    assert "One has to be by somebody from another country" in second.content
    assert (await mine(world, author))[0].state == "in_review"
    await world.pass_time(timedelta(seconds=1))
    # The level that is confirmed is the lowest that a reviewer found.
    await choose(lucia, review_cards(world)[0], "practice:level", "1")
    [practice] = await mine(world, author)
    assert (practice.state, practice.evidence_claimed, practice.evidence_confirmed) == ("published", 2, 1)
    [post] = posts(world, thread_of(world, practice).id)
    assert "2 – compared before and after, in one place" in embed_text(post)
    assert "1 – experience of those who do it" in embed_text(post)
    assert f"<@{mira.id}>, <@{world.owner.id}>, <@{lucia.id}>" in all_text(review_cards(world)[0])


async def test_what_is_sent_again_needs_new_approvals(world: World) -> None:
    author, mira = await member(world, AINO), await moderator(world)
    practice = await share(world, author)
    await press(mira, review_cards(world)[0], "practice:approve")
    await slash(world, world.owner, "return", practice=practice.id, comment=COMMENT)
    preview = reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue"))
    await press(author, preview, "practice:send")
    told = reply(await press(world.owner, review_cards(world)[-1], "practice:approve"))
    assert "It needs 1 more approval." in told.content
    assert (await mine(world, author))[0].state == "in_review"
    await press(mira, review_cards(world)[-1], "practice:approve")
    assert (await mine(world, author))[0].state == "published"

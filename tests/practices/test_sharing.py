"""Writing a practice: four forms, saved at each step, sent once."""

from datetime import timedelta
from typing import Any

import pytest
import simcord

from bot.demo.world import Persona, World
from bot.forms import KEEP_DRAFT
from cogs.practices.rules import SECTIONS, SUMMARY
from cogs.practices.rules import TITLE as TITLE_FIELD
from data.drafts import save_draft
from data.members import Profile, submit_member
from data.practices import DRAFT
from tests.act import all_text, button_labels, embed_text, fields, reply
from tests.practices.acting import (
    AINO,
    AWA,
    BASICS,
    EVIDENCE,
    LUCIA,
    RELEASE,
    TITLE,
    WHAT,
    begin,
    bot_of,
    choose,
    custom_id,
    draft,
    forge,
    has,
    member,
    mine,
    press,
    review_cards,
    share,
    slash,
    words,
    write,
)


@pytest.mark.parametrize("persona", [AWA, LUCIA, AINO], ids=lambda persona: persona.locale)
async def test_the_way_from_the_command_to_the_reviewers(world: World, persona: Persona) -> None:
    author = await member(world, persona)
    t = words(author)
    start = reply(await slash(world, author, "share"))
    assert start.ephemeral
    assert start.content.startswith(
        t("**Before you begin:** write no names and no details of a case, nothing that could identify a survivor.")
    )
    shown = await press(author, start, "open:practice:basics")
    assert shown.modal is not None
    assert shown.modal["title"] == t("{n} of {total}: {step}", n=1, total=4, step=t("The basics"))
    preview = reply(await write(author, shown))
    assert preview.ephemeral
    # The card is in the language of the practice; what is said about it, in the author's.
    assert (
        t("This is how it will appear. Nothing is sent yet: read it again, looking for what could identify a person.")
        in preview.content
    )
    assert "**The problem**" in embed_text(preview)
    assert button_labels(preview)[:2] == [t("Send for review"), t("Discard")]
    assert review_cards(world) == []
    sent = reply(await press(author, preview, "practice:send"))
    assert sent.content == t(
        "Thank you: “{title}” is sent. Only the moderators can read it until one of them has approved it. "
        "See how it stands with /practice mine.",
        title=TITLE,
    )
    [card] = review_cards(world)
    assert TITLE in all_text(card)
    assert f"<@{author.id}>" in card.content
    [practice] = await mine(world, author)
    assert practice.state == "in_review"
    assert practice.country == "SN"
    assert practice.key_areas == ("prevention-investigation", "capacity")
    assert practice.id.startswith("sn-")


async def test_visitors_are_told_who_may_share(world: World) -> None:
    visitor = await world.join(AWA)
    refused = reply(await slash(world, visitor, "share"))
    assert refused.ephemeral
    assert refused.content == words(visitor)(
        "This is for members. Press the button in the welcome channel to become one."
    )


async def test_the_preview_is_what_the_reviewers_see(world: World) -> None:
    author = await member(world, AINO)
    preview = await draft(world, author)
    before = [embed.to_dict() for embed in preview.embeds]
    await press(author, preview, "practice:send")
    assert [embed.to_dict() for embed in review_cards(world)[0].embeds] == before


async def test_the_country_is_the_members_own_or_the_commands(world: World) -> None:
    author = await member(world, AINO)
    async with bot_of(world).db.begin() as session:
        profile = Profile(
            name="Aino",
            country="FI",
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
        await submit_member(session, world.guild.id, author.id, profile, notice_version="1", now=world.now)
    assert fields(await begin(world, author))["country"]["value"] == "Finland"
    general = world.channel("general")
    choices = await author.actor.autocomplete(general, "practice share", "country", "séné")
    assert {"name": "Senegal", "value": "SN"} in choices
    start = reply(await slash(world, author, "share", country="SN"))
    assert fields(await press(author, start, "open:practice:basics"))["country"]["value"] == "Senegal"


async def test_an_unknown_country_offers_those_that_sound_alike(world: World) -> None:
    author = await member(world, AINO)
    refused = reply(await slash(world, author, "share", country="Senegaal"))
    assert "“Senegaal” is not known" in refused.content
    assert refused.content.endswith("Did you mean: Senegal?")
    shown = await begin(world, author)
    wrong = reply(
        await author.actor.submit_modal(shown, {**BASICS, "country": "Nowhereland **[x](https://x.example)**"})
    )
    assert "is not known" in wrong.content
    assert "](" not in wrong.content.replace("\\](", "")
    # Nothing that was typed is lost.
    again = await press(author, wrong, "open:practice:basics")
    assert fields(again)["title"]["value"] == TITLE
    assert fields(again)["summary"]["value"] == BASICS["summary"]
    assert {option["value"] for option in fields(again)["key_areas"]["options"] if option["default"]} == {
        "prevention-investigation",
        "capacity",
    }
    step = reply(await author.actor.submit_modal(again, BASICS))
    assert has(step, "open:practice:what")


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "Too short         "},
        {"title": "\u202e\u200b\u200b\u200b\u200bshort\u200b\u200b\u200b\u200b\u200b"},
        {"title": "            "},
        {"summary": "Fifty characters, of which most are blanks" + " " * 40},
    ],
)
async def test_a_text_too_short_after_trimming_is_refused_and_kept(world: World, typed: dict[str, str]) -> None:
    author = await member(world, AWA)
    shown = await begin(world, author)
    refused = reply(await author.actor.submit_modal(shown, {**BASICS, **typed}))
    t = words(author)
    name = t("Title") if "title" in typed else t("Summary")
    assert name in refused.content
    assert refused.ephemeral
    again = await press(author, refused, "open:practice:basics")
    assert fields(again)["country"]["value"] == "Senegal"


def let_anything_in(shown: simcord.InteractionResult) -> None:
    """Take the limits off a form, as a client that lies would."""
    modal: Any = shown._interaction.modal
    for part in modal["components"]:
        part["component"].pop("max_length", None)
        if part["component"]["custom_id"] == "key_areas":
            part["component"]["max_values"] = 5


async def test_more_than_a_form_allows_is_refused_here_too(world: World) -> None:
    author = await member(world, AINO)
    shown = await begin(world, author)
    let_anything_in(shown)
    refused = reply(await author.actor.submit_modal(shown, {**BASICS, "summary": "x" * 4000}))
    assert refused.content == "“Summary” may have 400 characters at most; it has 4000."
    shown = await press(author, refused, "open:practice:basics")
    let_anything_in(shown)
    areas = ["institutional-change", "capacity", "leadership"]
    refused = reply(await author.actor.submit_modal(shown, {**BASICS, "key_areas": areas}))
    assert refused.content == "Choose one or two key areas."


async def test_all_three_declarations_are_needed(world: World) -> None:
    author = await member(world, AINO)
    refused = await draft(world, author, declarations=["identity", "authorised"])
    assert refused.content.startswith("A practice can only be shared if all three declarations are true.")
    assert not has(refused, "practice:send")
    shown = await press(author, refused, "open:practice:release")
    preview = reply(await author.actor.submit_modal(shown, RELEASE))
    assert has(preview, "practice:send")


async def test_a_draft_is_continued_where_it_was_left_after_a_restart(world: World) -> None:
    author = await member(world, AWA)
    shown = await begin(world, author)
    await author.actor.submit_modal(shown, BASICS)
    await world.restart()
    await world.pass_time(timedelta(days=3))
    t = words(author)
    offer = reply(await slash(world, author, "share"))
    assert t.plural("You have {n} unfinished draft.", "You have {n} unfinished drafts.", 1) in offer.content
    assert TITLE in all_text(offer)
    assert button_labels(offer) == [t("Continue"), t("Begin another draft")]
    shown = await press(author, offer, "practice:continue")
    assert "problem" in fields(shown)
    preview = reply(await write(author, shown, "what"))
    await press(author, preview, "practice:send")
    assert len(review_cards(world)) == 1


async def test_old_buttons_and_forms_work_after_a_restart(world: World) -> None:
    author = await member(world, AINO)
    step = reply(await author.actor.submit_modal(await begin(world, author), BASICS))
    await world.restart()
    shown = await press(author, step, "open:practice:what")
    await world.restart()
    step = reply(await author.actor.submit_modal(shown, WHAT))
    assert has(step, "open:practice:evidence")


async def test_starting_anew_keeps_the_draft_before(world: World) -> None:
    author = await member(world, AINO)
    await author.actor.submit_modal(await begin(world, author), BASICS)
    offer = reply(await slash(world, author, "share", country="Chile"))
    shown = await press(author, reply(await press(author, offer, "practice:anew")), "open:practice:basics")
    assert fields(shown)["country"]["value"] == "Chile"
    assert "value" not in fields(shown)["title"]
    await author.actor.submit_modal(shown, {**BASICS, "title": "Another practice altogether"})
    both = reply(await slash(world, author, "mine"))
    assert TITLE in embed_text(both)
    assert "Another practice altogether" in embed_text(both)
    assert "You have 2 unfinished drafts." in reply(await slash(world, author, "share")).content


async def test_drafts_have_a_limit_and_an_end(world: World) -> None:
    author = await member(world, AINO)
    await author.actor.submit_modal(await begin(world, author), BASICS)
    started = None
    for _ in range(9):
        started = reply(
            await press(author, reply(await slash(world, author, "share", country="Chile")), "practice:anew")
        )
    refused = reply(await press(author, reply(await slash(world, author, "share")), "practice:anew"))
    assert refused.content.startswith("You have 10 unfinished drafts.")
    await world.pass_time(timedelta(days=31))
    assert has(reply(await slash(world, author, "share")), "open:practice:basics")
    assert "no drafts" in reply(await slash(world, author, "mine")).content
    assert started is not None
    assert started.ephemeral


async def test_any_part_can_be_changed_before_sending(world: World) -> None:
    author = await member(world, AINO)
    preview = await draft(world, author)
    shown = await press(author, preview, "open:practice:evidence")
    assert fields(shown)["results"]["value"] == EVIDENCE["results"]
    preview = reply(
        await author.actor.submit_modal(shown, {**EVIDENCE, "results": "Better than expected, in all districts."})
    )
    assert "Better than expected" in embed_text(preview)
    assert has(preview, "practice:send")


async def test_a_draft_of_before_is_opened_with_all_that_was_typed(world: World) -> None:
    """It was written when more fitted into a field, and when fewer questions were asked."""
    author = await member(world, AINO)
    long = "Units of two visit on market days. " * 24
    old = {**BASICS, **WHAT, **EVIDENCE, "done": long, "language": ["fr"], "contact": ["shown"]}
    async with bot_of(world).db.begin() as session:
        await save_draft(
            session,
            community_id=world.guild.id,
            user_id=author.id,
            kind=DRAFT,
            subject="0123abcd",
            data={name: value for name, value in old.items() if name not in ("intended", "how", "enablers")},
            now=world.now,
            keep=KEEP_DRAFT,
        )
    shown = await press(author, reply(await slash(world, author, "share")), "practice:continue")
    assert fields(shown)["done"]["value"] == long
    refused = reply(await author.actor.submit_modal(shown, {**WHAT, "done": long}))
    assert "may have 800 characters at most" in refused.content
    again = await press(author, refused, "open:practice:what")
    step = reply(await author.actor.submit_modal(again, WHAT))
    shown = await press(author, step, "open:practice:release")
    assert [one["value"] for one in fields(shown)["allowed"]["options"] if one["default"]] == ["contact"]
    preview = reply(await author.actor.submit_modal(shown, RELEASE))
    assert "Résultats mitigés" in embed_text(preview)


async def test_a_draft_is_discarded_only_when_confirmed(world: World) -> None:
    author = await member(world, AINO)
    preview = await draft(world, author)
    asked = reply(await press(author, preview, "practice:discard"))
    assert "cannot be brought back" in asked.content
    preview = reply(await press(author, asked, "practice:continue"))
    assert has(preview, "practice:send")
    asked = reply(await press(author, preview, "practice:discard"))
    assert reply(await press(author, asked, "practice:discarded")).content == "The draft is discarded."
    assert "no drafts" in reply(await slash(world, author, "mine")).content


async def test_sent_twice_is_sent_once(world: World) -> None:
    author = await member(world, AWA)
    t = words(author)
    preview = await draft(world, author)
    # The same draft, open a second time: on a telephone, say.
    listed = reply(await slash(world, author, "mine"))
    other = reply(await press(author, listed, "practice:continue"))
    form_open = await press(author, other, "open:practice:what")
    await press(author, preview, "practice:send")
    already = t("You have sent this practice already. See how it stands with /practice mine.")
    assert reply(await press(author, other, "practice:send")).content == already
    # A form that was open all the while makes no second draft of it either.
    assert reply(await author.actor.submit_modal(form_open, WHAT)).content == already
    assert len(review_cards(world)) == 1
    assert len(await mine(world, author)) == 1
    assert reply(await slash(world, author, "share")).content.startswith("**")


async def test_a_form_sent_twice_comes_to_the_same(world: World) -> None:
    author = await member(world, AINO)
    start = reply(await slash(world, author, "share"))
    first, second = [await press(author, start, "open:practice:basics") for _ in range(2)]
    await author.actor.submit_modal(first, BASICS)
    again = reply(await author.actor.submit_modal(second, BASICS))
    assert has(again, "open:practice:what")
    assert "You have 1 unfinished draft." in reply(await slash(world, author, "share")).content


async def test_someone_elses_draft_cannot_be_reached(world: World) -> None:
    author, other = await member(world, AINO), await member(world, AWA)
    preview = await draft(world, author)
    token = custom_id(preview, "practice:send").rpartition(":")[2]
    t = words(other)
    gone = t("That is not here any more, or it is not open to you.")
    own = reply(await write(other, await begin(world, other), title="A practice of another person"))
    for kind in ("send", "continue", "discard"):
        refused = reply(await forge(world, other, own, "practice:send", f"practice:{kind}:{token}"))
        assert refused.content == gone
        own = reply(await press(other, reply(await slash(world, other, "mine")), "practice:continue"))
    # A form with a stolen token is an empty form of one's own.
    shown = await forge(world, other, own, "open:practice:what", f"open:practice:what:{token}")
    assert "value" not in fields(shown)["problem"]
    assert await mine(world, author) == []
    assert "The nearest police station" in embed_text(
        reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue"))
    )


async def test_a_draft_that_never_was_is_not_found(world: World) -> None:
    author = await member(world, AINO)
    preview = await draft(world, author)
    for forged in (
        "practice:send:0123abcd",
        "practice:continue:no-such-practice",
        "open:practice:what:some-one-elses-id",
    ):
        refused = reply(await forge(world, author, preview, "practice:send", forged))
        assert refused.content == "That is not here any more, or it is not open to you."
        preview = reply(await press(author, reply(await slash(world, author, "mine")), "practice:continue"))


async def test_what_members_write_never_acts(world: World) -> None:
    author = await member(world, AINO)
    trap = "@everyone <@&1> **bold** [free money](https://evil.example) `x` ||y|| \u202egnihton \u200b# and long enough"
    changed = dict.fromkeys(("title", "summary", "problem", "done", "participants", "cost"), trap[:88])
    changed |= dict.fromkeys(("results", "adapting", "risks", "sources"), trap)
    changed["summary"] = trap
    preview = await draft(world, author, **changed)
    await press(author, preview, "practice:send")
    listed = reply(await slash(world, author, "mine"))
    for message in (preview, review_cards(world)[0], listed):
        text = all_text(message)
        assert "@everyone" not in text
        assert "](" not in text.replace("\\](", "")
        assert "\u202e" not in text
        assert "<@&1>" not in text.replace("\\<@&1>", "")
    assert not review_cards(world)[0].mention_everyone


async def test_text_full_of_signs_is_shortened_on_the_card_and_whole_in_full(world: World) -> None:
    author = await member(world, AINO)
    # As many as the forms let through.
    changed = {field.name: "*abc" * (field.most // 4) for field in SECTIONS}
    preview = await draft(world, author, **changed, title="*abc" * 22, summary="*abc" * 100)
    assert "It is shortened here." in preview.content
    assert sum(len(embed) for embed in preview.embeds) <= 6000
    await press(author, preview, "practice:send")
    [practice] = await mine(world, author)
    found = reply(
        await press(
            author,
            reply(
                await choose(
                    author, reply(await slash(world, author, "mine")), "practice:mine:", f"practice:{practice.id}"
                )
            ),
            "practice:read",
        )
    )
    read = ""
    while True:
        read += embed_text(found)
        nexts = [label for label in button_labels(found) if label == "Next"]
        if not nexts:
            break
        found = reply(await author.actor.click(found, label="Next"))
    assert read.count("\\*abc") >= sum(text.count("*") for text in changed.values())


async def test_the_longest_ordinary_practice_is_not_shortened(world: World) -> None:
    author = await member(world, AINO)
    most = {field.name: field.most for field in (TITLE_FIELD, SUMMARY, *SECTIONS)}
    word = "Sentences, of words. "
    changed = {name: (word * 50)[: length - 1] + "x" for name, length in most.items()}
    preview = await draft(world, author, **changed)
    assert "shortened" not in preview.content
    assert has(preview, "practice:send")


async def test_sharing_needs_the_role_all_the_way(world: World) -> None:
    author = await member(world, AINO)
    preview = await draft(world, author)
    world.env.backend.remove_member_role(world.guild.id, author.id, world.guild.roles["Member"].id)
    await world.env.settle()
    refused = reply(await press(author, preview, "practice:send"))
    assert refused.content == "This is for members. Press the button in the welcome channel to become one."
    assert await mine(world, author) == []


async def test_several_practices_of_one_title(world: World) -> None:
    author = await member(world, AINO)
    first = await share(world, author)
    await share(world, author)
    both = await mine(world, author)
    assert len({practice.id for practice in both}) == 2
    assert first.id in {practice.id for practice in both}

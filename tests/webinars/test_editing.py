"""Correcting a published webinar: what moderators see, what goes out, and to whom."""

from typing import Any

import pytest

from bot.demo.world import Person, World
from bot.languages import texts
from tests.act import all_text, button_labels, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    LUCIA,
    STARTS,
    TYPED,
    custom_id,
    delete_channel,
    events,
    fields_of,
    forged_press,
    member,
    moderator,
    posts,
    press,
    publish,
    reminders,
    rsvp,
    run,
)
from tests.webinars.test_cancelling import cancel, direct

LATER = STARTS + 3 * 3600
PUBLISHED = TYPED | {"when": "2027-01-20 15:00"}
MOVED = {"when": "2027-01-20 18:00"}


async def opened(world: World, person: Person) -> Any:
    """The form for the first webinar."""
    return await person.actor.slash(world.channel("general"), "webinar edit", webinar="1")


async def changed(world: World, person: Person, typed: dict[str, str]) -> Any:
    """Fill the form; gives the preview where nothing is wrong."""
    return reply(await person.actor.submit_modal(await opened(world, person), PUBLISHED | typed))


async def save(world: World, person: Person, typed: dict[str, str]) -> str:
    """Change the first webinar; gives what the moderator is told."""
    return reply(await press(person, await changed(world, person, typed), "webinar:save")).content


async def test_the_form_holds_what_is_published_and_the_preview_shows_old_and_new(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner, minutes=90, area="budgeting")
    shown = await opened(world, awa)
    assert shown.modal is not None
    assert {name: field.get("value") for name, field in fields(shown).items()} == PUBLISHED
    card = reply(await awa.actor.submit_modal(shown, PUBLISHED | MOVED | {"title": "Budgets"}))
    assert card.ephemeral
    before = posts(world)[0].embeds[0].to_dict()
    t, what = texts("fr"), fields_of(card)
    assert what[t("Title")] == "~~Budgets that count~~ → Budgets"
    assert f"~~<t:{STARTS}:F> (<t:{STARTS}:R>)~~ → <t:{LATER}:F>" in what[t("When")]
    assert "mercredi 20 janvier 2027, 18:00" in what[t("When")]
    assert len(reminders(world)) == 0
    assert [embed.title for embed in card.embeds][:2] == ["Budgets", t("What changes")]
    assert posts(world)[0].embeds[0].to_dict() == before, "nothing is changed before it is saved"
    options = await press(awa, card, "open:webinar:editoptions")
    assert fields(options)["minutes"]["value"] == "90"
    zoned = reply(
        await awa.actor.submit_modal(
            options, {"zone": "Europe/Helsinki", "minutes": "45", "area": [], "notify": ["no"]}
        )
    )
    assert f"<t:{LATER - 3600}:F>" in all_text(zoned), "the wall time stays, in the other zone"
    assert fields_of(zoned)[t("Length in minutes")] == "~~90~~ → 45"


async def test_a_new_time_is_shown_posted_and_told(world: World) -> None:
    aino, lucia, awa = [await member(world, persona) for persona in (AINO, LUCIA, AWA)]
    await lucia.actor.slash(world.channel("general"), "language choose", language="es")
    await publish(world, world.owner)
    for person, said in ((aino, "going"), (lucia, "going"), (awa, "maybe")):
        await rsvp(person, posts(world)[0], said)
    assert "2 people who are going are told directly" in await save(world, world.owner, MOVED)
    announcement, notice = posts(world)
    assert f"<t:{LATER}:F>" in all_text(announcement)
    assert f"<t:{STARTS}:F>" not in all_text(announcement)
    assert button_labels(announcement) == button_labels(notice)
    assert "The time has changed" in notice.content
    assert notice.embeds[0].description == f"~~<t:{STARTS}:F>~~\n**<t:{LATER}:F> (<t:{LATER}:R>)**"
    assert "meet.example" not in all_text(notice)
    [event] = events(world)
    assert event.scheduled_start_time.startswith("2027-01-20T17:00")
    assert event.scheduled_end_time.startswith("2027-01-20T18:00")
    assert "The time of “Budgets that count”, to which you are going, has changed." in direct(aino)[0]
    assert f"~~<t:{STARTS}:F>~~" in direct(lucia)[0]
    spanish = texts("es")("The time of “{title}”, to which you are going, has changed.", title="Budgets that count")
    assert direct(lucia)[0].startswith(spanish)
    assert direct(awa) == []
    await world.pass_time(8 * DAY + 9 * HOUR)
    due = [f"<t:{LATER}:F>" in all_text(message) for message in reminders(world)]
    assert due == [True] * 4, "one reminder for each offset, all with the new time"
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "Notice of the new time" in told
    assert "not sent: the webinar was changed" in told
    assert str(aino.id) not in told


async def test_a_new_link_is_told_privately_and_text_to_nobody(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    await publish(world, world.owner)
    for person, said in ((aino, "going"), (awa, "maybe")):
        await rsvp(person, posts(world)[0], said)
    link = {"link": "https://meet.example/new"}
    assert "1 person who is going gets the new link" in await save(world, world.owner, link)
    assert len(posts(world)) == 1
    assert "https://meet.example/new" in direct(aino)[0]
    assert "meet.example" not in all_text(posts(world)[0]) + str(events(world))
    assert "nobody is told" in await save(world, world.owner, link | {"title": "Budgets", "speakers": ""})
    assert posts(world)[0].embeds[0].title == "Budgets"
    assert "Ana" not in all_text(posts(world)[0])
    assert [event.name for event in events(world)] == ["Budgets"]
    assert len(posts(world)) == 1
    assert len(direct(aino)) == 1
    assert direct(awa) == []


async def test_of_two_moderators_one_wins_and_the_other_loses_no_text(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    hers = await changed(world, awa, {"description": "Ce que paient les budgets de police."})
    await save(world, world.owner, MOVED | {"title": "Budgets"})
    told = reply(await press(awa, hers, "webinar:save"))
    assert custom_id(told, "webinar:carry")
    assert "Ce que paient" not in all_text(posts(world)[0])
    await world.restart()
    again = reply(await opened(world, awa))
    assert custom_id(again, "webinar:carry"), "also from the command, after a restart"
    card = reply(await press(awa, again, "webinar:carry"))
    assert [field.name for field in card.embeds[1].fields] == [texts("fr")("What it is about")]
    assert f"<t:{LATER}:F>" in all_text(card), "the other's changes stay"
    key = custom_id(card, "webinar:save")
    await press(awa, card, "webinar:save")
    assert "Ce que paient les budgets de police." in all_text(posts(world)[0])
    assert posts(world)[0].embeds[0].title == "Budgets"
    twice = await forged_press(world, awa, key)
    assert "/webin" in twice.content, "there is nothing left to save"


async def test_bad_input_changes_nothing_and_loses_nothing(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    past = await changed(world, awa, {"when": "01/01/2027 15h", "title": "Neuf"})
    assert "Ce moment est passé" in past.content
    shown = await press(awa, past, "open:webinar:edit:")
    assert fields(shown)["title"]["value"] == "Neuf"
    skipped = reply(await awa.actor.submit_modal(shown, PUBLISHED | {"when": "28/03/2027 2h30"}))
    assert "n’existe pas" in skipped.content
    card = reply(await press(awa, skipped, "webinar:editwhen"))
    assert "dimanche 28 mars 2027, 03:30" in all_text(card)
    shown = await press(awa, card, "open:webinar:edit:")
    refused = reply(await awa.actor.submit_modal(shown, PUBLISHED | {"link": "javascript:alert(1)"}))
    assert "https://" in refused.content
    assert events(world)[0].scheduled_start_time.startswith("2027-01-20T14:00")
    assert len(posts(world)) == 1
    shown = await press(awa, refused, "open:webinar:edit:")
    same = reply(await awa.actor.submit_modal(shown, PUBLISHED))
    assert same.content == texts("fr")("Nothing has changed yet.")
    await press(awa, same, "webinar:leave")
    assert fields(await opened(world, awa))["title"]["value"] == "Budgets that count"


async def test_who_may_not_and_what_is_not_there(world: World) -> None:
    aino, awa = await member(world, AINO), await moderator(world)
    await publish(world, world.owner)
    card = await changed(world, awa, MOVED)
    for command in ("edit", "duplicate"):
        assert "moderators" in (await run(world, aino, command, webinar="1")).content
        assert "not here any more" in (await run(world, world.owner, command, webinar="999")).content
    key = custom_id(card, "webinar:save")
    assert "moderators" in (await forged_press(world, aino, key)).content
    for forged in (
        "webinar:save:999:1:00000000",
        "webinar:carry:999:1",
        "webinar:leave:x:1",
        "open:webinar:edit:999:1",
    ):
        assert "not here any more" in (await forged_press(world, world.owner, forged)).content
    await cancel(world, world.owner)
    assert "a été annulé" in reply(await press(awa, card, "webinar:save")).content
    assert "a été annulé" in (await run(world, awa, "edit", webinar="1")).content
    assert len(posts(world)) == 2


async def test_a_webinar_under_way_can_get_another_link(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await rsvp(aino, posts(world)[0], "going")
    await world.pass_time(8 * DAY + 5.25 * HOUR)
    before = len(posts(world))
    assert "1 person" in await save(world, world.owner, {"link": "https://meet.example/new"})
    assert "https://meet.example/new" in direct(aino)[0]
    assert len(posts(world)) == before
    past = await changed(world, world.owner, {"when": "2027-01-20 15:05", "link": "https://meet.example/new"})
    assert "That moment has passed" in past.content


@pytest.mark.faults
async def test_a_deleted_announcement_and_a_deleted_channel_do_not_keep_it_from_being_saved(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    [post] = posts(world)
    await rsvp(aino, post, "going")
    del world.env.backend.messages[post.channel.id][post.id]
    await save(world, world.owner, MOVED)
    [notice] = posts(world)
    assert "The time has changed" in notice.content
    await delete_channel(world, "webinars")
    assert "Saved" in await save(world, world.owner, {"when": "2027-01-21 18:00"})
    assert len(direct(aino)) == 2
    assert events(world)[0].scheduled_start_time.startswith("2027-01-21T17:00")


async def test_a_duplicate_has_all_but_the_date(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner, minutes=90, area="budgeting")
    shown = await awa.actor.slash(world.channel("general"), "webinar duplicate", webinar="1")
    assert shown.modal is not None
    assert {name: field.get("value") or "" for name, field in fields(shown).items()} == TYPED | {"when": ""}
    card = reply(await awa.actor.submit_modal(shown, TYPED | {"when": "27/01/2027 15h"}))
    assert "mercredi 27 janvier 2027, 15:00" in all_text(card)
    await press(awa, card, "webinar:publish")
    first, second = posts(world)
    assert f"<t:{STARTS}:F>" in all_text(first)
    assert f"<t:{STARTS + 7 * 86400}:F>" in all_text(second)
    assert "90 min" in all_text(second)

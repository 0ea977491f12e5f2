"""What people get wrong, and what goes wrong around them: each time a clear sentence, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest

from bot.demo.world import World
from tests.act import all_text, button_labels, components, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    JOAO,
    LUCIA,
    TYPED,
    create,
    custom_id,
    delete_channel,
    events,
    fields_of,
    forged_form,
    forged_press,
    member,
    moderator,
    posts,
    press,
    preview,
    publish,
    rsvp,
    run,
)


async def test_day_and_month_are_asked_about(world: World) -> None:
    asked = await preview(world, world.owner, {"when": "03/04/2027 15:00"})
    assert "Day and month can be read either way. Which do you mean?" in asked.content
    assert button_labels(asked) == ["Saturday 3 April 2027, 15:00", "Thursday 4 March 2027, 15:00", "Change"]
    card = reply(await world.owner.actor.click(asked, label="Thursday 4 March 2027, 15:00"))
    assert "**Thursday 4 March 2027, 15:00**" in all_text(card)
    await press(world.owner, card, "webinar:publish")
    [event] = events(world)
    assert event.scheduled_start_time.startswith("2027-03-04T14:00")


async def test_day_comes_first_where_the_language_has_it_so(world: World) -> None:
    for persona in (AWA, LUCIA, JOAO):
        card = await preview(world, await moderator(world, persona), {"when": "03/04/2027 15:00"})
        assert f"<t:{1_806_757_200}:F>" in all_text(card), "3 April 2027, 15:00 in Paris"


async def test_an_hour_that_exists_twice_is_asked_about(world: World) -> None:
    awa = await moderator(world)
    asked = await preview(world, awa, {"when": "31/10/2027 à 2h30"})
    assert "cette heure existe deux fois" in asked.content
    assert "Paris, France" in asked.content
    [first, second, _] = button_labels(asked)
    assert first == "dimanche 31 octobre 2027, 02:30 (UTC+02:00)"
    assert second == "dimanche 31 octobre 2027, 02:30 (UTC+01:00)"
    card = reply(await awa.actor.click(asked, label=second))
    assert "dimanche 31 octobre 2027, 02:30" in all_text(card)
    await press(awa, card, "webinar:publish")
    assert events(world)[0].scheduled_start_time.startswith("2027-10-31T01:30")


async def test_an_hour_that_is_skipped_is_asked_about(world: World) -> None:
    asked = await preview(world, world.owner, {"when": "28 March 2027 2:30"})
    assert "this hour does not exist" in asked.content
    assert button_labels(asked) == ["Sunday 28 March 2027, 03:30", "Change"]
    shown = await press(world.owner, asked, "open:webinar:new")
    assert fields(shown)["when"]["value"] == "28 March 2027 2:30"


async def test_a_weekday_that_contradicts_its_date_is_asked_about(world: World) -> None:
    asked = await preview(world, world.owner, {"when": "Monday 20 January 2027 15:00"})
    assert "The weekday and the date do not go together" in asked.content
    assert len(button_labels(asked)) == 4


@pytest.mark.parametrize(
    "when, english, french",
    [
        ("2027-01-20", "The time of day is missing.", "L’heure manque."),
        ("15:00", "The date is missing.", "La date manque."),
        ("2027-01-11 15:00", "That moment has passed: <t:", "Ce moment est passé\u00a0: <t:"),
        ("2027-02-30 15:00", "There is no such day or hour.", "Ce jour ou cette heure n’existe pas."),
        ("after lunch", "That cannot be read as a date and a time.", "Ce texte n’est pas reconnu"),
        ("2127-01-20 15:00", "more than five years ahead", "dans plus de cinq ans"),
        ("\u202e\u200b", "That cannot be read as a date and a time.", "Ce texte n’est pas reconnu"),
    ],
)
async def test_a_time_that_cannot_be_taken_is_told_apart(world: World, when: str, english: str, french: str) -> None:
    awa = await moderator(world)
    for person, sentence in ((world.owner, english), (awa, french)):
        refused = await preview(world, person, {"when": when})
        assert sentence in refused.content
        assert refused.ephemeral
        [button] = [item for item in components(refused) if item["custom_id"].startswith("open:")]
        shown = await person.actor.click(refused, custom_id=button["custom_id"])
        assert {name: field["value"] for name, field in fields(shown).items()} == TYPED | {"when": when}
    assert posts(world) == []


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"title": "   "}, "Give the webinar a title."),
        ({"title": "\u200b\u202e\u2066"}, "Give the webinar a title."),
        ({"description": "\u200b"}, "Say in a few words what the webinar is about."),
        ({"link": "http://meet.example/abc"}, "must begin with https://"),
        ({"link": "javascript:alert(1)"}, "must begin with https://"),
        ({"link": "[x](https://meet.example)"}, "must begin with https://"),
        ({"link": "https://meet.example/a b"}, "must begin with https://"),
        ({"description": "Join: https://meet.example/abc"}, "also stands in a text that everyone sees"),
    ],
)
async def test_a_field_that_cannot_be_taken_leads_back_to_the_form(
    world: World, typed: dict[str, str], sentence: str
) -> None:
    refused = await preview(world, world.owner, typed)
    assert sentence in refused.content
    assert button_labels(refused) == ["Correct and send again"]
    await world.restart()
    shown = await world.owner.actor.click(refused, label="Correct and send again")
    assert {name: field["value"] for name, field in fields(shown).items()} == TYPED | typed
    card = reply(await world.owner.actor.submit_modal(shown, TYPED))
    assert "Publish" in button_labels(card)


async def test_what_is_too_long_is_refused_by_us_as_well(world: World) -> None:
    """Discord holds the limits in its own clients; a changed client does not."""
    for typed in ({"title": "x" * 101}, {"speakers": "x" * 301}, {"description": "x" * 10_000}, {"link": "x" * 501}):
        refused = await forged_form(world, world.owner, typed)
        assert re.search("characters at most|must begin with", refused.content)
    assert posts(world) == []


async def test_a_zone_or_length_that_cannot_be_taken_leads_back_to_its_form(world: World) -> None:
    card = await preview(world, world.owner)
    shown = await press(world.owner, card, "open:webinar:options")
    wrong = {"zone": "EST", "minutes": "60", "area": [], "notify": ["no"]}
    refused = reply(await world.owner.actor.submit_modal(shown, wrong))
    assert "That time zone is not known." in refused.content
    shown = await world.owner.actor.click(refused, label="Correct and send again")
    assert fields(shown)["zone"]["value"] == "EST"
    refused = reply(await world.owner.actor.submit_modal(shown, wrong | {"zone": "UTC", "minutes": "9"}))
    assert "from 10 to 1440" in refused.content
    refused = reply(await create(world, world.owner, zone="Middle Earth"))
    assert "That time zone is not known." in refused.content


async def test_what_is_typed_is_shown_and_never_acts(world: World) -> None:
    evil = "@everyone @here <@&1> **b** [x](https://evil.example) `c` # h\u202e"
    await publish(world, world.owner, {"title": evil, "speakers": evil, "description": evil})
    [post] = posts(world)
    assert not post.mention_everyone
    assert post.raw_role_mentions == []
    text = all_text(post)
    assert "@everyone" not in text
    assert "@here" not in text
    assert "\u202e" not in text
    assert not re.search(r"(?<!\\)\[x(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\\)\*\*b", text)
    assert events(world)[0].name.startswith("@everyone @here <@&1> **b**"), "names of events are no Markdown"
    aino = await member(world, AINO)
    listed = await run(world, aino, "list")
    assert "@everyone" not in all_text(listed)
    assert not re.search(r"(?<!\\)\[x(?<!\\)\]\(", all_text(listed))


@pytest.mark.parametrize("key", ["webinar:rsvp:999:going", "webinar:rsvp:x:going", f"webinar:rsvp:{'9' * 60}:going"])
async def test_a_forged_button_finds_nothing(world: World, key: str) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    assert "not here any more" in (await forged_press(world, aino, key)).content


async def test_forged_buttons_do_no_more_than_real_ones(world: World) -> None:
    aino = await member(world, AINO)
    stranger = await world.join(AWA)
    await publish(world, world.owner)
    for key in (
        "webinar:rsvp:1:owner",
        "webinar:link:999",
        "webinar:link:-1",
        "webinar:show:1e3",
        "webinar:list::99999999",
    ):
        assert "not here any more" in (await forged_press(world, aino, key)).content
    for key in ("webinar:cancel:1:1", "webinar:deliveries:1", "webinar:publish:abc:def", "webinar:discard:abc"):
        assert "moderators" in (await forged_press(world, aino, key)).content
    for key in ("webinar:rsvp:1:going", "webinar:link:1", "webinar:show:1", "webinar:list::0"):
        assert "membres" in (await forged_press(world, stranger, key)).content
    for key in ("webinar:publish:abc:def", "webinar:discard:abc", "webinar:when:abc:2027-01-20 15:00"):
        assert "published or discarded already" in (await forged_press(world, world.owner, key)).content
    assert len(posts(world)) == 1
    assert events(world)[0].status == 1


async def test_another_moderators_draft_is_out_of_reach(world: World) -> None:
    lucia = await moderator(world, LUCIA)
    card = await preview(world, world.owner)
    answer = await forged_press(world, lucia, custom_id(card, "webinar:publish"))
    assert "ya se publicó o se descartó" in answer.content
    assert posts(world) == []


@pytest.mark.parametrize("typed", ["999", "no such title", "", "9" * 40, "%"])
async def test_a_webinar_that_is_not_there_is_not_found(world: World, typed: str) -> None:
    await publish(world, world.owner)
    await publish(world, world.owner, {"title": "Second"})
    for command in ("show", "deliveries"):
        assert "not here any more" in (await run(world, world.owner, command, webinar=typed)).content
    assert "not here any more" in (await run(world, world.owner, "cancel", webinar=typed, reason="x")).content


async def test_a_channel_that_is_gone_keeps_the_draft(world: World) -> None:
    card = await preview(world, world.owner)
    await delete_channel(world, "webinars")
    refused = reply(await press(world.owner, card, "webinar:publish"))
    assert "There is no channel for webinars. Run /setup, then press Publish again." in refused.content
    assert events(world) == []
    general = world.channel("general")
    plan = reply(await world.owner.actor.slash(general, "setup"))
    await world.owner.actor.click(plan, label="Set up the server")
    await press(world.owner, card, "webinar:publish")
    assert len(posts(world)) == 1


@pytest.mark.faults
async def test_a_channel_deleted_later_is_told_and_the_rest_goes_on(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await rsvp(aino, posts(world)[0], "going")
    await delete_channel(world, "webinars")
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    assert len(aino.user.dm_channel.history()) == 1
    assert events(world)[0].status == 4
    alerts = [message for message in posts(world, "moderators") if "could not go out" in all_text(message)]
    assert len(alerts) == 1
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "**Notice of the cancellation**" in told
    assert "failed: the channel is gone" in told


async def test_an_announcement_deleted_by_hand_does_not_stop_anything(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    [post] = posts(world)
    await rsvp(aino, post, "going")
    await world.owner.actor.delete(post)
    await world.pass_time(timedelta(minutes=10))
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    [notice] = posts(world)
    assert "CANCELLED" in notice.content
    assert posts(world, "moderators") == []


async def test_an_event_deleted_by_hand_does_not_stop_anything(world: World) -> None:
    await publish(world, world.owner)
    world.env.backend.delete_scheduled_event(world.guild.id, events(world)[0].id)
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    assert len(posts(world)) == 2
    # They are asked about the event that is gone, and nothing failed.
    [asked] = posts(world, "moderators")
    assert "could not" not in all_text(asked)


@pytest.mark.faults
async def test_what_could_not_go_out_goes_out_once_the_server_is_set_right(world: World) -> None:
    await publish(world, world.owner)
    card = await preview(world, world.owner, {"title": "Second"}, notify=True)
    # The channel goes in the very moment in which the moderator presses.
    world.env.inject_error("POST", f"/channels/{world.channel('webinars').id}/messages", status=403, code=50013)
    world.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013)
    await press(world.owner, card, "webinar:publish")
    assert [len(posts(world)), len(events(world))] == [1, 1]
    general = world.channel("general")
    for _ in range(2):
        plan = reply(await world.owner.actor.slash(general, "setup"))
        await world.owner.actor.click(plan, label="Check again and repair")
    assert [post.embeds[0].title for post in posts(world)] == ["Budgets that count", "Second"]
    assert len(posts(world)[1].raw_role_mentions) == 1
    assert len(events(world)) == 2


@pytest.mark.faults
async def test_without_the_permission_for_events_the_rest_goes_on(world: World) -> None:
    world.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013, times=None)
    await publish(world, world.owner)
    assert len(posts(world)) == 1
    assert events(world) == []
    alerts = [message for message in posts(world, "moderators") if "could not go out" in all_text(message)]
    assert len(alerts) == 1
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "failed: a permission is missing" in told
    assert told.count("**Reminder (") == 4


async def test_an_event_that_is_there_already_is_not_made_again(world: World) -> None:
    """As when Discord made it, and the answer was lost: the next attempt finds it by its name and start."""
    made = world.env.backend.create_scheduled_event(
        world.guild.id,
        name="Budgets that count",
        entity_type=3,
        scheduled_start_time="2027-01-20T14:00:00+00:00",
        scheduled_end_time="2027-01-20T15:00:00+00:00",
        creator_id=world.env.backend.bot_user.id,
        entity_metadata={"location": "Online"},
    )
    await publish(world, world.owner)
    assert [event.id for event in events(world)] == [made.id]
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    assert events(world)[0].status == 4, "it was noted as the webinar's own"


async def test_an_event_of_somebody_else_is_left_alone(world: World) -> None:
    world.env.backend.create_scheduled_event(
        world.guild.id,
        name="Budgets that count",
        entity_type=3,
        scheduled_start_time="2027-01-20T14:00:00+00:00",
        scheduled_end_time="2027-01-20T15:00:00+00:00",
        creator_id=world.owner.id,
        entity_metadata={"location": "Somewhere"},
    )
    await publish(world, world.owner)
    assert len(events(world)) == 2


async def test_a_role_that_is_gone_is_warned_of_and_stops_nothing(world: World) -> None:
    world.env.backend.delete_role(world.guild.id, world.guild.roles["Webinar news"].id)
    await world.env.settle()
    card = await preview(world, world.owner, notify=True)
    assert "There is no role to mention" in fields_of(card)["Please check"]
    await press(world.owner, card, "webinar:publish")
    assert len(posts(world)) == 1

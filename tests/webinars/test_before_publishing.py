"""What a moderator learns of an hour before it is published or changed, and how reminders are set for everyone."""

from datetime import UTC, datetime

from bot.demo.world import World
from tests.act import all_text, button_labels, fields, reply
from tests.webinars.acting import (
    AWA,
    DAY,
    HOUR,
    STARTS,
    TYPED,
    create,
    fields_of,
    forged_press,
    member,
    posts,
    press,
    preview,
    publish,
    reminders,
    run,
)

BEGINS = datetime.fromtimestamp(STARTS, UTC)
CHECK, AROUND = "Please check", "The same moment where members are"


async def test_warnings_when_it_is_made_and_when_it_is_changed(world: World) -> None:
    await publish(world, world.owner, {"title": "First", "when": "3 May 2027 15:30"})
    await publish(world, world.owner, {"title": "Second", "when": "3 May 2027 19:00"})
    card = await preview(world, world.owner, {"title": "Third", "when": "3 May 2027 15:00"})
    told = fields_of(card)
    assert "☀️ `Mon 3 May, 15:00 UTC+02:00` **working hours** · Amsterdam, Tirane" in told[AROUND]
    assert "At the same time: “First”, Mon 3 May, 15:30." in told[CHECK]
    assert "On the same day: “Second”, Mon 3 May, 19:00." in told[CHECK]
    assert "between Paris and Santiago the difference is 4 h now, and 6 h then." in told[CHECK]
    # The same on a change, which does not clash with itself.
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    changed = TYPED | {"title": "First", "when": "2 May 2027 04:00"}
    told = fields_of(reply(await world.owner.actor.submit_modal(shown, changed)))
    assert "It falls on a weekend." in told[CHECK]
    assert "It is night (22:00 to 07:00), at least in part, in: " in told[CHECK]
    assert "“First”" not in told[CHECK]
    assert "🌙 `Sat 1 May, 22:00 UTC-04:00` **night** · Santiago, Manaus" in told[AROUND]


async def test_a_public_holiday_is_named_in_the_moderators_language(world: World) -> None:
    awa = await member(world, AWA, "Moderator")
    card = await preview(world, awa, {"when": "4 octobre 2027 15:00"}, zone="Europe/Paris")
    assert "Jour férié" not in all_text(card)
    card = await preview(world, awa, {"when": "18 octobre 2027 15:00"}, zone="Europe/Paris")
    assert "Jour férié" not in all_text(card)
    card = await preview(world, awa, {"when": "14 juillet 2027 15:00"}, zone="Europe/Paris")
    assert "Jour férié dans ces pays\u00a0: France (Fête nationale)." in all_text(card)


async def test_a_webinars_own_reminders_and_none_at_all(world: World) -> None:
    card = await preview(world, world.owner)
    shown = await press(world.owner, card, "open:webinar:offsets")
    assert fields(shown)["reminders"].get("value") is None
    refused = reply(await world.owner.actor.submit_modal(shown, {"reminders": "10m after"}))
    assert "A reminder comes before the start" in refused.content
    shown = await press(world.owner, refused, "open:webinar:offsets")
    card = reply(await world.owner.actor.submit_modal(shown, {"reminders": "2d 30m"}))
    assert fields_of(card)["Reminders"].count("before:") == 2
    await press(world.owner, card, "webinar:publish")
    await world.pass_time(BEGINS - world.now - DAY)
    assert [each.created_at for each in reminders(world)] == [BEGINS - 2 * DAY]
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    card = reply(await world.owner.actor.submit_modal(shown, TYPED))
    shown = await press(world.owner, card, "open:webinar:editoffsets")
    assert fields(shown)["reminders"]["value"] == "2d 30m"
    card = reply(await world.owner.actor.submit_modal(shown, {"reminders": "none"}))
    assert "~~2 days before and 30 minutes before~~ → No reminder" in all_text(card)
    await press(world.owner, card, "webinar:save")
    await world.pass_time(2 * DAY)
    assert len(reminders(world)) == 1


async def test_one_more_reminder_is_asked_about_and_goes_out_once(world: World) -> None:
    await publish(world, world.owner)
    card = await run(world, world.owner, "remind", webinar="1")
    assert f"A reminder is posted in <#{world.channel('webinars').id}> now." in card.content
    assert reminders(world) == []
    assert "on its way" in reply(await press(world.owner, card, "webinar:remind")).content
    await world.pass_time(HOUR / 60)
    assert len(reminders(world)) == 1
    card, second = [await run(world, world.owner, "remind", webinar="1", before="3 days") for _ in range(2)]
    assert button_labels(card) == ["Plan it"]
    await press(world.owner, card, "webinar:remind")
    assert "is planned for then already" in reply(await press(world.owner, second, "webinar:remind")).content
    for before, told in (
        ("3d", "A reminder is planned for then already: 3 days before."),
        ("20d", "That time has passed already."),
        ("1h 2h", "Give one time before the start"),
        ("soon", "These times cannot be read."),
    ):
        assert told in (await run(world, world.owner, "remind", webinar="1", before=before)).content
    await world.pass_time(BEGINS - 2 * DAY - world.now)
    assert [each.created_at for each in reminders(world)][1:] == [BEGINS - 7 * DAY, BEGINS - 3 * DAY]
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "Reminder (sent by a moderator)" in told
    assert len(posts(world)) == 4


async def test_date_and_time_are_read_back_in_words_while_they_are_typed(world: World) -> None:
    general, owner = world.channel("general"), world.owner.actor

    async def offered(option: str, typed: str, **others: str) -> list[tuple[str, str]]:
        found = await owner.autocomplete(general, "webinar create", option, typed, **others)
        return [(choice["name"], choice["value"]) for choice in found]

    assert await offered("date", "3 may 2027") == [("Monday 3 May 2027", "2027-05-03")]
    both = await offered("date", "03/04/2027")
    assert sorted(value for _, value in both) == ["2027-03-04", "2027-04-03"]
    assert (await offered("date", ""))[0] == ("Wednesday 13 January 2027", "2027-01-13")
    assert await offered("date", "never") == []
    assert await offered("time", "3 pm") == [("15:00 (UTC, UTC+00:00)", "15:00")]
    assert await owner.autocomplete(general, "webinar create", "date", "3 may 2027") != []
    shown = await create(world, world.owner, date="2027-05-03", time="15:00")
    assert fields(shown)["when"]["value"] == "2027-05-03 15:00"


async def test_a_forged_reminder_is_not_here(world: World) -> None:
    await publish(world, world.owner)
    for offset, asked in (("now", "0"), ("now", "9" * 15), ("9" * 15, "1"), ("-1", "1"), ("now", "")):
        told = await forged_press(world, world.owner, f"webinar:remind:1:1:{offset}:{asked}")
        assert "not here any more" in told.content or "It has changed meanwhile" in told.content
    await world.pass_time(HOUR / 60)
    assert reminders(world) == []

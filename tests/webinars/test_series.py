"""Series from the preview to the last date: what moderators are asked and shown, what goes out when, and to whom."""

import re
from itertools import pairwise
from typing import Any

import pytest

from bot.demo.world import Person, World
from bot.languages import texts
from cogs.webinars.series_kinds import moved_word
from tests.act import all_text, button_labels, components, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    LUCIA,
    STARTS,
    TYPED,
    custom_id,
    events,
    fields_of,
    member,
    moderator,
    posts,
    press,
    preview,
    publish,
    reminders,
    rsvp,
    run,
)
from tests.webinars.series_acting import publish_series, repeat, repeated
from tests.webinars.test_cancelling import direct
from tests.webinars.test_details import ALL, fill

WEEK = 7 * 86_400
# Four Wednesdays, at 15:00 in Paris.
DATES = [STARTS + WEEK * number for number in range(4)]


def shown(text: str) -> list[int]:
    """The moments that a text shows with their weekday, in its order, without those struck out."""
    return [int(found) for found in re.findall(r"(?<!~)<t:(\d+):F>(?!~)", text)]


def listed(message: Any) -> list[int]:
    """The dates of the series on an announcement."""
    lines = [field.value or "" for embed in message.embeds for field in embed.fields]
    return shown("\n".join(value for value in lines if re.match(r"\d+\. ", value)))


def hours(dates: list[int]) -> list[int]:
    """How many hours lie between the dates."""
    return [(later - earlier) // 3600 for earlier, later in pairwise(dates)]


def announcements(world: World) -> list[Any]:
    """Those of webinars, oldest first, without notices and reminders."""
    return [
        message
        for message in posts(world)
        if any("Answers" in (field.name or "") for embed in message.embeds for field in embed.fields)
    ]


async def all_dates(person: Person, message: Any) -> str:
    """Press “Going to all”; gives what the person is told."""
    return all_text(reply(await press(person, message, "webinar:series:all")))


async def change(world: World, person: Person, webinar: int, typed: dict[str, str]) -> Any:
    """Fill the form of one date; gives the preview."""
    opened = await person.actor.slash(world.channel("general"), "webinar edit", webinar=str(webinar))
    values = {name: str(field.get("value") or "") for name, field in fields(opened).items()}
    return reply(await person.actor.submit_modal(opened, values | typed))


async def wider(person: Person, card: Any, scope: str) -> Any:
    """Let a change go for more dates; gives the preview of those."""
    [button] = [
        item["custom_id"]
        for item in components(card)
        if re.fullmatch(rf"webinar:series:(edit|cancel):.*:{scope}(:\w+)?", item.get("custom_id", ""))
    ]
    return reply(await person.actor.click(card, custom_id=button))


async def test_the_preview_shows_all_dates_and_nothing_goes_out(world: World) -> None:
    awa = await moderator(world)
    card = await preview(world, awa)
    form = await press(awa, card, "open:webinar:repeat")
    options = {option["value"]: option["label"] for option in fields(form)["rhythm"]["options"]}
    assert options["month-nth"] == "Chaque mois\u00a0: troisième mercredi"
    assert "month-last" not in options
    card = reply(await awa.actor.submit_modal(form, {"rhythm": ["month-nth"], "end": "3 fois"}))
    text = all_text(card)
    for date in ("mercredi 20 janvier", "mercredi 17 février", "mercredi 17 mars"):
        assert f"{date} 2027, 15:00 (UTC+01:00)" in text
    assert "Paris, France" in text
    assert posts(world) == []
    back = await press(awa, card, "open:webinar:repeat")
    once = reply(await awa.actor.submit_modal(back, {"rhythm": ["once"], "end": "3"}))
    assert custom_id(once, "webinar:publish")


ENDS = {
    "1": "one date only",
    "19 January 2027": "one date only",
    "61": "61 dates; a series has 60 at most",
    "1 June 2028": "72 dates; a series has 60 at most",
    "": "Say when it ends",
    "soon": "Say when it ends",
    "03/02/2027": "either way",
}


async def test_an_end_that_cannot_be_is_refused_and_can_be_corrected(world: World) -> None:
    aino = await moderator(world, AINO)
    card = answer = await preview(world, aino)
    for end, said in ENDS.items():
        answer = await repeat(aino, card, "weekly", end)
        assert said in answer.content, end
        assert "webinar:series:publish" not in str(components(answer))
    [february] = [item["custom_id"] for item in components(answer) if "2027-02-03" in item.get("custom_id", "")]
    card = reply(await aino.actor.click(answer, custom_id=february))
    assert "3 dates" in all_text(card)
    assert posts(world) == []


async def test_hours_that_do_not_exist_or_come_twice_are_asked_about_one_by_one(world: World) -> None:
    aino = await moderator(world, AINO)
    card = await repeated(world, aino, {"when": "2027-03-14 02:30"}, "weekly", "34")
    assert "Sunday 28 March 2027, 02:30" in card.content
    assert "does not exist" in card.content
    assert button_labels(card)[:3] == [
        "Sunday 28 March 2027, 01:30 (UTC+01:00)",
        "Sunday 28 March 2027, 03:30 (UTC+02:00)",
        "Leave this date out",
    ]
    assert "webinar:series:publish" not in str(components(card))
    card = reply(await aino.actor.click(card, label="Sunday 28 March 2027, 03:30 (UTC+02:00)"))
    assert "Sunday 31 October 2027, 02:30" in card.content
    assert "comes twice" in card.content
    await world.restart()
    card = reply(await aino.actor.click(card, label="Leave this date out"))
    text = all_text(card)
    assert "33 dates" in text
    assert "03:30 (UTC+02:00) **(instead of 02:30)**" in text
    assert "Sunday 31 October 2027, 02:30: **left out**" in text
    await press(aino, card, "webinar:series:publish")
    dates = listed(announcements(world)[0])
    assert len(dates) == 33
    assert hours(dates) == [168, 168, 167] + [168] * 29, "02:30, then 03:30 on the day that has no 02:30, then 02:30"


async def test_months_without_that_day_are_named(world: World) -> None:
    aino = await moderator(world, AINO)
    card = await repeated(world, aino, {"when": "2027-01-31 15:00"}, "month-day", "30 June 2027")
    assert "Every month, on day 31; months without it are left out" in all_text(card)
    assert "No such day, so left out: February 2027, April 2027, June 2027." in all_text(card)
    card = await repeat(aino, card, "month-end", "3")
    assert "Sunday 28 February 2027, 15:00" in all_text(card)
    shifted = await press(aino, card, "open:webinar:new")
    card = reply(await aino.actor.submit_modal(shifted, TYPED | {"when": "2027-01-18 15:00"}))
    assert "does not fit how it repeats any more" in card.content


async def test_later_dates_that_are_no_good_are_pointed_out(world: World) -> None:
    aino = await moderator(world, AINO)
    await publish(world, aino, TYPED | {"title": "Budgets", "when": "2027-06-01 12:30"})
    card = await repeated(world, aino, {"when": "2027-04-01 12:00"}, "month-day", "4")
    said = fields_of(card)["Please check these dates"]
    second, third, fourth = said.splitlines()
    assert second.startswith("2. Saturday 1 May 2027, 12:00: public holiday in ")
    assert "a weekend" in second
    # By April Chile has set its clocks back: what was seven in the morning is six.
    assert "by then night in Santiago" in second
    assert third.startswith("3. Tuesday 1 June 2027, 12:00: at the same time: “Budgets”; ")
    assert fourth.startswith("4. Thursday 1 July 2027, 12:00: ")
    assert "Budgets" not in fourth


async def test_a_series_is_announced_once_and_each_date_in_its_turn(world: World) -> None:
    said = await publish_series(world, world.owner, {}, end="3", notify=True)
    assert "3 dates" in said.content
    [series] = posts(world)
    assert series.content.startswith("New series of webinars")
    assert "<@&" in series.content
    assert listed(series) == DATES[:3]
    assert "meet.example" not in all_text(series)
    assert [event.scheduled_start_time[:10] for event in events(world)] == ["2027-01-20"]
    told = all_text(await run(world, world.owner, "deliveries", webinar="3"))
    assert f"**Announcement**, <t:{DATES[2] - 14 * 86_400}:f>: planned" in told
    await world.pass_time(DAY + 6 * HOUR)
    await world.restart()
    second = announcements(world)[1]
    assert second.content.startswith("Next webinar of a series")
    assert "<@&" not in second.content
    assert "2 / 3" in all_text(second)
    assert shown(all_text(second)) == [DATES[1]]
    await world.pass_time(21 * DAY)
    assert [shown(all_text(message))[0] for message in announcements(world)] == DATES[:3]
    assert [event.scheduled_start_time[:10] for event in events(world)] == [
        "2027-01-20",
        "2027-01-27",
        "2027-02-03",
    ]
    assert sorted(shown(all_text(message))[0] for message in reminders(world)) == sorted(DATES[:3] * 4)


async def test_members_answer_for_all_dates_and_see_where_they_stand(world: World) -> None:
    aino = await member(world, AINO)
    await publish_series(world, world.owner, {})
    told = await all_dates(aino, posts(world)[0])
    assert "You are going to 4 dates" in told
    assert shown(told) == DATES
    assert "https://meet.example/abc" in told
    card = await run(world, aino, "show", webinar="3")
    assert "You said: going." in card.content
    assert "Part of a series (3 of 4)" in all_text(card)
    assert "Every week, on Wednesday" in all_text(card)
    assert shown(all_text(card))[1:] == [DATES[0], DATES[1], DATES[3]]
    card = await run(world, aino, "list")
    assert all_text(card).count("Budgets that count") == 1
    assert f"Part of a series (1 of 4). Next dates: <t:{DATES[1]}:d>" in all_text(card)
    await rsvp(aino, await run(world, aino, "show", webinar="2"), "cannot")
    await run(world, world.owner, "list")
    later = await run(world, aino, "show", webinar="2")
    assert "You said: cannot come." in later.content
    # A title that several dates have is asked back, to those who may see them.
    assert "Choose one from the list" in (await run(world, aino, "show", webinar="Budgets that count")).content


async def test_the_link_of_a_series_is_for_those_whom_it_is_for(world: World) -> None:
    aino = await member(world, AINO)
    card = await fill(world.owner, await preview(world, world.owner), "who", ALL | {"who": ["network"]})
    await press(world.owner, await repeat(world.owner, card, "weekly", "3"), "webinar:series:publish")
    told = await all_dates(aino, posts(world)[0])
    assert "This webinar is for approved members" in told
    assert TYPED["link"] not in told
    people = reply(await press(world.owner, await run(world, world.owner, "show", webinar="1"), "webinar:who"))
    assert str(aino.id) not in all_text(people)
    assert TYPED["link"] in await all_dates(world.owner, posts(world)[0]), "moderators may"


async def test_one_date_is_moved_and_another_cancelled_before_they_are_announced(world: World) -> None:
    aino = await member(world, AINO)
    await publish_series(world, world.owner, {})
    series = posts(world)[0]
    await all_dates(aino, series)
    card = await change(world, world.owner, 3, {"when": "2027-02-04 16:00"})
    assert button_labels(card)[:3] == [
        "Save for this date only",
        "This and the following (2)",
        "All that are ahead (4)",
    ]
    await press(world.owner, card, "webinar:save")
    moved = DATES[2] + 86_400 + 3600
    assert listed(posts(world)[0]) == [DATES[0], DATES[1], moved, DATES[3]]
    assert "The time has changed" in posts(world)[1].content
    assert len(direct(aino)) == 1
    card = await run(world, world.owner, "cancel", webinar="4", reason="The speaker is ill")
    assert "Part of a series (4 of 4). Which dates do you cancel?" in card.content
    await press(world.owner, card, "webinar:cancel")
    assert listed(posts(world)[0]) == [DATES[0], DATES[1], moved]
    assert f"4. ~~<t:{DATES[3]}:F>~~" in all_text(posts(world)[0])
    assert len(direct(aino)) == 2
    later = all_text(await run(world, world.owner, "deliveries", webinar="3"))
    assert f"**Announcement**, <t:{moved - 14 * 86_400}:f>: planned" in later
    gone = all_text(await run(world, world.owner, "deliveries", webinar="4"))
    assert "planned" not in gone
    assert "**Announcement**" in gone


async def test_a_change_goes_for_the_following_in_their_own_offset(world: World) -> None:
    """Across the change of the clocks in March: 15:00 becomes 16:00 on each, by the clock on the wall."""
    aino = await member(world, AINO)
    await publish_series(world, world.owner, {"when": "2027-03-11 15:00"}, "weekly", "5")
    dates = listed(posts(world)[0])
    assert hours(dates) == [168, 168, 167, 168]
    await all_dates(aino, posts(world)[0])
    lone = await change(world, world.owner, 4, {"when": "2027-04-02 09:00"})
    await press(world.owner, lone, "webinar:save")
    card = await wider(world.owner, await change(world, world.owner, 2, {"when": "2027-03-18 16:00"}), "following")
    assert "stays: it was moved on its own" in all_text(card)
    assert "Thursday 25 March 2027, 16:00 (UTC+01:00)" in all_text(card)
    assert "Thursday 8 April 2027, 16:00 (UTC+02:00)" in all_text(card)
    done = reply(await press(world.owner, card, "webinar:series:save"))
    assert "3 dates" in done.content
    after = listed(posts(world)[0])
    assert [after[0], after[1], after[2], after[4]] == [
        dates[0],
        *(date + 3600 for date in (dates[1], dates[2], dates[4])),
    ]
    notices = [message for message in posts(world) if message.content.startswith("The times of a series have changed")]
    assert len(notices) == 1
    assert len(shown(all_text(notices[0]))) == 3
    assert len(direct(aino)) == 2, "one word for the single move, one for the series"
    assert "meet.example" not in all_text(notices[0])


async def test_who_waits_for_a_place_or_has_one_kept_hears_of_the_new_hours(world: World) -> None:
    aino, lucia, awa = [await member(world, persona) for persona in (AINO, LUCIA, AWA)]
    await publish_series(world, world.owner, {}, places=1)
    for person in (aino, lucia, awa):
        await all_dates(person, posts(world)[0])
    # One date becomes free, and is kept for Lucía; for the others she goes on waiting.
    await rsvp(aino, await run(world, aino, "show", webinar="2"), "cannot")
    await world.env.settle()
    before = len(direct(lucia))
    card = await wider(world.owner, await change(world, world.owner, 1, {"when": "2027-01-20 16:00"}), "following")
    await press(world.owner, card, "webinar:series:save")
    [word] = direct(lucia)[before:]
    assert "where a place is kept for you" in word
    assert "on the waiting list" in word
    assert len(shown(word)) == 4
    assert "on the waiting list" in direct(awa)[-1]
    assert "meet.example" not in word
    assert "to which you are going" in direct(aino)[-1]
    assert len(shown(direct(aino)[-1])) == 3


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_word_of_many_dates_fits_one_message_and_counts_the_rest(language: str) -> None:
    t, line = texts(language), f"~~<t:{STARTS}:F>~~ → <t:{STARTS}:F>"
    moved = {"going": [line] * 40, "offered": [line] * 2, "waiting": [line] * 9}
    link = t("Link to join, for you only: {link}", link=f"<https://example.org/{'x' * 480}>")
    for title, told in (("Budgets", link), ("*" * 250, link), ("y" * 250, None)):
        text = moved_word(t, title, moved, link=told, community="Z" * 100)
        assert len(text) <= 2000
        assert text.endswith("Z" * 100)
        assert told is None or told in text
        # A long section takes no other's room: both dates on which a place is kept are told.
        first, kept, waiting = [part.count(line) for part in re.split(r"“|«", text)[1:]]
        assert (kept, first + kept + waiting >= 8) == (2, True)
        more = [int(one) for one in re.findall(r"^\D*\b(\d+)\b\D*$", text, re.MULTILINE)]
        assert sum(more) == 51 - first - kept - waiting
    few = moved_word(t, "Budgets", {"going": [line] * 3}, link=None, community="Z")
    assert few.count(line) == 3


async def test_those_moved_on_their_own_move_too_if_that_is_chosen(world: World) -> None:
    await publish_series(world, world.owner, {})
    await press(world.owner, await change(world, world.owner, 3, {"when": "2027-02-04 09:00"}), "webinar:save")
    card = await wider(world.owner, await change(world, world.owner, 1, {"when": "2027-01-20 16:00"}), "following")
    card = reply(await press(world.owner, card, "webinar:series:apart"))
    assert "Save for 4 dates" in button_labels(card)
    await press(world.owner, card, "webinar:series:save")
    assert listed(posts(world)[0]) == [date + 3600 for date in DATES]


async def test_text_changes_on_all_dates_and_each_keeps_its_hour(world: World) -> None:
    await publish_series(world, world.owner, {})
    card = await wider(world.owner, await change(world, world.owner, 2, {"title": "Budgets"}), "ahead")
    assert "Also changes on each of them" in all_text(card)
    assert "nobody is told" in reply(await press(world.owner, card, "webinar:series:save")).content
    assert len(posts(world)) == 1
    for number, date in enumerate(DATES, start=1):
        card = await run(world, world.owner, "show", webinar=str(number))
        assert card.embeds[0].title == "Budgets"
        assert shown(all_text(card))[0] == date


async def test_a_new_hour_that_a_day_does_not_have_is_asked_about(world: World) -> None:
    await publish_series(world, world.owner, {"when": "2027-03-21 15:00"}, "weekly", "3")
    card = await wider(world.owner, await change(world, world.owner, 1, {"when": "2027-03-21 02:30"}), "following")
    assert "Sunday 28 March 2027, 02:30" in card.content
    assert "does not exist" in card.content
    card = reply(await world.owner.actor.click(card, label="Sunday 28 March 2027, 03:30 (UTC+02:00)"))
    await press(world.owner, card, "webinar:series:save")
    assert hours(listed(posts(world)[0])) == [168, 167]


async def test_all_that_is_ahead_is_cancelled_with_one_word_to_everybody(world: World) -> None:
    aino, lucia, awa = [await member(world, persona) for persona in (AINO, LUCIA, AWA)]
    await publish_series(world, world.owner, {})
    await all_dates(aino, posts(world)[0])
    await rsvp(lucia, await run(world, lucia, "show", webinar="3"), "going")
    await rsvp(awa, await run(world, awa, "show", webinar="3"), "maybe")
    await world.pass_time(9 * DAY)
    before = len(reminders(world))
    card = await run(world, world.owner, "cancel", webinar="3", reason="No funds")
    done = await wider(world.owner, card, "ahead")
    assert "3 dates" in done.content
    assert "2 people who were going are told directly" in done.content
    [notice] = [message for message in posts(world) if "No funds" in all_text(message) and not shown(all_text(message))]
    assert [f"~~<t:{date}:F>~~" in all_text(notice) for date in DATES] == [False, True, True, True]
    assert len(direct(aino)) == 1
    assert [f"~~<t:{date}:F>~~" in direct(aino)[0] for date in DATES] == [False, True, True, True]
    assert [f"~~<t:{date}:F>~~" in direct(lucia)[0] for date in DATES] == [False, False, True, False]
    assert direct(awa) == []
    assert listed(posts(world)[0]) == [DATES[0]]
    await world.pass_time(8 * DAY)
    assert len(reminders(world)) == before
    assert len(direct(aino)) == 1
    assert [event.status for event in events(world) if event.scheduled_start_time[:10] > "2027-01-20"] == [4, 4]
    assert "was cancelled" in (await run(world, world.owner, "cancel", webinar="3", reason="")).content


async def test_of_two_moderators_one_wins_and_the_other_loses_no_text(world: World) -> None:
    awa = await moderator(world)
    await publish_series(world, world.owner, {})
    hers = await wider(awa, await change(world, awa, 2, {"description": "Ce que paient les budgets."}), "following")
    await press(world.owner, await change(world, world.owner, 4, {"title": "Budgets"}), "webinar:save")
    told = reply(await press(awa, hers, "webinar:series:save"))
    assert "vos modifications ne sont pas perdues" in told.content
    assert "Ce que paient" not in all_text(await run(world, awa, "show", webinar="3"))
    await press(awa, told, "webinar:series:save")
    for webinar, title in (("3", "Budgets that count"), ("4", "Budgets")):
        card = await run(world, awa, "show", webinar=webinar)
        assert "Ce que paient" in all_text(card)
        assert card.embeds[0].title == title
    cancelling = await run(world, awa, "cancel", webinar="1", reason="Malade")
    await press(world.owner, await change(world, world.owner, 3, {"title": "Other"}), "webinar:save")
    await wider(awa, cancelling, "following")
    assert events(world)[0].status == 1, "what was shown is not what would be cancelled"


async def test_a_copy_of_a_date_is_a_single_webinar(world: World) -> None:
    await publish_series(world, world.owner, {})
    opened = await world.owner.actor.slash(world.channel("general"), "webinar duplicate", webinar="2")
    card = reply(await world.owner.actor.submit_modal(opened, TYPED | {"when": "2027-05-20 15:00"}))
    assert "Repeat" in button_labels(card)
    await press(world.owner, card, "webinar:publish")
    assert "series" not in all_text(await run(world, world.owner, "show", webinar="5"))


async def test_a_weekly_series_of_a_year_fits_into_one_message(world: World) -> None:
    description = "abc_" * 375
    await publish_series(world, world.owner, {"description": description}, "weekly", "60")
    [series] = posts(world)
    assert len(listed(series)) == 60
    assert sum(len(embed) for embed in series.embeds) <= 6000
    assert len(events(world)) == 1
    told = await all_dates(await member(world, AINO), series)
    assert "60 dates" in told
    assert "and 48 more" in told
    await publish(world, world.owner, {"title": "Another", "when": "20 December 2027 15:00"})
    # So long a series hides nothing else, and each of its dates can be found.
    owner, general = world.owner.actor, world.channel("general")
    offered = await owner.autocomplete(general, "webinar edit", "webinar", "")
    assert len(offered) == 25
    assert [choice["value"] for choice in offered][:2] == ["1", "61"]
    [choice] = await owner.autocomplete(general, "webinar edit", "webinar", "budgets 15 december")
    assert choice["name"].startswith("Wed 15 Dec")
    [page] = (await run(world, world.owner, "list")).embeds
    assert (page.description or "").count("Budgets that count") == 1

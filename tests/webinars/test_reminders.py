"""Reminders post themselves: each once, at its hour, worded for the time it really is."""

from datetime import UTC, datetime, timedelta

from bot.demo.world import World
from tests.act import all_text, button_labels
from tests.webinars.acting import (
    AWA,
    DAY,
    HOUR,
    STARTS,
    away,
    events,
    fields_of,
    member,
    posts,
    press,
    publish,
    reminders,
    reply,
    rsvp,
    run,
)

BEGINS = datetime.fromtimestamp(STARTS, UTC)


def hours(world: World) -> list[datetime]:
    """When the reminders were posted."""
    return [message.created_at for message in reminders(world)]


async def test_reminders_go_out_at_the_communitys_offsets(world: World) -> None:
    await publish(world, world.owner)
    await world.pass_time(BEGINS - world.now + HOUR)
    assert hours(world) == [BEGINS - 7 * DAY, BEGINS - DAY, BEGINS - HOUR, BEGINS]


async def test_a_reminder_is_worded_for_the_time_it_is(world: World) -> None:
    await publish(world, world.owner, area="budgeting")
    await world.pass_time(BEGINS - world.now + HOUR)
    week, _, _, start = reminders(world)
    assert week.content == "Reminder · Rappel · Recordatorio · Lembrete"
    assert fields_of(week)["Starts · Commence · Comienza · Começa"] == f"<t:{STARTS}:F> (<t:{STARTS}:R>)"
    assert "Starts now · Commence maintenant · Comienza ahora · Começa agora" in fields_of(start)
    assert week.embeds[0].url == posts(world)[0].jump_url
    assert button_labels(start)[0] == "Going · J’y serai · Asistiré · Vou"


async def test_reminders_survive_restarts_and_are_not_doubled(world: World) -> None:
    await publish(world, world.owner)
    for _ in range(4):
        await world.restart()
        await world.pass_time(DAY * 2)
    await world.pass_time(DAY)
    assert hours(world) == [BEGINS - 7 * DAY, BEGINS - DAY, BEGINS - HOUR, BEGINS]


async def test_what_was_missed_while_the_bot_was_off_goes_out_once(world: World) -> None:
    await publish(world, world.owner)
    # Off from before the first reminder until twelve hours before the start: two were due meanwhile.
    await away(world, BEGINS - world.now - 12 * HOUR)
    [late] = reminders(world)
    assert late.created_at - (BEGINS - 12 * HOUR) < timedelta(minutes=1)
    assert f"<t:{STARTS}:R>" in all_text(late)
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "Reminder (7 days before)**, <t:" in told
    assert "not sent: Convenor could not send it in time" in told
    assert "sent late https://discord.com/channels/" in told
    await world.pass_time(DAY)
    assert len(reminders(world)) == 3


async def test_after_the_start_one_late_reminder_says_that_it_has_begun(world: World) -> None:
    await publish(world, world.owner)
    await away(world, BEGINS - world.now + timedelta(minutes=20))
    [late] = reminders(world)
    assert "Has started · A commencé · Ya comenzó · Já começou" in fields_of(late)


async def test_nothing_useless_goes_out_after_the_webinar(world: World) -> None:
    await publish(world, world.owner)
    await away(world, BEGINS - world.now + timedelta(minutes=40))
    assert reminders(world) == []
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    # Four reminders, and the question to the host.
    assert told.count("not sent: Convenor could not send it in time") == 5


async def test_two_reminders_due_at_the_same_moment_become_one(world: World) -> None:
    await publish(world, world.owner)
    # Exactly when the second falls due, the first is still of use to the last instant.
    await world.env.bot.close()
    clock = world.env.backend.clock
    clock.advance((BEGINS - DAY - world.now).total_seconds())
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert len(reminders(world)) == 1


async def test_offsets_that_have_passed_already_are_not_made_up_for(world: World) -> None:
    await publish(world, world.owner, {"when": "12 January 2027 15:00"})
    await world.pass_time(DAY)
    begins = datetime(2027, 1, 12, 14, tzinfo=UTC)
    assert hours(world) == [begins - HOUR, begins]


async def test_a_cancelled_webinar_reminds_of_nothing(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await world.pass_time(2 * DAY)
    [first] = reminders(world)
    card = await run(world, world.owner, "cancel", webinar="1", reason="The speaker is ill")
    await press(world.owner, card, "webinar:cancel")
    await world.pass_time(8 * DAY)
    assert len(reminders(world)) == 1
    assert "a été annulé" in await rsvp(awa, first, "going")


async def test_the_hour_is_that_of_the_wall_across_a_change_of_the_clocks(world: World) -> None:
    """Paris goes to summer time on 28 March 2027: 15:00 is 14:00 UTC before, and 13:00 UTC after."""
    await publish(world, world.owner, {"when": "27 March 2027 15:00"})
    await publish(world, world.owner, {"when": "28 March 2027 15:00"})
    starts = sorted(event.scheduled_start_time for event in events(world))
    assert [start[:16] for start in starts] == ["2027-03-27T14:00", "2027-03-28T13:00"]


async def test_answers_and_the_link_are_at_hand_under_a_reminder(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await world.pass_time(2 * DAY)
    await world.restart()
    [reminder] = reminders(world)
    refused = reply(await press(awa, reminder, "webinar:link"))
    assert "réservé aux personnes qui participent" in refused.content
    assert "https://meet.example/abc" in await rsvp(awa, reminder, "going")
    given = reply(await press(awa, reminder, "webinar:link"))
    assert "https://meet.example/abc" in given.content
    assert given.ephemeral

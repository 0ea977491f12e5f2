"""What moderators type into the form of a webinar, in their own words."""

import pytest

from bot.demo.world import Persona, World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import AINO, AWA, JOAO, LUCIA, events, moderator, press, preview

# Tuesday 12 January 2027, 09:00 UTC, and no one has chosen a zone: it is that of the community, Europe/Paris.
FRIDAY_AT_THREE = "2027-01-15T14:00"


@pytest.mark.parametrize(
    "persona, when",
    [
        (AINO, "this Friday at 3 pm"),
        (AWA, "vendredi prochain à 15h"),
        (LUCIA, "el próximo viernes a las 3 de la tarde"),
        (JOAO, "na próxima sexta às 15h"),
    ],
)
async def test_free_text_leads_to_the_preview_and_to_the_event(world: World, persona: Persona, when: str) -> None:
    person = await moderator(world, persona)
    card = await preview(world, person, {"when": when})
    assert "<t:1800021600:F>" in all_text(card)
    await press(person, card, "webinar:publish")
    [event] = events(world)
    assert event.scheduled_start_time.startswith(FRIDAY_AT_THREE)


async def test_an_hour_that_may_be_in_the_morning_or_in_the_afternoon_is_asked_about(world: World) -> None:
    lucia = await moderator(world, LUCIA)
    asked = await preview(world, lucia, {"when": "el viernes a las 3"})
    [morning, afternoon, _] = button_labels(asked)
    assert (morning, afternoon) == ("viernes, 15 de enero de 2027, 03:00", "viernes, 15 de enero de 2027, 15:00")
    card = reply(await lucia.actor.click(asked, label=afternoon))
    await press(lucia, card, "webinar:publish")
    assert events(world)[0].scheduled_start_time.startswith(FRIDAY_AT_THREE)


async def test_the_time_of_a_place_is_asked_about_and_chosen_in_that_place(world: World) -> None:
    asked = await preview(world, world.owner, {"when": "Friday at 3, Santiago time"})
    card = reply(await world.owner.actor.click(asked, label="Friday 15 January 2027, 15:00"))
    await press(world.owner, card, "webinar:publish")
    assert events(world)[0].scheduled_start_time.startswith("2027-01-15T18:00")


async def test_each_question_says_what_is_unclear(world: World) -> None:
    for when, sentence in (
        ("Friday at 3", "This can be read in more than one way. Which do you mean?"),
        ("Friday 09:00-10:00", "Write only when it begins."),
        ("28 March 2027 03:30 Helsinki time", "The clocks go forward then in Helsinki, Finland"),
    ):
        asked = await preview(world, world.owner, {"when": when})
        assert sentence in asked.content, when

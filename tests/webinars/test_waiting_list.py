"""More people than places: the waiting list, and what is offered to whom, in the server and by direct message."""

from typing import Any

import discord

from bot.demo.world import Person, Persona, World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    JOAO,
    LUCIA,
    TYPED,
    fields_of,
    forged_press,
    member,
    posts,
    press,
    press_direct,
    publish,
    rsvp,
    run,
)
from tests.webinars.test_details import ALL, correct

LINK = "meet.example"


def direct(person: Person) -> list[discord.Message]:
    """The direct messages of a person, oldest first."""
    return list(person.user.dm_channel.history())


async def full(world: World, *personas: Persona, places: int = 1) -> tuple[list[Person], discord.Message]:
    """A webinar with a place for the first of them, and the others waiting in their order."""
    people = [await member(world, persona) for persona in personas]
    await publish(world, world.owner, places=places)
    for person in people:
        await rsvp(person, posts(world)[0], "going")
    return people, posts(world)[0]


async def say(person: Person, post: Any, answer: str) -> Any:
    """Press an answer; gives the whole answer, with its buttons."""
    return reply(await press(person, post, f"webinar:rsvp:1:{answer}"))


async def test_who_comes_too_late_waits_and_is_told_where_in_the_list(world: World) -> None:
    (aino, awa, lucia), post = await full(world, AINO, AWA, LUCIA)
    assert LINK in (await say(aino, post, "going")).content
    told = (await say(lucia, post, "going")).content
    assert "Usted tiene el número 2 en la lista de espera." in told
    assert "Plazas libres: 0 de 1. En lista de espera: 2." in told
    for asked in (await press(awa, post, "webinar:link"), await press(awa, post, "webinar:show")):
        assert "Vous êtes au rang 1 de la liste d’attente." in reply(asked).content
        assert LINK not in all_text(reply(asked))
    await world.pass_time(HOUR)
    answers = fields_of(posts(world)[0])["Answers · Réponses · Respuestas · Respostas"]
    assert answers.splitlines()[0].endswith("**1**")
    assert answers.splitlines()[-2].endswith("**0** / 1")
    assert answers.splitlines()[-1] == "Waiting list · Liste d’attente · Lista de espera: **2**"
    assert not any(str(person.id) in all_text(posts(world)[0]) for person in (aino, awa, lucia))
    shown = await run(world, world.owner, "show", webinar="1")
    people = reply(await press(world.owner, shown, "webinar:who"))
    assert people.ephemeral
    assert all_text(people).strip().splitlines()[1:] == [
        "**Going (1)**",
        f"<@{aino.id}>",
        "**Waiting list (2)**",
        f"<@{awa.id}> <@{lucia.id}>",
    ]
    assert "webinar:who" not in str((await run(world, aino, "show", webinar="1")).components), "moderators only"
    refused = await forged_press(world, aino, "webinar:who:1:0")
    assert refused.content == "This is for the moderators of this community."


async def test_an_offer_is_taken_in_the_direct_message_once(world: World) -> None:
    (aino, awa, lucia), post = await full(world, AINO, AWA, LUCIA)
    assert direct(awa) == []
    await say(aino, post, "cannot")
    await world.env.settle()
    [offer] = direct(awa)
    assert "A place has come free at “Budgets that count”" in offer.content, "she chose no language"
    assert button_labels(offer) == ["Take the place", "Decline"]
    assert LINK not in offer.content
    # Others who press the same, as only a changed client can, get nothing of it.
    community = world.guild.id
    assert LINK not in all_text(await forged_press(world, lucia, f"webinar:take:{community}:1"))
    assert "not here any more" in (await forged_press(world, world.owner, f"webinar:take:{community}:1")).content
    for _ in range(2):
        taken = all_text(reply(await press_direct(awa, offer, "webinar:take")))
        assert LINK in taken
        offer_now = direct(awa)[0]
        if not offer_now.components:
            break
    assert LINK in reply(await press(awa, post, "webinar:link")).content
    assert len(direct(lucia)) == 0
    assert "rang" not in (await say(awa, post, "going")).content


async def test_an_offer_is_shown_in_the_server_and_a_declined_one_goes_to_the_next(world: World) -> None:
    (aino, awa, lucia, joao), post = await full(world, AINO, AWA, LUCIA, JOAO)
    await say(aino, post, "maybe")
    for asked in ("webinar:rsvp:1:going", "webinar:link", "webinar:show"):
        shown = reply(await press(awa, post, asked))
        assert "Elle vous est réservée jusqu’au <t:" in shown.content
        assert {"Prendre la place", "Refuser"} <= set(button_labels(shown))
        assert LINK not in all_text(shown)
    assert "lista de espera" in (await say(lucia, post, "going")).content
    declined = reply(await press(awa, shown, "webinar:decline"))
    assert "Vous ne pouvez pas participer." in declined.content
    shown = await say(lucia, post, "going")
    assert LINK in reply(await press(lucia, shown, "webinar:take")).content
    late = reply(await press(awa, reply(await press(awa, post, "webinar:show")), "webinar:rsvp:1:going"))
    assert "Vous êtes au rang 2 de la liste d’attente." in late.content, "after João, who waits already"
    assert joao.id != lucia.id


async def test_an_offer_that_nobody_takes_goes_on_although_the_bot_was_restarted(world: World) -> None:
    (aino, awa, lucia), post = await full(world, AINO, AWA, LUCIA)
    await say(aino, post, "cannot")
    await world.env.settle()
    [offer] = direct(awa)
    await world.restart()
    await world.pass_time(DAY - HOUR)
    assert direct(lucia) == []
    await world.pass_time(2 * HOUR)
    [_] = direct(lucia)
    assert "est passée à la personne suivante" in all_text(reply(await press_direct(awa, offer, "webinar:take")))
    shown = await run(world, lucia, "show", webinar="1")
    assert LINK in reply(await press(lucia, shown, "webinar:take")).content
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "webinar.offer" not in told
    assert str(lucia.id) not in told


async def test_a_new_hour_is_told_to_those_who_wait_too(world: World) -> None:
    (aino, awa, lucia, joao), post = await full(world, AINO, AWA, LUCIA, JOAO)
    await say(aino, post, "cannot")
    await world.env.settle()
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    card = reply(await world.owner.actor.submit_modal(shown, TYPED | {"when": "2027-01-21 15:00"}))
    await press(world.owner, card, "webinar:save")
    await world.env.settle()
    assert "where a place is kept for you, has changed." in direct(awa)[-1].content
    for waiting in (lucia, joao):
        assert "for which you are on the waiting list, has changed." in direct(waiting)[-1].content
    assert direct(aino) == [], "who cannot come is not told"
    assert LINK not in "".join(message.content for person in (awa, lucia, joao) for message in direct(person))


async def test_moderators_give_more_places_but_not_fewer_than_are_taken(world: World) -> None:
    (aino, awa, lucia), _ = await full(world, AINO, AWA, LUCIA, places=2)
    refused = await correct(world, world.owner, "editwho", ALL | {"places": "1"})
    assert refused.content == "Places that are taken already: 2. The number of places cannot be lower."
    card = await correct(world, world.owner, "editwho", ALL | {"places": "5"})
    assert "1 person on the waiting list is offered a place." in card.content
    assert fields_of(card)["Number of places"] == "~~2~~ → 5"
    await press(world.owner, card, "webinar:save")
    await world.env.settle()
    [offer] = direct(lucia)
    assert (direct(aino), direct(awa)) == ([], [])
    cancelling = await run(world, world.owner, "cancel", webinar="1", reason="No room")
    await press(world.owner, cancelling, "webinar:cancel")
    await world.env.settle()
    assert "“Budgets that count”, for which you were waiting, was cancelled." in direct(lucia)[-1].content
    assert "se canceló" in all_text(reply(await press_direct(lucia, offer, "webinar:take")))

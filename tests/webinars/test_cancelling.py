"""Cancelling: never silently, never twice, and nothing goes on afterwards."""

import re

import pytest

from bot.demo.world import Person, World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    LUCIA,
    custom_id,
    events,
    fields_of,
    member,
    moderator,
    posts,
    press,
    publish,
    rsvp,
    run,
)


async def cancel(world: World, person: Person, reason: str = "The speaker is ill") -> str:
    """Cancel the first webinar; gives what the moderator is told."""
    card = await run(world, person, "cancel", webinar="1", reason=reason)
    return reply(await press(person, card, "webinar:cancel")).content


def direct(person: Person) -> list[str]:
    """The direct messages that a person has."""
    return [message.content for message in person.user.dm_channel.history()]


async def test_a_moderator_is_asked_once_more(world: World) -> None:
    awa, aino = await moderator(world), await member(world, AINO)
    await publish(world, world.owner)
    await rsvp(aino, posts(world)[0], "going")
    card = await run(world, awa, "cancel", webinar="1", reason="Intervenante malade")
    assert card.ephemeral
    assert "Annuler «\u00a0**Budgets that count**\u00a0»\u00a0?" in card.content
    assert "1 personne qui participe sera prévenue par message privé." in card.content
    assert "Motif\u00a0: Intervenante malade" in card.content
    assert button_labels(card) == ["Annuler ce webinaire"]
    assert events(world)[0].status == 1
    done = reply(await press(awa, card, "webinar:cancel"))
    assert "Annulé\u00a0: «\u00a0Budgets that count\u00a0»" in done.content
    assert button_labels(done) == []


async def test_everyone_is_told_and_the_announcement_says_so(world: World) -> None:
    await publish(world, world.owner)
    await cancel(world, world.owner)
    announcement, notice = posts(world)
    for message in (announcement, notice):
        assert message.content == "CANCELLED · ANNULÉ · CANCELADO"
        assert message.embeds[0].title == "CANCELLED · ANNULÉ · CANCELADO: Budgets that count"
        assert "The speaker is ill" in all_text(message)
        assert button_labels(message) == ["Details · Détail · Detalles · Detalhes"]
    assert notice.embeds[0].url == announcement.jump_url
    [event] = events(world)
    assert event.status == 4


async def test_those_who_come_are_told_directly_in_their_language(world: World) -> None:
    aino, awa, lucia = [await member(world, persona) for persona in (AINO, AWA, LUCIA)]
    general = world.channel("general")
    chosen = reply(await lucia.actor.slash(general, "language choose", language="es"))
    assert chosen.content
    await publish(world, world.owner)
    [post] = posts(world)
    await rsvp(aino, post, "going")
    await rsvp(lucia, post, "going")
    await rsvp(awa, post, "maybe")
    assert "2 people who were going are told directly" in await cancel(world, world.owner)
    assert "“Budgets that count”, to which you were going, was cancelled." in direct(aino)[0]
    assert "Se canceló «Budgets that count», al que usted iba a asistir." in direct(lucia)[0]
    assert "Motivo: The speaker is ill" in direct(lucia)[0]
    assert direct(awa) == []
    for message in posts(world):
        assert str(aino.id) not in all_text(message), "the channel does not learn who was going"
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "Direct messages: 2 sent, 0 waiting, 0 not needed any more, 0 failed" in told
    assert "not sent: the webinar was cancelled" in told


async def test_a_direct_message_is_closed_by_its_button(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await rsvp(aino, posts(world)[0], "going")
    await cancel(world, world.owner)
    await world.restart()
    [message] = aino.user.dm_channel.history()
    await aino.user.click(message, custom_id=custom_id(message, "webinar:seen"))
    [message] = aino.user.dm_channel.history()
    assert button_labels(message) == []


@pytest.mark.faults
async def test_closed_direct_messages_do_not_keep_the_others_from_being_told(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    await publish(world, world.owner)
    [post] = posts(world)
    for person in (aino, awa):
        await rsvp(person, post, "going")
    channel = aino.user.dm_channel
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007, times=None)
    await cancel(world, world.owner)
    assert direct(aino) == []
    assert len(direct(awa)) == 1
    assert len(posts(world)) == 2
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "1 sent, 0 waiting, 0 not needed any more, 1 failed" in told


async def test_who_left_is_not_written_to(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    await rsvp(aino, posts(world)[0], "going")
    await world.leave(aino)
    await cancel(world, world.owner)
    assert direct(aino) == []


async def test_cancelling_twice_has_one_effect(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    first = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    second = await run(world, awa, "cancel", webinar="1", reason="Malade")
    await press(world.owner, first, "webinar:cancel")
    late = reply(await press(awa, second, "webinar:cancel"))
    assert "a été annulé" in late.content
    assert len(posts(world)) == 2
    assert "a été annulé" in (await run(world, awa, "cancel", webinar="1", reason="Encore")).content


async def test_cancelled_webinars_are_found_as_such(world: World) -> None:
    aino, general = await member(world, AINO), world.channel("general")
    await publish(world, world.owner)
    await cancel(world, world.owner)
    assert "None is planned" in all_text(await run(world, aino, "list"))
    [choice] = await aino.actor.autocomplete(general, "webinar show", "webinar", "")
    assert re.fullmatch(r"Wed 20 Jan, .*, cancelled: Budgets that count", choice["name"])
    card = await run(world, aino, "show", webinar="1")
    assert fields_of(card)["Reason"] == "The speaker is ill"
    assert button_labels(card) == []
    shown = reply(await press(world.owner, posts(world)[0], "webinar:show"))
    assert shown.embeds[0].title == "CANCELLED: Budgets that count"


async def test_a_webinar_that_is_over_cannot_be_cancelled(world: World) -> None:
    await publish(world, world.owner)
    card = await run(world, world.owner, "cancel", webinar="1", reason="Late")
    await world.pass_time(10 * DAY)
    assert "is over" in (await run(world, world.owner, "cancel", webinar="1", reason="Late")).content
    assert "is over" in reply(await press(world.owner, card, "webinar:cancel")).content


async def test_only_moderators_cancel(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    assert "moderators" in (await run(world, aino, "cancel", webinar="1", reason="No")).content
    assert events(world)[0].status == 1


async def test_a_reason_is_shown_as_it_was_typed(world: World) -> None:
    await publish(world, world.owner)
    await cancel(world, world.owner, "@everyone **ill** [here](https://evil.example)")
    notice = posts(world)[-1]
    assert not notice.mention_everyone
    assert r"\*\*ill\*\*" in all_text(notice)
    assert "[here](" not in all_text(notice).replace(r"\[here\](", "")
    too_long = await run(world, world.owner, "cancel", webinar="1", reason="x" * 301)
    assert "300 characters at most" in too_long.content

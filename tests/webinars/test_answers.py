"""Saying whether one comes: counts are public, names are not, and the link is for those who come."""

from datetime import timedelta

import pytest

from bot.demo.world import World
from tests.act import all_text, button_labels, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    JOAO,
    LUCIA,
    custom_id,
    fields_of,
    label,
    member,
    moderator,
    posts,
    press,
    publish,
    rsvp,
    run,
)

COUNTS = "Answers · Réponses · Respuestas · Respostas"


def shown_counts(world: World) -> list[str]:
    """The numbers on the announcement: going, maybe, cannot."""
    return [line.rpartition(": ")[2].strip("*") for line in fields_of(posts(world)[0])[COUNTS].splitlines()]


async def test_each_person_is_answered_in_their_language(world: World) -> None:
    people = [await member(world, persona) for persona in (AINO, AWA, LUCIA, JOAO)]
    await publish(world, world.owner)
    [post] = posts(world)
    told = [await rsvp(person, post, "going") for person in people]
    said = ("You are going.", "Vous participez.", "Usted asistirá.", "Você vai participar.")
    for text, words in zip(told, said, strict=True):
        assert words in text
        assert "<https://meet.example/abc>" in text
        assert "**Budgets that count**" in text
    assert "4 going, 0 maybe" not in told[-1]
    assert "4 sim, 0 talvez, 0 não" in told[-1]


async def test_only_those_who_come_get_the_link(world: World) -> None:
    awa, aino = await member(world, AWA), await member(world, AINO)
    await publish(world, world.owner)
    [post] = posts(world)
    assert "meet.example" not in await rsvp(awa, post, "maybe")
    assert "meet.example" not in await rsvp(aino, post, "cannot")
    assert "meet.example" not in reply(await press(aino, post, "webinar:link")).content
    assert "meet.example" not in all_text(reply(await press(aino, post, "webinar:show")))
    assert "meet.example" in await rsvp(awa, post, "going")
    await rsvp(awa, post, "cannot")
    assert "meet.example" not in reply(await press(awa, post, "webinar:link")).content
    assert "meet.example" in reply(await press(world.owner, post, "webinar:link")).content, "moderators"


async def test_a_webinar_without_a_link_says_so(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner, {"link": ""})
    assert "Aucun lien n’a été donné" in await rsvp(awa, posts(world)[0], "going")


async def test_counts_are_shown_without_an_edit_for_each_press(world: World) -> None:
    people = [await member(world, persona) for persona in (AINO, AWA, LUCIA, JOAO)]
    await publish(world, world.owner)
    await world.pass_time(timedelta(minutes=1))
    [post] = posts(world)
    edits = edits_of(world, post.id)
    for person, answer in zip(people, ("going", "going", "maybe", "cannot"), strict=True):
        await rsvp(person, post, answer)
    await rsvp(people[0], post, "going")
    assert shown_counts(world) == ["0", "0", "0"]
    assert "2 going, 1 maybe, 1 cannot come" in await rsvp(people[0], post, "going"), "counts are in the answer"
    await world.pass_time(timedelta(minutes=5))
    assert shown_counts(world) == ["2", "1", "1"]
    assert edits_of(world, post.id) - edits in (1, 2)


async def test_an_old_announcement_is_edited_four_times_an_hour_at_most(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await world.pass_time(timedelta(hours=3))
    [post] = posts(world)
    edits = edits_of(world, post.id)
    for minute in range(60):
        await rsvp(awa, post, "going" if minute % 2 else "maybe")
        await world.pass_time(timedelta(minutes=1))
    assert edits_of(world, post.id) - edits <= 6
    await world.pass_time(timedelta(minutes=20))
    assert shown_counts(world) == ["1", "0", "0"]


@pytest.mark.faults
async def test_where_an_old_message_may_not_be_edited_counts_wait_for_the_next_time(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    await world.pass_time(2 * timedelta(hours=1))
    [post] = posts(world)
    await rsvp(awa, post, "going")
    world.env.inject_error("PATCH", f"/channels/*/messages/{post.id}", status=429, code=30046)
    await world.pass_time(timedelta(minutes=20))
    assert shown_counts(world) == ["0", "0", "0"]
    await rsvp(awa, post, "maybe")
    await world.pass_time(timedelta(minutes=20))
    assert shown_counts(world) == ["0", "1", "0"]
    assert [message for message in posts(world, "moderators") if "could not go out" in all_text(message)] == []


async def test_names_are_shown_to_nobody(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    [post] = posts(world)
    await rsvp(awa, post, "going")
    await world.pass_time(timedelta(minutes=5))
    for message in posts(world):
        assert str(awa.id) not in all_text(message)
        assert "Awa" not in all_text(message)


async def test_details_are_in_ones_own_language(world: World) -> None:
    lucia = await member(world, LUCIA)
    await publish(world, world.owner, area="leadership")
    [post] = posts(world)
    await rsvp(lucia, post, "maybe")
    card = reply(await press(lucia, post, "webinar:show"))
    assert card.ephemeral
    assert card.content == "Usted respondió: quizás."
    assert list(fields_of(card)) == [
        *("Cuándo", "Ponentes", "Tipo", "Duración", "Áreas clave", "Para quién", "Respuestas")
    ]
    assert button_labels(card)[:3] == ["Asistiré", "Quizás", "No"]
    assert "Usted asistirá." in await rsvp(lucia, card, "going")


async def test_what_is_coming_is_listed_and_shown(world: World) -> None:
    awa, general = await member(world, AWA), world.channel("general")
    empty = await run(world, awa, "list")
    assert "Aucun n’est prévu pour le moment." in all_text(empty)
    await publish(world, world.owner, {"title": "Second", "when": "22 January 2027 15:00"}, area="capacity")
    await publish(world, world.owner, {"title": "First", "when": "21 January 2027 15:00"})
    listed = await run(world, awa, "list")
    assert listed.ephemeral
    assert all_text(listed).index("1. First") < all_text(listed).index("2. Second")
    card = reply(await awa.actor.click(listed, label="2"))
    assert card.embeds[0].title == "Second"
    only = await run(world, awa, "list", area="capacity")
    assert "Second" in all_text(only)
    assert "First" not in all_text(only)
    choices = await awa.actor.autocomplete(general, "webinar show", "webinar", "sec")
    assert choices == [{"name": "ven. 22 janv., 14:00\u00a0: Second", "value": "1"}]
    assert (await run(world, awa, "show", webinar="1")).embeds[0].title == "Second"
    assert (await run(world, awa, "show", webinar="first")).embeds[0].title == "First"


async def test_a_long_list_has_pages(world: World) -> None:
    awa = await member(world, AWA)
    for day in range(13, 24):
        await publish(world, world.owner, {"title": f"Day {day}", "when": f"{day} February 2027 15:00"})
    first = await run(world, awa, "list")
    assert "Page 1 sur 2" in all_text(first)
    second = reply(await press(awa, first, "webinar:list"))
    assert "Day 23" in all_text(second)
    assert "Page 2 sur 2" in all_text(second)
    assert label(second, "webinar:list") == "Précédents"
    back = reply(await press(awa, second, "webinar:list"))
    assert "Day 13" in all_text(back)


async def test_past_webinars_can_still_be_looked_at(world: World) -> None:
    awa = await member(world, AWA)
    await publish(world, world.owner)
    [post] = posts(world)
    await world.pass_time(10 * DAY)
    card = await run(world, awa, "show", webinar="1")
    assert "Ce webinaire est terminé." in card.content
    assert "Lien" not in button_labels(card), "nothing to answer any more"
    assert "est terminé" in await rsvp(awa, post, "going")
    assert "est terminé" in reply(await press(awa, post, "webinar:link")).content
    assert "Budgets" not in all_text(await run(world, awa, "list"))
    choices = await world.owner.actor.autocomplete(world.channel("general"), "webinar cancel", "webinar", "")
    assert choices == []


async def test_visitors_see_no_webinars(world: World) -> None:
    stranger = await world.join(AINO)
    await publish(world, world.owner)
    general = world.channel("general")
    assert "for members" in (await run(world, stranger, "list")).content
    assert "for members" in (await run(world, stranger, "show", webinar="1")).content
    assert await stranger.actor.autocomplete(general, "webinar show", "webinar", "") == []


async def test_moderators_see_what_goes_out(world: World) -> None:
    awa, aino = await moderator(world), await member(world, AINO)
    await publish(world, world.owner)
    told = all_text(await run(world, awa, "deliveries", webinar="1"))
    assert "**Annonce**" in told
    assert "envoyé https://discord.com/channels/" in told
    assert "**Évènement du serveur**" in told
    assert told.count("**Rappel (") == 4
    assert "moderators" in (await run(world, aino, "deliveries", webinar="1")).content


async def test_the_search_and_the_key_area_know_it(world: World) -> None:
    awa, general = await member(world, AWA), world.channel("general")
    await publish(world, world.owner, area="budgeting")
    found = reply(await awa.actor.slash(general, "lookup", query="Budgets that count", kind="webinar"))
    assert "Budgets that count" in all_text(found)
    page = reply(await awa.actor.slash(general, "keyarea", area="budgeting"))
    assert "Budgets that count" in all_text(page)
    assert custom_id(posts(world)[0], "webinar:link").startswith("webinar:link:1")


def edits_of(world: World, message_id: int) -> int:
    """How often a message was edited so far."""
    return sum(
        request.method == "PATCH" and request.path.endswith(f"/messages/{message_id}")
        for request in world.env.http_requests
    )

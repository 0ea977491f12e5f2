"""What a webinar is beside its text and hour, as people see it: kind, place, languages, whom for."""

from datetime import timedelta
from typing import Any

from bot.demo.world import Person, World
from tests.act import all_text, fields, reply
from tests.lookup.people import member as approved
from tests.webinars.acting import (
    AINO,
    AWA,
    LUCIA,
    TYPED,
    delete_channel,
    events,
    fields_of,
    member,
    moderator,
    posts,
    press,
    preview,
    publish,
    rsvp,
    run,
)

TRAINING: dict[str, Any] = {
    "kind": ["training"],
    "place": "Dakar, *Hôtel* <@1>",
    "channel": [],
    "spoken": ["en", "ar"],
    "interpreted": ["es", "en"],
}
ALL: dict[str, Any] = {"who": ["all"], "who_areas": [], "places": "", "host": [], "co_host": []}


async def fill(person: Person, card: Any, form: str, typed: dict[str, Any]) -> Any:
    """Open a form from a preview, and send it; gives the answer."""
    return reply(await person.actor.submit_modal(await press(person, card, f"open:webinar:{form}"), typed))


async def announce(world: World, person: Person, place: dict[str, Any], who: dict[str, Any]) -> Any:
    """Announce a webinar with these details; gives the announcement."""
    card = await fill(person, await preview(world, person), "place", TRAINING | place)
    card = await fill(person, card, "who", ALL | who)
    await press(person, card, "webinar:publish")
    return posts(world)[-1]


async def correct(world: World, person: Person, form: str, typed: dict[str, Any]) -> Any:
    """Change the first webinar; gives the preview, or why it cannot be."""
    shown = await person.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    card = reply(await person.actor.submit_modal(shown, {**TYPED, "when": "2027-01-20 15:00"}))
    return await fill(person, card, form, typed)


async def test_everyone_reads_what_it_is_and_where_in_the_communitys_languages(world: World) -> None:
    lucia = await member(world, LUCIA)
    post = await announce(world, world.owner, {}, {"places": "20", "host": [lucia.actor]})
    assert post.content.startswith("New training · Nouvelle formation · Nueva capacitación")
    card = fields_of(post)
    assert card["Where · Où · Dónde · Onde"] == "Dakar, \\*Hôtel\\* \\<@1>"
    assert card["Kind · Type · Tipo"] == "Training · Formation · Capacitación · Capacitação"
    # To all, languages by what they call themselves; one that is spoken needs no interpretation.
    assert card["Languages · Langues · Idiomas"] == (
        "English, العربية\nInterpretation · Interprétation · Interpretación · Interpretação: español"
    )
    assert card["Who it is for · Pour qui · Para quién · Para quem"].startswith("All members · ")
    answers = card["Answers · Réponses · Respuestas · Respostas"]
    assert answers.endswith("Places left · Places libres · Plazas libres · Vagas livres: **20** / 20")
    assert TYPED["link"] not in all_text(post)
    mine = fields_of(reply(await press(lucia, post, "webinar:show")))
    assert (mine["Tipo"], mine["Idiomas"]) == ("Capacitación", "inglés, árabe\nInterpretación: español")
    [event] = events(world)
    assert (event.entity_type, event.entity_metadata["location"]) == (3, "Dakar, *Hôtel* <@1>")
    again = await world.owner.actor.slash(world.channel("general"), "webinar duplicate", webinar="1")
    copy = reply(await world.owner.actor.submit_modal(again, {**TYPED, "when": "21 January 2027 15:00"}))
    assert fields_of(copy)["Where · Où · Dónde · Onde"] == "Dakar, \\*Hôtel\\* \\<@1>"
    assert f"<@{lucia.id}>" in fields_of(copy)["Host and co-host"]


async def test_who_comes_to_a_meeting_without_a_link_is_told_where(world: World) -> None:
    lucia = await member(world, LUCIA)
    card = await preview(world, world.owner, {"link": ""}, kind="meeting")
    card = await fill(world.owner, card, "place", TRAINING | {"kind": ["meeting"]})
    await press(world.owner, card, "webinar:publish")
    where = "Dónde: Dakar, \\*Hôtel\\* \\<@1>"
    shown = reply(await press(lucia, posts(world)[0], "webinar:rsvp:1:going"))
    assert where in shown.content
    assert where in reply(await press(lucia, posts(world)[0], "webinar:link")).content
    await press(lucia, shown, "webinar:remindme")
    await world.pass_time(timedelta(days=8, hours=4, minutes=30))
    reminded = list(lucia.user.dm_channel.history())[-1]
    assert where in reminded.content
    assert "webinar:mylink" not in str(reminded.components)


async def test_in_a_voice_channel_until_it_is_deleted(world: World) -> None:
    voice = world.guild.create_voice_channel("Room 1")
    await world.env.settle()
    post = await announce(world, world.owner, {"place": "", "channel": [voice]}, {})
    assert fields_of(post)["Where · Où · Dónde · Onde"] == f"<#{voice.id}>"
    [event] = events(world)
    assert (event.entity_type, event.channel_id) == (2, voice.id)
    await delete_channel(world, "Room 1")
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="1")
    card = reply(await world.owner.actor.submit_modal(shown, {**TYPED, "when": "2027-01-20 15:00", "title": "Other"}))
    form = await press(world.owner, card, "open:webinar:editplace")
    assert "default_values" not in fields(form)["channel"], "what is gone cannot be filled in"
    card = reply(await world.owner.actor.submit_modal(form, TRAINING | {"place": "Palais, salle 2"}))
    assert f"~~<#{voice.id}>~~ → Palais, salle 2" in fields_of(card)["Where"]
    await press(world.owner, card, "webinar:save")
    await world.env.settle()
    assert all_text(posts(world)[0]).count("Palais, salle 2") == 1


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    *(("who", {"places": places}, "a number from 1 to 10000") for places in ("0", "-1", "abc", "9999999999", "1.5")),
    ("who", {"who": ["areas"]}, "Choose the key areas"),
    ("place", {"place": "https://evil.example/x"}, "The place holds a link"),
    ("place", {"place": "[here](HTTPS://evil.example)"}, "The place holds a link"),
    ("place", {"place": "www.evil.example"}, "The place holds a link"),
    ("place", {"place": "Online: meet.example/abc"}, "The link also stands in a text that everyone sees."),
]


async def test_what_cannot_be_taken_is_said_and_not_lost(world: World) -> None:
    card = await preview(world, world.owner)
    for form, typed, why in REFUSED:
        whole = {"who": ALL, "place": TRAINING}[form] | typed
        refused = await fill(world.owner, card, form, whole)
        assert why in refused.content, typed
        shown = await press(world.owner, refused, "open:webinar:")
        again = fields(shown)
        for name, value in typed.items():
            chosen = [option["value"] for option in again[name].get("options", []) if option["default"]]
            assert value == again[name].get("value", chosen)
        assert "Before you publish" in all_text(
            reply(await world.owner.actor.submit_modal(shown, {"who": ALL, "place": TRAINING}[form]))
        )
    assert posts(world) == []


async def test_a_webinar_is_answered_by_those_whom_it_is_for(world: World) -> None:
    awa = await approved(world, AWA, key_areas=("budgeting",))
    lucia = await approved(world, LUCIA, key_areas=("capacity",), country="CL")
    aino = await member(world, AINO)
    post = await announce(world, world.owner, {}, {"who": ["areas"], "who_areas": ["budgeting", "leadership"]})
    shown = fields_of(post)["Who it is for · Pour qui · Para quién · Para quem"]
    assert shown.splitlines()[0] == "Members who work in Gender-responsive budgeting and Gender-responsive leadership"
    assert "meet.example" in await rsvp(awa, post, "going")
    refused = await rsvp(lucia, post, "going")
    assert refused.startswith("Este webinario es para miembros que trabajan en: Presupuestos")
    for asked in ("webinar:link", "webinar:show"):
        assert "meet.example" not in all_text(reply(await press(lucia, post, asked)))
    assert "“Budgets that count”" not in await rsvp(lucia, post, "cannot"), "who cannot come may always say so"
    assert "meet.example" in await rsvp(world.owner, post, "going"), "moderators look after all"
    card = await correct(world, world.owner, "editwho", ALL | {"who": ["network"]})
    assert "→ Approved members from the Network's countries" in fields_of(card)["Who it is for"]
    await press(world.owner, card, "webinar:save")
    await world.env.settle()
    assert "meet.example" in await rsvp(lucia, post, "going")
    assert await rsvp(aino, post, "maybe") == (
        "This webinar is for approved members from the Network's countries only.\n"
    )


async def test_two_moderators_change_different_details(world: World) -> None:
    awa = await moderator(world)
    await announce(world, world.owner, {}, {})
    mine = await correct(world, awa, "editplace", TRAINING | {"place": "Thiès", "spoken": ["fr"]})
    other = await correct(world, world.owner, "editwho", ALL | {"places": "30", "who": ["network"]})
    await press(world.owner, other, "webinar:save")
    told = reply(await press(awa, mine, "webinar:save"))
    merged = reply(await press(awa, told, "webinar:carry"))
    card = fields_of(merged)
    assert card["Where · Où · Dónde · Onde"] == "Thiès"
    assert "/ 30" in card["Answers · Réponses · Respuestas · Respostas"]
    await press(awa, merged, "webinar:save")
    shown = fields_of(await run(world, world.owner, "show", webinar="1"))
    assert (shown["Where"], shown["Languages"]) == ("Thiès", "French\nInterpretation: Spanish, English")
    assert shown["Who it is for"] == "Approved members from the Network's countries"


async def test_a_meeting_in_person_without_a_place_is_asked_about(world: World) -> None:
    await publish(world, world.owner, kind="meeting", places=12)
    assert "Meeting in person" in fields_of(posts(world)[0])["Kind · Type · Tipo"]
    card = await preview(world, world.owner, {"link": ""}, kind="meeting", places=12)
    assert "It is a meeting in person, but no place is given." in fields_of(card)["Please check"]
    assert "There is no link to join." not in fields_of(card)["Please check"]

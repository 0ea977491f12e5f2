"""The form: in the person's language, taken up where it was left, and forgiving."""

from typing import Any

import pytest

from bot.demo.world import Persona, World
from data.countries import name as country_name
from tests.act import all_text, button_labels, components, embed_text, fields, reply
from tests.onboarding.acting import (
    AINO,
    AWA,
    JOAO,
    LUCIA,
    WHO,
    WORK,
    apply,
    approve,
    cards,
    custom_id,
    fill,
    has,
    posts,
    press,
    start,
    welcomes,
    words,
)

NASTY = "@everyone <@&1> [click](https://evil.example) **x** \u202egnp\u200b"


def unlimited(shown: Any) -> Any:
    """A client that sends more than the form allows."""
    for part in shown._interaction.modal["components"]:
        part.get("component", part).pop("max_length", None)
    return shown


@pytest.mark.parametrize("persona", [AINO, AWA, LUCIA, JOAO], ids=lambda persona: persona.locale)
async def test_from_the_button_to_the_introduction_in_ones_own_language(world: World, persona: Persona) -> None:
    person = await world.join(persona)
    t = words(person)
    summary = await fill(world, person)
    shown = embed_text(reply(summary))
    assert country_name("SN", t.language) in shown
    assert t("Is this right?") in shown
    assert button_labels(reply(summary)) == [
        t("Send"),
        t("Change: who you are"),
        t("Change: what you work on"),
        t("Who sees what"),
    ]
    sent = await press(person, reply(summary), "onboarding:send")
    assert reply(sent).ephemeral
    [card] = cards(world, person)
    assert "Senegal" in embed_text(card), "moderators read the community's first language"
    await approve(world, person)
    [introduction] = posts(world, "introductions", f"<@{person.id}>")
    text = all_text(introduction)
    assert t("Please welcome {mention}.", mention=f"<@{person.id}>") in text
    assert country_name("SN", t.language) in text
    assert "Une formation à l'accueil" in text
    assert button_labels(introduction) == [t("See profile")]
    assert introduction.mentions == [] or not introduction.mention_everyone


async def test_it_is_taken_up_where_it_was_left(world: World) -> None:
    awa = await world.join(AWA)
    await awa.actor.submit_modal(await start(world, awa), WHO)
    await world.restart()
    again = reply(await start(world, awa))
    assert "La première partie est enregistrée" in again.content
    first = await press(awa, again, "open:onboarding:who")
    assert fields(first)["organisation"]["value"] == "Police nationale"
    assert fields(first)["country"]["value"] == "Sénégal"
    second = await press(awa, again, "open:onboarding:work")
    summary = reply(await awa.actor.submit_modal(second, WORK))
    await world.restart()
    resumed = reply(await start(world, awa))
    assert embed_text(resumed) == embed_text(summary)
    await press(awa, resumed, "onboarding:send")
    assert len(cards(world, awa)) == 1


async def test_a_part_can_be_changed_before_sending(world: World) -> None:
    awa = await world.join(AWA)
    summary = reply(await fill(world, awa))
    shown = await press(awa, summary, "open:onboarding:who")
    changed = reply(await awa.actor.submit_modal(shown, {**WHO, "role": "Directrice"}))
    assert "Directrice" in embed_text(changed)
    assert changed.id == summary.id, "steps do not pile up"


@pytest.mark.parametrize("typed", ["senegal", "SN", "sen", "El Senegal", "Sénégal\u200b", " SÉNÉGAL "])
async def test_a_country_goes_by_many_names(world: World, typed: str) -> None:
    lucia = await world.join(LUCIA)
    await apply(world, lucia, who={"country": typed})
    assert "Senegal" in embed_text(cards(world, lucia)[0])


async def test_an_unknown_country_loses_nothing_and_offers_the_nearest(world: World) -> None:
    awa = await world.join(AWA)
    step = reply(await awa.actor.submit_modal(await start(world, awa), {**WHO, "country": "Sénégall"}))
    assert step.content.startswith("Nous ne connaissons aucun pays appelé «\u00a0Sénégall\u00a0»")
    [menu] = [item for item in components(step) if item.get("options")]
    assert "SN" in [option["value"] for option in menu["options"]]
    again = await press(awa, step, "open:onboarding:who")
    kept = fields(again)
    assert (kept["country"]["value"], kept["organisation"]["value"]) == ("Sénégall", "Police nationale")
    assert [option["value"] for option in kept["kind"]["options"] if option.get("default")] == ["police"]
    onward = reply(await awa.actor.select(step, ["SN"], custom_id=custom_id(step, "onboarding:country")))
    assert has(onward, "open:onboarding:work")


async def test_a_country_that_is_like_no_other_gets_a_sentence_and_a_way_back(world: World) -> None:
    awa = await world.join(AWA)
    typed = "@everyone [Zzyzx](https://evil.example)"
    step = reply(await awa.actor.submit_modal(await start(world, awa), {**WHO, "country": typed}))
    assert "[Zzyzx](" not in step.content.replace("\\[", "").replace("\\]", "")
    assert button_labels(step) == ["Écrire de nouveau"]


async def test_who_speaks_for_no_country_needs_none_and_the_police_do(world: World) -> None:
    aino = await world.join(AINO)
    refused = reply(await aino.actor.submit_modal(await start(world, aino), {**WHO, "country": " \u200b "}))
    assert refused.content == "Please write the country you work for."
    shown = await aino.actor.click(refused, label="Correct and send again")
    step = await aino.actor.submit_modal(shown, {**WHO, "country": "", "kind": ["united-nations"]})
    assert has(reply(step), "open:onboarding:work")


@pytest.mark.parametrize(
    "field, typed, sentence",
    [
        ("organisation", "   ", "Escriba el nombre de su organización."),
        ("organisation", "\u200b\u200f\u2066", "Escriba el nombre de su organización."),
        ("role", "\n\t ", "Escriba su cargo o título."),
        ("role", "x" * 101, "Ese texto es demasiado largo: tiene 101 caracteres y caben 100."),
        ("organisation", "y" * 3000, "Ese texto es demasiado largo: tiene 3000 caracteres y caben 100."),
    ],
)
async def test_what_cannot_be_taken_is_said_and_kept(world: World, field: str, typed: str, sentence: str) -> None:
    lucia = await world.join(LUCIA)
    shown = unlimited(await start(world, lucia))
    refused = reply(await lucia.actor.submit_modal(shown, {**WHO, field: typed}))
    assert refused.content.startswith(sentence)
    assert refused.ephemeral
    again = fields(await lucia.actor.click(refused, label="Corregir y volver a enviar"))
    other = "role" if field == "organisation" else "organisation"
    assert again[other]["value"] == WHO[other]
    assert again["country"]["value"] == "Senegal"


async def test_too_much_to_offer_is_said_and_kept(world: World) -> None:
    joao = await world.join(JOAO)
    step = reply(await joao.actor.submit_modal(await start(world, joao), WHO))
    shown = unlimited(await press(joao, step, "open:onboarding:work"))
    refused = reply(await joao.actor.submit_modal(shown, {**WORK, "offers": "a " * 400}))
    assert refused.content.startswith("Esse texto é longo demais")
    again = fields(await joao.actor.click(refused, label="Corrigir e enviar de novo"))
    assert again["seeks"]["value"] == "Des pairs"
    assert again["offers"]["value"] == ("a " * 400)[:500]


async def test_what_is_typed_never_acts(world: World) -> None:
    nasty = Persona("nasty", "**@everyone** [x](https://evil.example)", "en-GB")
    person = await world.join(nasty)
    who = {"organisation": NASTY, "role": NASTY}
    await apply(world, person, who=who, work={"offers": NASTY, "seeks": NASTY})
    [card] = posts(world, "moderators", f"<@{person.id}>")
    assert "Invisible or direction-changing characters were removed" in all_text(card)
    await press(world.owner, card, "onboarding:approve")
    for channel in ("moderators", "introductions", "welcome"):
        for message in posts(world, channel, f"<@{person.id}>"):
            text = all_text(message)
            assert not message.mention_everyone
            assert message.role_mentions == []
            assert "@everyone" not in text
            assert "](" not in text.replace("\\](", "")
            assert "\u202e" not in text
            assert "<@&1>" not in text.replace("\\<@&1>", "")


async def test_a_form_sent_twice_has_one_effect(world: World) -> None:
    awa = await world.join(AWA)
    first = reply(await fill(world, awa))
    second = reply(await start(world, awa))
    await press(awa, first, "onboarding:send")
    again = await press(awa, second, "onboarding:send")
    assert reply(again).content.startswith("Votre demande a été envoyée")
    assert len(cards(world, awa)) == 1


async def test_a_forged_choice_is_not_taken(world: World) -> None:
    aino = await world.join(AINO)
    shown = await start(world, aino)
    modal: Any = shown._interaction.modal
    options = [option for part in modal["components"] for option in part.get("component", part).get("options", [])]
    for option in options:
        option["value"] = "emperor" if option["value"] == "police" else option["value"]
    refused = await aino.actor.submit_modal(shown, {**WHO, "kind": ["emperor"]})
    assert reply(refused).content == "Please choose what kind of organisation you work for."


async def test_what_was_sent_can_be_changed_while_it_waits(world: World) -> None:
    awa = await world.join(AWA)
    sent = reply(await apply(world, awa))
    summary = reply(await press(awa, sent, "profile:edit"))
    shown = await press(awa, summary, "open:onboarding:who")
    summary = reply(await awa.actor.submit_modal(shown, {**WHO, "country": "Chile"}))
    await press(awa, summary, "onboarding:send")
    old, new = cards(world, awa)
    assert "has changed this request" in all_text(old)
    assert button_labels(old) == []
    assert "Chile" in all_text(new)
    assert button_labels(new) == ["Approve", "Ask a question", "Decline"]


async def test_a_country_outside_the_network_is_pointed_out(world: World) -> None:
    aino = await world.join(AINO)
    await apply(world, aino, who={"country": "Japan"})
    assert "Japan is not a member of the Network" in all_text(cards(world, aino)[0])
    assert len(welcomes(world, aino)) == 1

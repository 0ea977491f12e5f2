"""Announcing a webinar: the form, the preview, and everything that goes out with one press."""

from datetime import timedelta
from typing import Any

from bot.demo.world import World
from tests.act import all_text, button_labels, components, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    JOAO,
    LUCIA,
    STARTS,
    TYPED,
    create,
    custom_id,
    events,
    fields_of,
    member,
    moderator,
    posts,
    press,
    preview,
    publish,
    resume,
    token,
)


async def test_the_form_is_in_the_moderators_language(world: World) -> None:
    awa, lucia, joao = [await moderator(world, persona) for persona in (AWA, LUCIA, JOAO)]
    titles: list[tuple[str, list[str]]] = []
    for person in (world.owner, awa, lucia, joao):
        shown = await create(world, person)
        assert shown.modal is not None
        titles.append((shown.modal["title"], [part["label"] for part in shown.modal["components"]][:2]))
        assert list(fields(shown)) == ["title", "when", "speakers", "description", "link"]
    assert titles == [
        ("A webinar", ["Title", "When"]),
        ("Un webinaire", ["Titre", "Quand"]),
        ("Un webinario", ["Título", "Cuándo"]),
        ("Um webinário", ["Título", "Quando"]),
    ]


async def test_nothing_goes_out_before_the_moderator_has_seen_it(world: World) -> None:
    awa = await moderator(world)
    before = len(posts(world))
    card = await preview(world, awa, {"when": "20/01/2027 à 15h"}, minutes=90, area="budgeting", notify=True)
    assert card.ephemeral
    assert len(posts(world)) == before
    assert events(world) == []
    assert "Rien n’a encore été annoncé" in card.content
    told = fields_of(card)
    assert "mercredi 20 janvier 2027, 15:00" in told["Heure dans le fuseau choisi"]
    assert "Paris, France (UTC+01:00)" in told["Heure dans le fuseau choisi"]
    around = told["Le même moment là où sont les membres"]
    assert "☀️ `mer. 20 janv., 14:00 UTC+00:00` **heures de travail** · Dakar, Reykjavik" in around
    assert "`mer. 20 janv., 11:00 UTC-03:00` **heures de travail** · Santiago, São Paulo" in around
    assert "Amsterdam" in around
    planned = told["Rappels"].splitlines()
    assert [line.split("\u00a0:")[0] for line in planned] == [
        "- 7 jours avant",
        "- 1 jour avant",
        "- 1 heure avant",
        "- Au début",
    ]
    assert f"<t:{STARTS - 3600}:F>" in planned[2]
    assert "English, français, español, português" in told["Où, et dans quelles langues"]
    assert "<@&" in told["Où, et dans quelles langues"]
    assert {
        "Publier",
        "Modifier texte ou heure",
        "Fuseau, durée, domaine",
        "Modifier les rappels",
        "Supprimer",
    } <= set(button_labels(card))


async def test_the_announcement_is_what_the_preview_showed(world: World) -> None:
    card = await preview(world, world.owner, minutes=90, area="budgeting")
    shown = card.embeds[0].to_dict()
    done = reply(await press(world.owner, card, "webinar:publish"))
    [post] = posts(world)
    assert post.embeds[0].to_dict() == shown
    assert "Published: “Budgets that count”" in done.content
    assert "4 reminders are planned." in done.content
    assert button_labels(done) == ["What goes out, and when"]


async def test_the_announcement_speaks_the_communitys_languages(world: World) -> None:
    await publish(world, world.owner, minutes=90, area="budgeting")
    [post] = posts(world)
    assert post.content == "New webinar · Nouveau webinaire · Nuevo webinario · Novo webinário"
    told = fields_of(post)
    assert told["When · Quand · Cuándo · Quando"] == f"<t:{STARTS}:F> (<t:{STARTS}:R>)"
    assert told["Length · Durée · Duración · Duração"] == "90 min"
    assert "Budgétisation sensible au genre" in told["Key areas · Domaines clés · Áreas clave · Áreas-chave"]
    assert told["Speakers · Qui intervient · Ponentes · Palestrantes"] == "Ana, Bea"
    assert button_labels(post) == [
        "Going · J’y serai · Asistiré · Vou",
        "Maybe · Peut-être · Quizás · Talvez",
        "Cannot come · Non · No · Não",
        "Link · Lien · Enlace",
        "Details · Détail · Detalles · Detalhes",
    ]


async def test_the_link_is_in_nothing_that_everyone_sees(world: World) -> None:
    await publish(world, world.owner)
    await world.pass_time(timedelta(days=8, hours=6))
    assert len(posts(world)) == 5
    for post in posts(world):
        assert "meet.example" not in all_text(post)
    assert "meet.example" not in str(events(world))


async def test_the_server_gets_an_event_of_its_own(world: World) -> None:
    await publish(world, world.owner, minutes=90)
    [event] = events(world)
    assert event.name == "Budgets that count"
    assert event.scheduled_start_time.startswith("2027-01-20T14:00:00")
    assert event.scheduled_end_time.startswith("2027-01-20T15:30:00")
    assert event.entity_metadata == {"location": "Online · En ligne · En línea"}


async def test_a_role_is_mentioned_only_if_the_moderator_chose_to(world: World) -> None:
    await publish(world, world.owner)
    await publish(world, world.owner, {"title": "Loud"}, notify=True)
    quiet, loud = posts(world)
    assert quiet.raw_role_mentions == []
    assert len(loud.raw_role_mentions) == 1
    assert "@everyone" not in loud.content


async def test_pressing_twice_announces_once(world: World) -> None:
    card = await preview(world, world.owner)
    same = await resume(world, world.owner, TYPED)
    assert custom_id(card, "webinar:publish") == custom_id(same, "webinar:publish")
    await press(world.owner, card, "webinar:publish")
    late = reply(await press(world.owner, same, "webinar:publish"))
    assert "published or discarded already" in late.content
    assert len(posts(world)) == 1
    assert len(events(world)) == 1


async def test_a_form_sent_after_publishing_announces_nothing(world: World) -> None:
    card = await preview(world, world.owner)
    still_open = await press(world.owner, card, "open:webinar:new")
    await press(world.owner, card, "webinar:publish")
    late = reply(await world.owner.actor.submit_modal(still_open, TYPED | {"title": "Again"}))
    assert "published or discarded already" in late.content
    assert [post.embeds[0].title for post in posts(world)] == ["Budgets that count"]


async def test_an_older_preview_does_not_publish_what_it_did_not_show(world: World) -> None:
    awa = await moderator(world)
    old = await preview(world, awa, {"when": "20/01/2027 15h"})
    new = await resume(world, awa, {"when": "21/01/2027 15h"})
    assert custom_id(old, "webinar:publish") != custom_id(new, "webinar:publish")
    answer = reply(await press(awa, old, "webinar:publish"))
    assert posts(world) == []
    assert "Le webinaire a changé depuis" in answer.content
    assert f"<t:{STARTS + 86400}:F>" in all_text(answer)
    await press(awa, answer, "webinar:publish")
    assert len(posts(world)) == 1


async def test_text_and_time_can_be_changed_before(world: World) -> None:
    awa = await moderator(world)
    card = await preview(world, awa, {"when": "20/01/2027 15h"})
    shown = await press(awa, card, "open:webinar:new")
    assert fields(shown)["title"]["value"] == "Budgets that count"
    assert fields(shown)["when"]["value"] == "20/01/2027 15h"
    changed = reply(await awa.actor.submit_modal(shown, TYPED | {"when": "21/01/2027 9h05"}))
    assert "jeudi 21 janvier 2027, 09:05" in all_text(changed)


async def test_zone_length_and_key_area_can_be_changed_before(world: World) -> None:
    card = await preview(world, world.owner)
    shown = await press(world.owner, card, "open:webinar:options")
    assert fields(shown)["zone"]["value"] == "Europe/Paris"
    options = {"zone": "Santiago de Chile", "minutes": "45", "area": ["leadership"], "notify": ["yes"]}
    changed = reply(await world.owner.actor.submit_modal(shown, options))
    assert "Wednesday 20 January 2027, 15:00" in all_text(changed)
    assert "Santiago, Chile (UTC-03:00)" in all_text(changed)
    assert f"<t:{STARTS + 4 * 3600}:F>" in all_text(changed)
    assert "45 min" in all_text(changed)
    await press(world.owner, changed, "webinar:publish")
    [post] = posts(world)
    assert "Gender-responsive leadership" in all_text(post)
    assert len(post.raw_role_mentions) == 1


async def test_a_draft_can_be_discarded(world: World) -> None:
    awa = await moderator(world)
    card = await preview(world, awa, {"when": "20/01/2027 15h"})
    done = reply(await press(awa, card, "webinar:discard"))
    assert done.content == "Supprimé. Rien n’a été annoncé."
    assert button_labels(done) == []
    assert posts(world) == []


async def test_an_unfinished_draft_is_offered_again_also_after_a_restart(world: World) -> None:
    awa = await moderator(world)
    await preview(world, awa, {"when": "20/01/2027 15h"})
    await world.restart()
    offer = reply(await create(world, awa))
    assert "«\u00a0Budgets that count\u00a0»" in offer.content
    assert button_labels(offer) == ["Continuer", "En commencer un autre", "Supprimer l’ancien"]
    [old, new] = [item for item in custom_ids(offer) if item.startswith("open:")]
    shown = await awa.actor.click(offer, custom_id=old)
    assert fields(shown)["link"]["value"] == "https://meet.example/abc"
    offer = reply(await create(world, awa))
    [_, new] = [item for item in custom_ids(offer) if item.startswith("open:")]
    shown = await awa.actor.click(offer, custom_id=new)
    assert not fields(shown)["title"].get("value")
    assert token(shown) not in old


async def test_buttons_on_a_preview_outlive_a_restart(world: World) -> None:
    card = await preview(world, world.owner)
    await world.restart()
    await press(world.owner, card, "webinar:publish")
    assert len(posts(world)) == 1


async def test_the_zone_is_the_moderators_own_if_they_say_nothing(world: World) -> None:
    await world.owner.actor.slash(world.channel("general"), "setup", zone="America/Lima")
    shown = await world.owner.actor.slash(world.channel("general"), "webinar create")
    card = reply(await world.owner.actor.submit_modal(shown, TYPED))
    assert "Lima, Peru (UTC-05:00)" in all_text(card)
    assert f"<t:{STARTS + 6 * 3600}:F>" in all_text(card)


async def test_an_offset_in_the_phrase_wins_and_the_zone_shows_its_own_hour(world: World) -> None:
    card = await preview(world, world.owner, {"when": "2027-01-20 09:00 -05:00"})
    assert "Wednesday 20 January 2027, 15:00" in all_text(card)
    assert f"<t:{STARTS}:F>" in all_text(card)


async def test_moderators_are_warned_of_what_is_easily_overlooked(world: World) -> None:
    card = await preview(world, world.owner, {"when": "12 January 2027 10:30", "link": ""})
    told = fields_of(card)["Please check"]
    assert "It begins within the hour." in told
    assert "There is no link to join." in told
    card = await preview(world, world.owner, {"when": "22 January 2028 03:00"})
    told = fields_of(card)["Please check"]
    assert "more than a year away" in told
    assert "weekend" in told
    assert "It is night (22:00 to 07:00), at least in part, in: Nicosia" in told
    assert "**night**" in fields_of(card)["The same moment where members are"]


async def test_a_role_that_the_bot_may_not_mention_is_warned_of(world: World) -> None:
    """Discord would show the mention, and tell nobody."""
    role = world.env.backend.guilds[world.guild.id].roles[world.guild.roles["Webinar news"].id]
    for mentionable in (False, True):
        role.mentionable = mentionable
        await world.restart()
        card = await preview(world, world.owner, notify=True)
        assert ("Convenor may not mention" in all_text(card)) is not mentionable


async def test_zones_are_suggested_in_the_moderators_language(world: World) -> None:
    awa, general = await moderator(world), world.channel("general")
    choices = await awa.actor.autocomplete(general, "webinar create", "zone", "vienne")
    assert choices == [{"name": "Vienne, Autriche (UTC+01:00)", "value": "Europe/Vienna"}]
    assert len(await awa.actor.autocomplete(general, "webinar create", "zone", "a")) == 25


async def test_members_cannot_announce(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    assert "moderators" in reply(await create(world, aino)).content
    assert "modération" in reply(await create(world, awa)).content
    assert posts(world) == []


def custom_ids(message: Any) -> list[str]:
    """The custom_ids of a message's buttons."""
    return [item["custom_id"] for item in components(message)]

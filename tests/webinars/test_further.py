"""A webinar in further languages: written by moderators, read by each in theirs."""

from datetime import timedelta
from typing import Any

from bot.app import Convenor
from bot.demo.world import Person, World
from data.webinars import Webinar, get
from data.webinars.texts import outdated_languages
from tests.act import all_text, components, embed_text, fields, reply
from tests.webinars import calendars
from tests.webinars.acting import (
    AINO,
    AWA,
    JOAO,
    LUCIA,
    TYPED,
    custom_id,
    member,
    posts,
    press,
    preview,
    rsvp,
    run,
)

FRENCH = {"title.fr": "Des budgets utiles", "description.fr": "Ce que paient les budgets de la police."}
SPANISH = {"title.es": "Presupuestos que cuentan", "description.es": "Qué pagan los presupuestos policiales."}


async def translate(person: Person, message: Any, language: str, typed: dict[str, str]) -> Any:
    """Choose a language beneath a preview and fill its form; gives the next preview."""
    shown = await person.actor.select(message, [language], custom_id=custom_id(message, "webinar:further"))
    return reply(await person.actor.submit_modal(shown, typed))


async def webinar(world: World) -> Webinar:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        found = await get(session, world.guild.id, 1)
    assert found is not None
    return found


async def test_each_reads_it_in_their_language(world: World) -> None:
    awa, lucia, joao, aino = [await member(world, persona) for persona in (AWA, LUCIA, JOAO, AINO)]
    card = await preview(world, world.owner)
    card = await translate(world.owner, card, "fr", FRENCH)
    assert "Also written in: français." in card.content
    card = await translate(world.owner, card, "es", SPANISH)
    menu = next(item for item in components(card) if item["custom_id"].startswith("webinar:further"))
    assert [(one["label"], one.get("description")) for one in menu["options"]] == [
        ("English", None),
        ("français", "Translated"),
        ("español", "Translated"),
        ("português", None),
    ]
    previewed = card.embeds[0].to_dict()
    await press(world.owner, card, "webinar:publish")

    # One message, with the title in each language, and the first text whole.
    [post] = posts(world)
    assert post.embeds[0].to_dict() == previewed
    told = embed_text(post)
    for wanted in ("**français** · Des budgets utiles", "**español** · Presupuestos que cuentan", TYPED["description"]):
        assert wanted in told
    assert FRENCH["description.fr"] not in told
    titles: list[tuple[str | None, str]] = []
    for person in (awa, lucia, joao, aino):
        shown = reply(await press(person, post, "webinar:show"))
        titles.append((shown.embeds[0].title, (shown.embeds[0].description or "").splitlines()[0]))
    assert titles == [
        (FRENCH["title.fr"], FRENCH["description.fr"]),
        (SPANISH["title.es"], SPANISH["description.es"]),
        (TYPED["title"], TYPED["description"]),
        (TYPED["title"], TYPED["description"]),
    ]

    # Wherever else it is named to one person.
    assert FRENCH["title.fr"] in all_text(await run(world, awa, "list"))
    offered = await lucia.actor.autocomplete(world.channel("general"), "webinar show", "webinar", "presupuestos")
    assert SPANISH["title.es"] in offered[0]["name"]
    [file] = (await run(world, awa, "calendar", webinar="1")).attachments
    [entry] = calendars.read(await file.read())
    assert (entry.summary, FRENCH["description.fr"] in entry.description) == (FRENCH["title.fr"], True)
    general = world.channel("general")
    found = reply(await awa.actor.slash(general, "lookup", query="budgets utiles", kind="webinar"))
    assert FRENCH["title.fr"] in all_text(found)
    await awa.actor.slash(general, "language choose", language="fr")
    await rsvp(awa, post, "going")
    asked = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, asked, "webinar:cancel")
    assert FRENCH["title.fr"] in [message.content for message in awa.user.dm_channel.history()][-1]


async def test_a_changed_text_leaves_its_translations_behind(world: World) -> None:
    awa = await member(world, AWA)
    card = await preview(world, world.owner)
    card = await translate(world.owner, card, "fr", FRENCH)
    await press(world.owner, card, "webinar:publish")
    await world.pass_time(timedelta(hours=1))
    general = world.channel("general")
    shown = await world.owner.actor.slash(general, "webinar edit", webinar="1")
    typed = TYPED | {"description": "What police budgets pay for, and who decides."}
    changed = reply(await world.owner.actor.submit_modal(shown, typed))
    assert "has changed since it was translated into: français" in changed.content
    saved = reply(await press(world.owner, changed, "webinar:save"))
    assert "has changed since it was translated into: français" in saved.content
    assert outdated_languages(await webinar(world)) == ("fr",)
    assert "français" not in embed_text(posts(world)[0])
    seen = reply(await press(awa, posts(world)[0], "webinar:show"))
    assert seen.embeds[0].title == FRENCH["title.fr"]
    assert "Cette traduction est celle d’un texte antérieur." in embed_text(seen)
    assert "Budgets that count" in embed_text(seen)

    # Sent again, with or without a correction, it is one of the new text.
    shown = await world.owner.actor.select(saved, ["fr"], custom_id=custom_id(saved, "webinar:further"))
    assert fields(shown)["title.fr"]["value"] == FRENCH["title.fr"]
    again = reply(await world.owner.actor.submit_modal(shown, FRENCH))
    assert "Also written in: français." in again.content
    await press(world.owner, again, "webinar:save")
    assert outdated_languages(await webinar(world)) == ()
    assert "**français** · Des budgets utiles" in embed_text(posts(world)[0])

    # Emptied, it is taken out.
    shown = await world.owner.actor.slash(general, "webinar edit", webinar="1")
    unchanged = reply(await world.owner.actor.submit_modal(shown, typed))
    half = await translate(world.owner, unchanged, "fr", {"title.fr": "Seul", "description.fr": ""})
    assert "give both the title and the description, or neither" in half.content
    none = await translate(world.owner, unchanged, "fr", {"title.fr": "", "description.fr": ""})
    await press(world.owner, none, "webinar:save")
    assert (await webinar(world)).texts == ()


async def test_the_link_is_in_no_translation(world: World) -> None:
    card = await preview(world, world.owner)
    told = await translate(world.owner, card, "fr", FRENCH | {"description.fr": "Ici : meet.example/abc"})
    assert "The link also stands in a text that everyone sees" in told.content

"""A practice in other languages: written by a member, shown once its author approves, and found by its words."""

from datetime import timedelta
from typing import Any

from bot.demo.world import Person, World
from data.practices.translations import lapse_translations, list_translated_by
from tests import forging
from tests.act import all_text, fields, reply
from tests.practices.acting import (
    AINO,
    AWA,
    LUCIA,
    bot_of,
    choose,
    custom_id,
    direct_messages,
    has,
    member,
    posts,
    press,
    publish,
    slash,
    thread_of,
)

SPANISH = "Unidades móviles para mujeres"


async def write_all(person: Person, shown: Any) -> Any:
    """Fill all forms; gives the preview."""
    while True:
        typed = {
            name: SPANISH if name == "title" else f"Texto en español sobre quetzales ({name})."
            for name in fields(shown)
        }
        sent = reply(await person.actor.submit_modal(shown, typed))
        if has(sent, "practice:sendtr"):
            return sent
        shown = await press(person, sent, "open:practice:translate")


async def test_a_translation_is_read_once_the_author_approves_and_found_by_its_words(world: World) -> None:
    awa, lucia, aino = [await member(world, persona) for persona in (AWA, LUCIA, AINO)]
    practice = await publish(world, awa, world.owner, allowed=["reuse", "translate"])
    post = posts(world, thread_of(world, practice).id)[0]
    none = reply(await press(lucia, post, "practice:readin"))
    assert "Todavía no hay traducción a este idioma: español" in none.content
    preview = await write_all(lucia, await press(lucia, none, "practice:translateit"))
    sent = reply(await press(lucia, preview, "practice:sendtr"))
    assert "apruebe" in sent.content
    await world.env.settle()
    assert "Todavía no hay" in reply(await press(lucia, post, "practice:readin")).content
    asked = direct_messages(awa)[-1]
    assert SPANISH in all_text(asked)
    # Nobody else approves it, not even whoever wrote it.
    approve = custom_id(asked, "practice:approvetr")
    for other in (lucia, world.owner):
        told = all_text(reply(await forging.press(world, other, posts(world, "welcome")[0], approve)))
        assert SPANISH not in told
    listed = reply(await slash(world, awa, "mine"))
    opened = reply(await choose(awa, listed, "practice:mine:", f"translation:{approve.split(':')[3].split('~')[0]}"))
    await press(awa, opened, "practice:approvetr")
    await world.env.settle()
    assert SPANISH in direct_messages(lucia)[-1].content
    read = reply(await press(lucia, post, "practice:readin"))
    assert "aprobada por quien la compartió" in read.content
    assert SPANISH in all_text(read)
    assert "quetzales (summary)" in all_text(read)
    assert "quetzales" in all_text(reply(await press(lucia, read, "practice:inlanguage")))
    found = reply(await aino.actor.slash(world.channel("general"), "lookup", query="quetzales"))
    assert "Mobile units" in all_text(found)
    # In its own language, nothing has to be translated; and its author adds another language at once.
    assert "Mobile units" in all_text(reply(await press(aino, post, "practice:readin")))
    listed = reply(await slash(world, awa, "mine"))
    opened = reply(await choose(awa, listed, "practice:mine:", f"practice:{practice.id}"))
    menu = reply(await press(awa, opened, "practice:translations"))
    shown = await choose(awa, menu, "practice:translateto", "pt")
    await press(awa, await write_all(awa, shown), "practice:sendtr")
    asked_for = f"practice:inlanguage:{world.guild.id}:{practice.id}:pt:0"
    portuguese = reply(await forging.press(world, aino, posts(world, "welcome")[0], asked_for))
    assert "Translated by its author" in portuguese.content


async def test_nobody_translates_what_its_author_does_not_want_translated(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA)
    practice = await publish(world, awa, world.owner, allowed=["reuse"])
    none = reply(await press(lucia, posts(world, thread_of(world, practice).id)[0], "practice:readin"))
    assert not has(none, "practice:translateit")
    door = posts(world, "welcome")[0]
    told = reply(await forging.press(world, lucia, door, f"practice:translateit:{practice.id}:es"))
    assert "no quiere que se traduzca" in told.content


async def test_a_translation_that_nobody_can_decide_on_comes_back_to_whoever_wrote_it(world: World) -> None:
    awa, lucia, aino = [await member(world, persona) for persona in (AWA, LUCIA, AINO)]
    practice = await publish(world, awa, world.owner, allowed=["reuse", "translate"])
    post = posts(world, thread_of(world, practice).id)[0]
    shown = await press(lucia, reply(await press(lucia, post, "practice:readin")), "practice:translateit")
    await press(lucia, await write_all(lucia, shown), "practice:sendtr")
    erasing = reply(await awa.actor.slash(world.channel("general"), "mydata erase"))
    await press(awa, erasing, "mydata:erase:keep")
    assert "espera la respuesta" in all_text(reply(await slash(world, lucia, "mine")))
    await world.pass_time(timedelta(days=28))
    assert direct_messages(lucia) == []
    await world.pass_time(timedelta(days=4))
    told = direct_messages(lucia)[-1]
    assert SPANISH in told.content
    assert "nobody decided in time" in told.content
    assert [file.filename for file in told.attachments] == ["translation-es.md"]
    # Whoever takes no direct messages finds their text among what is theirs, and nobody else does.
    listed = reply(await slash(world, lucia, "mine"))
    assert "Nadie decidió a tiempo" in all_text(listed)
    async with bot_of(world).db.read() as session:
        [kept] = await list_translated_by(session, world.guild.id, lucia.id)
    opened = reply(await choose(lucia, listed, "practice:mine:", f"translated:{kept.id}"))
    assert [file.filename for file in opened.attachments] == ["translation-es.md"]
    door, menu, option = posts(world, "welcome")[0], "practice:mine:0", f"translated:{kept.id}"
    for other in (world.owner, aino):
        assert reply(await forging.choose(world, other, door, menu, [option])).attachments == []
    async with bot_of(world).db.begin() as session:
        assert await lapse_translations(session, world.env.now() + timedelta(days=60)) == 0
        assert await lapse_translations(session, world.env.now() + timedelta(days=91)) == 1

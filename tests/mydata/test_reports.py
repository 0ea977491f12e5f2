"""Reporting in confidence: who reads what, and who learns of what."""

from datetime import timedelta
from typing import Any

import simcord

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.deliveries import list_for_subject
from data.old_reports import lapse_reports, plan_reminders
from data.reports import WORD, forget_reports
from tests import forging
from tests.act import all_text, components, reply
from tests.onboarding import acting
from tests.onboarding.acting import AINO, AWA, JOAO, LUCIA, posts
from tests.webinars.acting import moderator

MIRA = Persona("mira-m", "Mira", "en-GB", "Europe/Tirane")
WORDS = {"category": ["harassment"], "text": "She was told to smile."}


async def report(world: World, by: Person, message: Any, typed: dict[str, Any] | None = None) -> Any:
    """Report a message; gives the receipt."""
    shown = await by.actor.context_menu(world.channel("general"), "Report privately", message)
    return reply(await by.actor.submit_modal(shown, typed or WORDS))


async def press(person: Person, message: Any, start: str) -> Any:
    return reply(await acting.press(person, message, start))


async def test_it_is_read_by_moderators_and_never_by_whom_it_is_about(world: World) -> None:
    lucia = await acting.member(world, LUCIA)
    awa, aino = await moderator(world, AWA), await moderator(world, AINO)
    rude = await awa.actor.send(world.channel("general"), "You should smile more.")
    receipt = all_text(await report(world, lucia, rude))
    assert "Su nombre no se muestra a nadie" in receipt
    [card] = posts(world, "moderators", "private report")
    everything = all_text(card)
    assert not any(str(person.id) in everything for person in (lucia, awa))
    assert "smile" not in everything
    # The person it is about, a moderator herself, meets what anybody meets who was never meant.
    refused = await press(awa, card, "report:open")
    assert refused.content == "Ce n’est plus là, ou ce n’est pas ouvert pour vous." or "smile" not in all_text(refused)
    assert "smile" not in all_text(refused)
    case = await press(aino, card, "report:open")
    assert case.ephemeral
    assert "She was told to smile." in all_text(case)
    assert "You should smile more." in all_text(case)
    assert f"<@{awa.id}>" in all_text(case)
    assert str(lucia.id) not in all_text(case)
    log = all_text(reply(await awa.actor.slash(world.channel("general"), "audit", action="report.file")))
    assert "Convenor" in log
    assert str(lucia.id) not in log
    for listed in ("mydata show", "mydata export"):
        shown = reply(await awa.actor.slash(world.channel("general"), listed))
        assert "harassment" not in all_text(shown)


async def test_its_writer_follows_it_to_its_end(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    aino = await moderator(world, AINO)
    await report(world, lucia, await joao.actor.send(world.channel("general"), "…"))
    case = await press(aino, posts(world, "moderators", "private report")[0], "report:open")
    taken = await press(aino, case, "report:take")
    mine = all_text(reply(await lucia.actor.slash(world.channel("general"), "report status")))
    assert "El equipo de moderación la está revisando." in mine
    shown = await acting.press(aino, taken, "open:report:close")
    await aino.actor.submit_modal(shown, {"outcome": ["advice"], "word": "We spoke with him."})
    await world.env.settle()
    [*_, last] = [message.content for message in lucia.user.dm_channel.history()]
    assert "We spoke with him." in last
    assert "El equipo de moderación habló con las personas implicadas." in last
    others = reply(await joao.actor.slash(world.channel("general"), "report status"))
    assert "não denunciou nada" in all_text(others)


async def test_what_it_is_about_cannot_be_changed_on_the_way(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    aino = await moderator(world, MIRA)
    message = await joao.actor.send(world.channel("general"), "…")
    shown = await lucia.actor.context_menu(world.channel("general"), "Report privately", message)
    assert shown.modal is not None
    welcome = posts(world, "welcome")[0]
    forged = await forging.send_form(world, lucia, welcome, shown.modal["custom_id"], WORDS | {"subject": str(aino.id)})
    assert forged is not None
    case = await press(aino, posts(world, "moderators", "private report")[0], "report:open")
    assert f"<@{joao.id}>" in all_text(case)
    again = await forging.send_form(world, lucia, welcome, shown.modal["custom_id"], WORDS)
    assert "ya se envió" in all_text(reply(again))


async def test_oneself_and_convenor_cannot_be_reported(world: World) -> None:
    lucia = await acting.member(world, LUCIA)
    own = await lucia.actor.send(world.channel("general"), "Hola")
    shown = await lucia.actor.context_menu(world.channel("general"), "Report privately", own)
    assert "No puede denunciarse" in all_text(reply(shown))
    assert not any("report" in item.get("custom_id", "") for item in components(reply(shown)))


async def test_a_person_is_reported_without_a_message(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    shown: simcord.InteractionResult = await lucia.actor.context_menu(
        world.channel("general"), "Report privately", joao.actor
    )
    receipt = all_text(reply(await lucia.actor.submit_modal(shown, WORDS)))
    # Only the owner of the server can read it here.
    assert "1 persona del equipo de moderación puede leerla" in receipt


async def test_many_reports_are_bounded_and_one_can_be_taken_back(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    aino = await moderator(world, AINO)
    rude = await joao.actor.send(world.channel("general"), "You should smile more.")
    for _ in range(5):
        await report(world, lucia, rude)
    sixth = await lucia.actor.context_menu(world.channel("general"), "Report privately", rude)
    assert "el máximo posible" in all_text(reply(sixth))
    assert len(posts(world, "moderators", "private report")) == 5
    mine = reply(await lucia.actor.slash(world.channel("general"), "report status"))
    # Another person's button leads nowhere, and neither does the same one twice.
    button = next(item["custom_id"] for item in components(mine) if item["custom_id"].startswith("report:back"))
    forged = reply(await forging.press(world, joao, posts(world, "welcome")[0], button))
    assert "retirada" not in all_text(forged)
    assert "retirada" not in all_text(reply(await lucia.actor.slash(world.channel("general"), "report status")))
    gone = await press(lucia, mine, button)
    assert "queda retirada" in all_text(gone)
    assert "queda retirada" not in all_text(await press(lucia, mine, button))
    newest = posts(world, "moderators", "private report")[-1]
    case = all_text(await press(aino, newest, "report:open"))
    assert "She was told to smile." not in case
    assert "You should smile more." not in case
    assert str(lucia.id) not in case
    log = all_text(reply(await aino.actor.slash(world.channel("general"), "audit", action="report.withdraw")))
    assert "Convenor" in log
    assert str(lucia.id) not in log


async def test_closed_direct_messages_do_not_tell_who_reported(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    aino = await moderator(world, AINO)
    await report(world, lucia, await joao.actor.send(world.channel("general"), "…"))
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    case = await press(aino, posts(world, "moderators", "private report")[0], "report:open")
    await press(aino, case, "report:take")
    await world.env.settle()
    assert posts(world, "moderators", "could not go out") == []
    mine = all_text(reply(await lucia.actor.slash(world.channel("general"), "report status")))
    assert "El equipo de moderación la está revisando." in mine


async def test_what_nobody_closes_is_reminded_of_and_let_go_of_after_a_year(world: World) -> None:
    lucia, joao = await acting.member(world, LUCIA), await acting.member(world, JOAO)
    aino = await moderator(world, AINO)
    await report(world, lucia, await joao.actor.send(world.channel("general"), "You should smile more."))
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    await world.pass_time(timedelta(days=13))
    assert posts(world, "moderators", "nobody has closed") == []
    await world.pass_time(timedelta(days=2))
    [reminder] = posts(world, "moderators", "nobody has closed")
    said = all_text(reminder)
    assert not any(str(person.id) in said for person in (lucia, joao))
    assert "smile" not in said
    assert "She was told to smile." in all_text(await press(aino, reminder, "report:open"))
    async with bot.db.begin() as session:
        assert await plan_reminders(session, world.env.now()) == 0, "once a week"
        assert await lapse_reports(session, world.env.now() + timedelta(days=349)) == 0
        assert await lapse_reports(session, world.env.now() + timedelta(days=351)) == 1
        [word] = [row for row in await list_for_subject(session, world.guild.id, "report:1") if row.occurrence == "2"]
        assert (word.kind, word.target) == (WORD, f"user:{lucia.id}")
    assert "Nadie la cerró" in all_text(reply(await lucia.actor.slash(world.channel("general"), "report status")))
    case = all_text(await press(aino, reminder, "report:open"))
    assert "smile" not in case
    async with bot.db.begin() as session:
        assert await forget_reports(session, world.env.now() + timedelta(days=351 + 29)) == 0
        assert await forget_reports(session, world.env.now() + timedelta(days=351 + 31)) == 1

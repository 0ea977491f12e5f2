"""Asking peers: who is reached, what each side learns and when, and that nobody else learns anything."""

from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.results import ResponseMessage
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.models import PeerOfferRow, PeerRequestRow
from data.peers import Offer, close_old_requests, decline, introduce, unanswered, unanswered_by_area
from tests import forging
from tests.act import all_text, components, reply
from tests.lookup.people import AINO, AWA, LUCIA, member
from tests.onboarding.acting import MIRA, moderator, posts
from tests.test_private import to_all

JOAO = Persona("joao", "João Lima", "pt-BR", "America/Sao_Paulo")
QUESTION = "How do you cost a special unit for domestic violence in a small budget?"
TYPED: dict[str, Any] = {"question": QUESTION, "key_areas": ["budgeting"], "languages": [], "region": ["anywhere"]}


def bot_of(world: World) -> Convenor:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


def direct(person: Person) -> list[discord.Message]:
    return person.user.dm_channel.history()


def the(message: Any, begins: str) -> str:
    [found] = [item["custom_id"] for item in components(message) if item.get("custom_id", "").startswith(begins)]
    return found


async def press(person: Person, message: Any, begins: str) -> ResponseMessage:
    where = person.actor if isinstance(message, ResponseMessage) or message.guild is not None else person.user
    return reply(await where.click(message, custom_id=the(message, begins)))


async def slash(world: World, person: Person, command: str) -> Any:
    return await person.actor.slash(world.channel("general"), f"peer {command}")


async def ask(world: World, person: Person, **typed: Any) -> ResponseMessage:
    """Fill the form and send it."""
    shown = await person.actor.submit_modal(await slash(world, person, "ask"), TYPED | typed)
    sent = await press(person, reply(shown), "peer:send")
    await world.env.settle()
    return sent


async def open_one(world: World, person: Person, sort: str) -> ResponseMessage:
    """Open the first question of a sort from the list."""
    listed = reply(await slash(world, person, "inbox"))
    [menu] = [item for item in components(listed) if item["custom_id"].startswith("peer:open")]
    value = next(option["value"] for option in menu["options"] if option["value"].startswith(sort))
    return reply(await person.actor.select(listed, [value], custom_id=menu["custom_id"]))


async def test_names_are_told_once_both_agree_and_to_nobody_else(world: World, caplog: Any) -> None:
    aino = await member(world, AINO, country="FI", language="en", matching=True)
    lucia = await member(world, LUCIA, country="CL", languages=("es",), language="es", matching=True)
    awa = await member(world, AWA, matching=True, key_areas=("leadership",))
    joao = await member(world, JOAO, country="BR")
    shown = reply(await aino.actor.submit_modal(await slash(world, aino, "ask"), TYPED))
    assert "1 member who agreed to be matched will get it" in shown.content
    assert direct(lucia) == [], "nothing is sent before it is looked at"
    assert "Sent to 1 member." in (await press(aino, shown, "peer:send")).content
    await world.env.settle()
    # Who works on something else, or did not agree, is not asked.
    assert (direct(awa), direct(joao)) == ([], [])
    [asked] = direct(lucia)
    assert "¿Puede ayudar?" in asked.content
    assert QUESTION in all_text(asked)
    assert (str(aino.id) in all_text(asked), "Aino" in all_text(asked)) == (False, False)
    listed = all_text(await open_one(world, aino, "mine"))
    assert "Nobody has offered to help yet." in listed
    helped = await press(lucia, asked, "peer:help")
    assert "un miembro (Chile)" in helped.content
    await world.env.settle()
    [offered] = direct(aino)
    assert "a member (Chile) offers to help" in offered.content
    assert (str(lucia.id) in all_text(offered), "Lucía" in all_text(offered)) == (False, False)
    # Nobody else can press their buttons, wherever they got them.
    for thief in (awa, world.owner):
        for begins, message in (("peer:help", asked), ("peer:introduce", offered)):
            forged = await thief_presses(world, thief, the(message, begins))
            assert "not open to you" in forged or "vous n’y avez pas accès" in forged
    told = await press(aino, offered, "peer:introduce")
    assert f"<@{lucia.id}>" in told.content
    assert "Lucía Rojas" in told.content
    await world.env.settle()
    assert f"<@{aino.id}>: Aino Virtanen" in direct(lucia)[-1].content
    assert f"<@{lucia.id}>: Lucía Rojas" in direct(aino)[-1].content
    assert f"<@{lucia.id}>" in (await open_one(world, aino, "mine")).content
    closed = await press(aino, await open_one(world, aino, "mine"), "peer:close")
    assert "Closed." in closed.content
    await world.env.settle()
    kept = direct(lucia)[0]
    assert (QUESTION in all_text(kept), components(kept)) == (False, [])
    # The log tells neither who asked nor who answered, and nothing of it stands in the program's own.
    log = all_text(reply(await world.owner.actor.slash(world.channel("general"), "audit", action="peer.introduce")))
    assert "Convenor" in log
    assert (str(aino.id) in log, str(lucia.id) in log) == (False, False)
    assert QUESTION not in caplog.text
    assert not [sent for sent in to_all(world) if QUESTION in str(sent)]


async def thief_presses(world: World, person: Person, custom_id: str) -> str:
    return all_text(reply(await forging.press(world, person, posts(world, "welcome")[0], custom_id)))


async def test_nobody_needs_a_direct_message_and_declining_tells_nobody(world: World) -> None:
    aino = await member(world, AINO, country="FI", language="en", matching=True)
    lucia = await member(world, LUCIA, country="CL", matching=True)
    awa = await member(world, AWA, matching=True)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    await ask(world, aino)
    assert posts(world, "moderators", "could not") == [], "closed direct messages tell nobody who asked"
    declined = await press(awa, await open_one(world, awa, "asked"), "peer:decline")
    assert "n’est prévenu" in declined.content
    assert "peer:open" not in str(components(reply(await slash(world, awa, "inbox"))))
    assert "Nobody has offered to help yet." in (await open_one(world, aino, "mine")).content
    await press(lucia, await open_one(world, lucia, "asked"), "peer:help")
    mine = await open_one(world, aino, "mine")
    assert "Offers to help: a member (Chile)" in mine.content
    await press(aino, mine, "peer:introduce")
    assert f"<@{aino.id}>" in (await open_one(world, lucia, "asked")).content
    # Taken back, nothing of it is left; and who has their data erased leaves nothing either.
    await press(aino, await open_one(world, aino, "mine"), "peer:withdraw")
    async with bot_of(world).db.read() as session:
        assert await session.scalar(select(PeerRequestRow.question)) == ""
    await ask(world, aino)
    asked = reply(await aino.actor.slash(world.channel("general"), "mydata erase"))
    await aino.actor.click(asked, custom_id=the(asked, "mydata:erase:keep"))
    async with bot_of(world).db.read() as session:
        assert (await session.execute(select(PeerRequestRow.id))).all() == []
        assert (await session.execute(select(PeerOfferRow.id))).all() == []


async def test_what_nobody_answers_comes_before_the_moderators_and_is_counted(world: World) -> None:
    aino = await member(world, AINO, country="FI", language="en", matching=True)
    awa = await member(world, AWA, matching=True)
    mira = await moderator(world, MIRA)
    shown = await slash(world, aino, "ask")
    call = "Please call Maria Lopez on +34 612 345 678 about this budget, thank you."
    warned = reply(await aino.actor.submit_modal(shown, TYPED | {"question": call}))
    assert "612" in warned.content
    assert "Please look again" in warned.content
    await press(aino, warned, "peer:discard")
    await ask(world, aino)
    assert posts(world, "moderators", QUESTION) == []
    # Of those whom nobody fits, the moderators hear at once.
    far = "Who trains officers on the islands of the Pacific, and how?"
    assert "The moderators have your question" in (await ask(world, aino, question=far, region=["Pacific"])).content
    [at_once] = posts(world, "moderators", far)
    async with bot_of(world).db.read() as session:
        assert await unanswered_by_area(session, world.guild.id) == {"budgeting": 2}
        assert await unanswered(session, world.guild.id) == {("budgeting", "FI"): 2}
    await world.pass_time(timedelta(days=3, minutes=1))
    [late] = posts(world, "moderators", QUESTION)
    for card in (at_once, late):
        assert (str(aino.id) in all_text(card), "Aino" in all_text(card)) == (False, False)
    stepped = await press(mira, late, "peer:stepin")
    assert "a moderator of this community offers to help" in stepped.content
    await world.env.settle()
    assert "a moderator of this community offers to help" in direct(aino)[-1].content
    async with bot_of(world).db.read() as session:
        assert await unanswered_by_area(session, world.guild.id) == {"budgeting": 1}
    # As many as anybody can ask.
    await ask(world, aino, question=QUESTION + " And staff?")
    assert "as many as anybody can" in reply(await slash(world, aino, "ask")).content
    # Whoever stops agreeing is asked nothing any more.
    await world.pass_time(timedelta(days=4))
    consent = reply(await awa.actor.slash(world.channel("general"), "mydata consent"))
    await awa.actor.click(consent, custom_id=the(consent, "mydata:consent:matching:no"))
    before = len(direct(awa))
    await ask(world, aino)
    assert len(direct(awa)) == before
    async with bot_of(world).db.begin() as session:
        # Closed and forgotten in time.
        assert await close_old_requests(session, world.now + timedelta(days=61)) == 4
        assert await close_old_requests(session, world.now + timedelta(days=61 + 181)) == 4


async def test_whoever_declines_at_the_same_moment_is_not_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    aino = await member(world, AINO, country="FI", language="en", matching=True)
    lucia = await member(world, LUCIA, country="CL", matching=True)
    # Many short lines: marked as a quotation, they still fit a message.
    await ask(world, aino, question="nine more\n" * 99 + "?")
    await press(lucia, direct(lucia)[0], "peer:help")
    await world.env.settle()
    [offered] = direct(aino)
    assert len(offered.content) <= 2000

    async def late(session: AsyncSession, offer: Offer, now: datetime) -> bool:
        assert await decline(session, offer, now)
        return await introduce(session, offer, now)

    monkeypatch.setattr("data.peers.introduce", late)
    told = all_text(await press(aino, offered, "peer:introduce"))
    assert (str(lucia.id) in told, "Lucía" in told) == (False, False)
    assert "not open to you" in told

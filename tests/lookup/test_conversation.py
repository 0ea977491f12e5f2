"""Asking in conversation: by mentioning the bot, or by writing to it."""

from datetime import timedelta
from typing import Any

import discord

from bot.app import intents
from bot.demo.world import Person, World
from bot.languages import texts
from tests.act import all_text, button_labels, embed_text, reply
from tests.lookup.people import AINO, AWA, LUCIA, bot_of, has, member, practice, the
from tests.neighbours import second_server
from tests.practices.acting import direct_messages


def answers(world: World, channel: str) -> list[discord.Message]:
    """What the bot said in a channel."""
    me = world.env.bot.user
    assert me is not None
    return [message for message in world.channel(channel).history() if message.author.id == me.id]


async def ask(world: World, person: Person, text: str, channel: str = "general", **options: Any) -> discord.Message:
    """Write in a channel, with the bot's name for {me}."""
    me = world.env.bot.user
    assert me is not None
    return await person.actor.send(world.channel(channel), text.replace("{me}", f"<@{me.id}>"), **options)


def test_no_content_of_all_messages_is_asked_for() -> None:
    wanted = intents()
    assert wanted.guild_messages
    assert wanted.dm_messages
    assert not wanted.message_content
    assert not wanted.presences


async def test_who_mentions_the_bot_is_answered_once_in_their_language_with_what_all_there_may_see(
    world: World,
) -> None:
    awa, aino = await member(world, AWA), await world.join(AINO)
    await practice(world, awa, "Quokka patrols at night")
    t = texts("fr")
    asked = await ask(world, awa, "{me} trabajadoras sociales en comisarías?")
    await ask(world, awa, "Rien pour le bot ici")
    await ask(world, awa, "@everyone {me} police")
    [said] = answers(world, "general")
    assert said.reference is not None
    assert said.reference.message_id == asked.id
    # Discord may tell of a message again after a broken connection.
    bot_of(world).dispatch("message", asked)
    await world.env.settle()
    assert len(answers(world, "general")) == 1
    assert "commissariats" in embed_text(said)
    assert said.content == ""
    request = next(each for each in reversed(world.env.http_requests) if each.path.endswith("/messages"))
    sent: Any = request.json
    assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}
    # What members shared is not shown where visitors read, and it is said that something may be left out.
    await ask(world, awa, "{me} quokka patrols")
    *_, public = answers(world, "general")
    assert "Quokka" not in embed_text(public).replace("quokka patrols", "")
    assert t("What only members may see is left out, because visitors read this channel.") in embed_text(public)
    await ask(world, awa, "{me} quokka patrols", "introductions")
    [private] = answers(world, "introductions")
    assert "Quokka patrols at night" in embed_text(private)
    opened = reply(await awa.actor.click(private, custom_id=the(private, "lookup:page")))
    assert opened.ephemeral
    # An answer to what the bot posted names it silently, and asks nothing; nor does a bot, nor an empty call for much.
    before = len(answers(world, "general"))
    await awa.actor.send(world.channel("general"), "merci", reply_to=public)
    assert len(answers(world, "general")) == before
    await ask(world, aino, "{me}")
    assert "/lookup" in embed_text(answers(world, "general")[-1])
    # Pasted text acts as nothing but words.
    await ask(world, aino, "{me} [x](https://evil.example) **a** <@&1> " + "y" * 900)
    assert "[x](" not in embed_text(answers(world, "general")[-1])


async def test_who_writes_a_thousand_times_is_answered_a_few_times(world: World) -> None:
    aino = await world.join(AINO)
    for number in range(30):
        await ask(world, aino, f"{{me}} police {number}")
    assert len(answers(world, "general")) == 5
    await world.pass_time(timedelta(minutes=2))
    await ask(world, aino, "{me} police")
    assert len(answers(world, "general")) == 6
    await ask(world, world.owner, "{me} police")
    assert len(answers(world, "general")) == 7


async def test_who_writes_directly_is_answered_from_their_own_community(world: World) -> None:
    awa, lucia = await member(world, AWA), await world.join(LUCIA)
    await practice(world, awa, "Quokka patrols at night")
    await awa.user.send_dm("quokka patrols")
    [said] = direct_messages(awa)[-1:]
    assert "Quokka patrols at night" in embed_text(said)
    # Who is a visitor sees what everybody has.
    await lucia.user.send_dm("quokka patrols")
    assert "Quokka patrols" not in embed_text(direct_messages(lucia)[-1]).replace("quokka patrols", "")
    other = await second_server(world)
    other.guild.add_member(awa.user)
    await world.env.settle()
    guild = bot_of(world).get_guild(other.guild.id)
    role = discord.utils.get(guild.roles, name="Member") if guild else None
    assert role is not None
    world.env.backend.add_member_role(other.guild.id, awa.id, role.id)
    await world.env.settle()
    await awa.user.send_dm("quokka patrols")
    [which] = direct_messages(awa)[-1:]
    assert has(which, "lookup:in")
    assert sorted(button_labels(which)) == ["The Network", "The Other Network"]
    there = await awa.user.click(which, label="The Other Network")
    assert "Quokka patrols at night" not in all_text(reply(there))
    here = await awa.user.click(which, label="The Network")
    assert "Quokka patrols at night" in all_text(reply(here))

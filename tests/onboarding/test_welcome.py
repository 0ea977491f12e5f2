"""Newcomers are welcomed once each time they join, whatever happens to the bot."""

from datetime import timedelta

import discord
import pytest
from simcord.backend import serializers

from bot.demo.world import World
from tests.act import all_text, button_labels, fields, reply
from tests.onboarding.acting import AINO, AWA, LUCIA, apply, posts, start, welcomes


async def test_a_newcomer_is_welcomed_in_every_language_of_the_community(world: World) -> None:
    owner = world.owner.actor
    setup = await owner.slash(world.channel("general"), "setup", languages="en fr es pt")
    assert setup.response is not None
    awa = await world.join(AWA)
    [message] = welcomes(world, awa)
    assert message.content.startswith(f"<@{awa.id}>\n")
    for line in ("Welcome to The Network", "Bienvenue dans", "Le damos la bienvenida a", "Boas-vindas a"):
        assert line in message.content
    assert button_labels(message) == ["Start · Commencer · Empezar · Começar"]
    assert [user.id for user in message.mentions] == [awa.id]
    assert not message.mention_everyone


async def test_who_has_rules_to_accept_is_welcomed_when_they_have(world: World) -> None:
    awa = await world.join(AWA, pending=True)
    assert welcomes(world, awa) == []
    await world.accept_rules(awa)
    assert len(welcomes(world, awa)) == 1


async def test_bots_are_not_welcomed(world: World) -> None:
    before = len(posts(world, "welcome"))
    world.guild.add_member(world.env.create_user("helper", bot=True))
    await world.env.settle()
    assert len(posts(world, "welcome")) == before


async def test_who_comes_back_is_welcomed_again_and_a_restart_repeats_nothing(world: World) -> None:
    awa = await world.join(AWA)
    await world.restart()
    assert len(welcomes(world, awa)) == 1
    await world.leave(awa)
    await world.pass_time(timedelta(hours=1))
    world.guild.add_member(awa.user)
    await world.env.settle()
    assert len(welcomes(world, awa)) == 2


async def test_who_joined_while_the_bot_was_away_is_welcomed_when_it_is_back(world: World) -> None:
    early = world.env.create_user("early")
    late = world.env.create_user("late")
    await world.env.bot.close()
    world.env.backend.add_member(world.guild.id, early.id)
    world.env.backend.clock.advance(30 * 3600)
    world.env.backend.add_member(world.guild.id, late.id)
    await world.env.restart_bot(world.make_bot())
    assert len(posts(world, "welcome", f"<@{late.id}>")) == 1
    assert posts(world, "welcome", f"<@{early.id}>") == [], "more than a day ago"


async def test_nothing_happens_where_nothing_was_set_up(bare_world: World) -> None:
    await bare_world.join(AWA)
    assert bare_world.channel("general").history() == []
    plan = reply(await bare_world.owner.actor.slash(bare_world.channel("general"), "setup"))
    await bare_world.owner.actor.click(plan, label="Set up the server")
    assert len(posts(bare_world, "welcome", "Welcome")) == 1, "the newcomer, but not who runs the server"


async def test_the_button_serves_after_a_restart_and_without_direct_messages(world: World) -> None:
    awa = await world.join(AWA)
    await world.restart()
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    shown = await start(world, awa)
    assert shown.modal is not None
    assert shown.modal["title"] == "Qui vous êtes (1 sur 2)"
    assert "Nous conservons ce que vous écrivez ici" in shown.modal["components"][0]["content"]
    assert list(fields(shown)) == ["country", "kind", "organisation", "role"]


async def test_each_fills_their_own_form_whoever_the_button_was_for(world: World) -> None:
    awa, aino = await world.join(AWA), await world.join(AINO)
    first = await awa.actor.submit_modal(
        await start(world, awa), {"country": "Senegal", "kind": ["police"], "organisation": "PN", "role": "Chef"}
    )
    assert "première partie" in reply(first).content
    other = await start(world, aino, of=awa)
    assert other.modal is not None
    assert other.modal["title"] == "Who you are (1 of 2)"
    assert not any(field.get("value") for field in fields(other).values())


async def test_the_rules_come_first(world: World) -> None:
    lucia, awa = await world.join(LUCIA, pending=True), await world.join(AWA)
    result = await start(world, lucia, of=awa)
    assert reply(result).content.startswith("Acepte primero las reglas")


async def test_a_welcome_channel_that_is_gone_is_told_to_the_moderators(world: World) -> None:
    world.env.backend.delete_channel(world.channel("welcome").id)
    await world.env.settle()
    await world.join(AWA)
    [alert] = posts(world, "moderators", "could not go out")
    assert "gone" in all_text(alert)


async def test_who_waits_reads_so_under_the_button(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    result = await start(world, awa)
    sent = discord.utils.format_dt(world.now, "f")
    assert reply(result).content.startswith(f"Votre demande a été envoyée le {sent}")
    assert result.ephemeral


@pytest.mark.parametrize("all_known", [True, False])
async def test_who_is_first_heard_of_by_a_change_is_welcomed_once(world: World, *, all_known: bool) -> None:
    """Discord promises no order; and the bot may not have the whole list of members when it hears of them."""
    backend, user = world.env.backend, world.env.create_user("early")
    guild = world.env.bot.get_guild(world.guild.id)
    assert guild is not None
    if not all_known:
        guild._member_count = (guild.member_count or 0) + 5
    member = backend.add_member(world.guild.id, user.id)
    payload = dict(serializers.member_payload(backend, backend.guilds[world.guild.id], member))
    for event in ("GUILD_MEMBER_UPDATE", "GUILD_MEMBER_ADD"):
        backend.emit(event, payload | {"guild_id": str(world.guild.id)})
        await world.env.settle()
    assert len(posts(world, "welcome", f"<@{user.id}>")) == 1


async def test_who_was_heard_of_before_the_list_came_joins_again_once(world: World) -> None:
    backend, user = world.env.backend, world.env.create_user("old")
    guild = world.env.bot.get_guild(world.guild.id)
    assert guild is not None
    member = backend.add_member(world.guild.id, user.id)
    payload = dict(serializers.member_payload(backend, backend.guilds[world.guild.id], member))
    # They were there all the time, and the list that is still to come would have them.
    guild._member_count = len(guild.members) + 1
    for event in ("GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "GUILD_MEMBER_ADD"):
        backend.emit(event, payload | {"guild_id": str(world.guild.id)})
        await world.env.settle()
        assert guild.chunked, event
    assert len(posts(world, "welcome", f"<@{user.id}>")) == 1

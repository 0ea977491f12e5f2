"""Roles given or taken by hand in Discord: the profile follows where it may, and is followed where it must."""

from datetime import timedelta

import pytest

from bot.app import Convenor
from bot.demo.world import Person, World
from cogs.setup import following
from data.audit import list_entries
from data.members import Member, get_by_user
from tests.act import embed_text, reply
from tests.onboarding.acting import AINO, AWA, JOAO, approve, member, posts, press


async def profile_of(world: World, person: Person) -> Member:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        found = await get_by_user(session, world.guild.id, person.id)
    assert found is not None
    return found


async def changes(world: World) -> int:
    """How often a profile followed a role."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        return len([one for one in await list_entries(session, world.guild.id) if one.action == "profile.roles"])


def give(world: World, person: Person, role: str) -> None:
    world.env.backend.add_member_role(world.guild.id, person.id, world.guild.roles[role].id)


def take(world: World, person: Person, role: str) -> None:
    world.env.backend.remove_member_role(world.guild.id, person.id, world.guild.roles[role].id)


async def make_roles(world: World) -> str:
    plan = reply(await world.owner.actor.slash(world.channel("general"), "setup"))
    return embed_text(reply(await press(world.owner, plan, "setup:following")))


async def test_the_profile_follows_key_areas_and_languages_and_nothing_echoes(world: World) -> None:
    aino = await member(world, AINO)
    hidden = await member(world, JOAO, directory=["no"])
    await make_roles(world)
    await world.env.settle()
    assert set(world.role_names(aino)) == {"Member", "Capacity", "Leadership", "English", "French", "Senegal"}
    assert set(world.role_names(hidden)) == {"Member", "Capacity", "Leadership"}, (
        "whom nobody may find shows no country"
    )
    assert await changes(world) == 0, "what the bot does itself is no news to it"
    give(world, aino, "Budgeting")
    take(world, aino, "Leadership")
    take(world, aino, "French")
    await world.env.settle()
    found = await profile_of(world, aino)
    assert set(found.key_areas) == {"budgeting", "capacity"}
    assert found.languages == ("en",)
    assert set(world.role_names(aino)) == {"Member", "Capacity", "Budgeting", "English", "Senegal"}
    noted = await changes(world)
    assert noted in (1, 2, 3)
    await world.restart()
    assert await changes(world) == noted
    assert set(world.role_names(aino)) == {"Member", "Capacity", "Budgeting", "English", "Senegal"}
    shown = embed_text(reply(await aino.actor.slash(world.channel("general"), "profile view")))
    assert "budgeting" in shown
    assert "leadership" not in shown


async def test_a_country_is_put_right_and_told(world: World) -> None:
    aino = await member(world, AINO)
    await make_roles(world)
    # The clock stands still otherwise, and what is done again at the very same moment is one thing.
    await world.pass_time(timedelta(seconds=1))
    take(world, aino, "Senegal")
    await world.env.settle()
    assert (await profile_of(world, aino)).country == "SN"
    assert "Senegal" in world.role_names(aino)
    [told] = posts(world, "moderators", "changed the country role")
    assert f"<@{aino.id}>" in told.content
    assert await changes(world) == 0


async def test_what_was_done_while_the_bot_was_away_is_heard_when_it_is_back(world: World) -> None:
    aino, awa = await member(world, AINO), await member(world, AWA)
    await world.env.bot.close()
    give(world, aino, "Budgeting")
    world.env.backend.delete_role(world.guild.id, world.guild.roles["Capacity"].id)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert set((await profile_of(world, aino)).key_areas) == {"budgeting", "capacity", "leadership"}
    assert set((await profile_of(world, awa)).key_areas) == {"capacity", "leadership"}, "deleted is not taken away"


async def test_roles_are_made_once_and_only_where_there_is_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await member(world, AINO)
    world.env.backend.create_role(world.guild.id, "French", permissions=8)
    await world.env.settle()
    assert "Roles for countries and languages" in await make_roles(world)
    await world.env.settle()
    assert "has its role" in await make_roles(world)
    names = [role.name for role in world.env.backend.guilds[world.guild.id].roles.values()]
    assert names.count("Senegal") == 1
    assert names.count("French") == 2, "one that may do everything is given to nobody"
    # As if the server had as many as Discord allows.
    monkeypatch.setattr(following, "MOST", len(names))
    await member(world, AWA, languages=["fr", "de"])
    assert "no room for 1 role" in await make_roles(world)


async def test_another_country_changes_the_role_once_it_is_approved(world: World) -> None:
    aino = await member(world, AINO)
    await make_roles(world)
    await world.env.settle()
    summary = reply(await aino.actor.slash(world.channel("general"), "profile edit", country="Finland"))
    await press(aino, summary, "onboarding:send")
    assert "Senegal" in world.role_names(aino), "nothing is taken while it is looked at"
    await approve(world, aino)
    await world.env.settle()
    assert "Senegal" not in world.role_names(aino)
    assert "English" in world.role_names(aino)
    assert posts(world, "moderators", "changed the country role") == []

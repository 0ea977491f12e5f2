"""Roles follow the profile, and what Discord refuses is told and put right."""

import discord
import pytest

from bot.demo.world import World
from tests.act import all_text, reply
from tests.onboarding.acting import AINO, AWA, WORK, apply, approve, member, posts, press


def put_on_top(world: World, name: str) -> None:
    """An administrator drags a role above all others."""
    backend = world.env.backend
    roles = backend.guilds[world.guild.id].roles
    top = max(role.position for role in roles.values())
    backend.reorder_roles(world.guild.id, [{"id": str(world.guild.roles[name].id), "position": top + 1}])


def put_bot_on_top(world: World) -> None:
    """An administrator drags the bot's own role above all others."""
    backend = world.env.backend
    roles = backend.guilds[world.guild.id].roles
    [own] = [role for role in roles.values() if role.managed]
    top = max(role.position for role in roles.values())
    backend.reorder_roles(world.guild.id, [{"id": str(own.id), "position": top + 1}])


async def test_roles_above_the_bots_are_told_once_and_given_when_it_may(world: World) -> None:
    put_on_top(world, "Member")
    await world.env.settle()
    awa = await world.join(AWA)
    await apply(world, awa)
    await approve(world, awa)
    assert world.role_names(awa) == ["Capacity", "Leadership"]
    [told] = posts(world, "moderators", "could not be set")
    assert f"<@{awa.id}>" in told.content
    still = await press(world.owner, told, "onboarding:roles")
    assert "still cannot be set" in reply(still).content
    put_bot_on_top(world)
    await world.env.settle()
    assert "Member" in world.role_names(awa)
    done = await press(world.owner, told, "onboarding:roles")
    assert "are in place" in reply(done).content
    assert len(posts(world, "moderators", "could not be set")) == 1


async def test_a_missing_permission_is_told_and_mended_at_the_next_start(world: World) -> None:
    world.env.inject_error("PUT", "/guilds/*/members/*/roles/*", status=403, code=50013, times=None)
    awa = await world.join(AWA)
    await apply(world, awa)
    await approve(world, awa)
    assert world.role_names(awa) == []
    assert len(posts(world, "moderators", "could not be set")) == 1
    world.env.backend.faults.clear()
    await world.restart()
    assert world.role_names(awa) == ["Member", "Capacity", "Leadership"]


async def test_a_role_that_can_moderate_is_never_given(world: World) -> None:
    role = world.guild.roles["Leadership"]
    world.env.backend.edit_role(
        world.guild.id, role.id, {"permissions": str(discord.Permissions(ban_members=True).value)}
    )
    await world.env.settle()
    awa = await world.join(AWA)
    await apply(world, awa)
    await approve(world, awa)
    assert world.role_names(awa) == ["Member", "Capacity"]


async def test_a_deleted_role_does_not_stop_the_others(world: World) -> None:
    world.env.backend.delete_role(world.guild.id, world.guild.roles["Capacity"].id)
    await world.env.settle()
    awa = await world.join(AWA)
    await apply(world, awa)
    await approve(world, awa)
    assert world.role_names(awa) == ["Member", "Leadership"]
    assert len(posts(world, "moderators", "could not be set")) == 1


@pytest.mark.parametrize("areas", [["budgeting"], ["prevention-investigation", "leadership"]])
async def test_they_follow_a_changed_profile(world: World, areas: list[str]) -> None:
    aino = await member(world, AINO)
    assert world.role_names(aino) == ["Member", "Capacity", "Leadership"]
    summary = reply(await aino.actor.slash(world.channel("introductions"), "profile edit"))
    shown = await press(aino, summary, "open:onboarding:work")
    summary = reply(await aino.actor.submit_modal(shown, {**WORK, "areas": areas}))
    await press(aino, summary, "onboarding:send")
    names = {"budgeting": "Budgeting", "prevention-investigation": "Prevention", "leadership": "Leadership"}
    assert set(world.role_names(aino)) == {"Member", *(names[area] for area in areas)}


async def test_an_introductions_channel_that_is_gone_is_told(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    world.env.backend.delete_channel(world.channel("introductions").id)
    await world.env.settle()
    await approve(world, awa)
    assert "Member" in world.role_names(awa)
    [alert] = posts(world, "moderators", "could not go out")
    assert "about joining" in all_text(alert)

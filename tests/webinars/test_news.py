"""Asking to be mentioned when a webinar is announced, and taking it back."""

from bot.demo.world import World
from tests.act import button_labels, reply
from tests.webinars.acting import AWA, member, posts, press, publish, run

ROLE = "Webinar news"


async def test_each_switches_it_for_themselves(world: World) -> None:
    awa = await member(world, AWA)
    listed = await run(world, awa, "list")
    assert "Me prévenir des webinaires" in button_labels(listed)
    told = reply(await press(awa, listed, "webinar:news"))
    assert told.ephemeral
    assert ROLE in world.role_names(awa)
    assert "Ne plus me prévenir" in button_labels(await run(world, awa, "list"))
    await publish(world, world.owner, notify=True)
    [post] = posts(world)
    assert f"<@&{world.guild.roles[ROLE].id}>" in post.content
    await press(awa, listed, "webinar:news")
    assert ROLE not in world.role_names(awa)


async def test_the_role_can_be_mentioned_and_no_other_of_ours(world: World) -> None:
    roles = {role.name: role.mentionable for role in world.env.backend.guilds[world.guild.id].roles.values()}
    assert [name for name, mentionable in roles.items() if mentionable] == [ROLE]


async def test_without_the_role_there_is_no_button(world: World) -> None:
    awa = await member(world, AWA)
    listed = await run(world, awa, "list")
    world.env.backend.delete_role(world.guild.id, world.guild.roles[ROLE].id)
    await world.env.settle()
    assert "webinaires" not in " ".join(button_labels(await run(world, awa, "list")))
    assert "/configurer" in reply(await press(awa, listed, "webinar:news")).content

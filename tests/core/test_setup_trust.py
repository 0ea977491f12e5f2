"""Setting up must let nobody in, and show nothing, by a name that happened to be there or a choice made in passing."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.backend import serializers

from bot.app import Convenor
from bot.closed import is_leaking
from bot.demo.world import Person, Persona, World
from data.communities import get_community
from tests.act import all_text, components, embed_text, reply
from tests.forging import press_at_once
from tests.onboarding.acting import apply, approve, cards

AWA = Persona("awa", "Awa", "en-GB")
BEA = Persona("bea", "Bea", "en-GB")


async def set_up(world: World, **options: Any) -> str:
    """Run the command and press its button; gives the plan as it was shown."""
    owner = world.owner.actor
    plan = reply(await owner.slash(world.channel("general"), "setup", **options))
    shown = embed_text(plan)
    await owner.click(plan, custom_id=components(plan)[0]["custom_id"])
    return shown


async def refused(world: World, person: Person, **options: Any) -> str:
    """What a person is told who may not choose that."""
    return reply(await person.actor.slash(world.channel("general"), "setup", **options)).content


def named(world: World, name: str) -> list[int]:
    """The channels of that name."""
    return [channel.id for channel in world.env.backend.channels.values() if channel.name == name]


@pytest.mark.parametrize("name", ["introductions", "webinars", "moderators", "practice-review"])
async def test_an_open_channel_is_not_taken_by_its_name(bare_world: World, name: str) -> None:
    bare_world.guild.create_text_channel(name)
    await bare_world.env.settle()
    plan = await set_up(bare_world)
    assert f"#{name}" in plan, "it is made anew"
    assert len(named(bare_world, name)) == 2


@pytest.mark.parametrize("name", ["Member", "Moderator"])
async def test_a_role_that_people_hold_is_not_taken_by_its_name(bare_world: World, name: str) -> None:
    bare_world.guild.create_role(name)
    awa = await bare_world.join(AWA)
    bare_world.env.backend.add_member_role(bare_world.guild.id, awa.id, bare_world.guild.roles[name].id)
    await bare_world.env.settle()
    await set_up(bare_world)
    told = reply(await awa.actor.slash(bare_world.channel("general"), "webinar list")).content
    assert "This is for members" in told


async def test_a_role_that_nobody_holds_is_taken(bare_world: World) -> None:
    """An earlier run was interrupted: it must not end in two roles of a name."""
    made = bare_world.guild.create_role("Moderator")
    await bare_world.env.settle()
    assert f"<@&{made.id}>" in await set_up(bare_world)


async def test_roles_are_chosen_by_those_who_manage_the_server(world: World) -> None:
    awa = await world.join(AWA)
    await world.give_role(awa, "Moderator")
    secret = world.guild.create_role("Inner circle")
    await world.env.settle()
    for option in ("member_role", "moderator_role"):
        assert "may manage the server" in await refused(world, awa, **{option: secret})
    assert "Setting up this server" in embed_text(reply(await awa.actor.slash(world.channel("general"), "setup")))


async def test_no_role_and_no_channel_gets_a_second_purpose(world: World) -> None:
    moderators = world.guild.roles["Moderator"]
    assert "two purposes" in await refused(world, world.owner, member_role=moderators)
    assert "two purposes" in await refused(world, world.owner, moderators_channel=world.channel("introductions"))


@pytest.mark.parametrize("power", ["administrator", "manage_messages", "manage_roles"])
async def test_members_get_no_role_with_powers(world: World, power: str) -> None:
    role = world.guild.create_role("Strong", permissions=discord.Permissions(**{power: True}))
    await world.env.settle()
    assert "must not get it" in await refused(world, world.owner, member_role=role)


async def test_a_channel_is_chosen_only_where_no_others_see_it(world: World) -> None:
    general = world.channel("general")
    member = world.guild.roles["Member"]
    hidden = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True)
    of_members = world.guild.create_text_channel("lounge", overwrites={world.guild.default_role: hidden, member: seen})
    await world.env.settle()
    assert "only members can see" in await refused(world, world.owner, introductions=general)
    assert "only moderators can see" in await refused(world, world.owner, moderators_channel=general)
    assert "Members can see that channel" in await refused(world, world.owner, moderators_channel=of_members)
    assert "Setting up" in embed_text(reply(await world.owner.actor.slash(general, "setup", introductions=of_members)))


async def test_a_channel_that_was_opened_since_is_named(world: World) -> None:
    channel = world.channel("introductions")
    bot_channel = world.env.bot.get_channel(channel.id)
    assert isinstance(bot_channel, discord.TextChannel)
    assert "too many people" not in embed_text(reply(await world.owner.actor.slash(world.channel("general"), "setup")))
    await bot_channel.set_permissions(bot_channel.guild.default_role, view_channel=True)
    await world.env.settle()
    shown = embed_text(reply(await world.owner.actor.slash(world.channel("general"), "setup")))
    assert "Channels that too many people see" in shown
    assert f"in the settings of each: <#{channel.id}>" in shown


async def test_a_channel_of_moderators_that_others_see_names_nobody_until_it_is_closed(world: World) -> None:
    owner, general, bot = world.owner.actor, world.channel("general"), world.env.bot
    queue = bot.get_channel(world.channel("moderators").id)
    assert isinstance(queue, discord.TextChannel)

    def told(text: str) -> int:
        return sum(text in all_text(message) for message in world.channel("moderators").history())

    member = queue.guild.get_role(world.guild.roles["Member"].id)
    assert member is not None
    for role in (queue.guild.default_role, member):
        await queue.set_permissions(role, view_channel=True)
        await world.env.settle()
        assert "More people can see" in all_text(reply(await owner.slash(general, "doctor")))
    assert told("Others see a channel that is for moderators") == 1, "at once, and not again that day"
    awa = await world.join(AWA)
    await apply(world, awa)
    await world.pass_time(timedelta(minutes=11))
    assert not cards(world, awa)
    for role in (queue.guild.default_role, member):
        await queue.set_permissions(role, view_channel=False)
    await world.pass_time(timedelta(minutes=11))
    assert len(cards(world, awa)) == 1
    assert "More people can see" not in all_text(reply(await owner.slash(general, "doctor")))


async def test_whoever_else_is_let_into_a_channel_is_noticed(world: World) -> None:
    """Any other role, or a person by name; not those who belong there, nor bots, nor those who run the server."""
    owner, general, bot = world.owner.actor, world.channel("general"), world.env.bot
    awa = await world.join(AWA)
    robot = world.env.create_user("robot", bot=True)
    backend = world.env.backend
    made = backend.add_member(world.guild.id, robot.id)
    payload = dict(serializers.member_payload(backend, backend.guilds[world.guild.id], made))
    backend.emit("GUILD_MEMBER_ADD", payload | {"guild_id": str(world.guild.id)})
    partners, managers = (
        world.guild.create_role("Partners"),
        world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True)),
    )
    of_a_bot, of_boosters = world.guild.create_role("Robot"), world.guild.create_role("Boosters")
    await world.env.settle()
    queue, introductions = (bot.get_channel(world.channel(name).id) for name in ("moderators", "introductions"))
    assert isinstance(queue, discord.TextChannel)
    assert isinstance(introductions, discord.TextChannel)
    guild = queue.guild
    for role in (of_a_bot, of_boosters):
        found = guild.get_role(role.id)
        assert found is not None
        found.managed = True
        tags: Any = {"bot_id": str(robot.id)} if role is of_a_bot else {"premium_subscriber": None}
        found.tags = discord.RoleTags(tags)

    async def doctor() -> str:
        return all_text(reply(await owner.slash(general, "doctor")))

    async def let_in(channel: discord.TextChannel, whom: Any, *, see: bool | None) -> str:
        await channel.set_permissions(whom, view_channel=see)
        await world.env.settle()
        return await doctor()

    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        community = await get_community(session, world.guild.id)
    assert community is not None
    for harmless in (guild.get_role(managers.id), guild.get_role(of_a_bot.id), guild.get_member(robot.id), guild.owner):
        assert harmless is not None
        assert "More people can see" not in await let_in(queue, harmless, see=True), str(harmless)
    person = guild.get_member(awa.id)
    for other in (guild.get_role(partners.id), guild.get_role(of_boosters.id), person):
        assert f"More people can see <#{queue.id}>" in await let_in(queue, other, see=True), str(other)
        assert is_leaking(queue, community)
        plan = embed_text(reply(await owner.slash(general, "setup")))
        assert f"in the settings of each: <#{queue.id}>" in plan
        assert "More people can see" not in await let_in(queue, other, see=None)
    # The same person as a moderator belongs there.
    await world.give_role(awa, "Moderator")
    assert "More people can see" not in await let_in(queue, person, see=True)

    # Whatever members may see is closed to everyone, and moderators are told when it is not.
    told = len(world.channel("moderators").history())
    assert f"More people can see <#{introductions.id}>" in await let_in(introductions, guild.default_role, see=True)
    [notice] = world.channel("moderators").history()[told:]
    assert "Everyone sees a channel that is for members" in all_text(notice)
    bea = await world.join(BEA)
    await apply(world, bea)
    await approve(world, bea)
    await world.pass_time(timedelta(minutes=11))

    def introduced() -> bool:
        return any(str(bea.id) in all_text(message) for message in world.channel("introductions").history())

    assert not introduced()
    await let_in(introductions, guild.default_role, see=False)
    await world.pass_time(timedelta(minutes=11))
    assert introduced()


async def test_a_role_that_is_not_the_moderators_any_more_sees_nothing_of_theirs(world: World) -> None:
    bot, old = world.env.bot, world.guild.roles["Moderator"]
    secretariat = world.guild.create_role("Secretariat")
    await world.env.settle()
    assert f"<@&{old.id}> was the moderators' role until now" in await set_up(world, moderator_role=secretariat)
    for name in ("welcome", "introductions", "webinars", "practices", "moderators", "practice-review"):
        channel = bot.get_channel(named(world, name)[0])
        assert isinstance(channel, discord.TextChannel | discord.ForumChannel)
        given = {role.id: overwrite.view_channel for role, overwrite in channel.overwrites.items()}
        assert given.get(secretariat.id) is True
        assert old.id not in given


async def test_pressed_twice_at_once_it_makes_everything_once(bare_world: World) -> None:
    owner = bare_world.owner
    plan = reply(await owner.actor.slash(bare_world.channel("general"), "setup"))
    custom_id = components(plan)[0]["custom_id"]
    results = await press_at_once(bare_world, [owner, owner], plan, custom_id)
    assert all(result.acknowledged for result in results)
    for name in ("welcome", "introductions", "webinars", "practices", "moderators", "practice-review"):
        assert len(named(bare_world, name)) == 1

"""What only members may see is shared only where nobody else reads."""

import discord
import pytest

from bot.demo.world import Persona, World
from tests.act import all_text, reply
from tests.lookup.people import AINO, AWA, bot_of, member, the

QUERY = "Awa Ndiaye"
SEEN = discord.PermissionOverwrite(view_channel=True, send_messages=True)


async def shared_in(world: World, name: str) -> str:
    """What a member is told who shares a page about another member there."""
    await member(world, AWA)
    aino = await member(world, AINO)
    results = reply(await aino.actor.slash(world.channel(name), "lookup", query=QUERY, kind="member"))
    return all_text(reply(await aino.actor.click(results, custom_id=the(results, "lookup:share"))))


async def test_in_a_channel_of_members(world: World) -> None:
    assert "Visitors read this channel" not in await shared_in(world, "introductions")
    [post] = [message for message in world.channel("introductions").history() if "Shared by" in message.content]
    assert "Awa Ndiaye" in all_text(post)


@pytest.mark.parametrize("whom", ["a role of guests", "a guest by name"])
async def test_in_a_channel_that_guests_read_too(world: World, whom: str) -> None:
    guest = await world.join(Persona("guest", "A guest"))
    channel = bot_of(world).get_channel(world.channel("introductions").id)
    assert isinstance(channel, discord.TextChannel)
    if whom == "a role of guests":
        world.guild.create_role("Guests")
        await world.env.settle()
        await world.give_role(guest, "Guests")
        [role] = [role for role in channel.guild.roles if role.name == "Guests"]
        await channel.set_permissions(role, overwrite=SEEN)
    else:
        person = channel.guild.get_member(guest.id)
        assert person is not None
        await channel.set_permissions(person, overwrite=SEEN)
    await world.env.settle()
    assert "Visitors read this channel" in await shared_in(world, "introductions")

"""The private thread of the reviewers: who can read it, what it is told, and what becomes of it."""

from typing import Any

import discord
from simcord.enums import ChannelType

from bot.demo.world import World
from tests.act import all_text
from tests.practices.acting import (
    AWA,
    LUCIA,
    draft,
    member,
    mine,
    moderator,
    posts,
    press,
    review_cards,
    share,
    slash,
)


def threads(world: World) -> list[Any]:
    """The private threads, as Discord has them."""
    return [one for one in world.env.backend.channels.values() if one.type == ChannelType.PRIVATE_THREAD]


def told(world: World, thread: Any) -> list[str]:
    return [all_text(message) for message in posts(world, thread.id)]


async def test_each_step_is_told_in_a_private_thread_that_closes_at_the_end(world: World) -> None:
    awa, mira = await member(world, AWA), await moderator(world)
    # An author who is a moderator, too, is not let into the thread about their own practice.
    lucia = await member(world, LUCIA)
    await world.give_role(lucia, "Moderator")
    practice = await share(world, awa)
    [thread] = threads(world)
    assert thread.name.endswith(f" · {practice.id}")
    assert thread.parent_id == world.channel("practice-review").id
    assert {world.owner.id, mira.id, lucia.id} <= set(thread.thread_members)
    assert awa.id not in thread.thread_members
    [opening] = told(world, thread)
    assert "Officers trained for it must stay" in opening
    assert "Sent for review on" in opening
    assert f"<#{thread.id}>" in review_cards(world)[-1].content
    shown = await press(mira, review_cards(world)[-1], "practice:sendback")
    await mira.actor.submit_modal(shown, {"comment": "Please say what it cost in a year."})
    assert f"Returned with comments by <@{mira.id}>" in told(world, thread)[-1]
    assert "> Please say what it cost in a year." in told(world, thread)[-1]
    listed: Any = (await slash(world, awa, "mine")).response
    again = await press(awa, listed, "practice:continue")
    assert again.response is not None
    await press(awa, again.response, "practice:send")
    assert len(threads(world)) == 1, "the same thread"
    assert "Returned with comments by" in told(world, thread)[-1], "with what happened so far"
    await press(mira, review_cards(world)[-1], "practice:approve")
    assert "It needs 1 more approval." in told(world, thread)[-1]
    await press(world.owner, review_cards(world)[-1], "practice:approve")
    [done] = await mine(world, awa)
    assert f"<#{done.thread_id}>" in told(world, thread)[-1]
    assert (thread.thread_metadata.archived, thread.thread_metadata.locked) == (True, True)
    assert "Officers trained for it" not in "".join(told(world, thread)), "the text is where it was published"
    own = await share(world, lucia, title="Evening patrols with neighbours")
    [_, theirs] = threads(world)
    assert lucia.id not in theirs.thread_members
    # Withdrawn, its thread goes with all that anybody wrote there.
    asked: Any = (await slash(world, lucia, "withdraw", practice=own.id)).response
    await press(lucia, asked, "practice:withdrawn")
    assert theirs.id not in world.env.backend.channels
    assert thread.id in world.env.backend.channels


async def test_without_the_permission_the_card_says_what_is_missing(world: World) -> None:
    awa = await member(world, AWA)
    bot = world.env.bot
    channel = bot.get_channel(world.channel("practice-review").id)
    assert isinstance(channel, discord.TextChannel)
    denied = discord.PermissionOverwrite(
        view_channel=True, send_messages=True, read_message_history=True, create_private_threads=False
    )
    await channel.set_permissions(channel.guild.me, overwrite=denied)
    await world.env.settle()
    preview = await draft(world, awa)
    await press(awa, preview, "practice:send")
    [card] = review_cards(world)
    assert "lacks the permission “Create Private Threads” in this channel" in card.content
    assert threads(world) == []
    await press(world.owner, card, "practice:approve")
    assert (await mine(world, awa))[0].thread_id is not None, "reviewing goes on without"
    assert posts(world, "moderators", "could not") == []

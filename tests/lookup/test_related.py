"""What a new thread in the forum is told."""

from typing import Any

import discord

from bot.demo.world import Person, World
from data.deliveries import list_for_subject
from tests.act import embed_text, reply
from tests.lookup.people import AWA, bot_of, member, practice, the


async def post(world: World, person: Person, title: str) -> Any:
    """Open a thread in the forum, as a person does; gives its channel."""
    backend = world.env.backend
    made = backend.create_thread(world.channel("practices").id, title, person.id, broadcast=False)
    backend.create_message(made.id, person.id, "What do you think?")
    backend.announce_thread_create(made)
    await world.env.settle()
    return world.channel(made.id)


def words_in(world: World, thread: Any) -> list[discord.Message]:
    """What the bot said there."""
    me = world.env.bot.user
    assert me is not None
    return [message for message in thread.history() if message.author.id == me.id]


async def test_a_thread_gets_what_there_is_on_its_subject_once_where_moderators_want_it(world: World) -> None:
    awa = await member(world, AWA)
    own = await practice(world, awa, "Quokka patrols at night")
    thread = await post(world, awa, "Who has quokka patrols, and handbooks on women police?")
    [said] = words_in(world, thread)
    text = embed_text(said)
    assert "Perhaps of use here" in text
    assert "Quokka patrols at night" in text
    assert 1 <= len(said.embeds[0].fields) <= 3
    opened = reply(await awa.actor.click(said, custom_id=the(said, "lookup:page")))
    assert opened.ephemeral
    # Told twice of the same thread, it says it once; its own post is no thread of a person.
    async with bot_of(world).db.read() as session:
        planned = await list_for_subject(session, world.guild.id, f"thread:{thread.id}")
        posted = await list_for_subject(session, world.guild.id, f"thread:{own.thread_id}")
    assert [row.state for row in planned] == ["sent"]
    assert not posted
    nothing = await post(world, awa, "Zzyzx qwrtp")
    assert not words_in(world, nothing)
    plan = reply(await world.owner.actor.slash(world.channel("general"), "setup"))
    done = reply(await world.owner.actor.click(plan, custom_id=the(plan, "setup:related:off")))
    assert "no suggestions any more" in done.content
    quiet = await post(world, awa, "More quokka patrols")
    assert not words_in(world, quiet)

"""Who takes their consent back, or leaves, is not shown any more: not in the channel of introductions either."""

from bot.demo.world import Person, World
from tests.act import reply
from tests.onboarding.acting import AINO, AWA, LUCIA, WORK, apply, approve, cards, member, posts, press


def introductions(world: World, person: Person) -> int:
    """How many introductions of a person stand in the channel."""
    return len(posts(world, "introductions", f"<@{person.id}>"))


async def change(world: World, person: Person, **work: object) -> None:
    """Change one's profile, and save it."""
    edit = reply(await person.actor.slash(world.channel("general"), "profile edit"))
    shown = await press(person, edit, "open:onboarding:work")
    assert shown.modal is not None
    step = await person.actor.submit_modal(shown, {**WORK, **work})
    await press(person, reply(step), "onboarding:send")


async def test_who_agrees_no_longer(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA)
    assert introductions(world, awa) == 1
    await change(world, awa, directory=["no"])
    assert introductions(world, awa) == 0
    assert introductions(world, lucia) == 1, "the others' stay"
    found = reply(await lucia.actor.slash(world.channel("general"), "lookup", query="Awa Ndiaye"))
    assert str(awa.id) not in str(found.embeds)
    await change(world, awa, directory=["no"], offers="Encore")
    assert introductions(world, awa) == 0


async def test_who_leaves(world: World) -> None:
    awa = await member(world, AWA)
    await world.leave(awa)
    assert introductions(world, awa) == 0


async def test_who_leaves_while_the_bot_is_away(world: World) -> None:
    awa = await member(world, AWA)
    await world.env.bot.close()
    world.guild.remove_member(awa.actor)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert introductions(world, awa) == 0


async def test_who_was_never_introduced(world: World) -> None:
    aino = await world.join(AINO)
    await apply(world, aino, work={"directory": ["no"]})
    await approve(world, aino)
    await world.leave(aino)
    assert introductions(world, aino) == 0
    assert not posts(world, "moderators", "could not")
    assert cards(world, aino)

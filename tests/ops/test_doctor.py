"""`/doctor` and `convenor doctor` find what is wrong, say what to do, and say nothing to whom it does not concern."""

from bot.demo.world import World
from tests.act import all_text, reply


async def test_moderators_see_what_is_wrong_and_what_to_do(world: World) -> None:
    owner, general = world.owner.actor, world.channel("general")
    said = all_text(reply(await owner.slash(general, "doctor")))
    print(said)

import pytest

from bot.demo.world import World
from tests.neighbours import Neighbours, meet


@pytest.fixture
async def neighbours(world: World) -> Neighbours:
    return await meet(world)

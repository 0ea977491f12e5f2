"""What many wait for in one community keeps nobody waiting in another."""

import asyncio
from contextlib import AsyncExitStack

from bot.delivery.gates import EACH, Gates


async def test_a_full_place_of_one_community_leaves_the_same_place_of_another_open() -> None:
    gates = Gates()
    async with AsyncExitStack() as stack:
        for _ in range(EACH):
            await stack.enter_async_context(gates.through((1, "channel:review")))
        assert gates.full() == [(1, "channel:review")]
        async with asyncio.timeout(5), gates.through((2, "channel:review")):
            assert gates.waiting == 0

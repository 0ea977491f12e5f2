"""Requests: not sent again where that could do something twice, and not before their time."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress

import aiohttp
import discord
import pytest
from aiohttp import web
from yarl import URL

from bot.requests import Manners, Repeated, once, route_of

BASE = "/api/v10"


class Discord:
    """A server that answers what it is told to, and knows when it was asked."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.times: list[float] = []

    async def serve(self, request: web.Request) -> web.Response:
        self.times.append(asyncio.get_running_loop().time())
        return self.answers.pop(0) if self.answers else web.Response(status=200)

    def limit(self, seconds: int, **headers: str) -> None:
        given = {"Via": "1.1 google", **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.answers.append(web.Response(status=429, headers={"Retry-After": str(seconds), **given}))


@pytest.fixture
async def far() -> AsyncGenerator[tuple[Discord, Callable[[str, str], Awaitable[int]]]]:
    """The server, and a way to send it a method and a path."""
    discord_ = Discord()
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", discord_.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(address, trace_configs=[Manners().trace()]) as session:

        async def send(method: str, path: str) -> int:
            async with session.request(method, BASE + path) as response:
                return response.status

        yield discord_, send
    await runner.cleanup()


Far = tuple[Discord, Callable[[str, str], Awaitable[int]]]


async def test_a_post_of_unknown_outcome_is_not_repeated(far: Far) -> None:
    server, send = far
    server.answers = [web.Response(status=502)]
    with once():
        assert await send("POST", "/channels/1/threads") == 502
        with pytest.raises(Repeated):
            await send("POST", "/channels/1/threads")
        assert await send("POST", "/channels/2/threads") == 200, "another one may be sent"
        assert await send("GET", "/channels/1/threads") == 200
    assert await send("POST", "/channels/1/threads") == 200
    assert len(server.times) == 4


async def test_a_post_that_was_turned_away_is_sent_again(far: Far) -> None:
    server, send = far
    server.answers = [web.Response(status=429)]
    with once():
        assert await send("POST", "/channels/1/threads") == 429
        assert await send("POST", "/channels/1/threads") == 200
        assert await send("POST", "/channels/1/threads") == 200, "done, and wanted once more"


async def test_a_post_that_broke_off_is_not_repeated(far: Far) -> None:
    _, send = far
    with once():
        with suppress(TimeoutError):
            async with asyncio.timeout(0):
                await send("POST", "/channels/1/threads")
        with pytest.raises(Repeated):
            await send("POST", "/channels/1/threads")


async def test_what_shares_a_limit_waits_and_the_rest_does_not(far: Far) -> None:
    server, send = far
    server.limit(1)
    await send("POST", "/channels/1/messages")
    await send("POST", "/channels/2/messages")
    await send("GET", "/channels/1/messages")
    await send("POST", "/channels/1/messages")
    first, other, read, second = server.times
    assert other - first < 0.9
    assert read - first < 0.9
    assert second - first > 0.99


@pytest.mark.parametrize("apart", [False, True], ids=["everything", "proxy"])
async def test_a_limit_over_everything_holds_up_everything(far: Far, apart: bool) -> None:
    server, send = far
    if apart:
        server.answers = [web.Response(status=429, headers={"Retry-After": "1"})]
    else:
        server.limit(1, X_RateLimit_Global="true")
    await send("POST", "/channels/1/messages")
    await send("POST", "/interactions/5/token/callback")
    await send("GET", "/users/@me")
    first, answer, last = server.times
    assert last - first > 0.99
    assert (answer - first > 0.99) is apart, "answers to people are no part of Discord's own limit"


async def test_a_wait_that_is_too_long_is_told_and_not_slept(far: Far) -> None:
    server, send = far
    server.limit(600)
    await send("POST", "/channels/1/messages")
    with pytest.raises(discord.RateLimited) as told:
        await send("POST", "/channels/1/messages")
    assert 590 < told.value.retry_after <= 600
    assert len(server.times) == 1


def test_routes_are_told_apart_by_what_has_a_limit_of_its_own() -> None:
    def name(path: str) -> str:
        return route_of("PATCH", URL(f"http://127.0.0.1{BASE}{path}"))

    one, two = "123456789012345678", "223456789012345678"
    assert name(f"/channels/1/messages/{one}") == name(f"/channels/1/messages/{two}")
    assert name(f"/channels/1/messages/{one}") != name(f"/channels/2/messages/{one}")
    assert name(f"/guilds/1/members/{one}") != name(f"/guilds/1/roles/{one}")
    assert name(f"/webhooks/1/a/messages/{one}") != name(f"/webhooks/1/b/messages/{one}")

"""Starts the server: prints its port, serves until its standard input ends."""

import argparse
import asyncio
import inspect
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.wire.server.control import Control
from tests.wire.server.gateway import Gateway
from tests.wire.server.routing import route
from tests.wire.server.state import State
from tests.wire.server.web import Api


def build(token: str, record: Path | None) -> tuple[web.Application, Gateway]:
    """The application, and the gateway that has to be told its address."""
    state = State(token)
    gateway = Gateway(state)
    state.emit = gateway.emit
    api = Api(state, gateway)
    if record is not None:
        api.keep_record(record)
    control = Control(state, gateway, api)

    @route("GET", "/gateway/bot")
    def gateway_bot(_call: object) -> tuple[int, Any]:
        limit = {"total": 1000, "remaining": state.sessions_left, "reset_after": 0, "max_concurrency": 1}
        return 200, {"url": gateway.base, "shards": 1, "session_start_limit": limit}

    async def order(request: web.Request) -> web.Response:
        verb: Callable[..., Any] = getattr(control, request.match_info["verb"])
        arguments: dict[str, Any] = await request.json()
        result = verb(**arguments)
        if inspect.isawaitable(result):
            result = await result
        return web.Response(body=json.dumps(result).encode(), content_type="application/json")

    application = web.Application(client_max_size=32 << 20)
    application.router.add_post("/control/{verb}", order)
    application.router.add_get("/gateway", gateway.serve)
    application.router.add_get("/gateway/", gateway.serve)
    application.router.add_route("*", "/api/v10/{rest:.*}", api.serve)
    return application, gateway


async def serve(token: str, record: Path | None, tell: Callable[[int], None], end: Awaitable[object]) -> None:
    """Serve on a free port of 127.0.0.1, which `tell` is told, until `end`."""
    application, gateway = build(token, record)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port: int = runner.addresses[0][1]
    gateway.base = f"ws://127.0.0.1:{port}/gateway/"
    tell(port)
    await end
    await runner.cleanup()


async def until_alone() -> None:
    """Wait until standard input ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


def run(work: Awaitable[None]) -> None:
    """Run to the end."""

    async def main() -> None:
        await work

    asyncio.run(main())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--token", required=True)
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    run(serve(arguments.token, arguments.record, lambda port: print(port, flush=True), until_alone()))

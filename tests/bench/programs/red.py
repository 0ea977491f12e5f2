"""Red-DiscordBot without cogs, in an environment of its own. It talks to nobody but the server of the tests.

Its commands are messages that begin with a sign: for it `bench answered` is said once a message was sent.
"""

import importlib
import os
import sys
from typing import Any

import aiohttp
from discord.http import HTTPClient

from tests.bench.programs import probe

OURS = "127.0.0.1"


def stay_here() -> None:
    """Let nothing connect to another machine, nor ask for its address."""

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] != OURS:
            raise ConnectionRefusedError("only the server of the tests may be reached")
        if event in ("socket.getaddrinfo", "socket.gethostbyname") and arguments[0] not in (OURS, None):
            raise ConnectionRefusedError("no addresses may be asked for")

    sys.addaudithook(guard)
    # Red's event loop connects by itself, where Python's hooks see nothing.
    resolve: Any = aiohttp.TCPConnector._resolve_host

    async def resolve_here(self: aiohttp.TCPConnector, host: str, *args: Any, **kwargs: Any) -> Any:
        if host != OURS:
            raise aiohttp.ClientConnectionError("only the server of the tests may be reached")
        return await resolve(self, host, *args, **kwargs)

    aiohttp.TCPConnector._resolve_host = resolve_here


def tell_messages() -> None:
    """Say when a message was sent."""
    send: Any = HTTPClient.send_message

    async def send_and_tell(self: HTTPClient, *args: Any, **kwargs: Any) -> Any:
        result = await send(self, *args, **kwargs)
        probe.say("answered", 0.0, "message")
        return result

    setattr(HTTPClient, "send_message", send_and_tell)  # noqa: B010 - its type says that it is that one


async def no_newer() -> tuple[None, None]:
    """Stands for the look for a newer version."""
    return None, None


def main() -> None:
    """Run until killed."""
    red: Any = importlib.import_module("redbot.__main__")
    importlib.import_module("redbot.core._events").__dict__["fetch_latest_red_version_info"] = no_newer
    stay_here()
    probe.install()
    tell_messages()
    token, owner = os.environ["DISCORD_TOKEN"], os.environ["BENCH_OWNER"]
    sys.argv = ["redbot", "bench", "--no-cogs", "--no-prompt", "--token", token, "--prefix", "!", "--owner", owner]
    red.main()


if __name__ == "__main__":
    main()

"""What both programs do the same: where they connect, and what they say of themselves on standard output.

Lines begin with `bench`: `bench connected`, `bench ready`, and `bench answered <seconds>` for each interaction, from
its event in discord.py to Discord's word that the answer arrived.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter

DEFERRED = (5, 6)


def say(*words: object) -> None:
    """Tell the benchmark something."""
    print("bench", *words, flush=True)


def end_with_parent() -> None:
    """Wait until standard input ends, as it does when whoever started this is gone, and end."""
    sys.stdin.read()
    os._exit(0)


def _tasks() -> list[str]:
    """What is under way in the event loop: the functions of its tasks."""
    under_way: list[Any] = [task.get_coro() for task in asyncio.all_tasks(asyncio.get_running_loop())]
    return [getattr(work, "__qualname__", "?").replace(" ", "") for work in under_way]


def install() -> None:
    """Point discord.py at the server of the tests, and have it tell what happens."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, lambda _number, _frame: say("tasks", *sorted(_tasks())))
    port = os.environ["BENCH_PORT"]
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway/")
    began = 0.0
    # Of each interaction: several may be under way at once.
    begun: dict[int, float] = {}
    dispatch = discord.Client.dispatch
    respond = AsyncWebhookAdapter.create_interaction_response

    def dispatch_and_tell(self: discord.Client, event: str, /, *args: Any, **kwargs: Any) -> None:
        nonlocal began
        if event == "socket_event_type" and args[0] == "INTERACTION_CREATE":
            began = time.perf_counter()
        elif event == "interaction":
            begun[args[0].id] = began
        dispatch(self, event, *args, **kwargs)
        if event in ("connect", "ready"):
            say({"connect": "connected"}.get(event, event))

    async def respond_and_tell(self: AsyncWebhookAdapter, *args: Any, **kwargs: Any) -> Any:
        result = await respond(self, *args, **kwargs)
        seconds = time.perf_counter() - begun.pop(int(args[0]), began)
        params: MultipartParameters = kwargs["params"]
        # With files the answer stands in a part of the form, and is no promise for later.
        deferred = params.payload is not None and params.payload["type"] in DEFERRED
        say("deferred" if deferred else "answered", seconds)
        return result

    discord.Client.dispatch = dispatch_and_tell
    AsyncWebhookAdapter.create_interaction_response = respond_and_tell

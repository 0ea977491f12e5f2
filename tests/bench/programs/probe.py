"""What all programs do the same: where they connect, what they say of themselves, and what they do when told.

Lines on standard output begin with `bench`: `bench connected`, `bench ready`, and `bench answered <seconds> <token>`
for each interaction, from its event in discord.py to Discord's word that the answer arrived. Lines on standard input
are orders: a word of `ORDERS`, and a number where it takes one.
"""

import asyncio
import itertools
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter

DEFERRED = (5, 6)
# Messages a second, of those that are sent on demand: about as many as Convenor sends of those it has planned.
PACE = 40

# Discord takes a message with a number that it saw before for the same.
numbers = itertools.count()
# Whoever connected.
clients: list[discord.Client] = []


def say(*words: object) -> None:
    """Tell the benchmark something."""
    print("bench", *words, flush=True)


async def tell_tasks(_client: discord.Client, _count: int) -> None:
    """Say what is under way in the event loop: the functions of its tasks."""
    under_way: list[Any] = [task.get_coro() for task in asyncio.all_tasks()]
    mine = asyncio.current_task()
    own = getattr(mine.get_coro(), "__qualname__", "") if mine else ""
    names = sorted(getattr(work, "__qualname__", "?").replace(" ", "") for work in under_way)
    names.remove(own)
    say("tasks", *names)


async def send(client: discord.Client, count: int) -> None:
    """Say so, and send so many messages with a button, to all channels in turn."""
    say("sending")
    loop = asyncio.get_running_loop()
    begun, channels = loop.time(), client.guilds[0].text_channels
    for number in range(count):
        await asyncio.sleep(max(begun + number / PACE - loop.time(), 0))
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Seen", custom_id=f"bench:{number}"))
        # Nobody waits for it to be pressed.
        view.stop()
        await channels[number % len(channels)].send(
            f"Notice {number}",
            view=view,
            nonce=f"bench-{next(numbers)}",
            allowed_mentions=discord.AllowedMentions.none(),
        )


ORDERS: dict[str, Callable[[Any, int], Awaitable[None]]] = {"tasks": tell_tasks, "send": send}


def obey() -> None:
    """Do what is ordered until standard input ends, as it does when whoever started this is gone; then end."""
    for line in sys.stdin:
        order, _, count = line.strip().partition(" ")
        if order == "spent":
            say("spent", time.process_time())
        else:
            client = clients[0]
            asyncio.run_coroutine_threadsafe(_obey(ORDERS[order], client, int(count or 0)), client.loop)
    os._exit(0)


async def _obey(order: Callable[[Any, int], Awaitable[None]], client: discord.Client, count: int) -> None:
    try:
        await order(client, count)
    except Exception as error:
        say("failed", type(error).__name__)
        raise


def install() -> None:
    """Point discord.py at the server of the tests, and have it tell what happens."""
    threading.Thread(target=obey, daemon=True).start()
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
            clients[:] = [self]
            say({"connect": "connected"}.get(event, event))

    async def respond_and_tell(self: AsyncWebhookAdapter, *args: Any, **kwargs: Any) -> Any:
        result = await respond(self, *args, **kwargs)
        seconds = time.perf_counter() - begun.pop(int(args[0]), began)
        params: MultipartParameters = kwargs["params"]
        # With files the answer stands in a part of the form, and is no promise for later.
        deferred = params.payload is not None and params.payload["type"] in DEFERRED
        say(*("deferred" if deferred else "answered", seconds, args[1]), *(["promised"] if deferred else []))
        return result

    discord.Client.dispatch = dispatch_and_tell
    AsyncWebhookAdapter.create_interaction_response = respond_and_tell

"""`convenor demo`: furnishes the sample server, serves its page until told to stop, and leaves nothing behind."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from types import TracebackType
from typing import Self

import discord

from bot.demo.personas import NEWCOMERS
from bot.demo.sample import RECENT, open_sample
from bot.demo.server import HOST, Demo, listen, serve
from bot.logs import set_up_logging

FAULT = 2
LAST_PORT = 65535


class Progress:
    """Lines that say what is under way, each ending in the seconds it took. Used as a context."""

    def __init__(self) -> None:
        self._began = 0.0

    def __call__(self, line: str) -> None:
        """Begin something new."""
        self._end()
        print(f"  {line} ...", end="", flush=True)
        self._began = time.perf_counter()

    def _end(self, word: str = "") -> None:
        if self._began:
            print(word or f" {time.perf_counter() - self._began:.1f} s", flush=True)
        self._began = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(" stopped" if kind else "")


def quiet() -> None:
    """Log what a person trying the bot should hear of, and print any letter even where the terminal knows few."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    set_up_logging("warning", "console")
    # discord.py warns of voice, which is not used, and of the simulation's own settings.
    logging.getLogger("discord").setLevel(logging.ERROR)


def run(port: int, screenshots: Path | None) -> int:
    """Run the demo; the exit status."""
    quiet()
    if not 0 <= port <= LAST_PORT:
        print(f"A port is a number from 0 to {LAST_PORT}.", file=sys.stderr)
        return FAULT
    # Taken before all else: nobody should wait for a page that cannot be served.
    try:
        listener = listen(0 if screenshots else port)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        print(f"Port {port} of {HOST} cannot be used ({why}). Choose another: convenor demo --port 0", file=sys.stderr)
        return FAULT
    try:
        with listener, tempfile.TemporaryDirectory(prefix="convenor-demo-", ignore_cleanup_errors=True) as folder:
            if screenshots is None:
                asyncio.run(_serve(Path(folder), listener))
                return 0
            from bot.demo.camera import take_pictures

            return asyncio.run(take_pictures(Path(folder), listener, screenshots))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nEnded. Nothing was kept.")
        return 0


async def _serve(folder: Path, listener: socket.socket) -> None:
    began = time.perf_counter()
    _end_on_terminate()
    print("The real bot in a simulated Discord server, on this machine alone. Everyone in it is invented.")
    async with furnished(folder, listener) as demo:
        print(f"Ready after {time.perf_counter() - began:.0f} seconds. Open this in a browser; Ctrl+C ends it:")
        print(f"\n  {demo.url}\n", flush=True)
        await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def furnished(folder: Path, listener: socket.socket) -> AsyncGenerator[Demo]:
    """The page of the sample server, telling how far it has come."""
    url = f"sqlite:///{folder / 'convenor.db'}"
    async with contextlib.AsyncExitStack() as stack:
        with Progress() as tell:
            world = await stack.enter_async_context(open_sample(url, discord.utils.utcnow(), tell))
            tell("opening the page")
            left = [persona for persona in NEWCOMERS if persona.key not in world.people]
            serving = serve(
                world,
                newcomers=left,
                listener=listener,
                unread_since=world.now - RECENT,
                place="moderators",
                walks=True,
            )
            demo = await stack.enter_async_context(serving)
        yield demo


def _end_on_terminate() -> None:
    """End on a terminate signal as on Ctrl+C; where there are no signals, Ctrl+C alone ends it."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - it runs in one
    with contextlib.suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)

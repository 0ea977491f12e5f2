"""What a test holds: the server in its process, the bot in another, and the orders to both."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp

from tests import openapi

JSON = dict[str, Any]

ROOT = Path(__file__).parents[2]
TOKEN = "wire.token.of-the-tests"
START_SECONDS = 40.0


class Server:
    """The server, in its own process.

    Its verbs are in `server/control.py`; call one with `await server.order("make_user", name="Ana")`.

    Attributes:
        port: on 127.0.0.1.
        record: the file with every exchange.
    """

    def __init__(self, process: asyncio.subprocess.Process, port: int, record: Path) -> None:
        self._process = process
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{port}", timeout=aiohttp.ClientTimeout(60))
        self.port = port
        self.record = record

    @classmethod
    @asynccontextmanager
    async def start(cls, folder: Path) -> AsyncGenerator[Self]:
        """Start it, and stop it at the end.

        Args:
            folder: for its record and its log.
        """
        record = folder / "exchanges.jsonl"
        with (folder / "server.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.wire.server", "--token", TOKEN, "--record", str(record)),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        server = cls(process, port, record)
        try:
            yield server
        finally:
            await server._session.close()
            process.stdin.close()
            await process.wait()

    async def order(self, verb: str, **arguments: Any) -> Any:
        """Have something done or told."""
        async with self._session.post(f"/control/{verb}", json=arguments) as response:
            if response.status != 200:
                raise RuntimeError(f"{verb}: {await response.text()}")
            return await response.json()

    async def check(self) -> None:
        """Fail where a bot called what this server does not know, the server broke, or an exchange was not valid."""
        report = await self.order("report")
        assert report["unknown"] == {}
        assert report["broken"] == []
        if openapi.available:
            lines = dict.fromkeys(self.record.read_text("utf-8").splitlines())
            wrong = dict.fromkeys(fault for line in lines for fault in openapi.exchange_faults(line))
            assert not wrong, "not as Discord describes it:\n" + "\n".join(wrong)


@dataclass(slots=True)
class Bot:
    """The real program, in its own process, on a real database."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list[str])
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: "asyncio.Task[None] | None" = None

    @classmethod
    async def start(cls, server: Server, database_url: str, *, die_at: str | None = None, **environment: str) -> Self:
        """Start it; use `wait_ready` to wait until it is.

        Args:
            server: where it is pointed.
            database_url: its database.
            die_at: a point at which it is killed: see `launch.py`.
            environment: more settings.
        """
        environment = {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": database_url, **environment}
        environment["WIRE_PORT"] = str(server.port)
        if die_at is not None:
            environment["WIRE_DIE_AT"] = die_at
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.wire.launch"),
            cwd=ROOT,
            env={**os.environ, "CONVENOR_POLL_SECONDS": "1", **environment},
            stderr=asyncio.subprocess.PIPE,
        )
        bot = cls(process)
        bot._reading = asyncio.create_task(bot._read())
        return bot

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())
            if " convenor: ready: " in self.lines[-1]:
                self.ready.set()

    @property
    def log(self) -> str:
        """What it logged so far."""
        return "\n".join(self.lines)

    async def wait_ready(self) -> None:
        """Wait until it says that it is ready."""
        waiting = asyncio.create_task(self.ready.wait())
        ended = asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({waiting, ended}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        assert self.ready.is_set(), f"the bot did not get ready:\n{self.log}"

    async def kill(self) -> None:
        """End it as `kill -9` does, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.gone()

    async def stop(self) -> int:
        """Ask it to end, as a service manager does; returns its exit status."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        return await self.gone()

    async def gone(self) -> int:
        """Wait until it has ended, by itself or by a kill; returns its exit status."""
        status = await asyncio.wait_for(self.process.wait(), START_SECONDS)
        if self._reading is not None:
            await self._reading
        return status


async def until(what: Callable[[], Awaitable[Any]], seconds: float = 20.0, *, pause: float = 0.05) -> Any:
    """Ask again and again until the answer is true; returns the last answer either way."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        answer = await what()
        if answer or asyncio.get_running_loop().time() > deadline:
            return answer
        await asyncio.sleep(pause)


def contents(messages: Iterable[JSON]) -> list[str]:
    """What messages say, in their order."""
    return [message["content"] for message in messages]

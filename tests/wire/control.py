"""What a test holds: the server in its process, the bot in another, and the orders to both."""

import asyncio
import contextlib
import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import aiohttp

from tests import openapi

JSON = dict[str, Any]

ROOT = Path(__file__).parents[2]
TOKEN = "wire.token.of-the-tests"
START_SECONDS = 40.0
READY = " convenor: ready: "


class Server:
    """The server, in its own process.

    Its verbs are in `server/control.py`; call one with `await server.order("make_user", name="Ana")`.

    Attributes:
        port: on 127.0.0.1.
        record: the file with every exchange.
    """

    def __init__(self, port: int, record: Path) -> None:
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{port}", timeout=aiohttp.ClientTimeout(60))
        self.port = port
        self.record = record

    @classmethod
    @asynccontextmanager
    async def start(cls, folder: Path, nursery: "Nursery | None" = None) -> AsyncGenerator[Self]:
        """Start it, and stop it at the end.

        Args:
            folder: for its record and its log.
            nursery: where it starts faster.
        """
        record = folder / "exchanges.jsonl"
        async with nursery.server(folder, record) if nursery else _server_process(folder, record) as port:
            server = cls(port, record)
            try:
                yield server
            finally:
                await server._session.close()

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
            wrong = dict.fromkeys(fault for line in lines for fault in openapi.exchange_faults(json.loads(line)))
            assert not wrong, "not as Discord describes it:\n" + "\n".join(wrong)


@asynccontextmanager
async def _server_process(folder: Path, record: Path) -> AsyncGenerator[int]:
    """A server's process; gives its port."""
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
    try:
        yield int(await process.stdout.readline())
    finally:
        process.stdin.close()
        await process.wait()


class Bot:
    """The real program, in its own process, on a real database.

    Attributes:
        pid: its process id.
        ended: its exit status, once it has ended (below zero: the signal that killed it).
    """

    def __init__(self, pid: int, log: Path, ended: "asyncio.Future[int]") -> None:
        self.pid = pid
        self.ended = ended
        self._log = log

    @classmethod
    async def start(
        cls, server: Server, database_url: str, folder: Path, *, die_at: str | None = None, **environment: str
    ) -> Self:
        """Start it; use `wait_ready` to wait until it is.

        Args:
            server: where it is pointed.
            database_url: its database.
            folder: for its log.
            die_at: a point at which it is killed: see `launch.py`.
            environment: more settings.
        """
        log = folder / f"bot-{next(_numbers)}.log"
        with log.open("ab") as written:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.wire.launch"),
                cwd=ROOT,
                env={**os.environ, **settings_of(server, database_url, die_at, environment)},
                stdin=asyncio.subprocess.DEVNULL,
                stderr=written,
            )
        return cls(process.pid, log, asyncio.ensure_future(process.wait()))

    @property
    def log(self) -> str:
        """What it logged so far."""
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    async def wait_ready(self) -> None:
        """Wait until it says that it is ready."""

        async def ready() -> bool:
            return READY in self.log or self.ended.done()

        await until(ready, START_SECONDS, pause=0.02)
        assert READY in self.log, f"the bot did not get ready:\n{self.log}"

    async def kill(self) -> None:
        """End it as `kill -9` does, and wait until it is gone."""
        self._signal(signal.SIGKILL)
        await self.gone()

    async def stop(self) -> int:
        """Ask it to end, as a service manager does; returns its exit status."""
        self._signal(signal.SIGTERM)
        return await self.gone()

    def freeze(self) -> None:
        """Stop it where it is, as `kill -STOP` does: its connections stay open."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    async def frozen(self) -> None:
        """Wait until it has been stopped."""

        async def stopped() -> bool:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

        assert await until(stopped), self.log

    def _signal(self, number: signal.Signals) -> None:
        # An ended process is not signalled: its number may be another's by now.
        if not self.ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def gone(self) -> int:
        """Wait until it has ended, by itself or by a kill; returns its exit status."""
        return await asyncio.wait_for(asyncio.shield(self.ended), START_SECONDS)


class Nursery:
    """Starts bots faster, where many are wanted: see `nursery.py`. One serves many tests.

    Args:
        folder: for logs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: queue.SimpleQueue[tuple[int, Future[int]]] = queue.SimpleQueue()
        self._ended: dict[int, Future[int]] = {}
        with (folder / "nursery.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.wire.nursery"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        # Whether a bot has ended is heard of also while no event loop runs.
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def close(self) -> None:
        """End it, with all its bots."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._reading.join()
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told: dict[str, int] = json.loads(line)
            if "started" in told:
                ended = self._ended[told["started"]] = Future[int]()
                self._started.put((told["started"], ended))
            else:
                self._ended.pop(told["ended"]).set_result(told["status"])

    async def start(self, server: Server, database_url: str, *, die_at: str | None = None, **environment: str) -> Bot:
        """Start a bot, as `Bot.start` does."""
        log = self._folder / f"bot-{next(_numbers)}.log"
        settings = settings_of(server, database_url, die_at, environment)
        pid, ended = await self._begin({"environment": settings, "log": str(log)})
        return Bot(pid, log, asyncio.wrap_future(ended))

    async def _begin(self, order: JSON) -> tuple[int, Future[int]]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return await asyncio.to_thread(self._started.get, timeout=START_SECONDS)

    @asynccontextmanager
    async def server(self, folder: Path, record: Path) -> AsyncGenerator[int]:
        """A server that lasts as long as the block; gives its port."""
        port = folder / "port"
        made = {"token": TOKEN, "record": str(record), "port": str(port)}
        pid, ended = await self._begin({"environment": {}, "log": str(folder / "server.log"), "server": made})

        async def there() -> bool:
            return port.exists() or ended.done()

        try:
            await until(there, START_SECONDS, pause=0.005)
            yield int(port.read_text())
        finally:
            if not ended.done():
                os.kill(pid, signal.SIGKILL)
            await asyncio.wait_for(asyncio.wrap_future(ended), START_SECONDS)


_numbers = itertools.count()


def settings_of(
    server: Server, database_url: str, die_at: str | None, environment: Mapping[str, str]
) -> dict[str, str]:
    """The environment of a bot."""
    made = {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": database_url, "CONVENOR_POLL_SECONDS": "1", **environment}
    made["WIRE_PORT"] = str(server.port)
    return made | ({"WIRE_DIE_AT": die_at} if die_at is not None else {})


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

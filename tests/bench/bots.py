"""Starts the programs that are compared, each in its own process, against the small Discord of `tests/wire`."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.database import Database
from data.seeding import ensure_seeded
from tests.wire.control import TOKEN, Server

JSON = dict[str, Any]

ROOT = Path(__file__).parents[2]
CONVENOR, BARE, READING = "convenor", "bare", "reading"
# More than anything here takes, by far.
PATIENCE = 60.0
# All that a bot could ask for but "Administrator", which Discord would let pass everything.
PERMISSIONS = (1 << 46) - 1 - (1 << 3)


@dataclass(slots=True)
class Program:
    """One of the two, running.

    Attributes:
        process: its process.
        log: the file with what it logs.
    """

    process: asyncio.subprocess.Process
    log: Path

    async def heard(self, word: str, *, or_promised: bool = False) -> list[str]:
        """Wait until it says this word, or promises an answer where that will do; returns what it said with it.

        Raises:
            RuntimeError: it ended, or promised an answer instead of giving it.
        """
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self.process.stdout:
                said = line.decode().split()
                if said[:2] == ["bench", word] or (or_promised and said[:2] == ["bench", "deferred"]):
                    return said[2:]
                if said[:2] == ["bench", "deferred"]:
                    raise RuntimeError("an answer was promised for later, which is not measured here")
        raise RuntimeError(f"the program ended:\n{self.log.read_text()[-2000:]}")

    @property
    def resident(self) -> float:
        """How much memory it holds (RSS), in megabytes (10^6 bytes)."""
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists():
            lines = status.read_text().splitlines()
            kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
        else:
            asked = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
            kilobytes = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        return int(kilobytes) * 1024 / 1e6


@dataclass(slots=True)
class Scene:
    """A server with a channel and its owner, who asks; and a database in which Convenor knows it already."""

    server: Server
    folder: Path
    guild: str
    channel: str
    owner: str
    seeded: Path

    @asynccontextmanager
    async def start(self, name: str) -> AsyncGenerator[Program]:
        """Start one of the two, Convenor on a fresh copy of the database, and kill it at the end."""
        database = self.folder / "running.sqlite"
        shutil.copyfile(self.seeded, database)
        async with self._started(name, database, signal.SIGKILL) as program:
            yield program
        for leftover in self.folder.glob("running.sqlite*"):
            leftover.unlink()

    @asynccontextmanager
    async def _started(self, name: str, database: Path, end: signal.Signals) -> AsyncGenerator[Program]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CONVENOR_")}
        log = self.folder / f"{name}.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", f"tests.bench.programs.{name}"),
                # There is no .env here that would be read.
                cwd=self.folder,
                env={
                    **kept,
                    "PYTHONPATH": str(ROOT),
                    "BENCH_PORT": str(self.server.port),
                    "DISCORD_TOKEN": TOKEN,
                    "DATABASE_URL": f"sqlite:///{database}",
                },
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        try:
            yield Program(process, log)
        finally:
            if process.returncode is None:
                process.send_signal(end)
            await process.wait()

    async def ask(self, command: str, locale: str = "en-GB", **options: str) -> str:
        """Use a command as the owner; returns the token to ask for the answer by."""
        given = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
        data: JSON = {"id": "1", "name": command, "type": 1, "options": given}
        token: str = await self.server.order(
            "interact", channel=self.channel, user=self.owner, type=2, data=data, locale=locale, message=None
        )
        return token

    async def timed(self, program: Program, command: str, locale: str = "en-GB", **options: str) -> float:
        """Use a command and wait for the answer; returns the seconds from dispatch to answer.

        Raises:
            RuntimeError: the answer is not what a person wants to see.
        """
        token = await self.ask(command, locale, **options)
        (seconds,) = await program.heard("answered")
        check(await self.server.order("answer", token=token), command)
        return float(seconds)


def check(answer: JSON, command: str) -> None:
    """Make sure that what was measured is an answer: refusals and errors are told in plain text, without a card.

    Raises:
        RuntimeError: it is none.
    """
    message: Mapping[str, Any] = answer["message"] or {}
    good = message.get("content") == "Hello." if command == "hello" else bool(message.get("embeds"))
    if not good:
        raise RuntimeError(f"/{command} was answered with {message.get('content')!r}")


@asynccontextmanager
async def scene() -> AsyncGenerator[Scene]:
    """Start the small Discord and make the scene; each program has run once, so that its bytecode is there."""
    with tempfile.TemporaryDirectory(prefix="convenor-bench-") as name:
        folder = Path(name)
        seeded = folder / "seeded.sqlite"
        async with Database.open(f"sqlite:///{seeded}") as db:
            await ensure_seeded(db)
        async with Server.start(folder) as server:
            # Nothing is asked too often here.
            await server.order("limit", rules=[[".*", 1_000_000, 1.0]], in_a_second=1_000_000)
            owner = await server.order("make_user", name="Ana")
            guild = await server.order("make_guild", name="The Network", owner=owner["id"], bot_permissions=PERMISSIONS)
            channel = await server.order("make_channel", guild=guild["id"], name="general")
            made = Scene(server, folder, guild["id"], channel["id"], owner["id"], seeded)
            for program, command in ((CONVENOR, "help"), (BARE, "hello")):
                # On the database itself: from now on it knows the server, and which commands Discord has.
                async with made._started(program, seeded, signal.SIGTERM) as running:
                    await running.heard("ready")
                    await made.timed(running, command)
            yield made

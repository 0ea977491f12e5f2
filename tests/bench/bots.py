"""Starts the programs that are compared, each in its own process, against the small Discord of `tests/wire`."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.cli import START_SECONDS
from data.database import Database
from data.seeding import ensure_seeded
from tests.bench import red
from tests.bench.figure import Aim, Figure
from tests.wire.control import TOKEN, Server

JSON = dict[str, Any]
Measured = TypeVar("Measured")

ROOT = Path(__file__).parents[2]
CONVENOR, BARE, EAGER, READING, RED = "convenor", "bare", "eager", "reading", "red"
WORDS = {
    CONVENOR: "Convenor",
    BARE: "a bare bot",
    EAGER: "a bare bot that imports SQLAlchemy",
    READING: "a bare bot with one read",
    RED: "Red-DiscordBot without cogs",
}
# What each is asked first; Red's commands are messages.
FIRST = {CONVENOR: "help", BARE: "hello", EAGER: "hello", READING: "hello", RED: "!ping"}
# More than anything here takes, by far.
PATIENCE = 60.0
# So long after its process was started Convenor looks once for what memory it can let go of, and not before.
STARTED = {CONVENOR: START_SECONDS + 1.0}
# A program is at rest once it has used less than this share of a core for this many seconds.
REST, LITTLE = 1.0, 0.03
AT_ONCE = 50
# All that a bot could ask for but "Administrator", which Discord would let pass everything.
PERMISSIONS = (1 << 46) - 1 - (1 << 3)


@dataclass(slots=True)
class Program:
    """One of them, running.

    Attributes:
        process: its process.
        log: the file with what it logs.
        starts_until: when, by the loop's clock, all that it does once after the start has begun.
    """

    process: asyncio.subprocess.Process
    log: Path
    starts_until: float

    async def heard(self, word: str, *, or_promised: bool = False) -> list[str]:
        """Wait until it says this word, or promises an answer where that will do; returns what it said with it.

        Raises:
            RuntimeError: it ended, failed at an order, or promised an answer instead of giving it.
        """
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self.process.stdout:
                said = line.decode().split()
                if said[:2] == ["bench", word] or (or_promised and said[:2] == ["bench", "deferred"]):
                    return said[2:]
                if said[:2] == ["bench", "deferred"]:
                    raise RuntimeError("an answer was promised for later, which is not measured here")
                if said[:2] == ["bench", "failed"]:
                    break
        raise RuntimeError(f"the program ended or failed:\n{self.log.read_text()[-2000:]}")

    async def told(self, order: str, *, until: str) -> list[str]:
        """Give it an order (see `programs/probe.py`), and wait for this word; returns what it said with it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n".encode())
        return await self.heard(until)

    async def spent(self) -> float:
        """The seconds of processor time that it has used so far."""
        return float((await self.told("spent", until="spent"))[0])

    async def at_rest(self) -> None:
        """Wait until what is done once after the start is over.

        Raises:
            TimeoutError: it never is.
        """
        async with asyncio.timeout(PATIENCE):
            await asyncio.sleep(max(self.starts_until - asyncio.get_running_loop().time(), 0))
            before = await self.spent()
            while True:
                await asyncio.sleep(REST)
                after = await self.spent()
                if after - before < LITTLE * REST:
                    return
                before = after

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
    """A server with a channel and its owner, who asks; and a database in which Convenor knows it already.

    Attributes:
        missing: the programs that cannot be measured here, and why.
    """

    server: Server
    folder: Path
    guild: str
    channel: str
    owner: str
    seeded: Path
    missing: dict[str, str] = field(default_factory=dict[str, str])
    _red: tuple[Path, dict[str, str]] | None = None

    @asynccontextmanager
    async def start(self, name: str) -> AsyncGenerator[Program]:
        """Start one of them, with a fresh copy of the database, and kill it at the end."""
        database = self.folder / "running.sqlite"
        shutil.copyfile(self.seeded, database)
        async with self._started(name, database, signal.SIGKILL) as program:
            yield program
        for leftover in self.folder.glob("running.sqlite*"):
            leftover.unlink()

    @asynccontextmanager
    async def _started(self, name: str, database: Path, end: signal.Signals) -> AsyncGenerator[Program]:
        # Bytecode is written by the first start of each, which is not measured: none may have to compile anew.
        left_out = ("CONVENOR_", "PYTHONDONTWRITEBYTECODE")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        interpreter, places = Path(sys.executable), dict[str, str]()
        if name == RED:
            assert self._red is not None
            interpreter, places = self._red
        log = self.folder / f"{name}.log"
        starts_until = asyncio.get_running_loop().time() + STARTED.get(name, 0.0)
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(str(interpreter), "-m", f"tests.bench.programs.{name}"),
                # There is no .env here that would be read.
                cwd=self.folder,
                env={
                    **kept,
                    "PYTHONPATH": str(ROOT),
                    "BENCH_PORT": str(self.server.port),
                    "BENCH_OWNER": self.owner,
                    "DISCORD_TOKEN": TOKEN,
                    "DATABASE_URL": f"sqlite:///{database}",
                    **places,
                },
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        try:
            yield Program(process, log, starts_until)
        finally:
            if process.returncode is None:
                process.send_signal(end)
            await process.wait()

    async def prepare(self, name: str) -> None:
        """Let a program run once, so that its bytecode is there. Red may be missing; nothing else may."""
        try:
            if name == RED:
                interpreter = await asyncio.to_thread(red.python)
                self._red = interpreter, await asyncio.to_thread(red.prepare, interpreter, self.folder / "red")
            # On the database itself: from now on it knows the server, and which commands Discord has.
            async with self._started(name, self.seeded, signal.SIGTERM) as running:
                await running.heard("ready")
                await self.timed(running, FIRST[name])
        except red.UnavailableError as error:
            self.missing[name] = str(error)
        except (RuntimeError, TimeoutError) as error:
            self.miss(name, error)

    def miss(self, name: str, error: Exception) -> None:
        """Go on without Red where it fails; without another there is nothing to compare.

        Raises:
            Exception: that error, where it is another that failed.
        """
        if name != RED:
            raise error
        self.missing[name] = f"it failed: {str(error).strip().splitlines()[-1] if str(error).strip() else error!r}"

    async def in_turns(
        self, rounds: int, works: Mapping[str, Callable[[], Awaitable[Measured]]]
    ) -> dict[str, list[Measured]]:
        """Measure programs in turns; returns the rounds of each that could be measured."""
        found: dict[str, list[Measured]] = {name: [] for name in works if name not in self.missing}
        for _ in range(rounds):
            for name in list(found):
                try:
                    found[name].append(await works[name]())
                except (RuntimeError, TimeoutError) as error:
                    self.miss(name, error)
                    del found[name]
        return found

    def figures(
        self, what: str, unit: str, found: Mapping[str, Sequence[float]], aim: Aim | None, floor: str = BARE
    ) -> list[Figure]:
        """What was measured of programs, each beside one of them; what is aimed at is for Convenor."""
        others = [name for name in (*found, *self.missing) if name != floor]
        return [
            Figure(
                what,
                unit,
                tuple(found.get(name, ())),
                tuple(found[floor]) if name in found else (),
                WORDS[floor],
                self.missing.get(name, ""),
                WORDS[name],
                aim if name == CONVENOR else None,
            )
            for name in others
        ]

    async def ask(self, command: str, locale: str = "en-GB", *, by: str = "", **options: str) -> str:
        """Use a command, as the owner unless it is `by` another; returns the token to ask for the answer by.

        A command of several words is one of a group. One that begins with `!` is a message, and has no token.
        """
        user = by or self.owner
        if command.startswith("!"):
            await self.server.order("say", channel=self.channel, user=user, content=command)
            return ""
        name, *further = command.split()
        given: list[JSON] = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
        for word in reversed(further):
            given = [{"name": word, "type": 1, "options": given}]
        data: JSON = {"id": "1", "name": name, "type": 1, "options": given}
        token: str = await self.server.order(
            "interact", channel=self.channel, user=user, type=2, data=data, locale=locale, message=None
        )
        return token

    async def timed(self, program: Program, command: str, locale: str = "en-GB", **options: str) -> float:
        """Use a command and wait for the answer; returns the seconds from dispatch to answer.

        Raises:
            RuntimeError: the answer is not what a person wants to see.
        """
        token = await self.ask(command, locale, **options)
        seconds, *_ = await program.heard("answered")
        if token:
            check(await self.server.order("answer", token=token), command)
        return float(seconds)

    async def crowd(self, many: int) -> list[str]:
        """Let so many people join; returns who they are."""

        async def join(number: int) -> str:
            user: JSON = await self.server.order("make_user", name=f"person.{number}")
            await self.server.order("join", guild=self.guild, user=user["id"])
            return user["id"]

        joined: list[str] = []
        for start in range(0, many, AT_ONCE):
            joined += await asyncio.gather(*map(join, range(start, min(start + AT_ONCE, many))))
        return joined


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
async def scene(*others: str) -> AsyncGenerator[Scene]:
    """Start the small Discord and make the scene, for Convenor, a bare bot, and other programs where given."""
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
            for program in (CONVENOR, BARE, *others):
                await made.prepare(program)
            yield made

"""Starts the real bot and points it at the server of the tests: `python -m tests.wire.launch`.

Here, and nowhere in the bot itself, are what only tests want: another address, shorter waits before connecting again,
and a death at a named point. The environment says which:

- `WIRE_PORT`: the server's port. Required.
- `WIRE_DIE_AT`: `claimed:3` lets the process be killed (as by `kill -9`) the third time that it gets to that point.
  The points are `claimed`, `sending`, `answered` and `marked`.
- `WIRE_STOP_AT`: the same, but the process is stopped there, as by `kill -STOP`, and may go on later.
- `WIRE_HURRY_LEAD`: by how much the times are divided in which one of several processes is found to be silent.
- `WIRE_CLOCK_AHEAD`: by how many seconds the clock of the host is wrong.
- `WIRE_CLOCK_FILE`: a file that says so anew whenever the bot looks at the clock, once it is there.
- `WIRE_SLOW_FILE`: a file with the seconds that each use of the database takes longer, once it is there.
- `WIRE_PROMISE_AFTER`: after how many seconds an answer is promised, 1.8 unless given.
- `WIRE_NO_DATES`: Discord's answers do not say what time it is.
- `WIRE_HEARTBEAT_TIMEOUT`: after how many seconds of silence the bot gives a connection up, 60 unless given.
- `WIRE_HURRY`: by how much the waits before connecting again are divided, 20 unless given.
- `WIRE_HURRY_RETRIES`: by how much the engine's pauses between two tries are divided, 1 unless given.
- `DISCORD_TOKEN`, `DATABASE_URL` and the other settings, as always.
"""

import asyncio
import importlib
import os
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import app, cli, health, prompt, running, sharding
from bot.app import Convenor, create_bot
from bot.clock import Clock
from bot.delivery import Engine, engine
from bot.logs import set_up_logging
from bot.pace import Pace
from bot.settings import Settings
from data.database import Database
from data.faults import DatabaseFault
from tests.wire import notice

# By name: the checker of types takes `data` for the tests of that name here.
engines: Any = importlib.import_module("data.engines")
identifying: Any = importlib.import_module("data.identifying")
leading: Any = importlib.import_module("data.leading")

READY_SECONDS = 0.1
# Before or after which step of the engine a named point lies.
POINTS = {
    "claimed": ("_send", "before"),
    "sending": ("_attempt", "before"),
    "answered": ("_done", "before"),
    "marked": ("_done", "after"),
}


def point_at(port: int) -> None:
    """Let discord.py take the server on that port of 127.0.0.1 for Discord."""
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway/")
    # Its type says that it is one address and no other.
    setattr(discord.Asset, "BASE", f"http://127.0.0.1:{port}/cdn")  # noqa: B010


def hurry(factor: float) -> None:
    """Divide the waits between two connections."""
    whole: Callable[[ExponentialBackoff[Any]], float] = ExponentialBackoff.delay

    def shorter(self: "ExponentialBackoff[Any]") -> float:
        return whole(self) / factor

    # It promises whole seconds.
    setattr(ExponentialBackoff, "delay", shorter)  # noqa: B010


class HurriedPace(Pace):
    """As if time ran faster."""

    def __init__(self, factor: float) -> None:
        super().__init__(lambda: time.monotonic() * factor)
        self._factor = factor

    def pause(self, shard_id: int | None) -> float:
        return super().pause(shard_id) / self._factor


def hurry_retries(factor: float) -> None:
    """Divide the pauses of the delivery engine between two tries of one delivery, and its patience with an answer."""
    engine.RETRY_PAUSES = tuple(pause / factor for pause in engine.RETRY_PAUSES)
    engine.SETTLING /= factor
    engine.ANSWER_SECONDS /= factor
    engine.UNAVAILABLE_PAUSE /= factor


def hurry_lead(factor: float) -> None:
    """Divide the times in which one of several processes is found to be silent."""
    for name in ("BEAT", "CERTAIN", "SILENT", "LOOK"):
        setattr(leading, name, getattr(leading, name) / factor)
    engines.IDLE_SECONDS /= factor


def end_at(point: str, which: int, how: signal.Signals) -> None:
    """Kill or stop this process the given time (from 1) that it gets to a point of the delivery engine."""
    step, moment = POINTS[point]
    real: Callable[..., Awaitable[Any]] = getattr(Engine, step)
    passed = 0

    def reached(now: str) -> None:
        nonlocal passed
        passed += moment == now
        if moment == now and passed == which:
            os.kill(os.getpid(), how)

    async def stopping(self: Engine, *arguments: Any) -> Any:
        reached("before")
        result = await real(self, *arguments)
        reached("after")
        return result

    setattr(Engine, step, stopping)


def slow_database(file: Path) -> None:
    """Let each use of the database begin late, by as many seconds as the file says at that moment."""
    real: Callable[..., Any] = getattr(Database, "_session")  # noqa: B009 - private to it

    @asynccontextmanager
    async def late(self: Database, *arguments: Any) -> AsyncGenerator[Any]:
        if file.exists():
            await asyncio.sleep(float(file.read_text()))
        async with real(self, *arguments) as session:
            yield session

    setattr(Database, "_session", late)  # noqa: B010


def hurry_starts(factor: float) -> None:
    """Divide the pauses between two tries to reach Discord at a start, and the patience with a silent connection."""
    running.FIRST_PAUSE /= factor
    running.LONGEST_PAUSE /= factor
    health.GRACE /= factor


def factor() -> float:
    """By how much waits between two connections are divided."""
    return float(os.environ.get("WIRE_HURRY", "20"))


def deaf(_clock: Clock, _date: str | None) -> None:
    """Stands for `Clock.heard` where no answer says what time it is."""


def host_clock() -> datetime:
    """The time as a host has it whose clock is wrong."""
    ahead = os.environ.get("WIRE_CLOCK_AHEAD", "0")
    if "WIRE_CLOCK_FILE" in os.environ:
        file = Path(os.environ["WIRE_CLOCK_FILE"])
        ahead = file.read_text() if file.exists() else ahead
    return discord.utils.utcnow() + timedelta(seconds=float(ahead))


def make_bot(settings: Settings, **options: Any) -> Convenor:
    """The bot as it always is, ready a little sooner, and knowing one more kind of delivery."""
    timeout = float(os.environ.get("WIRE_HEARTBEAT_TIMEOUT", "60"))
    options |= {"guild_ready_timeout": READY_SECONDS, "heartbeat_timeout": timeout}
    bot = create_bot(settings, clock=host_clock, **options)
    bot.pace = HurriedPace(factor())
    notice.register(bot)
    return bot


def main() -> None:
    """Run until told to stop."""
    point_at(int(os.environ["WIRE_PORT"]))
    hurry(factor())
    hurry_starts(factor())
    hurry_retries(float(os.environ.get("WIRE_HURRY_RETRIES", "1")))
    hurry_lead(float(os.environ.get("WIRE_HURRY_LEAD", "1")))
    sharding.GAP /= factor()
    identifying.SETTLED /= factor()
    for order, how in (("WIRE_DIE_AT", signal.SIGKILL), ("WIRE_STOP_AT", signal.SIGSTOP)):
        if order in os.environ:
            point, _, which = os.environ[order].partition(":")
            end_at(point, int(which or "1"), how)
    prompt.AFTER = float(os.environ.get("WIRE_PROMISE_AFTER", prompt.AFTER))
    if "WIRE_SLOW_FILE" in os.environ:
        slow_database(Path(os.environ["WIRE_SLOW_FILE"]))
    settings = Settings.load(env_file=None)
    set_up_logging(settings.log_level, settings.log_format)
    if "WIRE_NO_DATES" in os.environ:
        setattr(Clock, "heard", deaf)  # noqa: B010
    # The command line makes the bot by this name.
    app.create_bot = make_bot
    try:
        asyncio.run(cli.run_bot(settings))
    except (cli.Fault, DatabaseFault) as fault:
        cli.say(str(fault))
        raise SystemExit(cli.FAULT) from None


if __name__ == "__main__":
    main()

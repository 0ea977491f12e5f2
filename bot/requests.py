"""How requests are sent, beyond what the library sees to: not twice, and not before their time.

discord.py tries a request again where Discord answers 500, 502, 504 or 524. Discord may have done what was asked all
the same; for a message the nonce tells, but a thread or an event would be there twice. Inside `once()` a POST whose
outcome is unknown raises `Repeated` where the library would send it again.

Where Discord turns a request away for a while, discord.py lets that one request wait, and sends others that the same
limit is for. Each of them counts as invalid, and too many of them shut the program out. Here they wait as well.

Nor does it mind the limit over all routes before it is told. Here everything waits for its turn, and what is sent
inside `in_bulk()` leaves room for what people wait for.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
from yarl import URL

from bot.pace import Turns
from bot.windows import Windows

RATE_LIMITED = 429
UNKNOWN = 500
# Longer than this nothing waits here: whoever wants it sent is told.
LONGEST_WAIT = 60.0
# What has a limit of its own: the channel, server or webhook at the beginning of a path; further ids do not count.
ROUTE = re.compile(r"(.*?/(?:channels|guilds)/\d+|.*?/webhooks/\d+/[^/]+)?(.*)")
# Answers to interactions are no part of the limit over everything.
APART = re.compile(r"/(?:interactions|webhooks)/")

# What became of each POST of the block: the status of the answer, or None where none came yet.
_outcomes: ContextVar[dict[str, int | None] | None] = ContextVar("outcomes", default=None)
_bulk: ContextVar[bool] = ContextVar("bulk", default=False)
_allowed: ContextVar[Callable[[], bool]] = ContextVar("allowed", default=lambda: True)
# What ends the block if an answer takes too long, and how many seconds that is.
_patience: ContextVar[tuple[asyncio.Timeout, float] | None] = ContextVar("patience", default=None)


class Repeated(Exception):
    """A request was about to be sent again though it may have been carried out."""


@contextmanager
def once() -> Generator[None]:
    """What is posted inside is sent again only where it surely was not carried out."""
    token = _outcomes.set({})
    try:
        yield
    finally:
        _outcomes.reset(token)


class Withheld(Exception):
    """A request was about to be sent by a process that may not send it any more."""


@contextmanager
def only_while(allowed: Callable[[], bool]) -> Generator[None]:
    """What is asked for inside is sent only where `allowed` says so at the last moment; else it raises `Withheld`."""
    token = _allowed.set(allowed)
    try:
        yield
    finally:
        _allowed.reset(token)


@contextmanager
def in_bulk() -> Generator[None]:
    """What is sent inside is one of many, and nobody waits for it."""
    token = _bulk.set(True)
    try:
        yield
    finally:
        _bulk.reset(token)


@asynccontextmanager
async def answered_within(seconds: float) -> AsyncGenerator[None]:
    """Each request of the block is to be answered within that time from when it is sent, however long it waited before.

    discord.py lets nothing else to a channel through while the first request to it has no answer, and would wait for
    five minutes.

    Raises:
        TimeoutError: one was not; whether it was carried out is not known.
    """
    async with asyncio.timeout(None) as ends:
        token = _patience.set((ends, seconds))
        try:
            yield
        finally:
            _patience.reset(token)


def _be_patient(*, waiting: bool) -> None:
    if (patience := _patience.get()) is not None and not patience[0].expired():
        ends, seconds = patience
        ends.reschedule(asyncio.get_running_loop().time() + seconds if waiting else None)


@dataclass(slots=True)
class Manners:
    """Watches every request; give the bot its `trace()` as `http_trace`.

    Attributes:
        heard: is told the header `Date` of every answer.
        waits: until when (by the loop's clock) what may not be sent: a route, or everything.
    """

    heard: Callable[[str | None], None] = lambda _date: None
    waits: dict[str, float] = field(default_factory=dict[str, float])
    turns: Turns = field(default_factory=Turns)
    windows: Windows = field(default_factory=Windows)
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock)

    def trace(self) -> aiohttp.TraceConfig:
        """What the library is given."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._starts)
        config.on_request_headers_sent.append(self._goes_out)
        config.on_request_chunk_sent.append(self._goes_out)
        config.on_request_end.append(self._ends)
        config.on_request_exception.append(self._failed)
        return config

    async def _starts(
        self, _session: aiohttp.ClientSession, _context: Any, request: aiohttp.TraceRequestStartParams
    ) -> None:
        key = str(request.url)
        outcomes = _outcomes.get() if request.method == "POST" else None
        if outcomes is not None and key in outcomes:
            status = outcomes[key]
            if status is None or status >= UNKNOWN:
                raise Repeated(key)
        await self._wait(request.method, request.url)
        if outcomes is not None:
            outcomes[key] = None
        _be_patient(waiting=True)

    async def _goes_out(
        self,
        _session: aiohttp.ClientSession,
        _context: Any,
        request: aiohttp.TraceRequestHeadersSentParams | aiohttp.TraceRequestChunkSentParams,
    ) -> None:
        # Despite their names both are told just before: after all waits, and the second of them before the first byte.
        if not _allowed.get()():
            raise Withheld(str(request.url))

    async def _failed(
        self, _session: aiohttp.ClientSession, _context: Any, _request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        _be_patient(waiting=False)

    async def _wait(self, method: str, url: URL) -> None:
        """Wait until it may be sent.

        Raises:
            discord.RateLimited: that would take too long.
        """
        route = route_of(method, url)
        sent = False
        while not sent:
            await self._pause(lambda: max(self._left(route, "proxy"), self.windows.wait(route)))
            if not APART.search(url.path):
                await self._wait_for_turn()
            # While it waited for its turn, others may have used up what was left.
            sent = self.windows.take(route)

    async def _wait_for_turn(self) -> None:
        if not _bulk.get():
            await self._pause(lambda: max(self._left("everything", "proxy"), self.turns.wait(bulk=False)))
            self.turns.take()
            return
        async with self._queue:
            await self._pause(lambda: max(self._left("everything", "proxy"), self.turns.wait(bulk=True)))
            self.turns.take()

    def _left(self, *names: str) -> float:
        """How many seconds these may not be sent yet."""
        return max(self.waits.get(name, 0.0) for name in names) - asyncio.get_running_loop().time()

    async def _pause(self, left: Callable[[], float]) -> None:
        """Wait as long as anything is left to wait for.

        Raises:
            discord.RateLimited: that would take too long.
        """
        while (wait := left()) > 0:
            if wait > LONGEST_WAIT:
                raise discord.RateLimited(wait)
            await asyncio.sleep(wait)

    async def _ends(
        self, _session: aiohttp.ClientSession, _context: Any, request: aiohttp.TraceRequestEndParams
    ) -> None:
        _be_patient(waiting=False)
        response = request.response
        self.heard(response.headers.get("Date"))
        self.windows.told(route_of(request.method, request.url), response.headers)
        if request.method == "POST" and (outcomes := _outcomes.get()) is not None:
            outcomes[str(request.url)] = response.status
        if response.status != RATE_LIMITED:
            return
        seconds = response.headers.get("Retry-After", "")
        if not seconds.isdecimal():
            return
        if "Via" not in response.headers:
            # Not Discord itself, but the proxy before it.
            name = "proxy"
        elif "X-RateLimit-Global" in response.headers:
            name = "everything"
        else:
            name = route_of(request.method, request.url)
        now = asyncio.get_running_loop().time()
        self.waits = {known: until for known, until in self.waits.items() if until > now}
        self.waits[name] = max(self.waits.get(name, 0.0), now + float(seconds))


def route_of(method: str, url: URL) -> str:
    """What a request counts against: its method and path, without the ids of messages and the like."""
    found = ROUTE.fullmatch(url.path)
    major, rest = (found[1] or "", found[2]) if found else ("", url.path)
    return f"{method} {major}{re.sub(r'[0-9]{10,}', '', rest)}"

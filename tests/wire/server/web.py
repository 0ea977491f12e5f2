"""Requests from sockets to routes and back: tokens, limits, faults, and a record of every exchange."""

import asyncio
import json
import random
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import urlencode

from aiohttp import BodyPartReader, web

from tests.wire.server import rest_channels, rest_guilds, rest_interactions, rest_messages, rest_start
from tests.wire.server.errors import ApiError
from tests.wire.server.faults import Fault, Plan
from tests.wire.server.gateway import Gateway
from tests.wire.server.limits import Limits, Refused
from tests.wire.server.reading import listed
from tests.wire.server.routing import Route, call_of, find
from tests.wire.server.state import File, State

JSON = dict[str, Any]
ROOMS = (rest_channels, rest_guilds, rest_interactions, rest_messages, rest_start)
PAGE = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>{status}</h1></body></html>"
# discord.py knows Discord by this header, and takes a 429 without it for one of Cloudflare's.
VIA = {"Via": "1.1 google"}


class Cut(Exception):
    """The connection is closed without an answer."""


@dataclass(slots=True)
class Answer:
    """What goes back."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    page: bool = False

    def response(self) -> web.Response:
        """For the socket. The type must be exactly `application/json`, or discord.py does not read it."""
        if self.page:
            return web.Response(
                status=self.status, text=PAGE.format(status=self.status), content_type="text/html", headers=self.headers
            )
        if self.body is None:
            return web.Response(status=self.status, headers=self.headers)
        headers = {"Content-Type": "application/json", **self.headers}
        return web.Response(status=self.status, body=json.dumps(self.body).encode(), headers=headers)


@dataclass(slots=True)
class Asked:
    """A request as it was read."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[File]


@dataclass(slots=True)
class Api:
    """REST.

    Attributes:
        unknown: routes that do not exist here, with how often they were called: a test that finds any has failed.
        broken: faults of this server itself.
        calls: method, path and time of every request, in order.
        down: what becomes of everything in an outage: `503`, `drop` or `reset`; empty while there is none.
        delay: how long what is posted and its answer are on their way, in seconds, at least and at most.
        record: where exchanges are written, one JSON object a line.
    """

    state: State
    gateway: Gateway
    limits: Limits = field(default_factory=Limits)
    plan: Plan = field(default_factory=Plan)
    down: str = ""
    unknown: dict[str, int] = field(default_factory=dict[str, int])
    broken: list[str] = field(default_factory=list[str])
    calls: list[JSON] = field(default_factory=list[JSON])
    record: TextIO | None = None
    delay: tuple[float, float] = (0.0, 0.0)
    _chance: random.Random = field(default_factory=lambda: random.Random(5))

    def keep_record(self, path: Path) -> None:
        """Write every exchange to a file from now on."""
        self.record = path.open("a", encoding="utf-8", buffering=1)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request to `/api/v10/...`."""
        asked = await _read(request)
        call: JSON = {"method": asked.method, "path": asked.path, "at": time.time(), "status": None}
        self.calls.append(call)
        await self._travel(asked)
        try:
            answer, natural = await self._answer(asked, request.headers.get("Authorization"))
        except Cut as cut:
            self._write(asked, None, str(cut))
            _cut(request, reset=str(cut) == "reset")
            raise ConnectionResetError(str(cut)) from None
        call["status"] = answer.status
        self._write(asked, answer if natural else None, "")
        await self._travel(asked)
        return answer.response()

    async def _travel(self, asked: Asked) -> None:
        """How long a request, or its answer, is on its way."""
        if self.delay[1] and asked.method == "POST":
            await asyncio.sleep(self._chance.uniform(*self.delay))

    async def _answer(self, asked: Asked, authorization: str | None) -> tuple[Answer, bool]:
        """The answer, and whether it is one that Discord itself would give (and not a proxy, or an outage)."""
        if self.down:
            if self.down != "503":
                raise Cut(self.down)
            return Answer(503, page=True), False
        found = find(asked.method, asked.path)
        if found is None:
            name = f"{asked.method} {asked.path}"
            self.unknown[name] = self.unknown.get(name, 0) + 1
            return Answer(501, {"message": f"tests/wire does not know {name}", "code": 0}), True
        route, parts = found
        if not route.open and authorization != f"Bot {self.state.token}":
            self.limits.answered(401)
            return Answer(401, {"message": "401: Unauthorized", "code": 0}, VIA), True
        refused = self.limits.take(route.name, asked.path, free=route.open)
        if refused is not None:
            return self._refuse(route, asked, refused), refused.scope != "page"
        fault = self.plan.take(asked.method, asked.path)
        if fault is None:
            return self._work(route, parts, asked), True
        return await self._faulty(fault, route, parts, asked)

    def _work(self, route: Route, parts: dict[str, str], asked: Asked) -> Answer:
        try:
            status, body = route.work(call_of(self.state, parts, asked.query, asked.body, asked.files))
        except ApiError as error:
            status, body = error.status, error.body
        except (KeyError, TypeError, ValueError) as error:
            self.broken.append(f"{route.name}: {error!r}")
            status, body = 500, {"message": "500: Internal Server Error", "code": 0}
        self.limits.answered(status)
        # As it is now: the same object may be changed before it is recorded or sent.
        body = json.loads(json.dumps(body))
        return Answer(status, body, {**VIA, **self.limits.headers(route.name, asked.path)})

    async def _faulty(self, fault: Fault, route: Route, parts: dict[str, str], asked: Asked) -> tuple[Answer, bool]:
        answer = self._work(route, parts, asked) if fault.commit else None
        match fault.deed:
            case "drop" | "reset":
                raise Cut(fault.deed)
            case "status":
                body = {"message": f"{fault.status}: ordered by a test", "code": fault.code}
                return Answer(fault.status, body, VIA, page=fault.html), False
            case "limit":
                scope = fault.scope if fault.via else "page"
                refused = self.limits.block(route.name, asked.path, scope, fault.retry_after)
                return self._refuse(route, asked, refused), fault.via
            case "slow":
                await asyncio.sleep(fault.seconds)
            case "hold":
                fault.reached.set()
                await fault.released.wait()
            case _:
                fault.reached.set()
                await fault.released.wait()
                raise Cut("drop")
        return answer or self._work(route, parts, asked), True

    def _refuse(self, route: Route, asked: Asked, refused: Refused) -> Answer:
        body, headers = self.limits.refusal(refused)
        self.limits.answered(429, refused.scope)
        if refused.scope == "page":
            return Answer(429, None, {"Retry-After": headers["Retry-After"]}, page=True)
        return Answer(429, body, {**VIA, **headers, **self.limits.headers(route.name, asked.path)})

    def _write(self, asked: Asked, answer: Answer | None, source: str) -> None:
        if self.record is None or f"{asked.method} {asked.path}" in self.unknown:
            return
        line: JSON = {
            "method": asked.method,
            "path": f"{asked.path}?{urlencode(asked.query)}" if asked.query else asked.path,
            "request": asked.body,
            "status": None if answer is None else answer.status,
            "response": None if answer is None else answer.body,
        }
        if source:
            line["source"] = source
        self.record.write(json.dumps(line) + "\n")


async def _read(request: web.Request) -> Asked:
    path = request.path.removeprefix("/api/v10")
    query = dict(request.query)
    files: list[File] = []
    body: Any = None
    if request.content_type == "multipart/form-data":
        body, files = await _read_parts(request)
    elif request.can_read_body:
        raw = await request.read()
        body = json.loads(raw) if raw else None
    return Asked(request.method, path, query, body, files)


async def _read_parts(request: web.Request) -> tuple[Any, list[File]]:
    body: Any = None
    files: list[File] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = await part.read()
        if part.name == "payload_json":
            body = json.loads(data)
        else:
            files.append(File(part.filename or "file", len(data), part.headers.get("Content-Type")))
    about = cast("list[Mapping[str, Any]]", listed(body or {}, "attachments"))
    for number, one in enumerate(about[: len(files)]):
        files[number].description = one.get("description")
    return body, files


def _cut(request: web.Request, *, reset: bool) -> None:
    """Close the connection now; with a reset, what the other side reads fails at once (ECONNRESET)."""
    transport = request.transport
    if transport is None:
        return
    if reset:
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

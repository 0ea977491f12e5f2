"""HTTP itself. One request for each connection, and little time for it: nobody can hold what others need."""

import asyncio
import ipaddress
import logging
import math
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.errors import report
from bot.web.limits import Limit
from bot.web.routes import NOT_FOUND, Answer, Request, Routes

# A connection ends after that many seconds, however slowly it sends or reads.
CONNECTION_SECONDS = 15.0
ANSWER_SECONDS = 10.0
STOP_SECONDS = 3.0
CONNECTIONS = 200
# An office, or a calendar service that asks for many people, comes from one address.
ADDRESS_LIMIT = (120, 0.5)
# Whoever asks for what is not there gets fewer tries: secret addresses are not for guessing.
MISSED_LIMIT = (20, 6.0)

# What the library itself has to say is about requests that nobody could read; it would quote them.
_unread = logging.getLogger("convenor.web.unread")
_unread.setLevel(logging.CRITICAL)

SAFE = {
    # Says neither program nor version.
    "Server": "convenor",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Connection(web.RequestHandler):
    """One connection, with an end set to it from the start."""

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set the end; of too many at once, the newest is not taken."""
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - it is a server of TCP
        listener = self._manager
        if listener is not None and len(listener.connections) > CONNECTIONS:
            transport.abort()
            return
        self._end = asyncio.get_running_loop().call_later(CONNECTION_SECONDS, transport.abort)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Nothing is left to end."""
        if self._end is not None:
            self._end.cancel()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that cannot be read, without repeating or logging what it said."""
        if request.writer.output_size > 0:
            raise ConnectionError("part of another answer was sent already")
        return response_of(Answer(status, f"{phrase(status)}.\n".encode()))


class Manager(web.Server):
    """Makes the connections."""

    def __call__(self) -> web.RequestHandler:
        """A new connection."""
        return Connection(
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,  # pyright: ignore[reportArgumentType] - its type forgets that None switches it off
            logger=_unread,
            keepalive_timeout=CONNECTION_SECONDS,
            lingering_time=0.0,
            max_line_size=2048,
            max_field_size=4096,
            max_headers=64,
        )


class Listener:
    """Listens, and answers from the registry.

    Args:
        routes: what is answered, and by whom.
    """

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._asked = Limit(*ADDRESS_LIMIT)
        self._missed = Limit(*MISSED_LIMIT)
        self._runner: web.ServerRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port.

        Raises:
            OSError: it is taken, or no address of this machine.
        """
        await self.stop()
        self._runner = web.ServerRunner(Manager(self._handle), handle_signals=False, shutdown_timeout=STOP_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, reuse_address=True)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Take no more, and end what is under way."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        return response_of(await self._answer(request))

    async def _answer(self, request: web.BaseRequest) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return Answer(405, b"Only GET and HEAD.\n", headers={"Allow": "GET, HEAD"})
        now, address = asyncio.get_running_loop().time(), address_of(request)
        route = self._routes.find(request.path)
        free = route is not None and not route.limited
        if not free and (wait := self._asked.wait(address, now)):
            return too_often(wait)
        if route is None:
            answer = NOT_FOUND
        else:
            headers = {name.lower(): value for name, value in request.headers.items()}
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    answer = await route.handler(Request(request.path, address, headers))
            except Exception as error:  # noqa: BLE001 - the one error path; the path itself may be a secret
                await report(error, where=f"web {route.path}")
                answer = Answer(503, b"Not now. Please try again later.\n", headers={"Retry-After": "300"})
        if answer.status == NOT_FOUND.status and (wait := self._missed.wait(address, now)):
            return too_often(wait)
        return answer


def too_often(seconds: float) -> Answer:
    """Tell somebody to come back later."""
    return Answer(429, b"Too many requests.\n", headers={"Retry-After": str(math.ceil(seconds))})


def phrase(status: int) -> str:
    """What a status is called."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def response_of(answer: Answer) -> web.Response:
    """An answer as the library sends it, with what keeps browsers from doing anything with it but show it."""
    headers = {"Cache-Control": "no-store", **SAFE, "Content-Type": answer.content_type, **answer.headers}
    response = web.Response(status=answer.status, body=answer.body, headers=headers)
    response.force_close()
    return response


def address_of(request: web.BaseRequest) -> str:
    """Who asks. Of a proxy on this machine, what it says of whoever asked it; it adds that last.

    Whoever has a network of IPv6 of their own counts as one.
    """
    peer: Any = request.transport.get_extra_info("peername") if request.transport else None
    found = _address(str(peer[0]) if peer else "")
    if found is not None and found.is_loopback:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        found = _address(said) or found
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

"""The page on which the simulated server can be walked: people and places on the left, a conversation in the middle."""

import asyncio
import json
import logging
import os
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.demo.files import SAFE_HEADERS, Files
from bot.demo.markdown import show_as_discord
from bot.demo.pictures import portrait
from bot.demo.proxy import PreviewProxy
from bot.demo.stage import Stage, StageError
from bot.demo.world import Persona, World

log = logging.getLogger("convenor.demo")

HOST = "127.0.0.1"
_LOOPBACK_NAMES = (HOST, "localhost")
_SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
# A line now and then, so that a browser that went away is noticed.
_HEARTBEAT_SECONDS = 20
Middleware = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Demo:
    """A page that is being served. `url` is its address."""

    url: str
    stage: Stage


@asynccontextmanager
async def serve(
    world: World,
    *,
    newcomers: Sequence[Persona] = (),
    listener: socket.socket | None = None,
    unread_since: datetime | None = None,
    place: str = "",
    walks: bool = False,
) -> AsyncGenerator[Demo]:
    """Serve the page for a world, on 127.0.0.1 only, until left.

    `newcomers` join one by one when the page is asked for it. `listener` comes from `listen` and is closed at the end;
    without it the system chooses a free port. What was said since `unread_since` is unread to everyone at first.
    `place` is the name of the channel that the owner looks at in the beginning. With `walks` the page offers the walk
    through the scenes, which are those of the sample server.
    """
    show_as_discord()
    stage = Stage(world, newcomers, unread_since=unread_since, walks=walks)
    files = Files()
    proxy = PreviewProxy(stage, files)
    async with AsyncExitStack() as stack:
        page_socket = stack.enter_context(listener or listen(0))
        frame_socket = stack.enter_context(listen(0))
        page_origins, frame_origins = _origins(page_socket), _origins(frame_socket)
        proxy.framed_by = page_origins
        files.policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            f"frame-src {frame_origins[0]}; base-uri 'none'; form-action 'none'; "
            f"frame-ancestors {' '.join(page_origins)}"
        )
        page = _Page(stage, files, frame_origins[0])
        await stage.open(stage.person.persona.key, str(world.channel(place).id) if place else "")
        stack.push_async_callback(stage.close)
        for app, taken, origins in (
            (proxy.app(), frame_socket, frame_origins),
            (page.app(), page_socket, page_origins),
        ):
            runner = await _start(app, taken, origins)
            stack.push_async_callback(runner.cleanup)
        stack.callback(page.closing.set)
        yield Demo(page_origins[0] + "/", stage)


class _Page:
    """The routes of the page itself. What changes the world is a POST of JSON from this very page."""

    def __init__(self, stage: Stage, files: Files, frame_origin: str) -> None:
        self.stage = stage
        self.files = files
        self.frame_origin = frame_origin
        self.closing = asyncio.Event()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._explain])
        for path, name in (
            ("/", "page.html"),
            ("/page.css", "page.css"),
            ("/page.js", "page.js"),
            ("/dom.js", "dom.js"),
            ("/walk.js", "walk.js"),
            ("/texts.json", "texts.json"),
            ("/walk.json", "walk.json"),
            ("/icon.svg", "icon.svg"),
        ):
            app.router.add_get(path, self.files.handler(name))
        app.router.add_get("/picture/{key}.png", self._picture)
        app.router.add_get("/api/state", self._state)
        app.router.add_get("/api/changes", self._changes)
        app.router.add_post("/api/{action}", self._act)
        return app

    async def _state(self, _request: web.Request) -> web.Response:
        return self._answer()

    async def _act(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="JSON, please.")
        try:
            body: Any = await request.json()
        except ValueError:
            raise web.HTTPBadRequest(text="This is no JSON.") from None
        await self._do(request.match_info["action"], body)
        return self._answer()

    async def _do(self, action: str, body: Any) -> None:
        stage = self.stage
        match action, body:
            case "open", {"person": str(person), "place": str(place)}:
                await stage.open(person, place)
            case "newcomer", _:
                await stage.newcomer()
            case "scene", {"key": str(key)}:
                await stage.scene(key)
            case "accept", {"person": str(person)}:
                await stage.accept_rules(person)
            case "time", {"span": ("hour" | "day" | "week") as span}:
                await stage.pass_time(_SPANS[span], span)
            case "restart", _:
                await stage.restart()
            case "interest", {"event": str(event), "interested": bool(interested)} if event.isdecimal():
                await stage.interest(int(event), interested=interested)
            case _:
                raise web.HTTPNotFound(text="There is nothing like that to do.")

    def _answer(self) -> web.Response:
        state = self.stage.describe()
        preview = self.stage.preview
        if preview is None:
            state["frame"] = None
        else:
            # The capability stays behind the #: it opens the conversation, and no server log ever sees it.
            capability = preview.url.partition("#")[2]
            person = self.stage.person.persona
            state["frame"] = f"{self.frame_origin}/?lang={person.locale}#{capability}"
        return web.json_response(state, headers=SAFE_HEADERS, dumps=_dumps)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Tell the page each new version as it comes (server-sent events); the page then asks for the state."""
        stream = web.StreamResponse(headers=SAFE_HEADERS | {"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        version = -1
        closing = asyncio.create_task(self.closing.wait())
        try:
            while not self.closing.is_set():
                change = asyncio.create_task(self.stage.changed(version))
                await asyncio.wait({change, closing}, timeout=_HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if change.done():
                    version = change.result()
                    await stream.write(f"data: {version}\n\n".encode())
                else:
                    change.cancel()
                    with suppress(asyncio.CancelledError):
                        await change
                    await stream.write(b": still here\n\n")
        except ConnectionError:
            pass
        finally:
            closing.cancel()
        return stream

    async def _picture(self, request: web.Request) -> web.Response:
        person = self.stage.world.people.get(request.match_info["key"])
        if person is None:
            raise web.HTTPNotFound
        picture = portrait(person.name, key=person.persona.key)
        return web.Response(body=picture, content_type="image/png", headers=SAFE_HEADERS)

    @web.middleware
    async def _explain(self, request: web.Request, handler: Any) -> web.StreamResponse:
        try:
            return await handler(request)
        except StageError as error:
            return web.json_response({"error": str(error)}, status=409, headers=SAFE_HEADERS)
        except web.HTTPException:
            raise
        except TimeoutError:
            log.exception("%s took too long", request.path)
            return web.json_response({"error": "it took too long"}, status=504, headers=SAFE_HEADERS)
        except Exception:
            log.exception("%s failed", request.path)
            error = "the demo met an error; the terminal says more"
            return web.json_response({"error": error}, status=500, headers=SAFE_HEADERS)


def listen(port: int) -> socket.socket:
    """Take a port of 127.0.0.1; 0 takes any free one.

    Raises:
        OSError: the port is taken, or may not be.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Elsewhere this would let two programs listen on one port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def _origins(listener: socket.socket) -> tuple[str, ...]:
    port = listener.getsockname()[1]
    return tuple(f"http://{name}:{port}" for name in _LOOPBACK_NAMES)


async def _start(app: web.Application, listener: socket.socket, origins: tuple[str, ...]) -> web.AppRunner:
    """Serve an application to a browser on this machine, and to no page but its own.

    The Host header keeps out someone else's name that resolves to this machine; the Origin header keeps out other pages
    in the same browser.
    """

    @web.middleware
    async def only_from_here(request: web.Request, handler: Any) -> web.StreamResponse:
        if f"http://{request.headers.get('Host', '')}" not in origins:
            raise web.HTTPForbidden(text="This page is for this machine only.")
        origin = request.headers.get("Origin")
        if origin not in origins and (origin is not None or request.method not in {"GET", "HEAD"}):
            raise web.HTTPForbidden(text="This page takes orders from itself only.")
        return await handler(request)

    app.middlewares.insert(0, only_from_here)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    return runner


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""The way to simcord's preview: it refuses to be framed, so it is served again from a port that the page may frame.

Only this module talks to the preview over HTTP. It keeps the preview's own checks (host, origin, capability), makes its
actions wait their turn on the stage, translates what it says itself, and leaves everything else as it is.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, web

from bot.demo.files import Files
from bot.demo.phrasebook import localise_commands
from bot.demo.stage import Stage

_TIMEOUT = ClientTimeout(total=None, connect=5)
_LARGEST_BODY = 27 * 1024 * 1024
# What goes on and what comes back. Host and Origin are ours to set; the rest of a browser's headers mean nothing here.
_REQUEST_HEADERS = ("Accept", "Content-Type", "Range", "X-Simcord-Capability", "X-Simcord-Context")
_RESPONSE_HEADERS = (
    "Accept-Ranges",
    "Cache-Control",
    "Content-Disposition",
    "Content-Range",
    "Content-Type",
    "Pragma",
    "Referrer-Policy",
    "X-Content-Type-Options",
)
_RESPONSE_PREFIXES = ("x-display", "x-media", "x-simcord")
# These change the world; the others (looking around, completing what is typed) only need to be alone.
_ACTS = {
    "click",
    "delete_message",
    "edit_message",
    "modal_submit",
    "run_command",
    "select",
    "send_message",
    "set_pinned",
    "set_poll_votes",
    "set_reaction",
}
_OURS = '<link rel="stylesheet" href="/demo/frame.css"><script type="module" src="/demo/frame.js"></script>'


class PreviewProxy:
    """Serves the preview that the stage has open. `framed_by` are the origins of the page around it."""

    def __init__(self, stage: Stage, files: Files) -> None:
        self.stage = stage
        self.framed_by: tuple[str, ...] = ()
        self._files = files
        self._client: ClientSession | None = None

    def app(self) -> web.Application:
        """The application to serve; it must be reached under a loopback name."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.cleanup_ctx.append(self._lifetime)
        for name in ("frame.css", "frame.js", "texts.json"):
            app.router.add_get(f"/demo/{name}", self._files.handler(name))
        app.router.add_post("/api/action", self._action)
        app.router.add_get("/api/commands", self._commands)
        app.router.add_get("/", self._index)
        app.router.add_route("*", "/{path:.*}", self._other)
        return app

    async def _lifetime(self, _app: web.Application) -> AsyncGenerator[None]:
        async with ClientSession(timeout=_TIMEOUT, auto_decompress=False) as self._client:
            yield

    async def _index(self, request: web.Request) -> web.Response:
        answer = await self._look(request)
        html = answer.body.decode().replace("</head>", f"{_OURS}</head>")
        return replace(answer, body=html.encode()).response()

    async def _commands(self, request: web.Request) -> web.Response:
        answer = await self._look(request)
        if answer.status != web.HTTPOk.status_code:
            return answer.response()
        catalogue = json.loads(answer.body)
        localise_commands(catalogue, self.stage.world.env.backend.commands, self.stage.person.persona.locale)
        return replace(answer, body=json.dumps(catalogue, ensure_ascii=False).encode()).response()

    async def _action(self, request: web.Request) -> web.Response:
        body = await request.read()
        if _changes_the_world(request, body):
            answer = await self.stage.converse(lambda: self._ask(request, body))
        else:
            async with self.stage.alone():
                answer = await self._ask(request, body)
        return answer.response()

    async def _other(self, request: web.Request) -> web.Response:
        if request.method == "DELETE" and self.stage.preview is None:
            # A conversation that is left says so, even when it is gone already.
            return web.Response(status=web.HTTPNoContent.status_code)
        answer = await self._look(request, await request.read())
        if answer.status == web.HTTPOk.status_code and not request.path.startswith("/api/"):
            # The preview's own files, among them large typefaces, stay the same while it runs.
            answer.headers["Cache-Control"] = "private, max-age=3600"
            answer.headers.pop("Pragma", None)
        return answer.response()

    async def _look(self, request: web.Request, body: bytes = b"") -> "_Answer":
        """Ask without changing anything, once a conversation that is being opened is there."""
        if self.stage.preview is None:
            async with self.stage.alone():
                pass
        return await self._ask(request, body)

    async def _ask(self, request: web.Request, body: bytes = b"") -> "_Answer":
        preview = self.stage.preview
        if preview is None or self._client is None:
            raise web.HTTPGone(text="No conversation is open.", headers={"Cache-Control": "no-store"})
        target = urlsplit(preview.url)
        origin = f"{target.scheme}://{target.netloc}"
        headers = {name: request.headers[name] for name in _REQUEST_HEADERS if name in request.headers}
        if "Origin" in request.headers:
            # Where it came from was checked against our own address on the way in.
            headers["Origin"] = origin
        async with self._client.request(
            request.method, f"{origin}{request.path_qs}", headers=headers, data=body or None, allow_redirects=False
        ) as answer:
            return _Answer(answer.status, await answer.read(), self._response_headers(answer.headers))

    def _response_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        kept = {name: headers[name] for name in _RESPONSE_HEADERS if name in headers}
        kept |= {name: value for name, value in headers.items() if name.lower().startswith(_RESPONSE_PREFIXES)}
        policy = headers.get("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        kept["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", f"frame-ancestors {' '.join(self.framed_by)}"
        )
        return kept


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    def response(self) -> web.Response:
        return web.Response(status=self.status, body=self.body, headers=self.headers)


def _changes_the_world(request: web.Request, body: bytes) -> bool:
    if request.content_type.startswith("multipart/"):
        return True
    try:
        action: Any = json.loads(body)
        return action["kind"] in _ACTS
    except (ValueError, KeyError, TypeError):
        return False

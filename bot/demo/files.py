"""The page's own files: read once, served with the headers that keep them to themselves."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Files:
    """The files of the `static` folder. `policy` is the Content-Security-Policy of the page."""

    def __init__(self) -> None:
        self.policy = "default-src 'none'"

    def handler(self, name: str) -> Handler:
        """Return what serves one file. Raises FileNotFoundError at once if there is none."""
        path = STATIC / name
        path.stat()

        async def serve(_request: web.Request) -> web.Response:
            headers = SAFE_HEADERS | {"Content-Security-Policy": self.policy}
            return web.Response(
                body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=headers
            )

        return serve

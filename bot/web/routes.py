"""What can be asked over HTTP, and how it is answered: a feature registers a path and a function, without a library.

`bot.web.routes.add("/healthz", handler)` is for one path, `add("/calendar/", handler)` for all that begin so. GET and
HEAD are all there is: nothing that is asked changes anything.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        path: decoded, without the query.
        address: who asks: the network address, or the part of it that one household or office shares.
        headers: by their names in lower case.
    """

    path: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. To HEAD, and with status 304, the body is not sent."""

    status: int = 200
    body: bytes = b""
    content_type: str = TEXT
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Handler = Callable[[Request], Awaitable[Answer]]

# One and the same for what never was, what is gone, and what is not open to whoever asks.
NOT_FOUND = Answer(404, b"Not found.\n")


@dataclass(frozen=True, slots=True)
class Route:
    """A path, or a beginning of paths, and who answers."""

    path: str
    handler: Handler
    # Whether one address may ask only so often; not so for what a host's own monitor asks.
    limited: bool


@dataclass(slots=True)
class Routes:
    """The registry of all there is to ask."""

    _routes: dict[str, Route] = field(default_factory=dict[str, Route])

    def add(self, path: str, handler: Handler, *, limited: bool = True) -> None:
        """Let a function answer a path, or all that begin with it where it ends in a slash.

        Doing it again replaces the first, as when a cog is loaded again.

        Raises:
            ValueError: the path does not begin with a slash.
        """
        if not path.startswith("/"):
            raise ValueError(f"no path: {path}")
        self._routes[path] = Route(path, handler, limited)

    def find(self, path: str) -> Route | None:
        """Who answers a path: it itself, else the longest beginning; None where nobody does."""
        if path in self._routes:
            return self._routes[path]
        begin = [known for known in self._routes if known.endswith("/") and path.startswith(known)]
        return self._routes[max(begin, key=len)] if begin else None

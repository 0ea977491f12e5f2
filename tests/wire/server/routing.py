"""Routes: which function does the work of which method and path."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.wire.server.errors import invalid
from tests.wire.server.state import File, State

JSON = dict[str, Any]
Reply = tuple[int, Any]


@dataclass(slots=True)
class Call:
    """One request, read and understood.

    Attributes:
        state: what it works on.
        ids: the numbers in its path.
        words: the other variable parts of its path.
        query: what follows the question mark.
        body: its JSON, `{}` where there is none.
        files: what came along.
    """

    state: State
    ids: dict[str, int]
    words: dict[str, str]
    query: dict[str, str]
    body: Any
    files: list[File]

    def text(self, name: str, least: int, most: int) -> str:
        """A text of the body.

        Raises:
            ApiError: it is missing, or too short or long.
        """
        value = self.body.get(name)
        if value is None:
            raise invalid(**{name: "This field is required"})
        if not least <= len(value) <= most:
            raise invalid(**{name: f"Must be between {least} and {most} in length."})
        return value


Work = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """One method and path.

    Attributes:
        method: of HTTP.
        template: as Discord's description writes it, for instance `/channels/{channel_id}/messages`.
        work: what it does.
        open: it needs no token: what interactions and webhooks call.
    """

    method: str
    template: str
    work: Work
    open: bool
    pattern: re.Pattern[str] = field(repr=False)

    @property
    def name(self) -> str:
        """Method and template."""
        return f"{self.method} {self.template}"


ROUTES: list[Route] = []


def route(method: str, template: str, *, open: bool = False) -> Callable[[Work], Work]:  # noqa: A002 - reads best
    """Register the function that does a route's work."""

    def register(work: Work) -> Work:
        pattern = re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>{_part(found[1])})", template)
        ROUTES.append(Route(method, template, work, open, re.compile(pattern)))
        return work

    return register


def _part(name: str) -> str:
    return r"\d+" if name.endswith("_id") else "[^/]+"


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a request, and the variable parts of its path; what is written out wins over what varies."""
    fits = [(found, match) for found in ROUTES if found.method == method and (match := found.pattern.fullmatch(path))]
    if not fits:
        return None
    best, match = min(fits, key=lambda fit: fit[0].template.count("{"))
    return best, match.groupdict()


def call_of(state: State, parts: dict[str, str], query: dict[str, str], body: Any, files: list[File]) -> Call:
    """A request for a route's function."""
    ids = {name: int(value) for name, value in parts.items() if name.endswith("_id")}
    words = {name: value for name, value in parts.items() if not name.endswith("_id")}
    return Call(state, ids, words, query, {} if body is None else body, files)

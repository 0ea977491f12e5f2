"""Requests that the library must not repeat by itself.

discord.py tries a request again where Discord answers 500, 502, 504 or 524. Discord may have done what was asked all
the same; for a message the nonce tells, but a thread or an event would be there twice. Inside `once()` a POST whose
outcome is unknown raises `Repeated` where the library would send it again.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp

UNKNOWN = 500

# What became of each POST of the block: the status of the answer, or None where none came yet.
_outcomes: ContextVar[dict[str, int | None] | None] = ContextVar("outcomes", default=None)


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


def trace() -> aiohttp.TraceConfig:
    """What watches the requests: give it to the bot as `http_trace`."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_starts)
    config.on_request_end.append(_ends)
    return config


async def _starts(_session: aiohttp.ClientSession, _context: Any, request: aiohttp.TraceRequestStartParams) -> None:
    outcomes = _outcomes.get()
    if outcomes is None or request.method != "POST":
        return
    key = str(request.url)
    if key in outcomes:
        status = outcomes[key]
        if status is None or status >= UNKNOWN:
            raise Repeated(key)
    outcomes[key] = None


async def _ends(_session: aiohttp.ClientSession, _context: Any, request: aiohttp.TraceRequestEndParams) -> None:
    outcomes = _outcomes.get()
    if outcomes is not None and request.method == "POST":
        outcomes[str(request.url)] = request.response.status

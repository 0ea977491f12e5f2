"""Faults that a test orders: which requests they meet, how often, and what happens to them."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

# Each is done instead of the route's work, or after it (`commit`), so that the bot cannot tell whether it was done.
#   status    answer with `status` and an error body; `html` sends a page instead, as proxies do
#   drop      close the connection without an answer
#   reset     close the connection with a TCP reset
#   slow      wait `seconds`, then go on as usual
#   half_open never answer, and keep the connection until the order is removed
#   hold      wait until the test releases it; then go on as usual
#   limit     429 with `scope` (user, global, shared) and `retry_after`; without `via`, as Cloudflare answers
DEEDS = ("status", "drop", "reset", "slow", "half_open", "hold", "limit")


@dataclass(slots=True)
class Fault:
    """One order.

    Attributes:
        id: to hold, release and remove it by.
        method: GET, POST, ... or an empty text for all.
        route: a regular expression that the path after `/api/v10` has to match in full.
        deed: one of `DEEDS`.
        commit: do the route's work first.
        after: how many matching requests pass before the first that is met.
        times: how many are met; None for all until the order is removed.
        status: for `status`.
        code: the error code in the body, for `status`.
        html: a page instead of JSON.
        seconds: for `slow`.
        scope: for `limit`.
        retry_after: seconds, for `limit`.
        via: whether `limit` carries the header by which discord.py knows Discord.
    """

    id: int
    route: str
    deed: str
    method: str = ""
    commit: bool = False
    after: int = 0
    times: int | None = 1
    status: int = 500
    code: int = 0
    html: bool = False
    seconds: float = 0.0
    scope: str = "user"
    retry_after: float = 1.0
    via: bool = True
    met: int = 0
    passed: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        if self.deed not in DEEDS:
            raise ValueError(f"no such deed: {self.deed}")
        re.compile(self.route)

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is met; counts it."""
        if self.method not in ("", method) or not re.fullmatch(self.route, path):
            return False
        if self.times is not None and self.met >= self.times:
            return False
        if self.passed < self.after:
            self.passed += 1
            return False
        self.met += 1
        return True


@dataclass(slots=True)
class Plan:
    """All orders, oldest first: the first that takes a request wins."""

    orders: dict[int, Fault] = field(default_factory=dict[int, Fault])
    _next: int = 1

    def add(self, order: JSON) -> int:
        """Take an order; returns its id."""
        fault = Fault(id=self._next, **order)
        self._next += 1
        self.orders[fault.id] = fault
        return fault.id

    def remove(self, fault_id: int | None = None) -> None:
        """Take back one order or all; whoever waits goes on."""
        gone = list(self.orders.values()) if fault_id is None else [self.orders[fault_id]]
        for fault in gone:
            fault.released.set()
            del self.orders[fault.id]

    def take(self, method: str, path: str) -> Fault | None:
        """The order that meets this request, if there is one."""
        return next((fault for fault in self.orders.values() if fault.takes(method, path)), None)

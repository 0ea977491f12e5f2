"""Rate limits as Discord sets them, and a memory of who called before their time."""

import hashlib
import math
import re
import time
from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

# Which part of a path has limits of its own.
MAJOR = re.compile(r"/(?:channels|guilds)/(\d+)|/webhooks/(\d+/[^/]+)")
# What was under way when the limit was told is no fault of the bot, nor is a clock that is read a moment apart.
UNDER_WAY, ROUNDING = 0.25, 0.02


@dataclass(slots=True)
class Bucket:
    """How much of a limit is left."""

    limit: int
    remaining: int
    resets_at: float


@dataclass(slots=True)
class Block:
    """Nobody may call before `until`; told at `since`."""

    since: float
    until: float
    scope: str


@dataclass(slots=True)
class Refused:
    """A request that was not let through."""

    retry_after: float
    scope: str


@dataclass(slots=True)
class Limits:
    """All limits.

    Attributes:
        rules: regular expressions for a route's name (`POST /channels/{channel_id}/messages`), how many calls, and in
            how many seconds; the first that fits holds.
        in_a_second: how many calls there may be in a second over all routes.
        early: calls that came before a limit they knew of was over: route, scope, and by how many seconds.
        refusals: how many 429s went out by their scope.
        invalid: how many answers counted towards Discord's limit of invalid requests (10,000 in ten minutes).
    """

    rules: list[tuple[str, int, float]] = field(
        default_factory=lambda: [(r"POST /channels/\{channel_id\}/messages", 5, 5.0), (r".*", 10, 2.0)]
    )
    in_a_second: int = 50
    buckets: dict[str, Bucket] = field(default_factory=dict[str, Bucket])
    blocks: dict[str, Block] = field(default_factory=dict[str, Block])
    second: tuple[int, int] = (0, 0)
    early: list[JSON] = field(default_factory=list[JSON])
    refusals: dict[str, int] = field(default_factory=dict[str, int])
    invalid: int = 0

    def key(self, route: str, path: str) -> str:
        """What a request counts against."""
        major = MAJOR.match(path)
        return f"{route} {major[1] or major[2] if major else ''}"

    def block(self, route: str, path: str, scope: str, retry_after: float) -> Refused:
        """Refuse from now on for that long: one bucket, or everything (`global`, and `page`, as proxies do)."""
        key = scope if scope in ("global", "page") else self.key(route, path)
        now = time.monotonic()
        self.blocks[key] = Block(now, now + retry_after, scope)
        return Refused(retry_after, scope)

    def take(self, route: str, path: str, *, free: bool) -> Refused | None:
        """Count a request.

        Args:
            route: its name.
            path: with its ids.
            free: it is not under the limit over all routes, as answers to interactions are.
        """
        now = time.monotonic()
        key = self.key(route, path)
        for name in (key, "page") if free else (key, "global", "page"):
            block = self.blocks.get(name)
            if block is not None and now < block.until:
                self._note(route, block, now)
                return Refused(block.until - now, block.scope)
        limit, window = next((limit, window) for rule, limit, window in self.rules if re.fullmatch(rule, route))
        bucket = self.buckets.get(key)
        if bucket is None or now >= bucket.resets_at or bucket.limit != limit:
            bucket = self.buckets[key] = Bucket(limit, limit, now + window)
        if bucket.remaining == 0:
            self._note(route, Block(0, bucket.resets_at, "user"), now)
            return Refused(bucket.resets_at - now, "user")
        second, count = self.second if self.second[0] == int(now) else (int(now), 0)
        if not free:
            if count >= self.in_a_second:
                return self.block(route, path, "global", second + 1 - now)
            self.second = (second, count + 1)
        bucket.remaining -= 1
        return None

    def _note(self, route: str, block: Block, now: float) -> None:
        if now - block.since > UNDER_WAY and block.until - now > ROUNDING:
            self.early.append({"route": route, "scope": block.scope, "by": round(block.until - now, 3)})

    def headers(self, route: str, path: str) -> dict[str, str]:
        """What every answer says of its limit."""
        bucket = self.buckets.get(self.key(route, path))
        if bucket is None:
            return {}
        wait = max(bucket.resets_at - time.monotonic(), 0.0)
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{math.ceil(wait * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }

    def refusal(self, refused: Refused) -> tuple[JSON, dict[str, str]]:
        """Body and headers of a 429; counts it."""
        self.refusals[refused.scope] = self.refusals.get(refused.scope, 0) + 1
        wait = math.ceil(refused.retry_after * 1000) / 1000
        body = {
            "message": "You are being rate limited.",
            "code": 0,
            "retry_after": wait,
            "global": refused.scope == "global",
        }
        headers = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": refused.scope}
        if refused.scope == "global":
            headers["X-RateLimit-Global"] = "true"
        return body, headers

    def answered(self, status: int, scope: str | None = None) -> None:
        """Count what Discord counts as invalid."""
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self.invalid += 1

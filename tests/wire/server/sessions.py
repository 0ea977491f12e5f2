"""A bot's connection to the gateway, and the session that outlives it."""

import asyncio
import contextlib
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

JSON = dict[str, Any]

INTENTS = {
    "GUILD_MEMBER_ADD": 1 << 1,
    "GUILD_MEMBER_UPDATE": 1 << 1,
    "GUILD_MEMBER_REMOVE": 1 << 1,
    "MESSAGE_CREATE": 1 << 9,
    "MESSAGE_UPDATE": 1 << 9,
    "MESSAGE_DELETE": 1 << 9,
    "INTERACTION_CREATE": 0,
}
BY_BEGINNING = (("GUILD_SCHEDULED_EVENT", 1 << 16), ("GUILD", 1 << 0), ("CHANNEL", 1 << 0), ("THREAD", 1 << 0))
DIRECT_MESSAGES = 1 << 12
CONTENT = 1 << 15


@dataclass(slots=True, eq=False)
class Connection:
    """One socket. What is to be sent waits in a queue, so that events keep their order."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    deflate: Any
    queue: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue[str | None])
    silent: bool = False

    def send(self, operation: int, data: Any = None, *, sequence: int | None = None, event: str | None = None) -> None:
        """Put a payload into the queue, as it is now."""
        self.queue.put_nowait(json.dumps({"op": operation, "d": data, "s": sequence, "t": event}))

    async def write(self) -> None:
        """Send what is in the queue, until there is None."""
        while (text := await self.queue.get()) is not None:
            if self.silent:
                continue
            with contextlib.suppress(ConnectionError, RuntimeError):
                if self.deflate is None:
                    await self.socket.send_str(text)
                else:
                    frame = self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(frame)

    async def close(self, code: int | None) -> None:
        """Close with a code, or cut the connection (None)."""
        if code is None:
            if self.transport is not None:
                self.transport.abort()
        else:
            await self.socket.close(code=code, message=b"as ordered")


@dataclass(slots=True)
class Session:
    """What a bot may come back to."""

    id: str
    intents: int
    shard: tuple[int, int]
    connection: Connection | None = None
    bot: str = ""
    sequence: int = 0
    left_at: float = 0.0
    sent: list[tuple[int, str, JSON]] = field(default_factory=list[tuple[int, str, JSON]])

    def sees(self, event: str, guild_id: int | None) -> bool:
        """Whether an event is for this session."""
        if guild_id is not None and (guild_id >> 22) % self.shard[1] != self.shard[0]:
            return False
        if guild_id is None and self.shard[0] != 0:
            return False
        if guild_id is None and event.startswith("MESSAGE"):
            return bool(self.intents & DIRECT_MESSAGES)
        needed = INTENTS.get(event)
        if needed is None:
            needed = next((bit for beginning, bit in BY_BEGINNING if event.startswith(beginning)), 0)
        return needed == 0 or bool(self.intents & needed)

    def knows(self, message: JSON) -> bool:
        """Whether the bot gets a message's content in any case: its own, and what mentions it."""
        return message.get("author", {}).get("id") == self.bot or f"<@{self.bot}>" in message.get("content", "")

    def push(self, event: str, data: JSON) -> None:
        """Number an event and send it; without a connection it waits for the session to be resumed."""
        self.sequence += 1
        copy: JSON = json.loads(json.dumps(data))
        if event.startswith("MESSAGE") and "guild_id" in copy and not self.intents & CONTENT and not self.knows(copy):
            copy |= {"content": "", "embeds": [], "components": [], "attachments": []}
        self.sent.append((self.sequence, event, copy))
        if self.connection is not None:
            self.connection.send(0, copy, sequence=self.sequence, event=event)

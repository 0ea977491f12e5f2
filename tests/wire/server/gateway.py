"""The gateway: sessions that outlive their connections, events to them, and the faults a test orders."""

import asyncio
import json
import random
import secrets
import time
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.server.permissions import BITS
from tests.wire.server.sessions import Connection, Session
from tests.wire.server.state import Guild, State

JSON = dict[str, Any]

HEARTBEAT_MS = 41_250
CHUNK = 1000
# What an order may be about, and what it may do.
MOMENTS = ("connect", "identify", "resume")
DEEDS = ("invalid", "invalid_resumable", "close", "drop", "silence")


@dataclass(slots=True)
class Order:
    """What happens at the next moments of a kind."""

    moment: str
    deed: str
    times: int = 1
    code: int = 4000

    def __post_init__(self) -> None:
        if self.moment not in MOMENTS or self.deed not in DEEDS:
            raise ValueError(f"no such order: {self.moment} {self.deed}")


@dataclass(slots=True)
class Gateway:
    """All sessions.

    Attributes:
        repeat: how often every event is delivered.
        shuffle: for how many seconds events are gathered and then sent in any order; 0 sends them at once.
        drops: how many more events of a name are dropped.
        log: what bots did: `connect`, `identify`, `resume`, `resumed`, `refused`, each with its time.
        down: nobody can connect.
        heartbeat_ms: how often a bot has to give a sign of life.
        compress: send what bots ask to have compressed as one stream of zlib.
        resumable: for how many seconds a bot may come back to a session.
    """

    state: State
    base: str = ""
    sessions: dict[str, Session] = field(default_factory=dict[str, Session])
    connections: set[Connection] = field(default_factory=set[Connection])
    orders: list[Order] = field(default_factory=list[Order])
    repeat: int = 1
    shuffle: float = 0.0
    drops: dict[str, int] = field(default_factory=dict[str, int])
    log: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    compress: bool = True
    down: bool = False
    heartbeat_ms: int = HEARTBEAT_MS
    resumable: float = 60.0
    _gathered: list[tuple[str, JSON, int | None]] = field(default_factory=list[tuple[str, JSON, int | None]])
    _chance: random.Random = field(default_factory=lambda: random.Random(3))

    def emit(self, event: str, data: JSON, guild_id: int | None) -> None:
        """Send an event to all who see it, as orders have it."""
        if self.drops.get(event, 0) > 0:
            self.drops[event] -= 1
            return
        if self.shuffle:
            if not self._gathered:
                asyncio.get_running_loop().call_later(self.shuffle, self._release)
            snapshot: JSON = json.loads(json.dumps(data))
            self._gathered += [(event, snapshot, guild_id)] * self.repeat
            return
        for _ in range(self.repeat):
            self._send(event, data, guild_id)

    def _release(self) -> None:
        gathered, self._gathered = self._gathered, []
        self._chance.shuffle(gathered)
        for event, data, guild_id in gathered:
            self._send(event, data, guild_id)

    def _send(self, event: str, data: JSON, guild_id: int | None) -> None:
        for session in self.sessions.values():
            if session.sees(event, guild_id):
                session.push(event, data)

    def note(self, what: str) -> None:
        """Remember what a bot did."""
        self.log.append((time.time(), what))

    def _ordered(self, moment: str) -> Order | None:
        for order in self.orders:
            if order.moment == moment and order.times > 0:
                order.times -= 1
                return order
        return None

    # One connection --------------------------------------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A bot connects."""
        self.note("connect")
        if self.down:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await socket.prepare(request)
        compressed = self.compress and request.query.get("compress") == "zlib-stream"
        connection = Connection(socket, request.transport, zlib.compressobj() if compressed else None)
        self.connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            if not await self._obey("connect", connection):
                connection.send(10, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
                await self._listen(connection)
        finally:
            self.connections.discard(connection)
            for session in self.sessions.values():
                if session.connection is connection:
                    session.connection, session.left_at = None, time.monotonic()
            connection.queue.put_nowait(None)
            await writer
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            payload: JSON = json.loads(message.data)
            data: Any = payload.get("d")
            match payload["op"]:
                case 1:
                    connection.send(11)
                case 2:
                    await self._identify(connection, data)
                case 6:
                    await self._resume(connection, data)
                case 8:
                    self._chunk(connection, data)
                case 3 | 4:
                    pass
                case _:
                    await connection.close(4001)

    async def _obey(self, moment: str, connection: Connection) -> bool:
        """Do what was ordered for this moment; returns whether anything was."""
        order = self._ordered(moment)
        if order is None:
            return False
        match order.deed:
            case "invalid" | "invalid_resumable":
                self.note("refused")
                connection.send(9, order.deed == "invalid_resumable")
            case "silence":
                connection.silent = True
                await self._listen(connection)
            case _:
                await connection.close(order.code if order.deed == "close" else None)
        return True

    async def _identify(self, connection: Connection, data: JSON) -> None:
        self.note("identify")
        if data["token"] != self.state.token:
            await connection.close(4004)
            return
        if await self._obey("identify", connection):
            return
        shard = data.get("shard") or [0, 1]
        self._forget()
        mine_id: str = self.state.bot["id"]
        session = Session(secrets.token_hex(16), data["intents"], (shard[0], shard[1]), connection, mine_id)
        self.sessions[session.id] = session
        mine = [guild for guild in self.state.guilds.values() if (guild.id >> 22) % shard[1] == shard[0]]
        ready: JSON = {
            "v": 10,
            "user": {**self.state.bot, "mfa_enabled": True, "verified": True, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "private_channels": [],
            "session_id": session.id,
            "resume_gateway_url": self.base,
            "session_type": "normal",
            "shard": shard,
            "application": {"id": str(self.state.application_id), "flags": 1 << 14},
        }
        session.push("READY", ready)
        for guild in mine:
            if guild.available:
                session.push("GUILD_CREATE", self.guild_event(guild))

    def _forget(self) -> None:
        """Nobody can come back to what was left too long ago."""
        now = time.monotonic()
        for session in list(self.sessions.values()):
            if session.connection is None and now - session.left_at > self.resumable:
                del self.sessions[session.id]

    async def _resume(self, connection: Connection, data: JSON) -> None:
        self.note("resume")
        self._forget()
        if await self._obey("resume", connection):
            return
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.state.token or data["seq"] > session.sequence:
            self.note("refused")
            connection.send(9, False)
            return
        session.connection = connection
        for sequence, event, event_data in session.sent:
            if sequence > data["seq"]:
                connection.send(0, event_data, sequence=sequence, event=event)
        session.push("RESUMED", {"_trace": []})
        self.note("resumed")

    def _chunk(self, connection: Connection, data: JSON) -> None:
        """Answer a request for members."""
        guild = self.state.guilds.get(int(data["guild_id"]))
        session = next((one for one in self.sessions.values() if one.connection is connection), None)
        if guild is None or session is None:
            return
        members = list(guild.members.values())
        if data.get("user_ids"):
            # One id or several.
            wanted = str(data["user_ids"])
            members = [one for one in members if one["user"]["id"] in wanted]
        elif data.get("query"):
            members = [one for one in members if one["user"]["username"].startswith(data["query"])]
        if data.get("limit"):
            members = members[: data["limit"]]
        pieces = [members[start : start + CHUNK] for start in range(0, len(members), CHUNK)] or [[]]
        for number, piece in enumerate(pieces):
            answer: JSON = {
                "guild_id": str(guild.id),
                "members": piece,
                "chunk_index": number,
                "chunk_count": len(pieces),
                "not_found": [],
                "presences": [],
                "nonce": data.get("nonce"),
            }
            session.push("GUILD_MEMBERS_CHUNK", answer)

    def guild_event(self, guild: Guild) -> JSON:
        """A server as a bot is told of it. Members other than the bot come when they are asked for."""
        mine = [one for one in self.state.channels.values() if one.get("guild_id") == str(guild.id)]
        own = guild.members[self.state.bot_id]
        threads = [
            one
            for one in mine
            if "thread_metadata" in one
            and not one["thread_metadata"]["archived"]
            and self.state.granted(one, self.state.bot_id) & BITS["VIEW_CHANNEL"]
        ]
        return {
            **guild.data,
            "roles": list(guild.roles.values()),
            "joined_at": own["joined_at"],
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "voice_states": [],
            "presences": [],
            "members": [own],
            "channels": [one for one in mine if "thread_metadata" not in one],
            "threads": threads,
            "stage_instances": [],
            "guild_scheduled_events": [one for one in guild.events.values() if one["status"] in (1, 2)],
            "soundboard_sounds": [],
        }

    async def close_all(self, code: int | None) -> int:
        """Close every connection with a code, or cut it (None); returns how many there were."""
        connections = list(self.connections)
        for connection in connections:
            await connection.close(code)
        return len(connections)

    def tell_all(self, operation: int, data: Any = None) -> None:
        """Send an operation that is no event: 7 asks to reconnect, 9 says that the session is invalid."""
        if operation == 9 and not data:
            for session in [one for one in self.sessions.values() if one.connection is not None]:
                del self.sessions[session.id]
        for connection in self.connections:
            connection.send(operation, data)

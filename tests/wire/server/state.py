"""All that the server remembers, and what happens to it. It outlives every bot."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.wire.server import objects, permissions
from tests.wire.server.checks import check_message
from tests.wire.server.errors import ApiError, forbidden, no_access, unknown
from tests.wire.server.objects import snowflake
from tests.wire.server.reading import listed

JSON = dict[str, Any]
Emit = Callable[[str, JSON, int | None], None]


@dataclass(slots=True)
class File:
    """A file that came with a message."""

    name: str
    size: int
    type: str | None
    description: str | None = None


@dataclass(slots=True)
class Guild:
    """A server (Discord calls it a guild)."""

    data: JSON
    roles: dict[int, JSON] = field(default_factory=dict[int, JSON])
    members: dict[int, JSON] = field(default_factory=dict[int, JSON])
    events: dict[int, JSON] = field(default_factory=dict[int, JSON])
    interested: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    available: bool = True

    @property
    def id(self) -> int:
        """Its id."""
        return int(self.data["id"])

    def member(self, user_id: int) -> JSON:
        """A member.

        Raises:
            ApiError: there is none.
        """
        if user_id not in self.members:
            raise unknown("Member")
        return self.members[user_id]


@dataclass(slots=True)
class Interaction:
    """One press, command or form, and what the bot did with it."""

    id: int
    token: str
    type: int
    channel_id: int
    guild_id: int | None
    user_id: int
    message: JSON | None = None
    # As the bot sent it: {"type": 4, "data": {...}}.
    callback: JSON | None = None
    original: JSON | None = None
    followups: list[JSON] = field(default_factory=list[JSON])
    loading: bool = False


@dataclass(slots=True)
class State:
    """The whole of it.

    Args:
        token: what the bot has to show.
    """

    token: str
    nonce_window: float = 180.0
    sessions_left: int = 1000
    application_id: int = 0
    bot: JSON = field(default_factory=dict[str, Any])
    users: dict[int, JSON] = field(default_factory=dict[int, JSON])
    guilds: dict[int, Guild] = field(default_factory=dict[int, Guild])
    channels: dict[int, JSON] = field(default_factory=dict[int, JSON])
    messages: dict[int, dict[int, JSON]] = field(default_factory=dict[int, dict[int, JSON]])
    direct: dict[int, int] = field(default_factory=dict[int, int])
    closed: set[int] = field(default_factory=set[int])
    nonces: dict[tuple[int, str], tuple[float, int]] = field(default_factory=dict[tuple[int, str], tuple[float, int]])
    commands: dict[int | None, list[JSON]] = field(default_factory=dict[int | None, list[JSON]])
    interactions: dict[str, Interaction] = field(default_factory=dict[str, Interaction])
    emit: Emit = lambda _event, _data, _guild: None

    def __post_init__(self) -> None:
        self.application_id = snowflake()
        self.bot = objects.user(self.application_id, "convenor", bot=True)
        self.users[self.bot_id] = self.bot

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return int(self.bot["id"])

    # Places ----------------------------------------------------------------------------------------------------------

    def guild(self, guild_id: int) -> Guild:
        """A server that the bot is in.

        Raises:
            ApiError: it is not.
        """
        if guild_id not in self.guilds:
            raise unknown("Guild")
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> JSON:
        """A channel, thread or direct message.

        Raises:
            ApiError: there is none.
        """
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    def guild_id_of(self, channel: JSON) -> int | None:
        """Whose channel it is; None for a direct message."""
        return int(channel["guild_id"]) if "guild_id" in channel else None

    def granted(self, channel: JSON, user_id: int) -> int:
        """What a member may do in a channel."""
        guild = self.guild(int(channel["guild_id"]))
        holder = self.channels[int(channel["parent_id"])] if "thread_metadata" in channel else channel
        overwrites = holder["permission_overwrites"]
        return permissions.in_channel(guild.data, guild.roles, guild.member(user_id), overwrites)

    def require(self, channel: JSON, *names: str) -> None:
        """Refuse unless the bot may do all this in a channel.

        Raises:
            ApiError: as Discord does: without seeing the channel, `Missing Access`.
        """
        if self.guild_id_of(channel) is None:
            return
        granted = self.granted(channel, self.bot_id)
        if not granted & permissions.BITS["VIEW_CHANNEL"]:
            raise no_access()
        if any(not granted & permissions.BITS[name] for name in names):
            raise forbidden()

    def require_guild(self, guild: Guild, *names: str) -> None:
        """Refuse unless the bot may do all this in a server.

        Raises:
            ApiError: as Discord does.
        """
        granted = permissions.in_guild(guild.data, guild.roles, guild.member(self.bot_id))
        if any(not granted & permissions.BITS[name] for name in names):
            raise forbidden()

    # Messages --------------------------------------------------------------------------------------------------------

    def post(self, channel: JSON, author: JSON, given: JSON, files: list[File], *, at: float | None = None) -> JSON:
        """Post a message, unless its nonce was seen within the window: then the earlier one comes back.

        Raises:
            ApiError: it cannot be posted.
        """
        check_message(given, len(files))
        channel_id = int(channel["id"])
        key = (channel_id, str(given["nonce"])) if given.get("nonce") and given.get("enforce_nonce") else None
        if key is not None and key in self.nonces:
            seen_at, earlier = self.nonces[key]
            if time.time() - seen_at < self.nonce_window and earlier in self.messages[channel_id]:
                return self.messages[channel_id][earlier]
        made = objects.message(snowflake(at), channel_id, author, given, at=at)
        return self.place(channel, made, given, files, key)

    def place(
        self, channel: JSON, made: JSON, given: JSON, files: list[File], key: tuple[int, str] | None = None
    ) -> JSON:
        """Put a made message into its channel, and tell whoever listens."""
        channel_id, message_id = int(channel["id"]), int(made["id"])
        self.mention(made, given)
        made["attachments"] = [self.attachment(channel_id, file) for file in files]
        self.messages.setdefault(channel_id, {})[message_id] = made
        channel["last_message_id"] = made["id"]
        if "thread_metadata" in channel:
            channel["message_count"] += 1
            channel["total_message_sent"] += 1
        if key is not None:
            self.nonces[key] = (time.time(), message_id)
        guild_id = self.guild_id_of(channel)
        event = dict(made)
        if guild_id is not None:
            event["guild_id"] = str(guild_id)
            event["member"] = {
                k: v for k, v in self.guild(guild_id).members[int(made["author"]["id"])].items() if k != "user"
            }
        self.emit("MESSAGE_CREATE", event, guild_id)
        return made

    def mention(self, made: JSON, given: JSON) -> None:
        """Fill in who is pinged: only those whom `allowed_mentions` lets through."""
        allowed: JSON = given.get("allowed_mentions") or {"parse": ["users", "roles", "everyone"]}
        parse: list[str] = listed(allowed, "parse")
        text = made["content"]
        made["mentions"] = [
            user
            for user_id, user in self.users.items()
            if (f"<@{user_id}>" in text or f"<@!{user_id}>" in text)
            and ("users" in parse or str(user_id) in [str(one) for one in listed(allowed, "users")])
        ]
        roles = [str(role_id) for guild in self.guilds.values() for role_id in guild.roles]
        made["mention_roles"] = [
            role_id
            for role_id in roles
            if f"<@&{role_id}>" in text
            and ("roles" in parse or role_id in [str(one) for one in listed(allowed, "roles")])
        ]
        made["mention_everyone"] = "everyone" in parse and ("@everyone" in text or "@here" in text)

    def attachment(self, channel_id: int, file: File) -> JSON:
        """A file as a message carries it."""
        file_id = snowflake()
        url = f"https://cdn.example/attachments/{channel_id}/{file_id}/{file.name}"
        made: JSON = {"id": str(file_id), "filename": file.name, "size": file.size, "url": url, "proxy_url": url}
        if file.description:
            made["description"] = file.description
        if file.type:
            made["content_type"] = file.type
        return made

    def message(self, channel_id: int, message_id: int) -> JSON:
        """A message.

        Raises:
            ApiError: there is none.
        """
        found = self.messages.get(channel_id, {}).get(message_id)
        if found is None:
            raise unknown("Message")
        return found

    def edit(self, made: JSON, given: JSON, files: list[File]) -> JSON:
        """Change what is given of a message, and leave the rest."""
        check_message(given, len(files), edit=True)
        changed = objects.contents({**made, **given})
        made.update({name: changed[name] for name in ("content", "embeds", "components") if name in given})
        if "flags" in given:
            made["flags"] = changed["flags"]
        if files or "attachments" in given:
            kept = {str(one["id"]) for one in listed(given, "attachments")}
            made["attachments"] = [one for one in made["attachments"] if one["id"] in kept]
            made["attachments"] += [self.attachment(int(made["channel_id"]), file) for file in files]
        self.mention(made, given)
        made["edited_timestamp"] = objects.iso()
        return made

    def direct_channel(self, user_id: int) -> JSON:
        """The bot's direct messages with a user.

        Raises:
            ApiError: there is no such user, or it is the bot itself.
        """
        if user_id not in self.users:
            raise unknown("User")
        if user_id == self.bot_id:
            raise ApiError(400, 50007, "Cannot send messages to this user")
        if user_id not in self.direct:
            channel_id = snowflake()
            self.direct[user_id] = channel_id
            self.channels[channel_id] = objects.private_channel(channel_id, self.users[user_id])
        return self.channels[self.direct[user_id]]

    def event_of_guild(self, name: str, data: JSON, guild_id: int) -> None:
        """Tell whoever listens about something in a server; `guild_id` is added."""
        self.emit(name, {**data, "guild_id": str(guild_id)}, guild_id)

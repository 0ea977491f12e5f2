"""What a test can order and ask: `POST /control/<verb>` with the arguments as JSON."""

import asyncio
import re
import time
from typing import Any

from tests.wire.server import objects
from tests.wire.server.gateway import Gateway, Order
from tests.wire.server.objects import snowflake
from tests.wire.server.permissions import EVERYTHING, in_channel
from tests.wire.server.state import Guild, Interaction, State
from tests.wire.server.web import Api

JSON = dict[str, Any]


class Control:
    """The verbs. Each takes and returns what JSON can say."""

    def __init__(self, state: State, gateway: Gateway, api: Api) -> None:
        self.state = state
        self.gateway = gateway
        self.api = api

    # The scene -------------------------------------------------------------------------------------------------------

    def sessions_left(self, count: int) -> None:
        """What Discord says from now on of how often the bot may introduce itself to the gateway today."""
        self.state.sessions_left = count

    def make_user(self, name: str) -> JSON:
        """A person."""
        made = objects.user(snowflake(), name)
        self.state.users[int(made["id"])] = made
        return made

    def make_guild(self, name: str, owner: str, bot_permissions: int) -> JSON:
        """A server with an owner, the bot with a role of its own, and no channels."""
        guild = Guild(objects.guild(snowflake(), name, int(owner)))
        everyone = objects.role(guild.id, "@everyone", permissions=(1 << 10) | (1 << 11) | (1 << 16) | (1 << 31))
        own = objects.role(snowflake(), "Convenor", permissions=bot_permissions, position=1, managed=True)
        own["tags"] = {"bot_id": self.state.bot["id"]}
        guild.roles = {guild.id: everyone, int(own["id"]): own}
        guild.members[int(owner)] = objects.member(self.state.users[int(owner)], roles=[])
        guild.members[self.state.bot_id] = objects.member(self.state.bot, roles=[own["id"]])
        self.state.guilds[guild.id] = guild
        self.gateway.emit("GUILD_CREATE", {**self.gateway.guild_event(guild)}, guild.id)
        return guild.data

    def make_role(self, guild: str, name: str) -> JSON:
        """A role below the bot's, as a moderator would make it."""
        found = self.state.guilds[int(guild)]
        for one in found.roles.values():
            one["position"] += one["position"] > 0
        made = objects.role(snowflake(), name, position=1)
        found.roles[int(made["id"])] = made
        self.state.event_of_guild("GUILD_ROLE_CREATE", {"role": made}, found.id)
        return made

    def make_channel(self, guild: str, name: str, type: int = 0, **given: Any) -> JSON:  # noqa: A002 - Discord's word
        """A channel, as a moderator would make it."""
        position = sum(1 for one in self.state.channels.values() if one.get("guild_id") == guild)
        made = objects.channel(snowflake(), int(guild), {"name": name, "type": type, **given}, position=position)
        self.state.channels[int(made["id"])] = made
        self.state.event_of_guild("CHANNEL_CREATE", made, int(guild))
        return made

    def delete_channel(self, channel: str) -> None:
        """A moderator deletes a channel."""
        gone = self.state.channels.pop(int(channel))
        self.state.messages.pop(int(channel), None)
        self.state.event_of_guild("CHANNEL_DELETE", gone, int(gone["guild_id"]))

    def overwrite(self, channel: str, id: str, type: int, allow: int = 0, deny: int = 0) -> None:  # noqa: A002
        """A moderator allows and denies something in a channel."""
        found = self.state.channels[int(channel)]
        made = objects.overwrite({"id": id, "type": type, "allow": allow, "deny": deny})
        found["permission_overwrites"] = [one for one in found["permission_overwrites"] if one["id"] != id] + [made]
        self.state.event_of_guild("CHANNEL_UPDATE", found, int(found["guild_id"]))

    def join(self, guild: str, user: str, pending: bool = False) -> JSON:
        """A person joins."""
        made = objects.member(self.state.users[int(user)], roles=[], pending=pending)
        self.state.guilds[int(guild)].members[int(user)] = made
        self.state.event_of_guild("GUILD_MEMBER_ADD", made, int(guild))
        return made

    def change_member(self, guild: str, user: str, **changes: Any) -> JSON:
        """A member is changed: roles, `pending`, `nick`."""
        member = self.state.guilds[int(guild)].members[int(user)]
        member.update(changes)
        self.state.event_of_guild("GUILD_MEMBER_UPDATE", member, int(guild))
        return member

    def leave(self, guild: str, user: str) -> None:
        """A member leaves."""
        gone = self.state.guilds[int(guild)].members.pop(int(user))
        self.state.event_of_guild("GUILD_MEMBER_REMOVE", {"user": gone["user"]}, int(guild))

    def close_direct(self, user: str) -> None:
        """A person takes no direct messages any more."""
        self.state.closed.add(int(user))

    def available(self, guild: str, yes: bool) -> None:
        """A server is away, as in an outage, or back."""
        found = self.state.guilds[int(guild)]
        found.available = yes
        if yes:
            self.gateway.emit("GUILD_CREATE", self.gateway.guild_event(found), found.id)
        else:
            self.gateway.emit("GUILD_DELETE", {"id": guild, "unavailable": True}, found.id)

    def say(self, channel: str, user: str, content: str, seconds_ago: float = 0.0) -> JSON:
        """A person writes a message."""
        found = self.state.channels[int(channel)]
        at = time.time() - seconds_ago if seconds_ago else None
        return self.state.post(found, self.state.users[int(user)], {"content": content}, [], at=at)

    def delete_message(self, channel: str, message: str) -> None:
        """A moderator deletes a message."""
        del self.state.messages[int(channel)][int(message)]
        found = self.state.channels[int(channel)]
        guild_id = self.state.guild_id_of(found)
        gone = {"id": message, "channel_id": channel, **({"guild_id": str(guild_id)} if guild_id else {})}
        self.state.emit("MESSAGE_DELETE", gone, guild_id)

    def change_event(self, guild: str, event: str, **changes: Any) -> JSON:
        """A moderator changes a scheduled event in Discord; status 4 cancels it."""
        found = self.state.guilds[int(guild)].events[int(event)]
        found.update(changes)
        self.gateway.emit("GUILD_SCHEDULED_EVENT_UPDATE", found, int(guild))
        return found

    def delete_event(self, guild: str, event: str) -> None:
        """A moderator deletes a scheduled event in Discord."""
        gone = self.state.guilds[int(guild)].events.pop(int(event))
        self.gateway.emit("GUILD_SCHEDULED_EVENT_DELETE", gone, int(guild))

    def interest(self, guild: str, event: str, user: str, yes: bool = True) -> None:
        """A person marks a scheduled event as interesting, or no more."""
        found = self.state.guilds[int(guild)]
        users = found.interested.setdefault(int(event), set())
        (users.add if yes else users.discard)(int(user))
        found.events[int(event)]["user_count"] = len(users)
        name = "GUILD_SCHEDULED_EVENT_USER_ADD" if yes else "GUILD_SCHEDULED_EVENT_USER_REMOVE"
        data = {"guild_scheduled_event_id": event, "user_id": user, "guild_id": guild}
        self.gateway.emit(name, data, found.id)

    # What people do with the bot -------------------------------------------------------------------------------------

    def interact(self, channel: str, user: str, type: int, data: JSON, locale: str, message: JSON | None) -> str:  # noqa: A002
        """Send an interaction; returns its token, to ask for the answer by."""
        place = self.state.channels[int(channel)]
        guild_id = self.state.guild_id_of(place)
        made_id = snowflake()
        token = f"aW50ZXJhY3Rpb246{made_id}"
        if message is not None:
            # The one that is kept, so that the bot's edit of it is seen.
            kept = self.state.messages.get(int(channel), {}).get(int(message["id"]))
            message = kept or next(
                one
                for asked in self.state.interactions.values()
                for one in (asked.original, *asked.followups)
                if one and one["id"] == message["id"]
            )
        asked = Interaction(made_id, token, type, int(channel), guild_id, int(user), message)
        self.state.interactions[token] = asked
        event: JSON = {
            "id": str(made_id),
            "application_id": str(self.state.application_id),
            "type": type,
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": channel,
            "channel": place,
            "locale": locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild_id or 0)},
            "context": 0 if guild_id else 1,
            "attachment_size_limit": 10_485_760,
            "app_permissions": str(EVERYTHING),
        }
        if message is not None:
            event["message"] = message
        if guild_id is None:
            event["user"] = self.state.users[int(user)]
        else:
            event |= self._of_member(place, guild_id, int(user))
        self.gateway.emit("INTERACTION_CREATE", event, guild_id)
        return token

    def _of_member(self, place: JSON, guild_id: int, user_id: int) -> JSON:
        guild = self.state.guilds[guild_id]
        holder = self.state.channels[int(place["parent_id"])] if "thread_metadata" in place else place
        overwrites = holder["permission_overwrites"]
        granted = in_channel(guild.data, guild.roles, guild.members[user_id], overwrites)
        own = in_channel(guild.data, guild.roles, guild.members[self.state.bot_id], overwrites)
        return {
            "guild_id": str(guild_id),
            "guild": {"id": str(guild_id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": {**guild.members[user_id], "permissions": str(granted)},
            "app_permissions": str(own),
        }

    def answer(self, token: str) -> JSON:
        """What the bot did with an interaction so far."""
        asked = self.state.interactions[token]
        return {
            "callback": asked.callback,
            "message": asked.original,
            "loading": asked.loading,
            "followups": asked.followups,
        }

    # What is there ---------------------------------------------------------------------------------------------------

    def about(self) -> JSON:
        """The bot, its application and its commands."""
        commands = self.state.commands.get(None, [])
        return {"bot": self.state.bot, "application": str(self.state.application_id), "commands": commands}

    def guild(self, guild: str) -> JSON:
        """A server with all that is in it."""
        found = self.state.guilds[int(guild)]
        return {
            **found.data,
            "roles": list(found.roles.values()),
            "members": list(found.members.values()),
            "events": list(found.events.values()),
            "channels": [one for one in self.state.channels.values() if one.get("guild_id") == guild],
        }

    def messages(self, channel: str) -> list[JSON]:
        """A channel's messages, oldest first."""
        return list(self.state.messages.get(int(channel), {}).values())

    def direct(self, user: str) -> list[JSON]:
        """What the bot wrote to a person directly, oldest first."""
        channel_id = self.state.direct.get(int(user))
        return [] if channel_id is None else list(self.state.messages.get(channel_id, {}).values())

    def report(self) -> JSON:
        """What bots did, and what this server made of it."""
        limits = self.api.limits
        return {
            "unknown": self.api.unknown,
            "broken": self.api.broken,
            "early": limits.early,
            "refusals": limits.refusals,
            "invalid": limits.invalid,
            "gateway": self.gateway.log,
            "connections": len(self.gateway.connections),
        }

    def forget_unknown(self) -> None:
        """Unknown routes were called on purpose."""
        self.api.unknown.clear()

    def calls(self, since: int = 0) -> list[JSON]:
        """Requests from the given number on: method, path, time, status."""
        return self.api.calls[since:]

    async def called(self, method: str, route: str, since: int = 0, seconds: float = 20.0) -> bool:
        """Wait until a request came, after the given number of requests; returns whether one did, within that time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            calls = self.api.calls[since:]
            if any(one["method"] == method and re.fullmatch(route, one["path"]) for one in calls):
                return True
            await asyncio.sleep(0.005)
        return False

    # Faults ----------------------------------------------------------------------------------------------------------

    def fault(self, **order: Any) -> int:
        """Order a fault (see `faults.Fault`); returns its id."""
        return self.api.plan.add(order)

    def clear_faults(self, fault: int | None = None) -> None:
        """Take back one order or all; requests that are held go on."""
        self.api.plan.remove(fault)

    async def reached(self, fault: int, seconds: float = 50.0) -> bool:
        """Wait until a request is held by an order; returns whether one was, within that time."""
        try:
            async with asyncio.timeout(seconds):
                await self.api.plan.orders[fault].reached.wait()
        except TimeoutError:
            return False
        return True

    async def down(self, how: str) -> None:
        """An outage: `503`, `drop` or `reset` for every request, and no gateway, until it is ended with ""."""
        self.api.down = how
        self.gateway.down = bool(how)
        if how:
            await self.gateway.close_all(None)

    def limit(self, rules: list[list[Any]] | None = None, in_a_second: int | None = None) -> None:
        """Set the limits: see `limits.Limits`."""
        if rules is not None:
            self.api.limits.rules = [(one[0], one[1], one[2]) for one in rules]
            self.api.limits.buckets.clear()
        if in_a_second is not None:
            self.api.limits.in_a_second = in_a_second

    def delay(self, least: float, most: float) -> None:
        """Let every POST and its answer take a while each, in seconds."""
        self.api.delay = (least, most)

    def forget_nonces(self) -> None:
        """As if the window had passed within which a repeated nonce is noticed."""
        self.state.nonces.clear()

    async def gateway_close(self, code: int | None = 4000) -> int:
        """Close all gateway connections with a code, or cut them (null)."""
        return await self.gateway.close_all(code)

    def gateway_silence(self) -> int:
        """From now on say nothing on any connection, as if a cable were cut; returns how many there were."""
        for connection in self.gateway.connections:
            connection.silent = True
        return len(self.gateway.connections)

    def gateway_heartbeat(self, milliseconds: int) -> None:
        """How often bots that connect from now on have to give a sign of life."""
        self.gateway.heartbeat_ms = milliseconds

    def gateway_tell(self, operation: int, data: Any = None) -> None:
        """Send operation 7 (reconnect) or 9 (invalid session; `data` says whether it may be resumed)."""
        self.gateway.tell_all(operation, data)

    def gateway_order(self, **order: Any) -> None:
        """Order what happens at the next connect, identify or resume: see `gateway.Order`."""
        self.gateway.orders.append(Order(**order))

    def gateway_accept(self) -> None:
        """Take back all orders about connects, identifies and resumes."""
        self.gateway.orders.clear()

    def gateway_events(self, repeat: int = 1, shuffle: float = 0.0, drop: dict[str, int] | None = None) -> None:
        """From now on deliver events so often, in such disorder; and drop so many of these."""
        self.gateway.repeat, self.gateway.shuffle = repeat, shuffle
        self.gateway.drops = dict(drop or {})

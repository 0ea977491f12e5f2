"""A simulated Discord server with people in it and the real bot at work. The demo, the tour and the tests share it.

simcord simulates Discord; this module adds what a person has in real life and simcord leaves out: a language and a
time zone of their own, rules to accept before they may speak, and a clock that starts today.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord
from simcord.backend import serializers
from simcord.backend.models import Member

BotFactory = Callable[[], discord.Client]


@dataclass(frozen=True, slots=True)
class Persona:
    """Who an invented person is.

    `locale` is one of Discord's, `zone` an IANA name, `country` an ISO 3166-1 code; `account` is how old their Discord
    account is when they join.
    """

    key: str
    name: str
    locale: str = "en-GB"
    zone: str = "UTC"
    country: str = ""
    organisation: str = ""
    post: str = ""
    account: timedelta = timedelta()

    @property
    def username(self) -> str:
        """The account name Discord would show under the display name."""
        return self.key.replace("-", ".")


@dataclass(frozen=True, slots=True)
class Person:
    """A persona who is (or was) in the server: `actor` acts as a member, `user` in direct messages."""

    persona: Persona
    actor: simcord.MemberActor
    user: simcord.UserHandle

    @property
    def id(self) -> int:
        """Their Discord id."""
        return self.actor.id

    @property
    def name(self) -> str:
        """Their display name."""
        return self.persona.name


@dataclass(slots=True)
class World:
    """The simulated server. Operations are awaited one after another: simcord refuses two at the same time."""

    env: simcord.Env
    guild: simcord.GuildHandle
    make_bot: BotFactory
    people: dict[str, Person] = field(default_factory=dict[str, Person])

    @property
    def now(self) -> datetime:
        """The simulated time, aware, in UTC."""
        return self.env.now()

    @property
    def owner(self) -> Person:
        """The person whose server it is."""
        return next(person for person in self.people.values() if person.id == self.guild.owner.id)

    def person_of(self, user_id: int) -> Person | None:
        """The person with this Discord id, or None for the bot and for strangers."""
        return next((person for person in self.people.values() if person.id == user_id), None)

    def member(self, person: Person) -> Member | None:
        """What the server holds about a person (roles, nick, pending), or None once they left."""
        return self.env.backend.guilds[self.guild.id].members.get(person.id)

    def channel(self, name: str | int) -> simcord.ChannelHandle:
        """A channel or thread of the server by name or id. Raises KeyError if there is none."""
        for channel in self.env.backend.channels.values():
            if channel.guild_id == self.guild.id and name in (channel.name, channel.id):
                return simcord.ChannelHandle(self.env, self.guild, channel)
        raise KeyError(name)

    def role_names(self, person: Person) -> list[str]:
        """The names of a person's roles, highest first."""
        member = self.member(person)
        roles = self.env.backend.guilds[self.guild.id].roles
        held = [roles[role_id] for role_id in (member.role_ids if member else ()) if role_id in roles]
        return [role.name for role in sorted(held, key=lambda role: -role.position)]

    async def join(self, persona: Persona, *, pending: bool = False) -> Person:
        """Let someone join, and wait until the bot has done what it does then.

        With `pending` they have not accepted the server's rules yet (Discord's membership screening). Raises ValueError
        if the key is taken.
        """
        if persona.key in self.people:
            raise ValueError(f"{persona.key} is in the server already")
        user = _make_user(self.env, persona)
        person = Person(persona, simcord.MemberActor(self.env, self.guild, user), user)
        # Known before the join is announced, so that the bot's first reaction already meets their language.
        self.people[persona.key] = person
        backend = self.env.backend
        member = backend.add_member(self.guild.id, user.id)
        member.pending = pending
        payload = dict(serializers.member_payload(backend, backend.guilds[self.guild.id], member))
        backend.emit("GUILD_MEMBER_ADD", payload | {"guild_id": str(self.guild.id)})
        await self.env.settle()
        return person

    async def accept_rules(self, person: Person) -> None:
        """Accept the server's rules: the person stops being pending. Does nothing for someone who left."""
        member = self.member(person)
        if member is not None:
            member.pending = False
            self.env.backend.announce_member_update(self.guild.id, person.id)
            await self.env.settle()

    async def leave(self, person: Person) -> None:
        """Let someone leave the server; they stay in `people`, as a person outside."""
        self.guild.remove_member(person.actor)
        await self.env.settle()

    async def give_role(self, person: Person, name: str) -> None:
        """Give a role by hand, as an administrator would. Raises KeyError if the server has no role of that name."""
        self.env.backend.add_member_role(self.guild.id, person.id, self.guild.roles[name].id)
        await self.env.settle()

    def dismiss(self) -> None:
        """Close the bot's private answers, as everyone's Discord does when it is started anew."""
        for messages in self.env.backend.messages.values():
            for message in [item for item in messages.values() if item.is_ephemeral]:
                del messages[message.id]

    async def pass_time(self, span: timedelta) -> None:
        """Move the clock on; whatever falls due on the way happens, in order."""
        await self.env.advance_time(span.total_seconds())

    async def restart(self) -> None:
        """Shut the bot down cleanly and start a new one on what it remembers."""
        await self.env.bot.close()
        await self.env.restart_bot(self.make_bot())


@asynccontextmanager
async def open_world(
    make_bot: BotFactory,
    owner: Persona,
    *,
    name: str = "The Network",
    locale: str = "en-GB",
    now: datetime | None = None,
    bot_name: str = "Convenor",
    bot_permissions: discord.Permissions | None = None,
    check_errors: bool = False,
) -> AsyncGenerator[World]:
    """Start the bot in a fresh, empty server that `owner` has just made and invited it to.

    `make_bot` is called now and at each restart. `now` (aware; by default the real time) is where the clock starts; it
    then stands still until it is moved. `bot_permissions` is what the invitation grants; by default everything but
    administrator. With `check_errors` whatever the bot raised on the way is raised at the end, as an ExceptionGroup.
    """
    bot = make_bot()
    shards = 1 if isinstance(bot, discord.AutoShardedClient) and not bot.shard_count else None
    env = simcord.Env(bot, shard_count=shards, settle_timeout=60, check_errors=check_errors)
    backend = env.backend
    backend.clock.advance(((now or discord.utils.utcnow()) - env.now()).total_seconds())
    # The invitation's role takes this name.
    backend.bot_user.name = bot_name
    backend.bot_user.avatar = bot_name.lower()
    user = _make_user(env, owner)
    guild = env.create_guild(name, owner=user, preferred_locale=locale)
    if bot_permissions is not None:
        invitation = next(role for role in backend.guilds[guild.id].roles.values() if role.managed)
        invitation.permissions = bot_permissions.value
    world = World(env, guild, make_bot)
    world.people[owner.key] = Person(owner, simcord.MemberActor(env, guild, user), user)
    _speak_own_languages(world)
    with env.time_context():
        await env.start()
        try:
            yield world
        finally:
            await env.bot.close()
            await env.shutdown()
    if check_errors:
        env.raise_errors()


def _make_user(env: simcord.Env, persona: Persona) -> simcord.UserHandle:
    user = env.create_user(persona.username, global_name=persona.name, avatar=persona.key)
    if persona.account:
        # An id tells when the account was made.
        record = env.backend.users.pop(user.id)
        record.id -= discord.utils.time_snowflake(env.now()) - discord.utils.time_snowflake(env.now() - persona.account)
        env.backend.users[record.id] = record
    return user


def _speak_own_languages(world: World) -> None:
    """Send each interaction with the language of the person who acts; simcord sends American English for everyone."""
    backend = world.env.backend
    emit = backend.emit

    def emit_in_their_language(event: str, payload: Mapping[str, Any]) -> None:
        if event == "INTERACTION_CREATE":
            user: Mapping[str, str] = payload["user"] if "user" in payload else payload["member"]["user"]
            person = world.person_of(int(user["id"]))
            payload = {**payload, "locale": person.persona.locale if person else "en-GB"}
            if "guild_id" in payload:
                payload["guild_locale"] = backend.guilds[int(payload["guild_id"])].preferred_locale
        emit(event, payload)

    backend.emit = emit_in_their_language

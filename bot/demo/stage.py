"""What the page shows now: who looks at which place. One conversation is open at a time, in simcord's preview."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord
import simcord
from simcord.backend.cdn import CDN_BASE
from simcord.preview import Preview

from bot.demo import scenes, view
from bot.demo.pictures import portrait
from bot.demo.scenes import DIRECT, SCENES, scene_of
from bot.demo.view import EVENTS, Place, Seen
from bot.demo.world import Person, Persona, World
from bot.errors import as_refusal

Result = TypeVar("Result")


class StageError(Exception):
    """What was asked for is not there (any more): a person, a place they may enter, an event. Says which."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened last: a kind the page has words for, its subject, and the newest messages before and after it."""

    kind: str
    name: str
    before: Mapping[int, int]
    after: Mapping[int, int]
    fault: bool


class Stage:
    """The state behind the page. Every change happens alone, one after another, and raises `version`."""

    def __init__(
        self, world: World, newcomers: Sequence[Persona], *, unread_since: datetime | None = None, walks: bool = False
    ) -> None:
        self.world = world
        self.walks = walks
        self.newcomers = [persona for persona in newcomers if persona.key not in world.people]
        self.person = world.owner
        self.place = ""
        self.preview: Preview | None = None
        self.version = 0
        self.last: Happening | None = None
        self._seen: Seen = {}
        self._lock = asyncio.Lock()
        self._changed = asyncio.Condition()
        newest = view.newest_ids(world)
        if unread_since is not None:
            newest = dict.fromkeys(newest, discord.utils.time_snowflake(unread_since))
        self._seen.update(
            {(person.id, place): seen for person in world.people.values() for place, seen in newest.items()}
        )

    # ------------------------------------------------------------------ what the page asks for

    async def open(self, key: str, place: str = "") -> None:
        """Show a place to a person; without a place the one they would look at first. Raises StageError."""
        person = self._person(key)
        async with self.alone():
            await self._show(person, place or self._first_place(person))
        await self._tell()

    async def newcomer(self) -> None:
        """Let the next newcomer join and look through their eyes. Raises StageError when everyone is here."""
        if not self.newcomers:
            raise StageError("nobody is left to join")
        persona = self.newcomers.pop(0)

        async def join() -> Person:
            before = view.newest_ids(self.world)
            person = await self.world.join(persona, pending=True)
            # What was said before they came is not news to them.
            self._seen.update({(person.id, channel): message for channel, message in before.items()})
            return person

        await self.act("joined", join, name=persona.name)
        await self.open(persona.key)

    async def scene(self, key: str) -> None:
        """Show the place of a scene to its person, who joins first if they have to. Raises StageError."""
        found = scene_of(key)
        if found is None:
            raise StageError("there is no such scene")
        # What happened before it is not its news.
        self.last = None
        while found.person not in self.world.people:
            await self.newcomer()
        person = self._person(found.person)
        member = self.world.member(person)
        if member is not None and member.pending:
            await self.accept_rules(found.person)
        place = str(person.user.dm_channel.id) if found.place == DIRECT else self._place_named(found.place)
        await self.open(found.person, place)

    async def accept_rules(self, key: str) -> None:
        """Let a pending person accept the server's rules. Raises StageError."""
        person = self._person(key)
        await self.act("accepted", lambda: self.world.accept_rules(person), name=person.name)

    async def pass_time(self, span: timedelta, kind: str) -> None:
        """Move the clock on; `kind` is the page's word for it."""
        await self.act(kind, lambda: self.world.pass_time(span))

    async def restart(self) -> None:
        """Restart the bot, and open the conversation anew: what an old one asks for, the new bot does not know."""
        await self.act("restarted", self.world.restart)
        await self.open(self.person.persona.key, self.place)

    async def interest(self, event_id: int, *, interested: bool) -> None:
        """Mark an event as interesting to the person who looks, or no longer. Raises StageError."""
        if event_id not in self.world.env.backend.guilds[self.world.guild.id].scheduled_events:
            raise StageError("there is no such event")
        person = self.person
        change = person.actor.subscribe_event if interested else person.actor.unsubscribe_event
        await self.act("interested" if interested else "uninterested", lambda: change(event_id), name=person.name)

    async def act(self, kind: str, operation: Callable[[], Awaitable[Result]], *, name: str = "") -> Result:
        """Do something to the world, alone; note what it brought, and show it. `kind` is the page's word for it."""
        async with self.alone(), self._noting(kind, name):
            return await operation()

    async def converse(self, operation: Callable[[], Awaitable[Result]]) -> Result:
        """Let the open conversation do something by itself, alone. It shows the outcome itself."""
        async with self.alone(), self._noting():
            return await operation()

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Wait until nothing else is under way, and keep everything else waiting."""
        async with self._lock:
            yield

    # ------------------------------------------------------------------ what the page shows

    async def changed(self, version: int) -> int:
        """Wait until something changed after this version, and return the new one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.version > version)
            return self.version

    def describe(self) -> dict[str, Any]:
        """Everything the page shows, ready for JSON."""
        world, person = self.world, self.person
        self._look()
        places = view.places(world, person, self._seen, selected=self.place)
        place = next((item for item in places if item.id == self.place), None)
        posts = view.posts(world, person, int(place.id), self._seen) if place and place.kind == "forum" else []
        events = view.events(world, person) if self.place == EVENTS else []
        return {
            "version": self.version,
            "now": world.now.isoformat(),
            "server": world.guild.name,
            "person": person.persona.key,
            "place": asdict(place) if place else None,
            "people": [view.describe(world, item, self._seen) for item in world.people.values()],
            "places": [asdict(item) for item in places],
            "posts": [asdict(item) for item in posts],
            "events": [asdict(item) for item in events],
            "newcomers": len(self.newcomers),
            "scenes": [scenes.describe(world, item) for item in SCENES] if self.walks else [],
            "last": self._describe_last(places),
        }

    async def close(self) -> None:
        """Close the open conversation."""
        async with self.alone():
            await self._close_preview()

    # ------------------------------------------------------------------ inside

    @asynccontextmanager
    async def _noting(self, kind: str = "", name: str = "") -> AsyncGenerator[None]:
        """Note what happens inside. Without a kind the conversation acts: worth a line only if others heard of it."""
        env = self.world.env
        before, errors = view.newest_ids(self.world), env.error_cursor
        try:
            yield
        finally:
            fault = any(as_refusal(error) is None for error in env.errors_since(errors))
            happening = Happening(kind, name, before, view.newest_ids(self.world), fault)
            if kind or happening.fault or self._news(happening, beyond=self.place):
                self.last = happening
            await self._refresh(republish=bool(kind))
            await self._tell()

    def _person(self, key: str) -> Person:
        try:
            return self.world.people[key]
        except KeyError:
            raise StageError("there is no such person") from None

    def _place_named(self, name: str) -> str:
        try:
            return str(self.world.channel(name).id)
        except KeyError:
            raise StageError("that place is not there any more") from None

    def _first_place(self, person: Person) -> str:
        """Where a message names the person; else where the last one was looking; else where something is to be read."""
        places = view.places(self.world, person, self._seen)
        conversations = [place for place in places if place.kind in {"text", "news", "thread", "direct"}]
        unread = [place for place in conversations if place.unread]
        named = [place for place in unread if self._named(person, place)]
        spoken = [place for place in conversations if view.visible_messages(self.world, person, int(place.id))]
        direct = self.place == str(self.person.user.dm_channel.id)
        here = [place for place in places if place.id == self.place or (direct and place.kind == "direct")]
        return (named or here or unread or spoken or conversations)[0].id

    def _named(self, person: Person, place: Place) -> bool:
        after = self._seen.get((person.id, int(place.id)), 0)
        messages = view.visible_messages(self.world, person, int(place.id), after=after)
        return any(person.id in message.mention_user_ids for message in messages)

    async def _show(self, person: Person, place_id: str) -> None:
        places = view.places(self.world, person, self._seen, selected=place_id)
        place = next((item for item in places if item.id == place_id), None)
        if place is None:
            raise StageError("this person cannot enter there")
        await self._close_preview()
        self.person, self.place = person, place_id
        if place.kind in {EVENTS, "forum"}:
            return
        direct = place.kind == "direct"
        channel = person.user.dm_channel if direct else self.world.channel(int(place_id))
        viewer = person.user if direct else person.actor
        preview = self.world.env.preview(
            channel,
            viewers=(viewer,),
            layout="channel",
            locale=person.persona.locale,
            timezone=person.persona.zone,
            assets=self._pictures(),
        )
        self.preview = await preview.__aenter__()
        history = channel.history(viewer=viewer)
        if history:
            # A preview starts at the bot's latest message; a person starts at the latest of all.
            await self.preview.show(history[-1])

    def _pictures(self) -> dict[str, tuple[str, bytes]]:
        bot = self.world.env.backend.bot_user
        faces = [(person.id, person.persona.key, person.name) for person in self.world.people.values()]
        faces.append((bot.id, bot.avatar or "", bot.name))
        return {
            f"{CDN_BASE}/avatars/{user_id}/{key}.png": (f"{key}.png", portrait(name, key=key))
            for user_id, key, name in faces
        }

    async def _close_preview(self) -> None:
        preview, self.preview = self.preview, None
        if preview is not None:
            await preview.close()

    async def _refresh(self, *, republish: bool) -> None:
        """Show what changed; a place that is gone, or that they may no longer enter, gives way to another."""
        places = view.places(self.world, self.person, self._seen, selected=self.place)
        if self.place and self.place not in {place.id for place in places}:
            await self._show(self.person, self._first_place(self.person))
        elif republish and self.preview is not None:
            # The outcome counts, not whether the picture of it is fresh: the page has a way to ask again.
            with suppress(simcord.SetupError, TimeoutError):
                await self.preview.refresh()

    async def _tell(self) -> None:
        async with self._changed:
            self.version += 1
            self._changed.notify_all()

    def _look(self) -> None:
        """Note that the person has now seen what is in front of them."""
        if self.preview is not None:
            newest = view.newest_ids(self.world).get(int(self.place), 0)
            self._seen[self.person.id, int(self.place)] = newest

    def _news(self, happening: Happening, *, beyond: str = "") -> dict[str, int]:
        """How many messages of others came, by place the person can enter, except in the place `beyond`."""
        counted: dict[str, int] = {}
        for channel, last in happening.after.items():
            messages = view.visible_messages(self.world, self.person, channel, after=happening.before.get(channel, 0))
            count = sum(message.author_id != self.person.id and message.id <= last for message in messages)
            if count and str(channel) != beyond:
                counted[str(channel)] = count
        return counted

    def _describe_last(self, places: Sequence[Place]) -> dict[str, Any]:
        if self.last is None:
            return {"kind": "ready", "name": "", "fault": False, "news": []}
        names = {place.id: place.name for place in places} | {
            str(channel.id): channel.name or "" for channel in self.world.env.backend.channels.values() if channel.name
        }
        news = [
            {"id": channel, "name": names.get(channel, ""), "count": count}
            for channel, count in self._news(self.last).items()
        ]
        return {"kind": self.last.kind, "name": self.last.name, "fault": self.last.fault, "news": news}

"""A server as most tests want it: an owner, some channels, a forum, all of it known to the database."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.permissions import needed
from data.communities import ensure_community, get_community, set_places
from data.database import Database
from data.deliveries import Delivery, list_for_subject, plan
from data.wall_time import Moment
from data.webinars import NewWebinar, create
from tests.wire.control import Bot, Nursery, Server, until
from tests.wire.notice import KIND

JSON = dict[str, Any]
SUBJECT = "wire:1"
PURPOSES = ("channel:welcome", "channel:queue", "channel:webinars", "channel:introductions")
WELCOME, QUEUE, WEBINARS, INTRODUCTIONS = range(4)
# Far above what is sent here, so that no limit decides how fast.
NO_LIMITS = [[".*", 10_000, 1.0]]


@dataclass(slots=True)
class Scene:
    """Server, database, and a bot that comes and goes.

    Attributes:
        channels: ids of text channels that the bot may post to.
        forum: the id of a forum.
        member_role: the id of the role that makes a member.
        folder: for logs.
        nursery: where bots are started, if it is not to be the usual way.
        environment: settings for every bot.
        bot: the one that was started last.
    """

    server: Server
    database_url: str
    owner: str
    guild: str
    channels: list[str]
    forum: str
    member_role: str
    folder: Path
    nursery: Nursery | None = None
    environment: dict[str, str] = field(default_factory=dict[str, str])
    planned: list[str] = field(default_factory=list[str])
    announced: list[str] = field(default_factory=list[str])
    bot: Bot | None = None

    async def start_bot(self, *, die_at: str | None = None, **environment: str) -> Bot:
        """Start the bot; does not wait until it is ready."""
        environment = {**self.environment, **environment}
        if self.nursery is not None:
            self.bot = await self.nursery.start(self.server, self.database_url, die_at=die_at, **environment)
        else:
            self.bot = await Bot.start(self.server, self.database_url, self.folder, die_at=die_at, **environment)
        return self.bot

    async def plan(
        self, count: int, *, shape: str = "message", wait: timedelta = timedelta(0), place: str | None = None
    ) -> None:
        """Plan notices, due now or after a wait, in turns over the channels (or all in the forum, or in one place)."""
        now = datetime.now(UTC)
        async with Database.open(self.database_url) as db, db.begin() as session:
            for _ in range(count):
                number = len(self.planned)
                self.planned.append(f"Notice {number}")
                turn = self.forum if shape == "thread" else self.channels[number % len(self.channels)]
                await plan(
                    session,
                    community_id=int(self.guild),
                    kind=KIND,
                    subject=SUBJECT,
                    occurrence=str(number),
                    target=f"channel:{place or turn}",
                    due_at=now + wait,
                    now=now,
                    details={"as": shape},
                )

    async def announce(
        self,
        *,
        wait: timedelta,
        ago: timedelta = timedelta(0),
        offsets: Sequence[timedelta] = (timedelta(hours=1),),
        minutes: int = 60,
    ) -> str:
        """Publish a webinar as a moderator does: announcement and event at once, reminders before the start.

        Args:
            wait: how long it is until an hour before the start; below zero where that has passed.
            ago: how long ago it was published.
            offsets: how long before the start there are reminders.
            minutes: how long it takes.

        Returns:
            Its title.
        """
        now = datetime.now(UTC)
        title = f"Webinar {len(self.announced)}"
        self.announced.append(title)
        moment = Moment.at(now + wait + timedelta(hours=1), "UTC")
        new = NewWebinar(
            title=title,
            description="What it is about.",
            speakers="",
            link=None,
            moment=moment,
            minutes=minutes,
            reminder_offsets=tuple(int(offset.total_seconds()) for offset in offsets),
        )
        async with Database.open(self.database_url) as db, db.begin() as session:
            community = await get_community(session, int(self.guild))
            assert community is not None
            await create(session, community, new, by=int(self.owner), now=now - ago)
        return title

    async def webinars_seen(self) -> Counter[str]:
        """How often each webinar is announced, reminded of, and among the server's events."""
        found: Counter[str] = Counter()
        for message in await self.server.order("messages", channel=self.channels[WEBINARS]):
            if message["embeds"]:
                sort = "reminder" if message["content"].startswith("Reminder") else "announcement"
                found[f"{message['embeds'][0]['title']} {sort}"] += 1
        events = (await self.server.order("guild", guild=self.guild))["events"]
        return found + Counter(f"{event['name']} event" for event in events)

    async def webinar_rows(self, title: str | None = None) -> list[Delivery]:
        """All deliveries about webinars, or about one of them, as the database has them."""
        numbers = [self.announced.index(title) + 1] if title else range(1, len(self.announced) + 1)
        async with Database.open(self.database_url) as db, db.read() as session:
            found = [await list_for_subject(session, int(self.guild), f"webinar:{number}") for number in numbers]
        return [row for rows in found for row in rows]

    async def rows(self) -> list[Delivery]:
        """All notices as the database has them."""
        async with Database.open(self.database_url) as db, db.read() as session:
            return await list_for_subject(session, int(self.guild), SUBJECT)

    async def seen(self) -> Counter[str]:
        """How often each notice is there for people to see."""
        found: Counter[str] = Counter()
        for place in [*self.channels, *await self.threads()]:
            contents = [message["content"] for message in await self.server.order("messages", channel=place)]
            found.update(content for content in contents if content.startswith("Notice"))
        return found

    async def threads(self) -> list[str]:
        """The ids of all threads."""
        channels = (await self.server.order("guild", guild=self.guild))["channels"]
        return [one["id"] for one in channels if "thread_metadata" in one]

    async def all_seen(self, seconds: float = 30.0) -> Counter[str]:
        """Wait until every notice is there; returns what is, whether or not that is all."""

        async def complete() -> bool:
            return set(self.planned) <= set(await self.seen())

        await until(complete, seconds)
        return await self.seen()

    async def all_noted(self, seconds: float = 30.0) -> list[Delivery]:
        """Wait until nothing is under way in the database; returns what is not `sent`."""

        async def open_ones() -> list[Delivery]:
            return [row for row in await self.rows() if row.state != "sent"]

        async def done() -> bool:
            return not await open_ones()

        await until(done, seconds, pause=0.2)
        return await open_ones()

    async def each_once(self, seconds: float = 30.0) -> None:
        """Fail unless every notice gets there, and each once, and the database knows it."""
        seen = await self.all_seen(seconds)
        left = await self.all_noted(seconds)
        log = self.bot.log if self.bot else ""
        assert {name: times for name, times in seen.items() if times > 1} == {}, f"doubled\n{log}"
        state = "\n".join(map(str, left))
        assert set(self.planned) - set(seen) == set(), f"lost, at {datetime.now(UTC)}\n{state}\n{log}"
        assert [(row.occurrence, row.state, row.reason) for row in left] == [], log
        assert [row.occurrence for row in await self.rows() if row.reason] == [], "nothing was in doubt"


@asynccontextmanager
async def open_scene(
    folder: Path, database_url: str, *, limits: bool = False, nursery: Nursery | None = None
) -> AsyncGenerator[Scene]:
    """Start a server with a community in it; at the end, the bot is stopped and every exchange is checked.

    Args:
        folder: for logs and records.
        database_url: a migrated and seeded database of the test's own.
        limits: keep Discord's usual rate limits.
        nursery: start server and bots there.
    """
    async with Server.start(folder, nursery) as server:
        if not limits:
            await server.order("limit", rules=NO_LIMITS, in_a_second=10_000)
        owner = (await server.order("make_user", name="ana"))["id"]
        guild = (await server.order("make_guild", name="Network", owner=owner, bot_permissions=needed().value))["id"]
        names = [f"channel-{number}" for number in range(len(PURPOSES))]
        channels = [(await server.order("make_channel", guild=guild, name=name))["id"] for name in names]
        await server.order("overwrite", channel=channels[QUEUE], id=guild, type=0, deny=1 << 10)
        own = next(one["id"] for one in (await server.order("guild", guild=guild))["roles"] if "tags" in one)
        await server.order("overwrite", channel=channels[QUEUE], id=own, type=0, allow=1 << 10)
        forum = (await server.order("make_channel", guild=guild, name="practices", type=15))["id"]
        member_role = (await server.order("make_role", guild=guild, name="Member"))["id"]
        await _know(database_url, int(guild), channels, {"channel:practices": forum, "role:member": member_role})
        scene = Scene(server, database_url, owner, guild, channels, forum, member_role, folder, nursery)
        try:
            yield scene
            await server.check()
        finally:
            if scene.bot is not None:
                await scene.bot.kill()


async def _know(database_url: str, guild: int, channels: list[str], others: dict[str, str]) -> None:
    """Note the community and its places, as `/setup` would."""
    now = datetime.now(UTC)
    async with Database.open(database_url) as db, db.begin() as session:
        await ensure_community(
            session, guild, name="Network", now=now, languages=["en", "fr"], zone="UTC", reminder_offsets=[3600, 0]
        )
        places = {**dict(zip(PURPOSES, channels, strict=True)), **others}
        await set_places(session, guild, {purpose: int(one) for purpose, one in places.items()})

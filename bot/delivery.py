"""The engine that gets every message out once, however often the program or the connection dies.

A row of the table `delivery` is written in the same transaction as its cause. The engine leases what is due, has the
cog that knows the kind write the text from the facts as they are then, notes `sending`, posts with a nonce made from
the row, and notes `sent`. What an earlier run left `sending` is posted again with the same nonce while Discord still
knows it, and looked up in the channel's history after that: the message carries the row's id in a custom_id.
"""

import asyncio
import contextlib
import logging
import re
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot import buttons
from bot.logs import describe
from bot.render import NO_MENTIONS
from bot.supervisor import Alarm
from data import deliveries
from data.communities import Community, get_community
from data.deliveries import Delivery

if TYPE_CHECKING:
    from bot.app import Convenor

log = logging.getLogger("convenor.delivery")

# Discord drops a repeated nonce within "the past few minutes"; less than that is certain.
NONCE_WINDOW = timedelta(minutes=2)
LEASE = timedelta(minutes=5)
BATCH = 20
RETRY_PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
HISTORY_LIMIT = 500
FINISH_SECONDS = 10.0

ALERT = "delivery.failed"


@dataclass(frozen=True, slots=True)
class Post:
    """A message to send. Its buttons carry the delivery's id, so it needs one at least."""

    view: discord.ui.View | discord.ui.LayoutView
    content: str | None = None
    embeds: Sequence[discord.Embed] = ()
    files: Sequence[discord.File] = ()
    allowed_mentions: discord.AllowedMentions = NO_MENTIONS
    # Noted with the delivery once it is sent, for instance that it went out late.
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ForumPost:
    """A new thread in a forum, with its first message."""

    name: str
    post: Post
    tags: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to do at Discord that is no message. Must come to the same when done twice.

    `run` returns the id of what it made or changed, if it has one.
    """

    run: Callable[[], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing goes out, for this reason (a code, for instance `cancelled`)."""

    reason: str


Rendered = Post | ForumPost | Effect | Skip


class Kind(Protocol):
    """What a cog knows of one kind of delivery."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """What goes out, from the facts as they are now. `session` only reads."""
        ...

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Note what was made, in the same transaction in which the delivery becomes `sent`."""
        ...


class Lost(Exception):
    """The place to post to is gone or closed: final."""


@dataclass(slots=True)
class Engine:
    """Sends what is due; one runs in each process.

    Args:
        bot: the running bot.
        rest: the longest time between two looks at the table, in seconds.
    """

    bot: "Convenor"
    rest: float
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    _alarm: Alarm = field(default_factory=Alarm)
    _stopping: bool = False
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def register(self, name: str, kind: Kind) -> None:
        """Let this cog's kind write the deliveries of that name."""
        self.kinds[name] = kind

    def wake(self) -> None:
        """Look at the table now: something was planned."""
        self._alarm.ring()

    async def run(self) -> None:
        """Send what is due, for ever."""
        await self.bot.wait_until_ready()
        while not self._stopping:
            self._idle.clear()
            try:
                busy = await self.step()
            finally:
                self._idle.set()
            if not busy:
                await self._alarm.sleep(await self._pause())

    async def stop(self) -> None:
        """Finish the posts under way, and begin no other."""
        self._stopping = True
        self._alarm.ring()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), FINISH_SECONDS)

    async def _pause(self) -> float:
        async with self.bot.db.read() as session:
            due = await deliveries.next_due(session, kinds=sorted(self.kinds))
        if due is None:
            return self.rest
        return min(max((due - self.bot.clock()).total_seconds(), 0.05), self.rest)

    async def step(self) -> bool:
        """Do what is due now, a batch at most.

        Returns:
            Whether there was anything.
        """
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            await deliveries.expire_overdue(session, now)
            left = await deliveries.claim_interrupted(
                session,
                now=now,
                owner=self.owner,
                lease=LEASE,
                limit=BATCH,
                # One program at a time works on a SQLite file: what another left there, it left by dying.
                other_owners=self.bot.db.dialect == "sqlite",
            )
            due = await deliveries.claim_due(
                session, now=now, owner=self.owner, lease=LEASE, limit=BATCH, kinds=sorted(self.kinds)
            )
        jobs = [self._guarded(self._recover, row) for row in left] + [self._guarded(self._send, row) for row in due]
        await asyncio.gather(*jobs)
        return bool(jobs)

    async def _guarded(self, job: Callable[[Delivery], Awaitable[None]], row: Delivery) -> None:
        """One delivery's failure must not keep the others from going out."""
        try:
            await job(row)
        except Exception as error:  # noqa: BLE001 - told in the log, and tried again
            log.error("delivery %s (%s) could not be handled\n%s", row.id, row.kind, describe(error))  # noqa: TRY400
            await self._again(row, "error")

    # Sending --------------------------------------------------------------------------------------------------------

    async def _send(self, row: Delivery) -> None:
        async with self.bot.db.read() as session:
            rendered = await self._render(session, row)
            community = await get_community(session, row.community_id)
        if isinstance(rendered, Skip):
            await self._finish(row, rendered)
            return
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            begun = await deliveries.begin_sending(session, row, now=now)
        if begun:
            await self._attempt(row, rendered, community)

    async def _render(self, session: AsyncSession, row: Delivery) -> Rendered:
        kind = self.kinds.get(row.kind)
        return await kind.render(self.bot, session, row) if kind else Skip("unknown kind")

    async def _attempt(self, row: Delivery, rendered: Rendered, community: Community | None) -> None:
        """Post, and tell apart what is final, what surely did not happen, and what may have."""
        try:
            channel_id, made_id = await self._post(row, rendered, community)
        except Lost as error:
            await self._fail(row, str(error))
        except (discord.Forbidden, discord.NotFound) as error:
            await self._fail(row, f"{error.status}:{error.code}")
        except discord.RateLimited as error:
            await self._release(row, timedelta(seconds=error.retry_after), "rate limited")
        except discord.HTTPException as error:
            if error.status == 429:
                await self._release(row, self._wait(row), "rate limited")
            elif error.status < 500:
                log.error("delivery %s (%s) was refused\n%s", row.id, row.kind, describe(error))  # noqa: TRY400
                await self._fail(row, f"{error.status}:{error.code}")
            else:
                await self._again(row, f"{error.status}")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            await self._again(row, type(error).__name__)
        else:
            await self._done(row, rendered, channel_id, made_id)

    async def _post(
        self, row: Delivery, rendered: Rendered, community: Community | None
    ) -> tuple[int | None, int | None]:
        if isinstance(rendered, Effect):
            return None, await rendered.run()
        channel = await self._channel(row, community)
        if isinstance(rendered, ForumPost):
            if not isinstance(channel, discord.ForumChannel):
                raise Lost("not a forum")
            tags = [tag for tag in channel.available_tags if tag.id in rendered.tags][:5]
            made = await channel.create_thread(
                name=rendered.name, applied_tags=tags, **self._message(row, rendered.post)
            )
            return made.thread.id, made.message.id
        assert isinstance(rendered, Post)  # noqa: S101 - the others were handled
        if isinstance(channel, discord.ForumChannel):
            raise Lost("is a forum")
        message = await channel.send(nonce=f"convenor-{row.id}", **self._message(row, rendered))
        return message.channel.id, message.id

    def _message(self, row: Delivery, post: Post) -> dict[str, Any]:
        if not buttons.mark(post.view, row.id):
            raise ValueError(f"a message of kind {row.kind} has no button to carry its delivery's id")
        message: dict[str, Any] = {"view": post.view, "allowed_mentions": post.allowed_mentions}
        if post.content is not None:
            message["content"] = post.content
        if post.embeds:
            message["embeds"] = list(post.embeds)
        if post.files:
            message["files"] = list(post.files)
        return message

    async def _channel(self, row: Delivery, community: Community | None) -> Any:
        """Where a delivery goes: `user:<id>`, `channel:<id>`, or `channel:<purpose>`.

        Raises:
            Lost: there is no such place any more.
        """
        sort, _, which = row.target.partition(":")
        if sort == "user":
            user = self.bot.get_user(int(which)) or await self.bot.fetch_user(int(which))
            return user.dm_channel or await user.create_dm()
        channel_id = int(which) if which.isdecimal() else (community.channel(row.target) if community else None)
        guild = self.bot.get_guild(row.community_id)
        channel = guild.get_channel_or_thread(channel_id) if guild and channel_id else None
        if channel is None:
            raise Lost("no such channel")
        return channel

    # What an earlier run left behind ------------------------------------------------------------------------------

    async def _recover(self, row: Delivery) -> None:
        """Whether it was posted is not known: the nonce tells while Discord knows it, the history after that."""
        async with self.bot.db.read() as session:
            rendered = await self._render(session, row)
            community = await get_community(session, row.community_id)
        now = self.bot.clock()
        plain_post = isinstance(rendered, Post)
        if isinstance(rendered, Effect) or (plain_post and row.sending_at and now - row.sending_at < NONCE_WINDOW):
            await self._attempt(row, rendered, community)
            return
        try:
            found = await self._find(row, await self._channel(row, community))
        except (Lost, discord.Forbidden, discord.NotFound):
            if isinstance(rendered, Skip):
                await self._finish(row, rendered)
                return
            # The history cannot be read: once more, and said so.
            note = "possible repeat"
            rendered = _noted(rendered, note)
            await self._attempt(row, rendered, community)
            return
        if found is not None:
            await self._done(row, rendered, *found)
        elif isinstance(rendered, Skip):
            await self._finish(row, rendered)
        else:
            await self._attempt(row, rendered, community)

    async def _find(self, row: Delivery, channel: Any) -> tuple[int, int] | None:
        """The message of this delivery in the channel's history."""
        mark = re.compile(rf"~d{row.id}$")
        after = (row.sending_at or row.due_at) - timedelta(minutes=5)
        if isinstance(channel, discord.ForumChannel):
            async for thread in _threads(channel, after):
                with contextlib.suppress(discord.NotFound):
                    if self._is_ours(await thread.fetch_message(thread.id), mark):
                        return thread.id, thread.id
            return None
        async for message in channel.history(after=after, limit=HISTORY_LIMIT, oldest_first=True):
            if self._is_ours(message, mark):
                return message.channel.id, message.id
        return None

    def _is_ours(self, message: discord.Message, mark: "re.Pattern[str]") -> bool:
        if self.bot.user is None or message.author.id != self.bot.user.id:
            return False
        view = discord.ui.View.from_message(message) if message.components else None
        ids = [getattr(item, "custom_id", None) for item in view.children] if view else []
        return any(mark.search(custom_id) for custom_id in ids if custom_id)

    # Outcomes -------------------------------------------------------------------------------------------------------

    async def _done(self, row: Delivery, rendered: Rendered, channel_id: int | None, made_id: int | None) -> None:
        note = rendered.note if isinstance(rendered, Post) else None
        async with self.bot.db.begin() as session:
            marked = await deliveries.mark_sent(
                session, row, now=self.bot.clock(), channel_id=channel_id, message_id=made_id, reason=note
            )
            kind = self.kinds.get(row.kind)
            if marked and kind is not None:
                await kind.sent(session, row, channel_id, made_id)

    async def _finish(self, row: Delivery, skip: Skip) -> None:
        async with self.bot.db.begin() as session:
            await deliveries.mark_skipped(session, row, now=self.bot.clock(), reason=skip.reason)

    async def _fail(self, row: Delivery, reason: str) -> None:
        """Final; the moderators are told once."""
        log.warning("delivery %s (%s) failed: %s", row.id, row.kind, reason)
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            await deliveries.mark_failed(session, row, now=now, reason=reason)
            if row.kind != ALERT:
                await deliveries.plan(
                    session,
                    community_id=row.community_id,
                    kind=ALERT,
                    subject=f"delivery:{row.id}",
                    target="channel:queue",
                    due_at=now,
                    now=now,
                    details={"kind": row.kind, "reason": reason, "target": row.target, "subject": row.subject},
                )

    async def _release(self, row: Delivery, wait: timedelta, reason: str) -> None:
        """It surely was not posted: due again later."""
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            await deliveries.release(session, row, now=now, retry_at=now + wait, reason=reason)

    async def _again(self, row: Delivery, reason: str) -> None:
        """It may have been posted: stays `sending` and is looked at again."""
        log.warning("delivery %s (%s): outcome unknown (%s)", row.id, row.kind, reason)
        async with self.bot.db.begin() as session:
            await deliveries.keep_sending(session, row, retry_at=self.bot.clock() + self._wait(row))

    def _wait(self, row: Delivery) -> timedelta:
        return RETRY_PAUSES[min(row.attempts, len(RETRY_PAUSES) - 1)]


def _noted(rendered: Rendered, note: str) -> Rendered:
    if not isinstance(rendered, Post):
        return rendered
    return Post(rendered.view, rendered.content, rendered.embeds, rendered.files, rendered.allowed_mentions, note)


async def _threads(forum: discord.ForumChannel, after: datetime) -> AsyncGenerator[discord.Thread]:
    """The forum's threads made since then, open ones first."""
    seen: set[int] = set()
    for thread in forum.threads:
        seen.add(thread.id)
        if thread.created_at is None or thread.created_at >= after:
            yield thread
    async for thread in forum.archived_threads(limit=100):
        if thread.id not in seen and (thread.created_at is None or thread.created_at >= after):
            yield thread

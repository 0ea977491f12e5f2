"""Who sends what, when, and what is noted of it."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.finding import Unreadable, find
from bot.delivery.gates import Gates
from bot.delivery.kinds import (
    ALERT,
    EXPOSED,
    Answering,
    Effect,
    Exposed,
    Following,
    ForumPost,
    Kind,
    Lost,
    Place,
    Post,
    Rendered,
    Skip,
    notes_more,
)
from bot.delivery.outage import Outage
from bot.delivery.posting import channel_of, note_of, post
from bot.delivery.together import Together
from bot.logs import describe
from bot.requests import Repeated, Withheld, answered_within, in_bulk, only_while
from bot.supervisor import Alarm
from data import deliveries
from data.communities import Community, get_community
from data.deliveries import Delivery
from data.leading import Lead, leading

if TYPE_CHECKING:
    from bot.app import Convenor

log = logging.getLogger("convenor.delivery")

# Discord drops a repeated nonce within "the past few minutes"; less than that is certain.
NONCE_WINDOW = timedelta(minutes=2)
# A thread has no nonce: a request that was under way when the program died must have arrived before we look for it.
SETTLING = timedelta(seconds=3)
LEASE = timedelta(minutes=5)
# How many are under way at once: as many as go out in the time that one takes.
SLOTS = 40
# From so many on, what is due is claimed together, that many seconds apart.
MANY = 5
CLAIM_PAUSE = 0.2
RETRY_PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
# A server that Discord itself cannot show just now.
UNAVAILABLE_PAUSE = timedelta(seconds=10)
# A moderators' channel that others see: whoever opened it needs a while to close it.
EXPOSED_PAUSE = timedelta(minutes=10)
# Discord's code for somebody who opens direct messages with too many people at once; it comes as a refusal.
OPENED_TOO_FAST = 40003
# So long an answer is waited for; then it is looked up whether the message went out.
ANSWER_SECONDS = 15.0
FINISH_SECONDS = 10.0
POSSIBLE_REPEAT = "possible repeat"


@dataclass(slots=True)
class Engine:
    """Sends what is due; one is in each process, and of several one sends (see `data.leading`).

    Args:
        bot: the running bot.
        rest: the longest time between two looks at the table, in seconds.

    Attributes:
        direct: the channels of people's direct messages by their ids: the library forgets them beyond 128 people, and
            asking for one is a request.
        beat: when it last looked at what is due, by the loop's clock; None while it waits for its turn to send.
    """

    bot: "Convenor"
    rest: float
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    outage: Outage = field(default_factory=Outage)
    direct: dict[int, int] = field(default_factory=dict[int, int])
    beat: float | None = None
    _gates: Gates = field(default_factory=Gates)
    _reading: Together = field(init=False)
    _noting: Together = field(init=False)
    _alarm: Alarm = field(default_factory=Alarm)
    _lead: Lead = field(default_factory=Lead)
    _stopping: bool = False
    _under_way: dict[int, "asyncio.Task[None]"] = field(default_factory=dict[int, "asyncio.Task[None]"])

    def __post_init__(self) -> None:
        # The database is opened later.
        self._reading = Together(lambda: self.bot.db.read())  # noqa: PLW0108
        self._noting = Together(lambda: self.bot.db.begin(), deliveries.hold)  # noqa: PLW0108

    def register(self, name: str, kind: Kind) -> None:
        """Let this cog's kind write the deliveries of that name."""
        self.kinds[name] = kind

    def register_place(self, target: str, place: Place) -> None:
        """Let this cog find where the deliveries with that target go."""
        self.places[target] = place

    def wake(self) -> None:
        """Look at the table now: something was planned."""
        self._alarm.ring()

    async def run(self) -> None:
        """Send what is due, for ever."""
        await self.bot.wait_until_ready()
        self.beat = None
        async with leading(self.bot.db, "deliveries", self.owner, on_loss=self._alarm.ring) as lead:
            self._lead = lead
            if self.bot.db.dialect != "sqlite":
                log.info("this process sends what is due")
            while not self._stopping:
                lead.check()
                self.beat = asyncio.get_running_loop().time()
                begun = await self.step()
                if len(self._under_way) >= MANY:
                    # Not after each that ends: a claim of many costs hardly more than a claim of one.
                    await asyncio.sleep(CLAIM_PAUSE)
                if not begun:
                    await self._alarm.sleep(await self._pause())
            # As long as these are at work, another process must take them for ours.
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Finish the posts under way, and begin no other."""
        self._stopping = True
        self._alarm.ring()
        if self._under_way:
            _, slow = await asyncio.wait(set(self._under_way.values()), timeout=FINISH_SECONDS)
            for task in slow:
                task.cancel()
        await self._noting.settle()

    async def _pause(self) -> float:
        """How long there is nothing to do, in seconds."""
        now = self.bot.clock()
        if self._room() <= 0:
            # Whatever ends first rings the alarm; until then only the leases have to be renewed.
            return min(self.rest, LEASE.total_seconds() / 3)
        async with self.bot.db.glance() as session:
            due = await deliveries.next_due(session, kinds=sorted(self.kinds), without=self._gates.full())
        moments = [] if due is None else [(due - now).total_seconds()]
        wait = min([*moments, self.rest])
        blocked = self.outage.left(now)
        return max(wait, blocked.total_seconds() if blocked else 0.0, 0.05)

    def _room(self) -> int:
        """How many more may be under way."""
        return (1 if self.outage.lasts else SLOTS) - (len(self._under_way) - self._gates.waiting)

    async def step(self) -> bool:
        """Begin what is due now, as far as there is room.

        Returns:
            Whether anything was begun.
        """
        now = self.bot.clock()
        room = self._room()
        if room <= 0 or self.outage.left(now):
            await self._renew(now)
            return False
        async with self.bot.db.begin() as session:
            if self._under_way:
                await deliveries.renew(session, self._under_way, owner=self.owner, until=now + LEASE)
            await deliveries.expire_overdue(session, now)
            left = await deliveries.claim_interrupted(
                session, now=now, owner=self.owner, lease=LEASE, limit=room, other_owners=True
            )
            due = await deliveries.claim_due(
                session,
                now=now,
                owner=self.owner,
                lease=LEASE,
                limit=room - len(left),
                kinds=sorted(self.kinds),
                without=self._gates.full(),
                other_owners=True,
            )
        for row in left:
            self._begin(self._recover, row)
        for row in due:
            self._begin(self._send, row)
        return bool(left or due)

    async def _renew(self, now: datetime) -> None:
        if self._under_way:
            async with self.bot.db.begin() as session:
                await deliveries.renew(session, self._under_way, owner=self.owner, until=now + LEASE)

    def _begin(self, job: Callable[[Delivery], Awaitable[None]], row: Delivery) -> None:
        """Work on one delivery beside the others: a slow answer to one must not keep the rest waiting."""
        task = asyncio.create_task(self._guarded(job, row, self._lead), name=f"delivery:{row.id}")
        self._under_way[row.id] = task
        task.add_done_callback(lambda _: self._ended(row.id))

    def _ended(self, delivery_id: int) -> None:
        self._under_way.pop(delivery_id, None)
        self._alarm.ring()

    async def _guarded(self, job: Callable[[Delivery], Awaitable[None]], row: Delivery, lead: Lead) -> None:
        """One delivery's failure must not keep the others from going out."""
        try:
            try:
                async with self._gates.through((row.community_id, row.target)):
                    await self._work_on(job, row, lead)
            except Withheld:
                # Another process may be at work on it by now; if none is, we are again in a moment.
                await self._again(row, "not leading", RETRY_PAUSES[0])
            except Exception as error:  # noqa: BLE001 - told in the log, and tried again
                log.error("delivery %s (%s) could not be handled\n%s", row.id, row.kind, describe(error))  # noqa: TRY400
                await self._again(row, "error", self._wait(row))
        except Exception as error:  # noqa: BLE001 - not even that could be noted: the lease runs out, then it is tried
            log.error("delivery %s (%s): %s", row.id, row.kind, describe(error))  # noqa: TRY400

    async def _work_on(self, job: Callable[[Delivery], Awaitable[None]], row: Delivery, lead: Lead) -> None:
        """Do it, unless while it waited for others in the same place all ended.

        What was begun while this process led is not gone on with once another has led since.
        """
        if self._stopping:
            return
        left = self.outage.left(self.bot.clock())
        if left is not None:
            await self._again(row, "Discord is away", left)
            return
        with in_bulk(), only_while(lambda: lead.certain):
            try:
                await self.bot.elsewhere.bring(row.community_id)
            except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError) as error:
                await self._refused(row, error)
                return
            await job(row)

    # Sending --------------------------------------------------------------------------------------------------------

    async def _send(self, row: Delivery) -> None:
        if self._unavailable(row):
            await self._release(row, UNAVAILABLE_PAUSE, "server unavailable")
            return
        rendered, community = await self._reading.do(lambda session: self._compose(session, row), row=row.id)
        if isinstance(rendered, Skip):
            await self._finish(row, rendered)
            return
        now = self.bot.clock()
        if await self._noting.do(lambda session: deliveries.begin_sending(session, row, now=now), row=row.id):
            await self._attempt(row, rendered, community, note_of(rendered))

    def _unavailable(self, row: Delivery) -> bool:
        """Whether Discord cannot show the server just now: what was written then would miss who and what is in it."""
        guild = self.bot.get_guild(row.community_id)
        return guild is not None and guild.unavailable

    async def _compose(self, session: AsyncSession, row: Delivery) -> tuple[Rendered, Community | None]:
        """What goes out, and where it is that it goes out."""
        kind = self.kinds.get(row.kind)
        rendered = await kind.render(self.bot, session, row) if kind else Skip("unknown kind")
        return rendered, await get_community(session, row.community_id)

    async def _attempt(
        self, row: Delivery, rendered: Post | ForumPost | Effect, community: Community | None, note: str | None
    ) -> None:
        """Post, and tell apart what is final and what may have happened."""
        try:
            async with answered_within(ANSWER_SECONDS):
                channel_id, made_id = await post(self.bot, row, rendered, community)
        except Lost as error:
            await self._fail(row, str(error))
        except Exposed as error:
            await self._warn(row, error.channel_id)
            await self._release(row, EXPOSED_PAUSE, "others see the channel")
        except Repeated:
            await self._again(row, "outcome unknown", self._wait(row))
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError) as error:
            await self._refused(row, error)
        else:
            self.outage.answered()
            await self._done(row, channel_id, made_id, note)

    async def _refused(self, row: Delivery, error: Exception) -> None:
        """Discord, or something before it, did not do it, or did not say so.

        Even a refusal can come after the library tried more than once, and after a first try that went through: only
        what no repetition can change is final, everything else is looked up before it is tried again.
        """
        now = self.bot.clock()
        if not self._lead.certain:
            # Withheld while it was being written looks like a broken connection.
            raise Withheld from error
        if isinstance(error, discord.RateLimited):
            await self._again(row, "rate limited", timedelta(seconds=error.retry_after))
        elif not isinstance(error, discord.HTTPException) or error.status >= 500:
            self.outage.unanswered(now)
            await self._again(row, _name(error), max(self.outage.pause(), self._wait(row, RETRY_PAUSES[0])))
        elif error.status == 429:
            wait = _header(error, "Retry-After")
            pause = timedelta(seconds=float(wait)) if wait.isdecimal() else self._wait(row)
            if not _header(error, "Via"):
                # Not Discord itself, but the proxy before it, which turns away everything.
                self.outage.told_to_wait(now, pause)
            await self._again(row, "rate limited", pause)
        elif error.code == OPENED_TOO_FAST:
            await self._again(row, "rate limited", self._wait(row))
        elif error.code == 0 or error.status == 401:
            # Not from Discord's application itself, or about our token and not about this message.
            await self._again(row, _name(error), self._wait(row))
        else:
            self.outage.answered()
            if not isinstance(error, discord.Forbidden | discord.NotFound):
                log.error("delivery %s (%s) was refused\n%s", row.id, row.kind, describe(error))
            await self._fail(row, f"{error.status}:{error.code}")

    # What may have gone out already ---------------------------------------------------------------------------------

    async def _recover(self, row: Delivery) -> None:
        """Whether it was posted is not known: the history tells, and the nonce guards what is not in it yet."""
        if self._unavailable(row):
            await self._again(row, "server unavailable", UNAVAILABLE_PAUSE)
            return
        now = self.bot.clock()
        rendered, community = await self._reading.do(lambda session: self._compose(session, row), row=row.id)
        if isinstance(rendered, Effect):
            await self._attempt(row, rendered, community, None)
            return
        since = now - row.sending_at if row.sending_at else None
        if isinstance(rendered, ForumPost) and since is not None and timedelta(0) <= since < SETTLING:
            await self._again(row, "outcome unknown", SETTLING - since)
            return
        note = note_of(rendered)
        try:
            found = await find(self.bot, row, await channel_of(self.bot, row, community))
        except Exposed as error:
            await self._warn(row, error.channel_id)
            await self._again(row, "others see the channel", EXPOSED_PAUSE)
            return
        except (Unreadable, Lost, discord.Forbidden, discord.NotFound):
            found = None
            known = since is not None and timedelta(0) <= since < NONCE_WINDOW / 2
            if not (isinstance(rendered, Post) and known):
                note = POSSIBLE_REPEAT
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError) as error:
            await self._refused(row, error)
            return
        self.outage.answered()
        if found is not None:
            await self._done(row, *found, note_of(rendered))
        elif isinstance(rendered, Skip):
            await self._finish(row, rendered)
        else:
            await self._attempt(row, rendered, community, note)

    # Outcomes -------------------------------------------------------------------------------------------------------

    async def _done(self, row: Delivery, channel_id: int | None, made_id: int | None, note: str | None) -> None:
        async def note_it(session: AsyncSession) -> None:
            marked = await deliveries.mark_sent(
                session, row, now=self.bot.clock(), channel_id=channel_id, message_id=made_id, reason=note
            )
            kind = self.kinds.get(row.kind)
            if marked and kind is not None:
                await kind.sent(session, row, channel_id, made_id)

        await self._noting.do(note_it, row=None if notes_more(self.kinds.get(row.kind)) else row.id)

    async def _finish(self, row: Delivery, skip: Skip) -> None:
        kind = self.kinds.get(row.kind)
        follows = isinstance(kind, Following)

        async def note_it(session: AsyncSession) -> None:
            marked = await deliveries.mark_skipped(session, row, now=self.bot.clock(), reason=skip.reason)
            if marked and isinstance(kind, Following):
                await kind.skipped(session, row, skip.reason)

        await self._noting.do(note_it, row=None if follows else row.id)

    async def _fail(self, row: Delivery, reason: str) -> None:
        """Final; the moderators are told, once a day for each sort of message about one thing."""
        log.warning("delivery %s (%s) failed: %s", row.id, row.kind, reason)
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            marked = await deliveries.mark_failed(session, row, now=now, reason=reason)
            kind = self.kinds.get(row.kind)
            settled = marked and isinstance(kind, Answering) and await kind.failed(session, row, reason)
            if row.kind != ALERT and not settled:
                await deliveries.plan(
                    session,
                    community_id=row.community_id,
                    kind=ALERT,
                    subject=row.subject,
                    occurrence=f"{row.kind}:{now:%Y-%m-%d}",
                    target="channel:queue",
                    due_at=now,
                    now=now,
                    # Not to whom: details are no place for people.
                    details={"kind": row.kind, "reason": reason},
                )

    async def _warn(self, row: Delivery, channel_id: int) -> None:
        """Tell the moderators that others see a channel that is not for them, once a day."""
        async with self.bot.db.begin() as session:
            await plan_exposed(session, row.community_id, channel_id, self.bot.clock())

    async def _release(self, row: Delivery, wait: timedelta, reason: str) -> None:
        """Nothing was sent: due again later."""
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            await deliveries.release(session, row, now=now, retry_at=now + wait, reason=reason)

    async def _again(self, row: Delivery, reason: str, wait: timedelta) -> None:
        """It may have been posted: stays `sending` and is looked at again."""
        log.warning("delivery %s (%s): put off (%s)", row.id, row.kind, reason)
        async with self.bot.db.begin() as session:
            await deliveries.keep_sending(session, row, retry_at=self.bot.clock() + wait)

    def _wait(self, row: Delivery, longest: timedelta = RETRY_PAUSES[-1]) -> timedelta:
        return min(RETRY_PAUSES[min(row.attempts, len(RETRY_PAUSES) - 1)], longest)


async def plan_exposed(session: AsyncSession, community_id: int, channel_id: int, now: datetime) -> None:
    """Plan word to the moderators that others see a channel not for them; once a day, however often it is found."""
    await deliveries.plan(
        session,
        community_id=community_id,
        kind=EXPOSED,
        subject=f"channel:{channel_id}",
        occurrence=f"{now:%Y-%m-%d}",
        target="channel:queue",
        due_at=now,
        now=now,
    )


def _name(error: Exception) -> str:
    return str(error.status) if isinstance(error, discord.HTTPException) else type(error).__name__


def _header(error: discord.HTTPException, name: str) -> str:
    """A header of the answer, empty where there is none."""
    return error.response.headers.get(name) or ""

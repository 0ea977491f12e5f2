"""Newcomers: welcomed one by one, or together where many come at once."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

import discord

from bot.app import Convenor
from bot.supervisor import Alarm
from data.communities import get_community
from data.members import mark_returned
from data.members.expected import admit_expected, count_expected
from data.members.newcomers import plan_apart, plan_surge, plan_together
from data.members.planning import WELCOME_SPAN
from data.personal import erased_since

# From so many within a minute on it is a flood: then they are gathered for a few seconds, and greeted together.
FLOOD = 20
MINUTE = timedelta(minutes=1)
GATHER_SECONDS = 5.0
# Nobody waits: everyone was welcomed as they came.
REST_SECONDS = 86_400.0


class Arrivals:
    """Those who have just come, of every server.

    Args:
        bot: the running bot.
    """

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self._came: dict[int, deque[datetime]] = {}
        self._gathered: dict[int, dict[int, discord.Member]] = {}
        self._alarm = Alarm()

    async def come(self, person: discord.Member) -> None:
        """Welcome someone now, or, in a flood, with those who come in the next seconds."""
        if person.bot or person.pending:
            return
        guild = person.guild
        if self._count(guild.id) <= FLOOD:
            await self.welcome(guild, [person])
            return
        waiting = self._gathered.setdefault(guild.id, {})
        waiting[person.id] = person
        if len(waiting) == 1:
            self._alarm.ring()

    async def run(self) -> None:
        """Welcome those who were gathered, for ever. Whom a crash forgets is found at the next start."""
        while True:
            if not self._gathered:
                await self._alarm.sleep(REST_SECONDS)
                continue
            await asyncio.sleep(GATHER_SECONDS)
            for guild_id in list(self._gathered):
                people = list(self._gathered.pop(guild_id).values())
                await self.welcome(people[0].guild, people)

    async def welcome(self, guild: discord.Guild, people: list[discord.Member]) -> None:
        """Plan the welcome of those who may speak already and are no bots; who is expected becomes a member."""
        new = {one.id: one for one in people if not one.bot and not one.pending and one.joined_at}
        if not new:
            return
        now = self.bot.clock()
        keep = timedelta(days=self.bot.settings.attestation_days)
        async with self.bot.db.begin() as session:
            community = await get_community(session, guild.id)
            if community is None or community.channel("channel:welcome") is None:
                return
            recent = {
                one.id: one.joined_at for one in new.values() if one.joined_at and now - one.joined_at < WELCOME_SPAN
            }
            # Whoever had everything erased since they came gets no more messages.
            for user_id in await erased_since(session, guild.id, recent):
                del recent[user_id]
            await mark_returned(session, guild.id, list(new))
            names = {one.id: user_name(one) for one in new.values()}
            for user_id in await admit_expected(session, guild.id, names, keep=keep, now=now):
                recent.pop(user_id, None)
            if len(recent) <= FLOOD and not self._is_flood(guild.id):
                await plan_apart(session, guild.id, recent, now=now)
                return
            await plan_together(session, guild.id, recent, now=now)
            await plan_surge(session, guild.id, max(len(recent), self._recent(guild.id)), now=now)

    async def admit(self, guild: discord.Guild) -> None:
        """Make members of those who are expected and came while nobody looked."""
        names = {one.id: user_name(one) for one in guild.members if not one.bot and not one.pending}
        keep = timedelta(days=self.bot.settings.attestation_days)
        async with self.bot.db.begin() as session:
            if await count_expected(session, guild.id):
                await admit_expected(session, guild.id, names, keep=keep, now=self.bot.clock())

    def _count(self, guild_id: int) -> int:
        """Note one more; returns how many came within a minute."""
        came = self._came.setdefault(guild_id, deque(maxlen=10 * FLOOD))
        came.append(self.bot.clock())
        return self._recent(guild_id)

    def _recent(self, guild_id: int) -> int:
        came = self._came.get(guild_id, deque[datetime]())
        while came and self.bot.clock() - came[0] > MINUTE:
            came.popleft()
        return len(came)

    def _is_flood(self, guild_id: int) -> bool:
        return self._recent(guild_id) > FLOOD


def user_name(person: discord.Member) -> str | None:
    """The name that no other account has, None where an account is of the old sort: those are not alone with it."""
    return person.name.lower() if person.discriminator == "0" else None

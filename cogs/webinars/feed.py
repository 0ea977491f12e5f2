"""A person's webinars over HTTP, at an address that only they know."""

import hashlib
import logging
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import aiohttp
import discord
from discord.ext import commands

from bot.app import Convenor
from bot.authorize import Standing, standing_of
from bot.languages import texts
from bot.supervisor import Alarm
from bot.web import NOT_FOUND, Answer, Request
from bot.web.limits import Limit
from cogs.webinars.ics import CONTENT_TYPE, Entry, calendar_text
from data import calendars, webinars
from data.calendars import Feed
from data.communities import get_community, get_preference

log = logging.getLogger("convenor.calendars")

PATH = "/calendar/"
# As `calendars.new_token` makes them.
ADDRESS = re.compile(r"/calendar/([A-Za-z0-9_-]{32})\.ics")
# Programs look a few times a day; whoever refreshes by hand may do so.
OFTEN = (12, 60.0)
LOOK_AGAIN = 60.0
NOT_NOW = Answer(503, b"Not now. Please try again later.\n", headers={"Retry-After": "300"})


def address_of(public_url: str, token: str) -> str:
    """The whole of an address."""
    return f"{public_url}{PATH}{token}.ics"


class Feeds(commands.Cog):
    """Answers calendar programs; ends the addresses of those who leave, and gives their places to those who wait."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self._asked = Limit(*OFTEN)
        self._rest = Alarm()

    async def serve(self, request: Request) -> Answer:
        """The calendar behind an address. Of one that never was, has ended, or is nobody's just now: the same."""
        found = ADDRESS.fullmatch(request.path)
        if found is None:
            return NOT_FOUND
        async with self.bot.db.read() as session:
            feed = await calendars.find_feed(session, found[1])
        if feed is None:
            return NOT_FOUND
        if wait := self._asked.wait(str(feed.id), self.bot.loop.time()):
            return Answer(429, b"Too many requests.\n", headers={"Retry-After": str(int(wait) + 1)})
        try:
            await self.bot.elsewhere.bring(feed.community_id)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError):
            return NOT_NOW
        guild = self.bot.get_guild(feed.community_id)
        if not self.bot.is_ready() or (guild is not None and (guild.unavailable or not guild.chunked)):
            # Who is in the server is not known yet. A program that is told "not found" may forget the address.
            return NOT_NOW
        return NOT_FOUND if guild is None else await self._write(request, feed, guild)

    async def _write(self, request: Request, feed: Feed, guild: discord.Guild) -> Answer:
        now = self.bot.clock()
        person = guild.get_member(feed.user_id)
        async with self.bot.db.read() as session:
            community = await get_community(session, feed.community_id)
            if community is None or person is None or standing_of(community, person) < Standing.MEMBER:
                return NOT_FOUND
            preference = await get_preference(session, feed.community_id, feed.user_id)
            answered = await calendars.webinars_of_user(session, feed.community_id, feed.user_id, now=now)
        t = texts((preference.language if preference else None) or feed.language)
        name = t("Webinars of {community}", community=guild.name)
        body = await calendar_text(t, [Entry(webinar, answer) for webinar, answer in answered], name)
        etag = hashlib.sha256(body).hexdigest()[:32]
        since = feed.changed_at
        if since is None or feed.etag != etag:
            async with self.bot.db.begin() as session:
                since = await calendars.note_served(session, feed, etag, now)
        headers = {
            "ETag": f'"{etag}"',
            "Last-Modified": format_datetime(since, usegmt=True),
            # It may be kept, but not used without asking: who gave up the address wants it to be gone.
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="webinars.ics"',
        }
        if unchanged(request, etag, since):
            return Answer(304, content_type=CONTENT_TYPE, headers=headers)
        return Answer(200, body, CONTENT_TYPE, headers)

    async def forget_those_who_left(self) -> None:
        """The same for people who left while nobody was looking."""
        await self.bot.wait_until_ready()
        # A host who has the bot look for its work more rarely has it look for this more rarely too.
        rest = max(LOOK_AGAIN, self.bot.settings.poll_seconds)
        seen: set[int] = set()
        while True:
            for guild in self.bot.guilds:
                # Of one that is not chunked yet, the members are still being told.
                if guild.id in seen or guild.unavailable or not guild.chunked:
                    continue
                seen.add(guild.id)
                async with self.bot.db.read() as session:
                    having = await calendars.users_with_feeds(session, guild.id)
                    having |= await webinars.users_with_places(session, guild.id, self.bot.clock())
                if left := [user_id for user_id in having if guild.get_member(user_id) is None]:
                    await self._end(guild.id, left)
            if seen >= {guild.id for guild in self.bot.guilds}:
                return
            await self._rest.sleep(rest)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Whoever leaves has no address any more, and keeps no place from others."""
        await self._end(payload.guild_id, [payload.user.id])

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Nor has whoever is no member any more. That the role itself was deleted is no such decision."""
        if before.roles == after.roles:
            return
        async with self.bot.db.read() as session:
            community = await get_community(session, after.guild.id)
        role_id = community.role("role:member") if community else None
        if community is None or role_id is None or after.guild.get_role(role_id) is None:
            return
        if standing_of(community, before) >= Standing.MEMBER > standing_of(community, after):
            await self._end(after.guild.id, [after.id])

    async def _end(self, community_id: int, user_ids: list[int]) -> None:
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            ended = await calendars.end_feeds(session, community_id, user_ids)
        for user_id in user_ids:
            async with self.bot.db.begin() as session:
                await webinars.give_up_answers(session, community_id, user_id, now, few_places=True)
        if ended:
            log.info("ended %s calendar addresses in server %s", ended, community_id)


def unchanged(request: Request, etag: str, since: datetime) -> bool:
    """Whether the program has it already. A mark counts more than a time."""
    marks = request.headers.get("if-none-match")
    if marks is not None:
        known = [mark.strip().removeprefix("W/") for mark in marks.split(",")]
        return "*" in known or f'"{etag}"' in known
    try:
        asked = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since <= (asked if asked.tzinfo else asked.replace(tzinfo=UTC))

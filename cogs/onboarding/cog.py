"""Joining and leaving, and the commands around it."""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask, language_for
from bot.authorize import Standing
from bot.choosing import fitting
from bot.languages import L, texts
from bot.render import clean, label
from cogs.onboarding import applicant, cards, desk, directory, exporting, importing, profile, rules, vouching
from cogs.onboarding.arrivals import Arrivals
from cogs.onboarding.roles import follow, follow_new_places, heard, reconcile
from data import countries
from data.digests import stop_digest
from data.languages import WORK_LANGUAGES
from data.members import Member, mark_left, members_with_trouble
from data.members.planning import TROUBLE, WELCOME_SPAN, plan_withdrawal
from data.personal import erase, note_departure, people_known

log = logging.getLogger("convenor.onboarding")

# How many are looked after at a start: more joined or left than this only in a flood, or after months away.
CATCH_UP = 200
# How many are welcomed then: they are greeted together.
MOST_WELCOMED = 5_000
# How long Discord may take to send the list of a server's members.
LIST_SECONDS = 60


class Onboarding(commands.Cog):
    """Listens for people who come and go, and offers the commands."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self.arrivals = Arrivals(bot)
        self._to_repair: set[int] = set()
        self._repairing = asyncio.Lock()

    # Coming and going ------------------------------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """Welcome someone, unless they have the server's rules to accept first."""
        await self.arrivals.come(member)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Welcome someone who has just accepted the server's rules; hear of roles given or taken by hand."""
        if before.pending and not after.pending:
            await self.arrivals.come(after)
        if before.roles != after.roles:
            await heard(self.bot, after)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """From now on nobody finds them."""
        await self.left(payload.guild_id, payload.user.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up on what happened while the bot was away."""
        for guild in self.bot.guilds:
            await self.catch_up(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Catch up on what happened while Discord did not show the server."""
        if self.bot.is_ready():
            await self.catch_up(guild)

    @commands.Cog.listener()
    async def on_community_set_up(self, guild: discord.Guild) -> None:
        """Channels and roles are in place now: do what had to wait for them."""
        await self.catch_up(guild)
        await follow_new_places(self.bot, guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """The bot's own role may stand high enough now, or may do more."""
        guild = after.guild
        if (before.position, before.permissions) == (after.position, after.permissions) or guild.id in self._to_repair:
            return
        # Discord tells of each role that a change moves: what has not begun yet will see all of them.
        self._to_repair.add(guild.id)
        async with self._repairing:
            self._to_repair.discard(guild.id)
            await self.repair_roles(guild)

    async def left(self, guild_id: int, user_id: int) -> None:
        """Note that someone left."""
        async with self.bot.db.begin() as session:
            member = await mark_left(session, guild_id, user_id, self.bot.clock())
            if member is not None:
                await plan_withdrawal(session, member, now=self.bot.clock())
            else:
                await note_departure(session, guild_id, user_id, self.bot.clock())
            await stop_digest(session, guild_id, user_id, self.bot.clock(), reason="left")
        if member is not None:
            await desk.refresh_cards(self.bot, member)

    async def catch_up(self, guild: discord.Guild) -> None:
        """Welcome those who joined within the last day, note who left, and set roles that could not be set."""
        await self.list_members(guild)
        since = self.bot.clock() - WELCOME_SPAN
        # Who runs the server has set it up rather than joined it.
        new = [
            member
            for member in guild.members
            if member.joined_at and member.joined_at > since and not member.guild_permissions.manage_guild
        ]
        await self.arrivals.admit(guild)
        await self.arrivals.welcome(guild, sorted(new, key=lambda member: member.joined_at or since)[-MOST_WELCOMED:])
        await self.note_missing(guild)
        await reconcile(self.bot, guild)
        await self.repair_roles(guild)

    async def list_members(self, guild: discord.Guild) -> None:
        """Get the list of members where Discord has not sent it yet; go on without where it does not come."""
        if guild.chunked:
            return
        try:
            async with asyncio.timeout(LIST_SECONDS):
                await guild.chunk()
        except TimeoutError:
            log.warning("Discord did not send the members of server %s", guild.id)

    async def note_missing(self, guild: discord.Guild) -> None:
        """Note who left while nobody looked. Discord is asked about each: a list half loaded must hide nobody."""
        if not guild.chunked:
            return
        async with self.bot.db.read() as session:
            known = await people_known(session, guild.id)
        for user_id in sorted(known - {member.id for member in guild.members})[:CATCH_UP]:
            try:
                await guild.fetch_member(user_id)
            except discord.NotFound:
                if await self.is_banned(guild, user_id):
                    async with self.bot.db.begin() as session:
                        await erase(session, guild.id, user_id, keep_practices=True, by=None, now=self.bot.clock())
                    continue
                await self.left(guild.id, user_id)
            except discord.HTTPException as error:
                log.warning("could not ask whether a member is still there: %s", error.status)
                return

    async def is_banned(self, guild: discord.Guild, user_id: int) -> bool:
        """Whether somebody was banned while nobody looked; False too where Discord does not tell the bot."""
        try:
            await guild.fetch_ban(discord.Object(user_id))
        except discord.HTTPException:
            return False
        return True

    async def repair_roles(self, guild: discord.Guild) -> None:
        """Try again for those whose roles could not be set."""
        async with self.bot.db.read() as session:
            waiting: list[Member] = await members_with_trouble(session, guild.id, TROUBLE)
        for member in waiting[:CATCH_UP]:
            await follow(self.bot, member)

    # Commands --------------------------------------------------------------------------------------------------------

    onboarding = app_commands.Group(
        name=L("name", "onboarding"), description=L("description", "Requests to join: for moderators")
    )
    profile = app_commands.Group(name=L("name", "profile"), description=L("description", "What others see of you"))

    @onboarding.command(name=L("name", "queue"), description=L("description", "Who waits for a decision"))
    async def queue(self, interaction: discord.Interaction[Any]) -> None:
        """Show the queue."""
        await desk.show_queue(await Ask.of(interaction, Standing.MODERATOR), 0)

    @onboarding.command(name=L("name", "approve"), description=L("description", "Let a person in"))
    @app_commands.rename(member=L("name", "member"))
    @app_commands.describe(member=L("description", "The person"))
    async def approve(self, interaction: discord.Interaction[Any], member: discord.Member) -> None:
        """Approve a request."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await desk.settle(ask, await desk.member_id_of(ask, member), version=None, reason=None)

    @onboarding.command(name=L("name", "decline"), description=L("description", "Do not let a person in, and say why"))
    @app_commands.rename(member=L("name", "member"), reason=L("name", "reason"))
    @app_commands.describe(
        member=L("description", "The person"),
        reason=L("description", "Why: the person reads it, 500 characters at most"),
    )
    async def decline(self, interaction: discord.Interaction[Any], member: discord.Member, reason: str) -> None:
        """Decline a request."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        read = rules.read_reason(reason)
        await desk.settle(ask, await desk.member_id_of(ask, member), version=None, reason=read)

    @onboarding.command(
        name=L("name", "focalpoint"), description=L("description", "Let a member vouch for others of their country")
    )
    @app_commands.rename(member=L("name", "member"), months=L("name", "months"))
    @app_commands.describe(
        member=L("description", "The person"), months=L("description", "For how many months; 24 if you leave it out")
    )
    async def focalpoint(
        self,
        interaction: discord.Interaction[Any],
        member: discord.Member,
        months: app_commands.Range[int, 1, 60] = 24,
    ) -> None:
        """Name a focal point."""
        await vouching.name(await Ask.of(interaction, Standing.MODERATOR), member, months)

    @onboarding.command(
        name=L("name", "focalpoints"), description=L("description", "Who vouches for which country, and until when")
    )
    async def focalpoints(self, interaction: discord.Interaction[Any]) -> None:
        """List the focal points."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        parts = await vouching.listing(ask)
        await ask.answer(**{name: part for name, part in parts.items() if part is not None})

    @onboarding.command(
        name=L("name", "import"), description=L("description", "Take in a list of people: you see first what is wrong")
    )
    @app_commands.rename(file=L("name", "file"))
    @app_commands.describe(file=L("description", "A CSV or Excel file; you vouch for everyone in it"))
    async def import_(self, interaction: discord.Interaction[Any], file: discord.Attachment) -> None:
        """Read a list, and say what it would do."""
        await importing.look(await Ask.of(interaction, Standing.MODERATOR), file)

    @onboarding.command(name=L("name", "export"), description=L("description", "The list of members as a file"))
    @app_commands.rename(format=L("name", "format"))
    @app_commands.describe(format=L("description", "CSV if you leave it out"))
    @app_commands.choices(
        format=[app_commands.Choice(name="CSV", value="csv"), app_commands.Choice(name="Excel", value="xlsx")]
    )
    async def export(self, interaction: discord.Interaction[Any], format: str = "csv") -> None:  # noqa: A002 - the option's name
        """Give the list of members."""
        await exporting.send(await Ask.of(interaction, Standing.MODERATOR), format)

    @profile.command(name=L("name", "view"), description=L("description", "See a profile: yours, or another member's"))
    @app_commands.rename(member=L("name", "member"))
    @app_commands.describe(member=L("description", "Whose profile; yours if you leave it out"))
    async def view(self, interaction: discord.Interaction[Any], member: discord.Member | None = None) -> None:
        """Show a profile."""
        await profile.show_user(await Ask.of(interaction), member)

    @profile.command(name=L("name", "edit"), description=L("description", "Change what others see of you"))
    @app_commands.rename(country=L("name", "country"))
    @app_commands.describe(country=L("description", "The country you work for, if that has changed"))
    async def edit(self, interaction: discord.Interaction[Any], country: str | None = None) -> None:
        """Open one's own profile."""
        await applicant.begin(await Ask.of(interaction), country=country)

    @profile.command(
        name=L("name", "find"), description=L("description", "Find members by country, key area, language or words")
    )
    @app_commands.rename(
        country=L("name", "country"), area=L("name", "area"), language=L("name", "language"), words=L("name", "words")
    )
    @app_commands.describe(
        country=L("description", "The country they work for"),
        area=L("description", "The key area they work on"),
        language=L("description", "A language they work in"),
        words=L("description", "What they should offer or look for"),
    )
    async def find(
        self,
        interaction: discord.Interaction[Any],
        country: str = "",
        area: str = "",
        language: str = "",
        words: str = "",
    ) -> None:
        """Show the first page of the directory."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        quest = directory.read_quest(country, area, language, words)
        await ask.answer(**await directory.directory_page(ask, quest, 0))

    @find.autocomplete("area")
    async def suggest_area(self, interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        """The key areas, in the person's language."""
        language = await language_for(self.bot, interaction)
        async with self.bot.db.read() as session:
            facts = await cards.load_facts(session)
        names = [(area, facts.key_areas[area].text(language)) for area in rules.KEY_AREAS if area in facts.key_areas]
        return _choices(names, current)

    @find.autocomplete("language")
    async def suggest_language(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """The languages people work in, in the person's own."""
        t = texts(await language_for(self.bot, interaction))
        return _choices([(code, cards.language_name(t, code)) for code in WORK_LANGUAGES], current)

    @find.autocomplete("country")
    @edit.autocomplete("country")
    async def suggest_country(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Countries that begin like what was typed, in the person's language."""
        language = await language_for(self.bot, interaction)
        return [
            app_commands.Choice(name=label(countries.name(code, language)), value=code)
            for code in countries.suggest(current, language, 25)
        ]


def _choices(names: list[tuple[str, str]], current: str) -> list[app_commands.Choice[str]]:
    """Those of some (value, name) pairs that fit what was typed, likeliest first."""
    return [
        app_commands.Choice(name=label(name), value=value)
        for value, name in fitting(names, clean(current), lambda pair: pair[1:])
    ]

"""`/doctor`: what is well, what is not, and what to do. The checks are in `bot.checks`."""

from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.checks import Case, Finding, Level, Server, examine
from bot.checks.found import for_discord
from bot.languages import N_, L, Texts
from bot.render import ACCENT, cut

# Of all that Discord lets stand in one card.
LONGEST = 3900
MARKS = {Level.WRONG: "❌", Level.NOTE: "ℹ️", Level.WELL: "✅"}
NAMES = {Level.WRONG: N_("To put right"), Level.NOTE: N_("Good to know"), Level.WELL: N_("All well")}


def card_of(t: Texts, found: list[Finding]) -> discord.Embed:
    """All findings, those first that somebody has to see to."""
    parts: list[str] = []
    for level in (Level.WRONG, Level.NOTE, Level.WELL):
        lines = [_line(t, one) for one in found if one.level is level]
        if lines:
            parts.append(f"**{t(NAMES[level])}**\n" + "\n".join(lines))
    bad = sum(one.is_wrong for one in found)
    title = (
        t.plural("{n} thing has to be put right", "{n} things have to be put right", bad) if bad else t("All is well")
    )
    return discord.Embed(title=title, description=cut("\n\n".join(parts), LONGEST), colour=ACCENT)


def _line(t: Texts, one: Finding) -> str:
    line = f"{MARKS[one.level]} {t.pair(t(one.about), one.says.text(t, for_discord))}"
    return line if one.do is None else f"{line}\n→ {one.do.text(t, for_discord)}"


class Doctor(commands.Cog):
    """The command."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "doctor"), description=L("description", "Whether everything works: for moderators")
    )
    async def doctor(self, interaction: discord.Interaction[Any]) -> None:
        """Examine the bot, and this server."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await ask.defer()
        await ask.answer(embed=card_of(ask.t, await examine(await self._case(ask))))

    async def _case(self, ask: Ask) -> Case:
        bot, guild = self.bot, ask.guild
        commands_there, fault = None, ""
        try:
            commands_there = frozenset(command.name for command in await bot.tree.fetch_commands())
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            fault = type(error).__name__
        channels = {channel.id: channel for channel in guild.channels}
        return Case(
            bot.settings,
            ask.now,
            bot.db,
            servers=(Server(ask.community, guild, guild.me, channels),),
            ahead=bot.clock.ahead(),
            bot=bot,
            flags=bot.application_flags,
            commands=commands_there,
            discord_fault=fault,
            community_id=ask.community.id,
        )

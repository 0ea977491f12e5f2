"""The command: what the community did in a month, a quarter or a year."""

import asyncio
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.languages import L
from bot.render import one_line
from bot.sheets import make_xlsx
from cogs.insights.charts import draw
from cogs.insights.periods import CHOICES, Period, last_day, period_of
from cogs.insights.telling import Told, day, pictures, table
from data.insights import gather
from data.network import list_key_areas

PERIODS = [
    app_commands.Choice(name=L("choice", "last month"), value="last-month"),
    app_commands.Choice(name=L("choice", "this month so far"), value="this-month"),
    app_commands.Choice(name=L("choice", "last quarter"), value="last-quarter"),
    app_commands.Choice(name=L("choice", "this quarter so far"), value="this-quarter"),
    app_commands.Choice(name=L("choice", "last year"), value="last-year"),
    app_commands.Choice(name=L("choice", "this year so far"), value="this-year"),
]


class InsightsCog(commands.Cog):
    """What the community did, for moderators."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "insights"),
        description=L("description", "What the community did, as pictures and as a file (moderators)"),
    )
    @app_commands.rename(period=L("name", "period"))
    @app_commands.describe(period=L("description", "Which month, quarter or year"))
    @app_commands.choices(period=PERIODS)
    async def insights(self, interaction: discord.Interaction[Any], period: str) -> None:
        """Show the pictures, and give the file."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        if period not in CHOICES:
            raise Refusal("That value does not fit here. Choose one from the list.")
        await ask.defer()
        days = period_of(period, ask.now, ask.community.zone)
        async with self.bot.db.read() as session:
            found = await gather(session, ask.community.id, days.since, days.until)
            areas = {area.id: area.name.text(ask.t.language) for area in await list_key_areas(session)}
        told = pictures(ask.t, found, areas, shown(ask, days))
        files = await asyncio.to_thread(_files, ask, told)
        name = one_line(ask.guild.name, 100)
        await ask.answer(ask.t("What {community} did, {period}", community=name, period=shown(ask, days)), files=files)


def shown(ask: Ask, period: Period) -> str:
    """Which days a period has, in words."""
    zone = ask.community.zone
    since, until = period.since.astimezone(ZoneInfo(zone)).date(), last_day(period, zone).date()
    return ask.t("{first} to {last}", first=day(ask.t, since), last=day(ask.t, until))


def _files(ask: Ask, told: list[Told]) -> list[discord.File]:
    made = [discord.File(BytesIO(draw(one.picture)), f"insights-{one.name}.png", description=one.alt) for one in told]
    name = ask.t("Numbers of the community")
    made.append(discord.File(BytesIO(make_xlsx(table(ask.t, told), name)), "insights.xlsx"))
    return made

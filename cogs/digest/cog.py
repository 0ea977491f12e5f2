"""`/digest`: what is new and what is coming, and whether that comes by direct message."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.languages import L
from cogs.digest import views

ON, OFF = "on", "off"


class Digest(commands.Cog):
    """The command."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "digest"), description=L("description", "What is new and what is coming, in your language")
    )
    @app_commands.rename(weekly=L("name", "weekly"))
    @app_commands.describe(weekly=L("description", "Get it by direct message on Monday mornings, or stop it"))
    @app_commands.choices(
        weekly=[
            app_commands.Choice(name=L("choice", "Send it to me on Mondays"), value=ON),
            app_commands.Choice(name=L("choice", "Stop it"), value=OFF),
        ]
    )
    async def digest(self, interaction: discord.Interaction[Any], weekly: str | None = None) -> None:
        """Show it, or choose whether it comes."""
        # Whoever is no member any more can still stop it.
        ask = await Ask.of(interaction, Standing.VISITOR if weekly == OFF else Standing.MEMBER)
        if weekly is None:
            await views.show(ask)
        elif weekly == ON:
            await views.switch_on(ask)
        elif weekly == OFF:
            await views.switch_off(ask)
        else:
            raise Refusal("That value does not fit here. Choose one from the list.")

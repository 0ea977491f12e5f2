"""The commands of `/peer`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.languages import L
from cogs.peers import views
from cogs.peers.forms import AskForm


class Peers(
    commands.GroupCog,
    group_name=L("name", "peer"),
    group_description=L("description", "Ask colleagues in other countries, without your name"),
):
    """Asking peers, and seeing what they ask."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "ask"),
        description=L("description", "Ask members who work on it; nobody sees your name before you agree"),
    )
    async def ask(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form, with what was typed before."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        await views.check_may_ask(ask)
        await ask.open(await AskForm.make(ask))

    @app_commands.command(
        name=L("name", "inbox"),
        description=L("description", "Your questions to peers, their offers, and what is asked of you"),
    )
    async def inbox(self, interaction: discord.Interaction[Any]) -> None:
        """Show both lists."""
        await views.show_inbox(await Ask.of(interaction, Standing.MEMBER))

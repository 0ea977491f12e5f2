"""`/mydata`, and what follows when somebody is banned."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.languages import L
from cogs.mydata import consenting, erasing, showing
from data.personal import erase, held


class MyData(commands.Cog):
    """What is held about a person: theirs to see, to take along, to allow, and to erase."""

    mydata = app_commands.Group(
        name=L("name", "mydata"), description=L("description", "What is held about you, and whose it is")
    )

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_member_ban(self, guild: discord.Guild, user: discord.User | discord.Member) -> None:
        """A ban erases all but the ban, which Discord keeps."""
        async with self.bot.db.begin() as session:
            if await held(session, guild.id, user.id):
                await erase(session, guild.id, user.id, keep_practices=True, by=None, now=self.bot.clock())

    @mydata.command(name=L("name", "show"), description=L("description", "Everything that is held about you here"))
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, page by page."""
        ask = await Ask.of(interaction)
        parts = await showing.page_of(ask, 0)
        await ask.answer(**{name: part for name, part in parts.items() if part})

    @mydata.command(name=L("name", "export"), description=L("description", "The same as a file to keep"))
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """Send it as a file."""
        await showing.send_file(await Ask.of(interaction))

    @mydata.command(
        name=L("name", "consent"), description=L("description", "What you agree to, and how to take it back")
    )
    async def consent(self, interaction: discord.Interaction[Any]) -> None:
        """Show what stands, with a button for each purpose."""
        ask = await Ask.of(interaction)
        await ask.answer(**await consenting.standing_of_consents(ask))

    @mydata.command(name=L("name", "erase"), description=L("description", "Erase what is held about you, for good"))
    async def erase(self, interaction: discord.Interaction[Any]) -> None:
        """Ask once more, then do it."""
        await erasing.confirm(await Ask.of(interaction))

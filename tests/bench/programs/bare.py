"""The floor: a bot of discord.py with Convenor's intents and one command, `/hello`, which answers with a word."""

import os
from typing import Any

import discord
from discord.ext import commands

from tests.bench.programs import probe


def main() -> None:
    """Run until killed."""
    probe.install()
    intents = discord.Intents(
        guilds=True, members=True, guild_scheduled_events=True, guild_messages=True, dm_messages=True
    )
    bot = commands.Bot(command_prefix=[], help_command=None, intents=intents)

    @bot.tree.command()
    async def hello(interaction: discord.Interaction[Any]) -> None:
        """Answer with a word."""
        await interaction.response.send_message("Hello.", ephemeral=True)

    bot.run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()

"""The other floor: the bare bot, whose one command reads a row of the database through SQLAlchemy before it answers."""

import os
from typing import Any

import discord
from discord.ext import commands
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from tests.bench.programs import probe


def main() -> None:
    """Run until killed."""
    probe.install()
    engine = create_async_engine(os.environ["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"))
    sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(engine)
    intents = discord.Intents(guilds=True, members=True, guild_scheduled_events=True)
    bot = commands.Bot(command_prefix=[], help_command=None, intents=intents)

    @bot.tree.command()
    async def hello(interaction: discord.Interaction[Any]) -> None:
        """Read the community, and answer with a word."""
        async with sessions() as session:
            await session.execute(text("SELECT name FROM community WHERE id = :id"), {"id": interaction.guild_id})
        await interaction.response.send_message("Hello.", ephemeral=True)

    bot.run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()

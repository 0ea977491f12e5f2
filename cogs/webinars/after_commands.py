"""The commands of `/webinar` about what follows: materials, who was there, what they thought of it, a recap."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.authorize import Standing
from bot.languages import L
from cogs.webinars.attendance import show_attendance
from cogs.webinars.choosing import Choices, find, suggest
from cogs.webinars.materials import manage_materials
from cogs.webinars.recap import write_recap_of
from cogs.webinars.survey import show_results


class AfterCommands(commands.Cog):
    """A part of the group; the cog of webinars takes it in."""

    @app_commands.command(
        name=L("name", "materials"),
        description=L("description", "Recording, slides and documents of a webinar (moderators)"),
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def materials(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """What is there, to add to, correct or take away."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await manage_materials(ask, await find(ask, webinar))

    @app_commands.command(
        name=L("name", "attendance"), description=L("description", "Who was at a webinar (moderators)")
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def attendance(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """The list, and the same as a file."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await show_attendance(ask, await find(ask, webinar))

    @app_commands.command(
        name=L("name", "survey"), description=L("description", "What people thought of a webinar (moderators)")
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def survey(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """The answers, without names."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await show_results(ask, await find(ask, webinar))

    @app_commands.command(
        name=L("name", "recap"),
        description=L("description", "Write a recap for those who missed a webinar (moderators)"),
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def recap(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """Open the form."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await write_recap_of(ask, await find(ask, webinar))

    @materials.autocomplete("webinar")
    @attendance.autocomplete("webinar")
    @survey.autocomplete("webinar")
    @recap.autocomplete("webinar")
    async def _suggest_past(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await suggest(interaction, text, only_ahead=False)

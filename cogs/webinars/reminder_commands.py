"""`/webinar remind`, for moderators, and `/webinar reminders`, for everyone's own."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.authorize import Standing
from bot.languages import L
from cogs.webinars.choosing import Choices, find, suggest
from cogs.webinars.personal import show_reminders
from cogs.webinars.reminding import ask_to_remind


class ReminderCommands(commands.Cog):
    """A part of the commands about webinars."""

    @app_commands.command(
        name=L("name", "remind"), description=L("description", "Remind everyone of a webinar once more (moderators)")
    )
    @app_commands.rename(webinar=L("name", "webinar"), before=L("name", "before"))
    @app_commands.describe(
        webinar=L("description", "Begin to type its title"),
        before=L("description", "How long before the start, like 2h or 1d; now if you say nothing"),
    )
    async def remind(self, interaction: discord.Interaction[Any], webinar: str, before: str | None = None) -> None:
        """Ask once more."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await ask_to_remind(ask, await find(ask, webinar), before)

    @app_commands.command(
        name=L("name", "reminders"),
        description=L("description", "Your own reminders by direct message: when, or none"),
    )
    async def reminders(self, interaction: discord.Interaction[Any]) -> None:
        """How they stand."""
        await show_reminders(await Ask.of(interaction, Standing.MEMBER))

    @remind.autocomplete("webinar")
    async def _suggest_to_remind(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await suggest(interaction, text, only_ahead=True)

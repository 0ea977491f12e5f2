"""The log, page by page, of one person or one action if asked for."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask, language_for
from bot.authorize import Standing, not_found, standing_of
from bot.buttons import Button, row
from bot.choosing import fitting
from bot.languages import L, texts
from bot.render import ACCENT, clean, label
from cogs.audit import words
from data.audit import ACTIONS, list_entries
from data.communities import get_community

PAGE = 12


class Turn(Button, custom_id="audit:page:{user}:{action}:{page}"):
    """Turns the pages of the log."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        user, page = self.values["user"], self.values["page"]
        if not all(text.isascii() and text.isdecimal() and len(text) < 20 for text in (user, page)):
            raise not_found()
        if int(user) >= 2**63 or len(page) > 4:
            raise not_found()
        parts = await page_of(ask, int(user) or None, self.values["action"] or None, int(page))
        await ask.update(**parts)


async def page_of(ask: Ask, user_id: int | None, action: str | None, page: int) -> dict[str, Any]:
    """One page of the log, as the parts of a message."""
    t = ask.t
    async with ask.bot.db.read() as session:
        entries = await list_entries(
            session, ask.community.id, actor_id=user_id, action=action, limit=PAGE + 1, offset=page * PAGE
        )
    lines = [words.entry_line(t, entry) for entry in entries[:PAGE]]
    card = discord.Embed(
        title=t("Who did what"), description="\n".join(lines) or t("Nothing stands here."), colour=ACCENT
    )
    card.set_footer(text=t("The log holds no words that anybody wrote, and nothing can be taken out of it."))
    user, only = user_id or 0, action or ""
    turns = [Turn(t("Newer"), user=user, action=only, page=page - 1)] if page else []
    if len(entries) > PAGE:
        turns.append(Turn(t("Older"), user=user, action=only, page=page + 1))
    return {"embeds": [card], "view": row(*turns) if turns else None}


class Audit(commands.Cog):
    """Who did what, for moderators."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(name=L("name", "audit"), description=L("description", "Who did what: for moderators"))
    @app_commands.rename(member=L("name", "member"), action=L("name", "action"))
    @app_commands.describe(
        member=L("description", "Only what this person did, or what was decided about them"),
        action=L("description", "Only this action"),
    )
    async def audit(
        self, interaction: discord.Interaction[Any], member: discord.User | None = None, action: str | None = None
    ) -> None:
        """Show the newest entries."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        # A name of ours holds no colon, which would end its place in a button.
        wanted = clean(action)[:40].replace(":", "").replace("~", "") if action else None
        parts = await page_of(ask, member.id if member else None, wanted, 0)
        await ask.answer(**{name: part for name, part in parts.items() if part is not None})

    @audit.autocomplete("action")
    async def suggest_action(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """The actions that there are, by their names."""
        if interaction.guild_id is None:
            return []
        async with self.bot.db.read() as session:
            community = await get_community(session, interaction.guild_id)
            if community is None or standing_of(community, interaction.user) < Standing.MODERATOR:
                return []
        t = texts(await language_for(self.bot, interaction))
        named = sorted((words.action_name(t, action), action) for action in ACTIONS)
        return [
            app_commands.Choice(name=label(name), value=action[:100])
            for name, action in fitting(named, clean(typed), lambda pair: pair[:1])
        ]

"""The two entries in the menus of messages and people, and `/report status`."""

import secrets
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT
from bot.languages import L
from bot.render import clean
from cogs.reports import cases
from cogs.reports.cases import too_many
from cogs.reports.form import DRAFT, ReportForm
from data.drafts import save_draft
from data.reports import may_report

COPY_LIMIT = 4000


class Reports(commands.Cog):
    """Reporting in confidence."""

    report = app_commands.Group(
        name=L("name", "report"), description=L("description", "What you reported in confidence")
    )

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self.menus = (
            app_commands.ContextMenu(name=L("name", "Report privately"), callback=report_message),
            app_commands.ContextMenu(name=L("name", "Report privately"), callback=report_member),
        )

    async def cog_load(self) -> None:
        """Menus belong to no class: they are added by hand."""
        for menu in self.menus:
            self.bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """And taken away by hand."""
        for menu in self.menus:
            self.bot.tree.remove_command(menu.name, type=menu.type)

    @report.command(name=L("name", "status"), description=L("description", "How your reports stand; only you see it"))
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Show the person's own reports."""
        await cases.show_own(await Ask.of(interaction))


async def report_message(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Report a message; what it says is copied, since it may be gone when somebody looks."""
    lines = [clean(message.content), *(attachment.url for attachment in message.attachments)]
    facts = {
        "subject": str(message.author.id),
        "channel": str(message.channel.id),
        "message": str(message.id),
        "copy": "\n".join(line for line in lines if line)[:COPY_LIMIT],
    }
    await begin(await Ask.of(interaction), message.author, facts)


async def report_member(interaction: discord.Interaction[Any], member: discord.Member) -> None:
    """Report a person."""
    await begin(await Ask.of(interaction), member, {"subject": str(member.id)})


async def begin(ask: Ask, subject: discord.User | discord.Member, facts: dict[str, str]) -> None:
    """Keep what it is about, and open the form.

    Raises:
        Refusal: it is about oneself, or about Convenor.
    """
    if subject.id == ask.actor.user_id:
        raise Refusal("You cannot report yourself.")
    if ask.bot.user is not None and subject.id == ask.bot.user.id:
        raise Refusal("Convenor only posts what people wrote. Report the person, or tell a moderator.")
    token = secrets.token_hex(4)
    async with ask.bot.db.begin() as session:
        if not await may_report(session, ask.community.id, ask.actor.user_id, ask.now):
            raise too_many()
        await save_draft(
            session,
            community_id=ask.community.id,
            user_id=ask.actor.user_id,
            kind=DRAFT,
            subject=token,
            data=facts,
            now=ask.now,
            keep=KEEP_DRAFT,
        )
    await ask.open(await ReportForm.make(ask, token=token))

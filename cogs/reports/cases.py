"""A report as moderators handle it: opened privately, taken, closed. Whom it is about meets the same as a stranger."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found, standing_of
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import OpenForm
from bot.render import ACCENT
from cogs.reports import words
from data import reports
from data.communities import Community
from data.reports import CLOSED, TAKEN, Report

# What all cards of a message may hold together.
MESSAGE_ROOM = 6000


def may_read(actor: Actor, report: Report) -> bool:
    """Moderators read reports; none that is about themselves."""
    return actor.is_moderator and actor.user_id != report.subject_id


READ = Action("report.read", reports.get_report, may_read)


def readers(guild: discord.Guild, community: Community, subject_id: int, bot_user: discord.ClientUser | None) -> int:
    """How many people can read a report about that person."""
    nobody = {subject_id, bot_user.id if bot_user else 0}
    return sum(
        standing_of(community, member) >= Standing.MODERATOR
        for member in guild.members
        if not member.bot and member.id not in nobody
    )


def number(text: str) -> int:
    """The id of a report in a button.

    Raises:
        Refusal: nothing can have it.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise not_found()
    return int(text)


def changed() -> Refusal:
    """Another moderator was faster."""
    return Refusal("Another moderator has changed this report meanwhile. Open it again.")


def too_many() -> Refusal:
    """Somebody sent as many as anybody may."""
    return Refusal(
        "You have sent {n} reports within a day, as many as anybody can. The moderators look into them. For anything "
        "urgent, please write to one of them.",
        n=reports.MOST,
    )


async def load(ask: Ask, report_id: str, version: str | None = None) -> Report:
    """The report, for a moderator whom it is not about.

    Raises:
        Refusal: there is none for them, or it has changed.
    """
    async with ask.bot.db.read() as session:
        report = await authorize(session, ask.actor, READ, number(report_id))
    if version is not None and report.version != number(version):
        raise changed()
    return report


class OpenCase(Button, custom_id="report:open:{report}"):
    """Shows a report, privately."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it to this moderator alone."""
        await show(ask, await load(ask, self.values["report"]), anew=True)


class Mine(Button, custom_id="report:mine:{community}"):
    """Shows a person how their own reports stand; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Show them, privately."""
        await show_own(ask)


async def show_own(ask: Ask) -> None:
    """How the person's own reports stand."""
    async with ask.bot.db.read() as session:
        found = await reports.reports_by(session, ask.community.id, ask.actor.user_id)
    if not found:
        await ask.answer(ask.t("You have reported nothing here."))
        return
    cards = [discord.Embed(description=words.standing(ask.t, report), colour=ACCENT) for report in found]
    cards[0].title = ask.t("What you reported")
    # What the moderators wrote is shown whole: what does not fit one message comes beneath it.
    groups = [cards[:1]]
    for card in cards[1:]:
        if sum(map(len, groups[-1])) + len(card) <= MESSAGE_ROOM:
            groups[-1].append(card)
        else:
            groups.append([card])
    buttons = [
        TakeBack(ask.t("Take back {code}", code=report.code), community=ask.community.id, report=report.id)
        for report in found
        if report.state != CLOSED
    ][:5]
    if buttons:
        await ask.answer(embeds=groups[0], view=row(*buttons))
    else:
        await ask.answer(embeds=groups[0])
    for group in groups[1:]:
        await ask.answer(embeds=group)


class TakeBack(Button, custom_id="report:back:{community}:{report}"):
    """Takes one's own report back; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Do it, once; of another's it says that there is none."""
        report_id = number(self.values["report"])
        async with ask.bot.db.begin() as session:
            report = await reports.withdraw(
                session, ask.community.id, report_id, reporter_id=ask.actor.user_id, now=ask.now
            )
        if report is None:
            raise not_found()
        await ask.answer(ask.t("Your report {code} is taken back, and what it said is erased.", code=report.code))


class Take(Button, custom_id="report:take:{report}:{version}"):
    """Says that one looks into it."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note it, and let the reporter know."""
        before = await load(ask, self.values["report"], self.values["version"])
        if before.state == CLOSED:
            raise changed()
        async with ask.bot.db.begin() as session:
            after = await reports.take(session, before, by=ask.actor.user_id, now=ask.now)
        if after is None:
            raise changed()
        await show(ask, after)


async def show(ask: Ask, report: Report, *, anew: bool = False) -> None:
    """The report and what can be done, in place of the moderator's own private message, or beneath what others read."""
    t = ask.t
    buttons: list[Button] = []
    if report.state not in (TAKEN, CLOSED):
        buttons.append(
            Take(t("I look into it"), style=discord.ButtonStyle.primary, report=report.id, version=report.version)
        )
    if report.state != CLOSED:
        buttons.append(OpenForm(t("Close it …"), form=f"report:close:{report.id}:{report.version}"))
    case, copy = words.case_card(t, report), words.copy_card(t, report)
    together = copy is not None and len(case) + len(copy) <= MESSAGE_ROOM
    cards = [case, copy] if copy is not None and together else [case]
    parts: dict[str, Any] = {"embeds": cards, "view": row(*buttons) if buttons else None}
    if anew or ask.interaction.message is None:
        await ask.answer(**{name: part for name, part in parts.items() if part is not None})
    else:
        await ask.update(**parts)
    if copy is not None and not together:
        await ask.answer(embed=copy)

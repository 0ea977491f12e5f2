"""The messages that reports cause. None says who wrote a report, and the one that others read not even about whom."""

import discord
from discord.utils import format_dt
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import NothingToNote, Post, Rendered, Skip
from bot.languages import texts
from bot.readers import texts_of
from bot.render import ACCENT, one_line
from cogs.reports import words
from cogs.reports.cases import Mine, OpenCase
from data.communities import get_community
from data.deliveries import Delivery
from data.old_reports import OPEN_KEPT, old_reports
from data.reports import CLOSED, Report, get_report

# As many as there are buttons in a row.
MOST_NAMED = 5


async def report_of(session: AsyncSession, delivery: Delivery) -> Report | None:
    """Which report a delivery is about."""
    return await get_report(session, delivery.community_id, int(delivery.subject.partition(":")[2]))


class Card:
    """Tells the moderators' channel that there is a report; who may read it opens it privately."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Nothing but the code and a button: whom it is about may be reading along."""
        report, community = await report_of(session, delivery), await get_community(session, delivery.community_id)
        if report is None or community is None or report.state == CLOSED:
            return Skip("gone")
        t = texts(community.languages[0])
        card = discord.Embed(
            title=t("A private report has come in"),
            description=t("Report {code}. Open it to read it; nobody else sees what you see.", code=report.code),
            colour=ACCENT,
        )
        return Post(row(OpenCase(t("Open"), style=discord.ButtonStyle.primary, report=report.id)), embeds=[card])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class Waiting(NothingToNote):
    """Reminds the moderators' channel of reports that nobody has closed: of codes, and of nothing else."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Those that have waited longest, each with a button to open it."""
        community = await get_community(session, delivery.community_id)
        waiting = await old_reports(session, delivery.community_id, bot.clock())
        if community is None or not waiting:
            return Skip("gone")
        t = texts(community.languages[0])
        lines = [
            f"- **{report.code}** · {format_dt(report.created_at, 'd')} · {t(words.STATES[report.state])}"
            for report in waiting[:MOST_NAMED]
        ]
        if len(waiting) > MOST_NAMED:
            lines.append("- " + t.plural("and {n} more", "and {n} more", len(waiting) - MOST_NAMED))
        card = discord.Embed(
            title=t("Private reports that nobody has closed"), description="\n".join(lines), colour=ACCENT
        )
        ends = format_dt(waiting[0].created_at + OPEN_KEPT, "d")
        card.add_field(
            name=t("How long they are kept"),
            value=t("What a report says is erased a year after it was sent: of the oldest, on {day}.", day=ends),
            inline=False,
        )
        return Post(row(*(OpenCase(report.code, report=report.id) for report in waiting[:MOST_NAMED])), embeds=[card])


class Word:
    """Tells the person who reported how it stands."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language; who accepts no direct messages reads the same with /report status."""
        report, community = await report_of(session, delivery), await get_community(session, delivery.community_id)
        if report is None or community is None or report.reporter_id is None:
            return Skip("gone")
        if str(report.version) != delivery.occurrence:
            return Skip("changed since")
        t = await texts_of(session, community, report.reporter_id)
        heading = t("Your report in {community}:", community=one_line(community.name, 100))
        view = row(Mine(t("All my reports"), community=community.id))
        return Post(view, f"{heading}\n{words.standing(t, report)}")

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The moderators are not told: who accepts no direct messages could be guessed from it."""
        return True

"""The messages that reports cause. None says who wrote a report, and the one that others read not even about whom."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Post, Rendered, Skip
from bot.languages import texts
from bot.readers import texts_of
from bot.render import ACCENT, one_line
from cogs.reports import words
from cogs.reports.cases import Mine, OpenCase
from data.communities import get_community
from data.deliveries import Delivery
from data.reports import CLOSED, Report, get_report


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

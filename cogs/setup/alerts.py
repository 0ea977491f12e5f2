"""Word to the moderators when a message could not go out."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.closed import FOR_MODERATORS, HELD_BACK, is_leaking, serves
from bot.delivery import NothingToNote, Post, Rendered, Skip
from bot.languages import N_, texts
from bot.render import ACCENT
from cogs.setup.cog import ShowPlan
from data.communities import get_community
from data.deliveries import Delivery

NAMES = {
    "onboarding": N_("a message about joining"),
    "webinar": N_("a message about a webinar"),
    "practice": N_("a message about a practice"),
}
OTHER = N_("a message")
REASONS = {
    "403:50013": N_("Convenor lacks a permission there."),
    "403:50001": N_("Convenor cannot see the channel."),
    "403:50007": N_("The person accepts no direct messages."),
    "no such channel": N_("The channel is gone."),
}


class AlertKind(NothingToNote):
    """Tells the moderators once, in the community's first language."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """What could not be sent, why, and what to do."""
        community = await get_community(session, delivery.community_id)
        if community is None:
            return Skip("no community")
        t = texts(community.languages[0])
        sort = str(delivery.details.get("kind", "")).split(".")[0]
        reason = str(delivery.details.get("reason", ""))
        what = t(NAMES.get(sort, OTHER))
        why = t(REASONS[reason]) if reason in REASONS else t("Discord answered: {code}", code=reason)
        card = discord.Embed(
            title=t("A message could not go out"),
            description=t("It was {what}. {why}", what=what, why=why),
            colour=ACCENT,
        )
        return Post(row(ShowPlan(t("See what is missing"))), embeds=[card])


class ExposedKind(NothingToNote):
    """Tells the moderators, in a channel that others may see as well: it names nobody."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Which channel, what Convenor does about it, and what to do; nothing once it is closed again."""
        community, guild = await get_community(session, delivery.community_id), bot.get_guild(delivery.community_id)
        channel = guild.get_channel(int(delivery.subject.partition(":")[2])) if guild else None
        if community is None or channel is None:
            return Skip("gone")
        if not is_leaking(channel, community):
            return Skip("closed again")
        t = texts(community.languages[0])
        served = serves(channel, community)
        if any(one in FOR_MODERATORS for one in served):
            title = t("Others see a channel that is for moderators")
        else:
            title = t("Everyone sees a channel that is for members")
        if any(one in HELD_BACK for one in served):
            text = t(
                "More people can see {channel} than should. Until it is closed to them, Convenor posts nothing there "
                "that names anybody, and what was posted before can be read by them. Close it in the channel's own "
                "settings, under Permissions: what waits goes out within ten minutes.",
                channel=f"<#{channel.id}>",
            )
        else:
            text = t(
                "More people can see {channel} than should, and they can read what was posted there. Close it in the "
                "channel's own settings, under Permissions.",
                channel=f"<#{channel.id}>",
            )
        card = discord.Embed(title=title, description=text, colour=ACCENT)
        return Post(row(ShowPlan(t("See what is missing"))), embeds=[card])

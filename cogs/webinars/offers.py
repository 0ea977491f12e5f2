"""What goes out when a place comes free: the offer, and what follows where nobody takes it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.render import one_line
from cogs.webinars.cards import moment_text
from cogs.webinars.kinds import WebinarKind, reader
from cogs.webinars.places import offer_buttons
from data import webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import OFFERED, Webinar


class OfferWord(WebinarKind):
    """Word to a person that a place is kept for them, in their language."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A direct message; who takes none sees the offer when they press a button of the webinar."""
        if webinar.cancelled:
            return Skip("cancelled")
        said = await webinars.stand(session, webinar.id, int(delivery.target.partition(":")[2]))
        if said.answer != OFFERED or said.until is None or min(said.until, webinar.starts_at) <= bot.clock():
            return Skip("over")
        found = await reader(bot, session, community, delivery)
        if found is None:
            return Skip("left")
        t, guild = found
        lines = [
            t(
                "A place has come free at “{title}”, for which you were waiting.",
                title=one_line(webinar.read_in(t.language).title, 200),
            ),
            moment_text(webinar.starts_at),
            t("It is kept for you until {when}; then it goes to the next person.", when=moment_text(said.until)),
            f"— {one_line(guild.name, 100)}",
        ]
        return Post(row(*offer_buttons(t, webinar, said)), "\n".join(lines))


class OfferEnd(WebinarKind):
    """The deadline of an offer: the place goes to the next. Planned like a message, so that a restart loses none."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Pass on whatever was not taken in time."""
        if webinar.cancelled:
            return Skip("cancelled")

        async def pass_on() -> int | None:
            async with bot.db.begin() as own:
                await webinars.pass_on(own, community.id, webinar.id, bot.clock())
            return None

        return Effect(pass_on)

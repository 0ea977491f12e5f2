"""The digest that goes out on a Monday morning, written when it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.delivery import Post, Rendered, Skip
from bot.languages import Texts, texts
from bot.readers import is_member, person_of, texts_of
from cogs.digest import cards, views
from data import digests
from data.communities import Community, get_community, get_preference
from data.deliveries import Delivery
from data.network import list_key_areas

# A week that is half over needs no digest any more: the next one tells what was new.
USEFUL = timedelta(days=3)
LATE_AFTER = timedelta(hours=1)
# Reasons for which nothing goes out.
LATE, NOTHING = "late", "nothing new"
# What Discord answers where somebody takes no direct messages, shares no server, or is not there. Anything else is no
# reason to take from them what they asked for.
CLOSED = frozenset({"403:50007", "403:50278", "404:10013"})


class DigestKind:
    """One week, for one member who asked for it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language; nothing where they do not want it any more, are no member, or nothing is new."""
        now, user_id = bot.clock(), person_of(delivery)
        wish = await digests.wish_of(session, delivery.community_id, user_id)
        if wish is None or not wish.active:
            return Skip("not wanted")
        community = await get_community(session, delivery.community_id)
        guild = bot.get_guild(delivery.community_id)
        if community is None or guild is None or not is_member(bot, community, user_id):
            return Skip("no member")
        if now > delivery.due_at + USEFUL:
            return Skip(LATE)
        t = await self._texts(session, community, user_id, wish.language)
        since, until = digests.since_of(delivery), delivery.due_at
        week = await digests.read_week(
            session, community.id, user_id, language=t.language, since=since, until=until, now=now
        )
        if not week:
            return Skip(NOTHING)
        areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
        card, links = cards.digest_card(t, week, community_id=community.id, name=guild.name, areas=areas)
        zone = await digests.zone_of(session, community, user_id)
        # A phone's notice shows what stands above the card.
        head, card.title = card.title, None
        card.set_footer(text=cards.comes_line(t, zone, now))
        stop = views.stop_button(t, community.id)
        view = views.week_view(t, week, links, stop, community_id=community.id, since=since, until=until)
        note = LATE if now - delivery.due_at > LATE_AFTER else None
        return Post(view, f"**{head}**", [card], note=note)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """The next one is planned."""
        await self._follow(session, delivery, told=True)

    async def skipped(self, session: AsyncSession, delivery: Delivery, reason: str) -> None:
        """So it is where nothing went out; what was new and could not be told is news the next time."""
        await self._follow(session, delivery, told=reason == NOTHING)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Whoever takes no direct messages is told when they next ask. It is no matter of the moderators'."""
        if reason in CLOSED:
            await digests.stop_digest(
                session, delivery.community_id, person_of(delivery), self._clock(), undelivered=True
            )
        else:
            await self._follow(session, delivery, told=False)
        return True

    async def _follow(self, session: AsyncSession, delivery: Delivery, *, told: bool) -> None:
        community = await get_community(session, delivery.community_id)
        if community is not None:
            await digests.plan_after(session, community, delivery, told=told, now=self._clock())

    async def _texts(self, session: AsyncSession, community: Community, user_id: int, asked_in: str) -> Texts:
        """In the language that they chose, else in that in which they asked for it."""
        preference = await get_preference(session, community.id, user_id)
        if preference is None or preference.language is None:
            return texts(asked_in)
        return await texts_of(session, community, user_id)

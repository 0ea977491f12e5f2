"""Introductions: a post about each new member, with those whom they may want to meet, kept true."""

import contextlib
from collections.abc import Callable
from datetime import datetime

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button, row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.errors import Refusal
from bot.languages import texts
from bot.render import ACCENT, NO_MENTIONS
from cogs.onboarding import cards, profile
from data.deliveries import Delivery, list_for_subject
from data.members import Member, get_by_user, get_member, planning
from data.members.matching import Match, matches_among, matches_for


async def member_of(session: AsyncSession, delivery: Delivery) -> Member | None:
    """Whom a delivery is about."""
    return await get_member(session, delivery.community_id, int(delivery.subject.partition(":")[2]))


async def named_in(session: AsyncSession, member: Member, delivery: Delivery) -> list[Match]:
    """Those whom an introduction names, as far as they and the member still agree to it."""
    found = [await get_member(session, member.community_id, one) for one in delivery.details.get(planning.NAMED, ())]
    return matches_among(member, [other for other in found if other is not None])


async def introduction(session: AsyncSession, member: Member, delivery: Delivery) -> Post:
    """The post about a member, in their own language."""
    t = texts(member.language)
    facts = await cards.load_facts(session)
    return Post(
        row(profile.SeeProfile(t("See profile"), member=member.id)),
        t("Please welcome {mention}.", mention=f"<@{member.user_id}>"),
        embeds=[cards.introduction_card(t, facts, member, await named_in(session, member, delivery))],
    )


class IntroductionKind:
    """Introduces a member to the others, in the member's own language."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """A card and a button to the whole profile; nothing where they do not agree to be shown."""
        member = await member_of(session, delivery)
        if member is None:
            return Skip("gone")
        if not member.listed:
            return Skip("not to be shown")
        return await introduction(session, member, delivery)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If they changed their mind or left while it was being posted, it goes again, or is written anew."""
        member = await member_of(session, delivery)
        if member is None:
            return
        if not member.listed:
            await planning.plan_withdrawal(session, member, now=self._clock())
        elif len(await named_in(session, member, delivery)) < len(delivery.details.get(planning.NAMED, ())):
            await planning.plan_revision(session, member, now=self._clock())


class RevisionKind:
    """Writes an introduction anew: it shows what may be shown now, and names who may be named now."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Each post that was made about the member."""
        member = await member_of(session, delivery)
        if member is None or not member.listed:
            return Skip("not to be shown")
        rows = await list_for_subject(session, delivery.community_id, delivery.subject)
        posted = [
            (item.channel_id, item.message_id, await introduction(session, member, item))
            for item in rows
            if item.kind == planning.INTRODUCTION and item.channel_id and item.message_id
        ]
        if not posted:
            return Skip("never introduced")

        async def edit() -> int | None:
            for channel_id, message_id, post in posted:
                channel = bot.get_partial_messageable(channel_id, guild_id=delivery.community_id)
                with contextlib.suppress(discord.NotFound):
                    await channel.get_partial_message(message_id).edit(
                        embeds=list(post.embeds), allowed_mentions=NO_MENTIONS
                    )
            return posted[-1][1]

        return Effect(edit)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class Meet(Button, custom_id="profile:meet"):
    """Tells a member alone whom they may want to meet."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Name them, as they are now."""
        t = ask.t
        async with ask.bot.db.read() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
            found = await matches_for(session, member) if member is not None else []
        if member is None or not member.matched:
            raise Refusal(
                "For this, members have to see your profile, and you agree to be matched. /mydata consent changes it."
            )
        if not found:
            await ask.answer(
                t(
                    "Nobody fits just now. The more you say of what you offer and what you look for, the easier it "
                    "becomes: /profile edit."
                )
            )
            return
        card = discord.Embed(
            title=t("You may want to meet"),
            description="\n".join(cards.match_line(t, match) for match in found),
            colour=ACCENT,
        )
        card.set_footer(text=t("They agreed to be named to you. Nobody was told."))
        buttons = [profile.SeeProfile(cards.short_name(match.member), member=match.member.id) for match in found]
        await ask.answer(embed=card, view=row(*buttons))

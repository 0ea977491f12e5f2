"""The messages that onboarding sends, written from the facts as they are when they go out."""

import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.languages import each_language, texts
from bot.render import one_line
from cogs.onboarding import applicant, cards, desk, profile
from cogs.onboarding.roles import follow_or_tell
from data.communities import get_community
from data.deliveries import Delivery, list_for_subject
from data.members import APPROVED, DECLINED, PENDING, Member, get_by_user, get_member, planning

GONE = Skip("gone")
CHANGED = Skip("changed since")


class Kind:
    """What all these have in common: nothing to note once they are sent."""

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class WelcomeKind(Kind):
    """Greets a newcomer in each of the community's languages."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """A line in each language, and the button to begin with."""
        guild = bot.get_guild(delivery.community_id)
        community = await get_community(session, delivery.community_id)
        user_id = int(delivery.subject.partition(":")[2])
        person = guild.get_member(user_id) if guild else None
        if guild is None or community is None or person is None:
            return GONE
        member = await get_by_user(session, community.id, user_id)
        if member is not None and member.state in (PENDING, APPROVED):
            return Skip("asked already")
        name = one_line(guild.name, 100)
        lines = each_language(
            community.languages,
            "Welcome to {community}! Press the button and say who you are: it takes two minutes.",
            "\n",
            community=name,
        )
        return Post(
            row(applicant.Start(each_language(community.languages, "Start"), style=discord.ButtonStyle.primary)),
            f"{person.mention}\n{lines}",
            allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=[person]),
        )


class AboutMember(Kind):
    """A message about someone who asked to be a member, or is one."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Nothing goes out about someone who is gone."""
        member = await member_of(session, delivery)
        return GONE if member is None else await self.about(bot, session, delivery, member)

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """What goes out about this member."""
        raise LookupError(f"{type(self).__name__} says nothing")


async def member_of(session: AsyncSession, delivery: Delivery) -> Member | None:
    """Whom a delivery is about."""
    return await get_member(session, delivery.community_id, int(delivery.subject.partition(":")[2]))


class CardKind(AboutMember):
    """Lays a request before the moderators."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """The card with its buttons."""
        community = await get_community(session, member.community_id)
        if community is None or member.state != PENDING or delivery.occurrence != str(member.version):
            return CHANGED
        t = texts(community.languages[0])
        facts = await cards.load_facts(session)
        card = cards.queue_card(t, facts, member, desk.circumstances(member, delivery))
        return Post(desk.decision_buttons(t, member), embeds=[card])


class DecisionKind(AboutMember):
    """Tells the person, where they can see it without direct messages, that they are in."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """One line, with a button to their own profile."""
        if member.state != APPROVED:
            return CHANGED
        t = texts(member.language)
        mention = f"<@{member.user_id}>"
        text = (
            t("{mention}, your changed profile was confirmed.", mention=mention)
            if delivery.details.get("again")
            else t("{mention}, you are in. The members' channels are open to you now.", mention=mention)
        )
        return Post(
            row(profile.SeeProfile(t("My profile"), member=member.id)),
            text,
            allowed_mentions=discord.AllowedMentions(
                everyone=False, roles=False, users=[discord.Object(member.user_id)]
            ),
        )


class DeclinedKind(AboutMember):
    """Tells the person alone that it did not work out, and why."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """A direct message; who accepts none reads the same when they press the welcome button."""
        community = await get_community(session, member.community_id)
        if community is None or member.state != DECLINED:
            return CHANGED
        t = texts(member.language)
        text = "\n".join(
            (
                t("Your request to join {community} was not approved.", community=one_line(community.name, 100)),
                t("The moderators wrote:"),
                cards.quote(member.decision_reason or "", 1200),
                t("You can correct what you wrote and send it again: press the button in the welcome channel."),
            )
        )
        return Post(row(applicant.WayBack(t("Show me where"), community=community.id)), text)


class IntroductionKind(AboutMember):
    """Introduces a member to the others, in the member's own language."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """A card and a button to the whole profile; nothing where they do not agree to be shown."""
        if not member.listed:
            return Skip("not to be shown")
        t = texts(member.language)
        facts = await cards.load_facts(session)
        return Post(
            row(profile.SeeProfile(t("See profile"), member=member.id)),
            t("Please welcome {mention}.", mention=f"<@{member.user_id}>"),
            embeds=[cards.introduction_card(t, facts, member)],
        )

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If they changed their mind or left while it was being posted, it goes again."""
        member = await member_of(session, delivery)
        if member is not None and not member.listed:
            await planning.plan_withdrawal(session, member, now=self._clock())


class WithdrawalKind(AboutMember):
    """Takes the introduction of someone away who left, or is not to be shown any more."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Every one that was ever posted; nothing where they are shown again by now."""
        if member.listed:
            return Skip("shown again")
        rows = await list_for_subject(session, delivery.community_id, delivery.subject)
        posted = [
            (row.channel_id, row.message_id)
            for row in rows
            if row.kind == planning.INTRODUCTION and row.channel_id and row.message_id
        ]
        if not posted:
            return Skip("never introduced")

        async def remove() -> int | None:
            for channel_id, message_id in posted:
                channel = bot.get_partial_messageable(channel_id, guild_id=delivery.community_id)
                with contextlib.suppress(discord.NotFound):
                    await channel.get_partial_message(message_id).delete()
            return posted[-1][1]

        return Effect(remove)


class RolesKind(AboutMember):
    """Gives and takes roles, also after a crash between the decision and its roles."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Something to do rather than to say."""
        return Effect(partial(give_roles, bot, member))


async def give_roles(bot: Convenor, member: Member) -> int | None:
    """Let roles follow the profile; nothing was made that has an id."""
    await follow_or_tell(bot, member)
    return None


class TroubleKind(AboutMember):
    """Tells the moderators that a member's roles could not be changed."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """What to do, and a button to try again."""
        community = await get_community(session, member.community_id)
        if community is None or delivery.occurrence != str(member.version):
            return CHANGED
        t = texts(community.languages[0])
        text = t(
            "The roles of {mention} could not be set. Run /setup to see what is missing: Convenor needs the permission "
            "to manage roles, and its own role has to stand above those it gives.",
            mention=f"<@{member.user_id}>",
        )
        return Post(row(desk.RolesAgain(t("Try again"), member=member.id)), text)


def register(bot: Convenor) -> None:
    """Make all kinds known to the engine."""
    bot.deliveries.register(planning.WELCOME, WelcomeKind())
    bot.deliveries.register(planning.CARD, CardKind())
    bot.deliveries.register(planning.DECISION, DecisionKind())
    bot.deliveries.register(planning.DECLINED, DeclinedKind())
    bot.deliveries.register(planning.INTRODUCTION, IntroductionKind(bot.clock))
    bot.deliveries.register(planning.WITHDRAWAL, WithdrawalKind())
    bot.deliveries.register(planning.ROLES, RolesKind())
    bot.deliveries.register(planning.TROUBLE, TroubleKind())

"""The messages that onboarding sends, written from the facts as they are when they go out."""

import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import Button, known, row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.languages import each_language, texts
from bot.render import one_line
from cogs.onboarding import applicant, cards, desk, profile, standing, vouching
from cogs.onboarding.introducing import IntroductionKind, Meet, RevisionKind, member_of
from cogs.onboarding.roles import follow_or_tell
from data.communities import get_community
from data.deliveries import Delivery, list_for_subject
from data.members import (
    APPROVED,
    DECLINED,
    LAPSED,
    LEFT,
    PENDING,
    Member,
    focal_points,
    get_by_user,
    lapse,
    may_vouch,
    planning,
    valid_attestation,
)

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


class NudgeKind(Kind):
    """Reminds a newcomer who has not asked yet: once after a day, once after a week."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """A line in each language, and the button; nothing to someone who asked, was declined, or is gone."""
        guild = bot.get_guild(delivery.community_id)
        community = await get_community(session, delivery.community_id)
        user_id = int(delivery.subject.partition(":")[2])
        person = guild.get_member(user_id) if guild else None
        if community is None or person is None or person.pending:
            return GONE
        if community.role("role:member") in {role.id for role in person.roles}:
            return Skip("a member already")
        member = await get_by_user(session, community.id, user_id)
        if member is not None and member.state != LEFT:
            return Skip("asked already")
        lines = each_language(
            community.languages, "You can still say who you are: what you began is kept for a while.", "\n"
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


class CardKind(AboutMember):
    """Lays a request before the moderators."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """The card with its buttons."""
        community = await get_community(session, member.community_id)
        if community is None or member.state != PENDING or delivery.occurrence != str(member.version):
            return CHANGED
        t = texts(community.languages[0])
        facts = await cards.load_facts(session)
        card = cards.queue_card(t, facts, member, await desk.circumstances(session, member, delivery))
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
        buttons: list[Button] = [profile.SeeProfile(t("My profile"), member=member.id)]
        if member.matched:
            buttons.append(Meet(t("Who you may want to meet")))
        buttons.append(known("digest:show", t("Weekly digest")))
        return Post(
            row(*buttons),
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


class CountryKind(AboutMember):
    """Tells the moderators that a country's role was given or taken by hand, and was put right."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """What happened, and the way that leads to another country."""
        community = await get_community(session, member.community_id)
        if community is None:
            return CHANGED
        t = texts(community.languages[0])
        text = t(
            "Somebody changed the country role of {mention} by hand, and it was put right again: another country needs "
            "another look. The person can change it with /profile edit; you then get a card to decide on.",
            mention=f"<@{member.user_id}>",
        )
        return Post(row(profile.SeeProfile(t("See profile"), member=member.id)), text)


class QuestionKind(AboutMember):
    """Tells the person alone what a moderator asks."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """With a button to answer; who accepts no direct messages finds the same at the welcome button."""
        if member.state != PENDING or member.question is None or member.answer is not None:
            return CHANGED
        t = texts(member.language)
        text = "\n".join((t("A moderator asks before deciding:"), cards.quote(member.question, cards.WORDS_ROOM)))
        button = applicant.Answer(t("Answer"), style=discord.ButtonStyle.primary, community=member.community_id)
        return Post(row(button), text)


class VouchKind(AboutMember):
    """Asks a focal point whether they know somebody of their country."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Who it is, and two buttons."""
        user_id = int(delivery.target.partition(":")[2])
        if member.state in (LEFT, DECLINED) or not await may_vouch(session, member, user_id, bot.clock()):
            return CHANGED
        asked = await get_by_user(session, member.community_id, user_id)
        t = texts(asked.language if asked else member.language)
        return Post(vouching.vouching_buttons(t, member), embeds=[vouching.asking_card(t, member)])


class RenewAskKind(AboutMember):
    """Asks the moderators, and then the focal points, to vouch for somebody again."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Who it is, and two buttons."""
        community = await get_community(session, member.community_id)
        if community is None or not (member.admitted or member.state == LAPSED):
            return CHANGED
        t = texts(community.languages[0])
        text = t("Does this person still hold this post? A focal point or a moderator can vouch for them.")
        return Post(vouching.vouching_buttons(t, member), text, [vouching.asking_card(t, member)])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """The focal points are asked as well."""
        member = await member_of(session, delivery)
        if member is None or member.country is None:
            return
        now = self._clock()
        knowing = await focal_points(session, member.community_id, now, country=member.country)
        users = [one.user_id for one in knowing if one.user_id != member.user_id]
        await planning.plan_vouching(session, member, users, now=now)


class RenewKind(AboutMember):
    """Tells a member that somebody has to vouch for them again soon."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Until when, and what they can do."""
        word = await valid_attestation(session, member.id, bot.clock())
        if not member.admitted or word is None:
            return CHANGED
        t = texts(member.language)
        text = t(
            "Your membership is confirmed until {day}. The focal points of your country and the moderators are asked "
            "to confirm that you still hold your post: a word to one of them helps.",
            day=f"<t:{int(word.expires_at.timestamp())}:D>",
        )
        return Post(row(vouching.AskAgain(t("Ask to be confirmed"), community=member.community_id)), text)


class LapseKind(AboutMember):
    """Ends a membership for which nobody's word holds any more."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """Something to do rather than to say."""

        async def end() -> int | None:
            async with bot.db.begin() as own:
                await lapse(own, member.community_id, member.id, bot.clock())
            return None

        return Effect(end)


class LapsedKind(AboutMember):
    """Tells a person that their membership has paused, and how to renew it."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """What happened, and a button."""
        if member.state != LAPSED:
            return CHANGED
        t = texts(member.language)
        view = row(vouching.AskAgain(t("Ask to be confirmed"), community=member.community_id))
        return Post(view, standing.standing_text(t, member, saved=False))


class RenewedKind(AboutMember):
    """Tells a person that somebody vouched for them again."""

    async def about(self, bot: Convenor, session: AsyncSession, delivery: Delivery, member: Member) -> Rendered:
        """One line, with a button to their own profile."""
        if not member.admitted:
            return CHANGED
        t = texts(member.language)
        view = row(applicant.WayBack(t("Show me where"), community=member.community_id))
        return Post(view, t("Your post is confirmed. You are a member again."))


def register(bot: Convenor) -> None:
    """Make all kinds known to the engine."""
    bot.deliveries.register(planning.WELCOME, WelcomeKind())
    bot.deliveries.register(planning.CARD, CardKind())
    bot.deliveries.register(planning.DECISION, DecisionKind())
    bot.deliveries.register(planning.DECLINED, DeclinedKind())
    bot.deliveries.register(planning.INTRODUCTION, IntroductionKind(bot.clock))
    bot.deliveries.register(planning.REVISION, RevisionKind())
    bot.deliveries.register(planning.COUNTRY_WORD, CountryKind())
    bot.deliveries.register(planning.WITHDRAWAL, WithdrawalKind())
    bot.deliveries.register(planning.ROLES, RolesKind())
    bot.deliveries.register(planning.TROUBLE, TroubleKind())
    bot.deliveries.register(planning.NUDGE, NudgeKind())
    bot.deliveries.register(planning.QUESTION, QuestionKind())
    bot.deliveries.register(planning.VOUCH, VouchKind())
    bot.deliveries.register(planning.RENEW, RenewKind())
    bot.deliveries.register(planning.RENEW_ASK, RenewAskKind(bot.clock))
    bot.deliveries.register(planning.LAPSE, LapseKind())
    bot.deliveries.register(planning.LAPSED_WORD, LapsedKind())
    bot.deliveries.register(planning.RENEWED, RenewedKind())

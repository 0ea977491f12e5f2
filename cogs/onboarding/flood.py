"""Messages to several people at once: in a flood of newcomers, and after a moderator's list."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import NothingToNote, Post, Rendered, Skip
from bot.languages import N_, each_language, texts
from bot.render import one_line
from cogs.onboarding import applicant, desk, profile
from data.communities import get_community
from data.deliveries import Delivery
from data.members import planning
from data.members.newcomers import list_admitted, users_asked, users_of


class TogetherKind(NothingToNote):
    """Greets several newcomers, or reminds those of them who have not asked yet.

    Args:
        text: to be put into each of the community's languages; may name the community.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Their names, a line in each language, and the button; nothing where all have asked or gone."""
        guild = bot.get_guild(delivery.community_id)
        community = await get_community(session, delivery.community_id)
        if guild is None or community is None:
            return Skip("gone")
        users = await users_of(session, delivery)
        asked = await users_asked(session, community.id, users)
        member_role = community.role("role:member")
        people = [
            person
            for person in map(guild.get_member, users)
            if person is not None
            and not person.pending
            and person.id not in asked
            and member_role not in {role.id for role in person.roles}
        ]
        if not people:
            return Skip("asked already")
        lines = each_language(community.languages, self._text, "\n", community=one_line(guild.name, 100))
        return Post(
            row(applicant.Start(each_language(community.languages, "Start"), style=discord.ButtonStyle.primary)),
            " ".join(person.mention for person in people) + f"\n{lines}",
            allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=people),
        )


class SurgeKind(NothingToNote):
    """Tells the moderators, once, that many people join at the same time."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """How many, what happens, and what they can do."""
        community = await get_community(session, delivery.community_id)
        if community is None:
            return Skip("gone")
        t = texts(community.languages[0])
        text = t(
            "Many people are joining: {people} within a minute. They are welcomed together, several in one message. "
            "You are told this once. If you did not expect them, pause invites in the server settings, and approve "
            "nobody whom you do not know.",
            people=int(delivery.details.get("people", 0)),
        )
        return Post(row(desk.QueuePage(t("Requests to join"), offset=0)), text)


class ImportedKind(NothingToNote):
    """Tells people whom a moderator had on a list that they are members, and what is theirs to decide."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Their names, a line in each language that they read, and a button to the profile."""
        members = await list_admitted(session, delivery.community_id, delivery.details.get("members", ()))
        if not members:
            return Skip("changed since")
        community = await get_community(session, delivery.community_id)
        spoken = community.languages if community and len(members) > 1 else (members[0].language,)
        lines = each_language(
            spoken,
            "You are in. The members' channels are open to you now. A moderator filled in your profile and vouches for "
            "you: please look at it with /profile edit. Only the moderators see it until you agree with /mydata "
            "consent that members do.",
            "\n",
        )
        return Post(
            row(profile.MyProfile(each_language(spoken, "My profile")[:80])),
            " ".join(f"<@{one.user_id}>" for one in members) + f"\n{lines}",
            allowed_mentions=discord.AllowedMentions(
                everyone=False, roles=False, users=[discord.Object(one.user_id) for one in members]
            ),
        )


def register(bot: Convenor) -> None:
    """Make all kinds known to the engine."""
    welcome = N_("Welcome to {community}! Press the button and say who you are: it takes two minutes.")
    reminder = N_("You can still say who you are: what you began is kept for a while.")
    bot.deliveries.register(planning.TOGETHER, TogetherKind(welcome))
    bot.deliveries.register(planning.NUDGE_TOGETHER, TogetherKind(reminder))
    bot.deliveries.register(planning.SURGE, SurgeKind())
    bot.deliveries.register(planning.IMPORTED, ImportedKind())

"""What must be done in Discord once somebody's data is erased."""

import contextlib

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.delivery import Effect, Rendered, Skip
from data.communities import Community, get_community
from data.deliveries import Delivery, get_delivery, take_names_of
from data.members import get_by_user
from data.personal import SETTLED

# This one is given for other reasons than a profile.
NOT_OURS_TO_TAKE = "role:moderator"


class Posts:
    """Deletes a message that shows the person."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Delete it, wherever it is; one that is gone needs nothing."""
        number = delivery.occurrence
        shown = await get_delivery(session, delivery.community_id, int(number)) if number.isdecimal() else None
        if shown is None or shown.channel_id is None or shown.message_id is None:
            return Skip("never posted")
        channel_id, message_id = shown.channel_id, shown.message_id

        async def delete() -> int | None:
            channel = bot.get_partial_messageable(channel_id, guild_id=delivery.community_id)
            with contextlib.suppress(discord.NotFound):
                await channel.get_partial_message(message_id).delete()
            return message_id

        return Effect(delete)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class Mentions:
    """Takes the person's name out of a message that greets several; the others read on."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Write it anew without the mention, wherever it is; one that is gone needs nothing."""
        shown = await get_delivery(session, delivery.community_id, int(delivery.occurrence))
        if shown is None or shown.channel_id is None or shown.message_id is None:
            return Effect(_nothing)
        channel_id, message_id = shown.channel_id, shown.message_id
        mention = f"<@{delivery.target.partition(':')[2]}>"

        async def rewrite() -> int | None:
            channel = bot.get_partial_messageable(channel_id, guild_id=delivery.community_id)
            with contextlib.suppress(discord.NotFound):
                message = await channel.fetch_message(message_id)
                if mention in message.content:
                    left = message.content.replace(f"{mention} ", "").replace(mention, "").lstrip()
                    await message.edit(content=left, allowed_mentions=discord.AllowedMentions.none())
            return message_id

        return Effect(rewrite)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """With that this trace of who it was goes too."""
        await take_names_of(session, delivery, earlier=False)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The name goes all the same; the moderators are told that something is missing."""
        await take_names_of(session, delivery, earlier=False)
        return False


class Roles:
    """Takes the roles that came with a profile; and a while later the name from what was just on its way."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Take what the person has of them; who is not there has none, and who is a member again keeps theirs."""
        community = await get_community(session, delivery.community_id)
        guild = bot.get_guild(delivery.community_id)
        if community is None or guild is None:
            # Nobody has a role there; the name goes all the same.
            return Effect(_nothing)
        user_id = int(delivery.target.partition(":")[2])
        member = await get_by_user(session, delivery.community_id, user_id)
        back = delivery.occurrence == SETTLED or (member is not None and member.admitted)

        async def take() -> int | None:
            if back:
                return None
            with contextlib.suppress(discord.NotFound):
                person = guild.get_member(user_id) or await guild.fetch_member(user_id)
                roles = roles_to_take(community, person)
                if roles:
                    await person.remove_roles(*roles, reason="erased")
            return None

        return Effect(take)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """With that the last trace of who it was goes too."""
        await self._forget(session, delivery)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The name goes all the same; the moderators are told that something is missing."""
        await self._forget(session, delivery)
        return False

    async def _forget(self, session: AsyncSession, delivery: Delivery) -> None:
        await take_names_of(session, delivery, earlier=delivery.occurrence == SETTLED)


async def _nothing() -> int | None:
    return None


def roles_to_take(community: Community, person: discord.Member) -> list[discord.Role]:
    """The roles of the community's own making that a person has."""
    ours = {
        discord_id
        for purpose, discord_id in community.places.items()
        if purpose.startswith("role:") and purpose != NOT_OURS_TO_TAKE
    }
    return [role for role in person.roles if role.id in ours and role.is_assignable()]

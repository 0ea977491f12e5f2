"""The one gate through which people act: who they are, and whether a thing is theirs to act on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Refusal
from data.communities import Community

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Standing(IntEnum):
    """What a person is in the community; each may do what those before it may."""

    VISITOR = 0
    MEMBER = 1
    MODERATOR = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts, as our side knows them: nothing of it comes from a button or a form."""

    community: Community
    user_id: int
    standing: Standing

    @property
    def is_moderator(self) -> bool:
        """Whether they may do what moderators may."""
        return self.standing >= Standing.MODERATOR

    @property
    def is_member(self) -> bool:
        """Whether they may do what members may."""
        return self.standing >= Standing.MEMBER


def standing_of(community: Community, person: discord.Member | discord.User) -> Standing:
    """Where a person stands, by their roles and their right to manage the server.

    Discord sends the roles with every interaction, and the bot gives and takes them, so they are as fresh as the click.
    """
    if not isinstance(person, discord.Member) or person.guild.id != community.id:
        return Standing.VISITOR
    roles = {role.id for role in person.roles}
    if person.guild_permissions.manage_guild or community.role("role:moderator") in roles:
        return Standing.MODERATOR
    return Standing.MEMBER if community.role("role:member") in roles else Standing.VISITOR


def require(actor: Actor, standing: Standing) -> None:
    """Let pass those of that standing.

    Raises:
        Refusal: they are not.
    """
    if actor.standing >= standing:
        return
    if standing is Standing.MODERATOR:
        raise Refusal("This is for the moderators of this community.")
    raise Refusal("This is for members. Press the button in the welcome channel to become one.")


def not_found() -> Refusal:
    """The one answer for a thing that is gone, is another community's, or is not this person's to see."""
    return Refusal("That is not here any more, or it is not open to you.")


@dataclass(frozen=True)
class Action(Generic[Key, Thing]):
    """Something one can do to a thing.

    Args:
        name: what stands in the audit log, for instance `webinar.cancel`.
        load: finds the thing by community and key; None where there is none.
        allows: whether this person may.
    """

    name: str
    load: Callable[[AsyncSession, int, Key], Awaitable[Thing | None]]
    allows: Callable[[Actor, Thing], bool]


async def authorize(session: AsyncSession, actor: Actor, action: Action[Key, Thing], key: Key) -> Thing:
    """The thing to act on, loaded from the actor's own community.

    Raises:
        Refusal: there is no such thing, or it is not theirs; both give the same answer.
    """
    thing = await action.load(session, actor.community.id, key)
    if thing is None or not action.allows(actor, thing):
        raise not_found()
    return thing


def by_moderators(actor: Actor, _thing: Any) -> bool:
    """Allows moderators."""
    return actor.is_moderator


def by_members(actor: Actor, _thing: Any) -> bool:
    """Allows members."""
    return actor.is_member


def by_anyone(_actor: Actor, _thing: Any) -> bool:
    """Allows everyone in the server."""
    return True

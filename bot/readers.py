"""Those who are written to while nobody of them asks: who they are, what they read, and whether they are members."""

from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authorize import Standing, standing_of
from bot.languages import Texts, texts
from data.communities import Community, get_preference
from data.deliveries import Delivery
from data.members import get_by_user

if TYPE_CHECKING:
    from bot.app import Convenor


def person_of(delivery: Delivery) -> int:
    """The user id of whoever a direct message goes to."""
    return int(delivery.target.partition(":")[2])


def is_member(bot: "Convenor", community: Community, user_id: int) -> bool:
    """Whether somebody is a member of the community now, as far as Discord shows its server."""
    guild = bot.get_guild(community.id)
    person = guild.get_member(user_id) if guild else None
    return person is not None and standing_of(community, person) >= Standing.MEMBER


async def texts_of(session: AsyncSession, community: Community, user_id: int) -> Texts:
    """Texts in somebody's language: what they chose, else that in which they became a member, else the community's.

    No client is here to tell its language.
    """
    preference = await get_preference(session, community.id, user_id)
    member = await get_by_user(session, community.id, user_id)
    chosen = preference.language if preference else None
    return texts(chosen or (member.language if member else None) or community.languages[0])

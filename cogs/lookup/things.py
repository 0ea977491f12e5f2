"""What results point to, as the database has it now: the index may be a moment behind, and has not the last word."""

from collections.abc import Awaitable, Callable, Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authorize import Actor
from cogs.lookup.rules import NETWORK
from data.communities import Community
from data.members import Member, get_member, visible
from data.members.visibility import MEMBERS
from data.network import Fact, KeyArea, NetworkMember, get_key_area, get_network_member, list_facts
from data.practices import Practice, get_visible
from data.practices.adaptations import Told, get_told
from data.resources import Resource, get_resource, get_resources
from data.webinars import Webinar
from data.webinars import get as get_webinar

Thing = Resource | Practice | Told | Member | Webinar | NetworkMember | KeyArea | Fact
Key = tuple[str, str]


def scope_of(actor: Actor) -> int:
    """Whose things a person sees: members their community's; visitors what every community has, see `for_visitors`."""
    return actor.community.id if actor.is_member else for_visitors(actor.community)


def for_visitors(community: Community) -> int:
    """What a community's visitors see: only what every community has, without what this one retired.

    Of several scopes of one community, the least is that of those who see least.
    """
    return -community.id


def for_members(scope: int) -> bool:
    """Whether those of a scope see what is the community's own."""
    return scope > 0


async def _resource(session: AsyncSession, scope: int, thing_id: str) -> Resource | None:
    return await get_resource(session, scope, thing_id)


async def _practice(session: AsyncSession, scope: int, thing_id: str) -> Practice | None:
    return await get_visible(session, scope, thing_id)


async def _adaptation(session: AsyncSession, scope: int, thing_id: str) -> Told | None:
    # What members told is theirs, also about a practice from the brochure.
    return await get_told(session, scope, _number(thing_id)) if for_members(scope) else None


async def _member(session: AsyncSession, scope: int, thing_id: str) -> Member | None:
    member = await get_member(session, scope, _number(thing_id))
    return visible(member, MEMBERS) if member is not None and member.listed else None


async def _webinar(session: AsyncSession, scope: int, thing_id: str) -> Webinar | None:
    webinar = await get_webinar(session, scope, _number(thing_id))
    return None if webinar is None or webinar.cancelled else webinar


async def _network_member(session: AsyncSession, _scope: int, thing_id: str) -> NetworkMember | None:
    return await get_network_member(session, thing_id)


async def _key_area(session: AsyncSession, _scope: int, thing_id: str) -> KeyArea | None:
    return await get_key_area(session, thing_id)


def _fact(kind: str) -> Callable[[AsyncSession, int, str], Awaitable[Fact | None]]:
    async def load(session: AsyncSession, _scope: int, thing_id: str) -> Fact | None:
        return next((fact for fact in await list_facts(session, kind) if fact.id == thing_id), None)

    return load


def _number(text: str) -> int:
    # Ids start at 1, and a database refuses what is no 64-bit number.
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


LOADERS: dict[str, Callable[[AsyncSession, int, str], Awaitable[Thing | None]]] = {
    "resource": _resource,
    "practice": _practice,
    "adaptation": _adaptation,
    "member": _member,
    "webinar": _webinar,
    "network_member": _network_member,
    "key_area": _key_area,
    **{kind: _fact(kind) for kind in ("objective", "activity", "advisory_member", "challenge")},
}

OF_THE_NETWORK = ("network_member", "key_area", "advisory_member", "objective", "activity", "challenge")


# What people may look for, and the kinds that it stands for, where these are others than its name.
KINDS_OF = {NETWORK: OF_THE_NETWORK, "practice": ("practice", "adaptation")}


async def load(session: AsyncSession, scope: int, keys: Iterable[Key]) -> dict[Key, Thing]:
    """The things that a person of that scope may see, by kind and id; the others are left out."""
    wanted = list(keys)
    # Most of what is found are resources: they are read together.
    resources = await get_resources(session, scope, [thing_id for kind, thing_id in wanted if kind == "resource"])
    found: dict[Key, Thing] = {("resource", thing_id): resource for thing_id, resource in resources.items()}
    for kind, thing_id in wanted:
        if kind == "resource":
            continue
        thing = await LOADERS[kind](session, scope, thing_id) if kind in LOADERS else None
        if thing is not None:
            found[kind, thing_id] = thing
    return found

"""What there is in each country and key area, in numbers, as far as those who will see it may know."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from data.members import people_by_country_and_area
from data.network import CO_CHAIR, list_key_areas, list_network_members
from data.peers import unanswered_by_area
from data.practices import practices_by_country_and_area

# Fewer people than that are not told by their number: it would point at them.
FEW = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What there is in a country, or elsewhere, of a key area.

    Attributes:
        practices: how many are published.
        people: how many have named the area in a profile that others may see, in steps: 0, then `FEW` - 1 for any
            number below `FEW`, then the number itself.
    """

    practices: int
    people: int


@dataclass(frozen=True, slots=True)
class Row:
    """A country of the Network, or, where `country` is None, all others together; its cells by key area, in order."""

    country: str | None
    chairs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole.

    Attributes:
        areas: ids of the key areas, in their order.
        rows: co-chairs first, then by code; the others last.
        asks: unanswered questions by key area; None for those who may not know. Never by country: whoever asks does so
            without a name, and a country can be one.
        for_members: whether people and questions are counted.
    """

    areas: tuple[str, ...]
    rows: tuple[Row, ...]
    asks: tuple[int, ...] | None
    for_members: bool


async def get_overview(session: AsyncSession, community_id: int) -> Overview:
    """What there is; a community's id with a minus in front stands for its visitors (see `data.resources`)."""
    areas = tuple(area.id for area in await list_key_areas(session))
    ours = community_id > 0
    practices = Counter(await practices_by_country_and_area(session, community_id))
    people = Counter(await people_by_country_and_area(session, community_id)) if ours else Counter[tuple[str, str]]()
    members = await list_network_members(session)
    known = {member.country for member in members}
    rows = [
        Row(
            member.country,
            member.role == CO_CHAIR,
            tuple(Cell(practices[member.country, area], coarse(people[member.country, area])) for area in areas),
        )
        for member in members
    ]
    elsewhere = tuple(
        Cell(
            sum(n for (country, each), n in practices.items() if each == area and country not in known),
            coarse(sum(n for (country, each), n in people.items() if each == area and country not in known)),
        )
        for area in areas
    )
    asked = await unanswered_by_area(session, community_id) if ours else None
    asks = tuple(asked.get(area, 0) for area in areas) if asked is not None else None
    return Overview(areas, (*rows, Row(None, chairs=False, cells=elsewhere)), asks, ours)


def coarse(people: int) -> int:
    """A number of people as it may be told."""
    return people if people == 0 or people >= FEW else FEW - 1

"""What is said about the Network: its members, key areas, objectives and the rest. Only read; see `data.seeding`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import KeyAreaRow, NetworkFactRow, NetworkMemberRow
from data.wording import Wording

CO_CHAIR = "co-chair"


@dataclass(frozen=True, slots=True)
class KeyArea:
    """One of the five key areas.

    Attributes:
        id: its slug.
        position: 1 to 5.
        name: as it is shown.
        description: what it is about.
    """

    id: str
    position: int
    name: Wording
    description: Wording


@dataclass(frozen=True, slots=True)
class NetworkMember:
    """A country that is a member of the Network; `data.countries.name` has its name.

    Attributes:
        id: the code in lower case.
        country: ISO 3166-1 alpha-2.
        role: `member` or `co-chair`.
        presented_good_practice: whether it did at the first meeting.
        region: UN M49 code; `data.countries.region_name` has its name.
        subregion: likewise, within the region.
        intermediate_region: likewise, within the subregion, where there is one.
        languages: codes of the languages that are official in the whole country.
        zones: IANA time zones, the main ones first.
        main_zones: those that most people live in.
    """

    id: str
    country: str
    role: str
    presented_good_practice: bool
    region: str
    subregion: str
    intermediate_region: str | None
    languages: tuple[str, ...]
    zones: tuple[str, ...]
    main_zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said about the Network.

    Attributes:
        kind: `objective`, `activity`, `advisory_member`, `commitment`, `challenge`, `concern`, or `fact`.
        id: its slug, unique within the kind.
        position: its place among those of its kind, from 1.
        title: what it is called, or the whole of it where it is one sentence.
        body: more, if there is more.
        details: what the seed file says of it besides, by the names used there (see the head of that file).
    """

    kind: str
    id: str
    position: int
    title: Wording
    body: Wording
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Launch:
    """Where and when the Network was launched: an event, a city, an ISO date, and how the date is known."""

    event: Wording
    city: Wording
    date: str | None
    note: Wording


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """The Network's first meeting. It may or may not be the same occasion as the launch: do not merge them.

    Attributes:
        place: where.
        date: an ISO date, None where it is not known; `date_note` says what is known.
        date_note: see there.
        in_person: how many took part on the spot, in words.
        online: how many took part online, in words.
        online_note: who these were.
        presented: codes of the countries that presented good practices.
    """

    place: Wording
    date: str | None
    date_note: Wording
    in_person: Wording
    online: Wording
    online_note: Wording
    presented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The Network at a glance.

    Attributes:
        name: its name.
        motto: its motto.
        secretariat: the advisory member that runs it.
        co_chairs: country codes.
        email: the secretariat's address, and `email_note` how it is known.
        email_note: see there.
        representation: who represents a country.
        who_can_join: who is eligible.
        launch: where and when it was launched.
        first_meeting: where and how it first met.
        source: where all this comes from.
        objectives: in their order.
        activities: in their order.
        advisory_members: in their order; `details["short_name"]` is what they are usually called.
        commitments: what members committed to.
    """

    name: Wording
    motto: Wording
    secretariat: Fact | None
    co_chairs: tuple[str, ...]
    email: str
    email_note: Wording
    representation: Wording
    who_can_join: Wording
    launch: Launch
    first_meeting: FirstMeeting
    source: Wording
    objectives: tuple[Fact, ...]
    activities: tuple[Fact, ...]
    advisory_members: tuple[Fact, ...]
    commitments: tuple[Fact, ...]


async def list_key_areas(session: AsyncSession) -> list[KeyArea]:
    """The five key areas, in their order."""
    rows = await session.scalars(select(KeyAreaRow).order_by(KeyAreaRow.position))
    return [_key_area(row) for row in rows]


async def get_key_areas(session: AsyncSession, ids: Collection[str]) -> list[KeyArea]:
    """The key areas with these ids, in the order of the ids; one that is not there is left out."""
    if not ids:
        return []
    rows = await session.scalars(select(KeyAreaRow).where(KeyAreaRow.id.in_(ids)))
    found = {row.id: _key_area(row) for row in rows}
    return [found[area] for area in ids if area in found]


async def get_key_area(session: AsyncSession, key_area_id: str) -> KeyArea | None:
    """One key area, or None."""
    row = await session.get(KeyAreaRow, key_area_id)
    return None if row is None else _key_area(row)


async def list_network_members(session: AsyncSession) -> list[NetworkMember]:
    """The countries that are members, co-chairs first, then by code."""
    rows = await session.scalars(select(NetworkMemberRow).order_by(NetworkMemberRow.id))
    return sorted(map(_member, rows), key=lambda member: member.role != CO_CHAIR)


async def get_network_member(session: AsyncSession, country: str) -> NetworkMember | None:
    """The member that a country (alpha-2) is, or None where it is none."""
    found = await session.scalars(select(NetworkMemberRow).where(NetworkMemberRow.country == country.upper()))
    row = found.one_or_none()
    return None if row is None else _member(row)


async def list_facts(session: AsyncSession, kind: str) -> list[Fact]:
    """Everything of one kind (see `Fact`), in its order."""
    rows = await session.scalars(
        select(NetworkFactRow).where(NetworkFactRow.kind == kind).order_by(NetworkFactRow.position, NetworkFactRow.id)
    )
    return [_fact(row) for row in rows]


async def get_network(session: AsyncSession) -> Network:
    """The Network at a glance.

    Raises:
        LookupError: the seed files were never loaded.
    """
    rows = await session.scalars(select(NetworkFactRow).order_by(NetworkFactRow.position, NetworkFactRow.id))
    facts = [_fact(row) for row in rows]
    said = {fact.id: fact for fact in facts if fact.kind == "fact"}
    if not said:
        raise LookupError("the facts about the Network were never loaded")

    def of(kind: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in facts if fact.kind == kind)

    def value(fact_id: str) -> Any:
        return said[fact_id].details["value"]

    contact, launch, meeting = value("contact"), value("launch"), value("first-meeting")
    advisory_members = of("advisory_member")
    secretariat = value("secretariat")
    return Network(
        name=said["name"].title,
        motto=said["motto"].title,
        secretariat=next((fact for fact in advisory_members if fact.id == secretariat), None),
        co_chairs=tuple(value("co-chairs")),
        email=contact["email"],
        email_note=Wording(contact["note"]),
        representation=said["representation"].title,
        who_can_join=said["who-can-join"].title,
        launch=Launch(
            event=Wording(launch["event"]),
            city=Wording(launch["city"]),
            date=launch["date"],
            note=Wording(launch["note"]),
        ),
        first_meeting=FirstMeeting(
            place=Wording(meeting["place"]),
            date=meeting["date"],
            date_note=Wording(meeting["date_note"]),
            in_person=Wording(meeting["participants_in_person"]),
            online=Wording(meeting["participants_online"]),
            online_note=Wording(meeting["participants_online_note"]),
            presented=tuple(meeting["countries_that_presented"]),
        ),
        source=said["source"].title,
        objectives=of("objective"),
        activities=of("activity"),
        advisory_members=advisory_members,
        commitments=of("commitment"),
    )


def _key_area(row: KeyAreaRow) -> KeyArea:
    return KeyArea(row.id, row.position, Wording(row.name), Wording(row.description))


def _member(row: NetworkMemberRow) -> NetworkMember:
    return NetworkMember(
        id=row.id,
        country=row.country,
        role=row.role,
        presented_good_practice=row.presented_good_practice,
        region=row.region,
        subregion=row.subregion,
        intermediate_region=row.intermediate_region,
        languages=tuple(row.languages),
        zones=tuple(row.zones),
        main_zones=tuple(row.zones[: row.main_zones]),
    )


def _fact(row: NetworkFactRow) -> Fact:
    return Fact(row.kind, row.id, row.position, Wording(row.title), Wording(row.body), row.details)

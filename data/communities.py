"""Communities (Discord servers), the places set up in them, and what people chose for themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import CommunityRow, PlaceRow, PreferenceRow
from data.statements import insert, mark, seen_once, upsert


class Keep(Enum):
    """Stands for "leave it as it is" where None means "none"."""

    AS_IT_IS = "as it is"


AS_IT_IS = Keep.AS_IT_IS


@dataclass(frozen=True, slots=True)
class Community:
    """A community.

    Attributes:
        id: the Discord server's id.
        name: the server's name, as last seen.
        languages: the languages that announcements are posted in, the main one first.
        zone: the IANA time zone that hours are meant in when nobody says another.
        reminder_offsets: when webinars are reminded of, in seconds before the start; 0 is the start itself.
        set_up_at: when `/setup` was finished (UTC), None before.
        places: Discord ids by purpose, for instance `channel:welcome`.
        suggests: whether a new thread in the forum for practices is told what there is on its subject.
    """

    id: int
    name: str
    languages: tuple[str, ...]
    zone: str
    reminder_offsets: tuple[int, ...]
    set_up_at: datetime | None
    places: Mapping[str, int]
    suggests: bool = True

    def channel(self, purpose: str) -> int | None:
        """The id of the channel that serves a purpose (`welcome` or `channel:welcome`), None where there is none."""
        return self._place("channel", purpose)

    def role(self, purpose: str) -> int | None:
        """The id of the role that serves a purpose (`moderator` or `role:moderator`), None where there is none."""
        return self._place("role", purpose)

    def tag(self, purpose: str) -> int | None:
        """The id of the forum tag that serves a purpose (`area:budgeting`), None where there is none."""
        return self._place("tag", purpose)

    def _place(self, sort: str, purpose: str) -> int | None:
        return self.places.get(purpose if purpose.startswith(f"{sort}:") else f"{sort}:{purpose}")


@dataclass(frozen=True, slots=True)
class Preference:
    """What a person chose in a community; None where they chose nothing.

    Attributes:
        language: one of `data.languages.LANGUAGES`.
        zone: an IANA time zone.
    """

    language: str | None
    zone: str | None


async def get_community(session: AsyncSession, community_id: int) -> Community | None:
    """One community, or None where it was never noted."""
    found = await seen_once(session, ("community", community_id), lambda: _communities(session, community_id))
    return found[0] if found else None


async def all_communities(session: AsyncSession) -> list[Community]:
    """Every community, by id."""
    return await _communities(session, None)


async def ensure_community(
    session: AsyncSession,
    community_id: int,
    *,
    name: str,
    now: datetime,
    languages: Iterable[str],
    zone: str,
    reminder_offsets: Iterable[int],
) -> Community:
    """The community, noted with these settings if it is new.

    Of one that is known only the name is brought up to date: its settings are its own.
    """
    made = await session.execute(
        insert(session, CommunityRow)
        .values(
            id=community_id,
            name=name,
            languages=list(languages),
            zone=zone,
            reminder_offsets=list(reminder_offsets),
            created_at=now,
            set_up_at=None,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )
    renamed = await session.execute(
        update(CommunityRow)
        .where(CommunityRow.id == community_id, CommunityRow.name != name)
        .values(name=name)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", made).rowcount or cast("CursorResult[Any]", renamed).rowcount:
        mark(session, "settings")
    found = await get_community(session, community_id)
    if found is None:
        raise LookupError(f"community {community_id} vanished while it was being noted")
    return found


async def set_places(session: AsyncSession, community_id: int, places: Mapping[str, int | None]) -> None:
    """Note which channel, role or tag serves which purpose; None forgets one. Others stay."""
    mark(session, "settings")
    gone = [purpose for purpose, discord_id in places.items() if discord_id is None]
    if gone:
        await session.execute(
            delete(PlaceRow)
            .where(PlaceRow.community_id == community_id, PlaceRow.purpose.in_(gone))
            .execution_options(synchronize_session=False)
        )
    for purpose, discord_id in sorted(places.items()):
        if discord_id is not None:
            key = {"community_id": community_id, "purpose": purpose}
            await upsert(session, PlaceRow, key, {"discord_id": discord_id})


async def mark_set_up(session: AsyncSession, community_id: int, now: datetime) -> None:
    """Note that `/setup` was finished."""
    await _change(session, community_id, {"set_up_at": now})


async def update_settings(
    session: AsyncSession,
    community_id: int,
    *,
    languages: Iterable[str] | None = None,
    zone: str | None = None,
    reminder_offsets: Iterable[int] | None = None,
    suggests: bool | None = None,
) -> None:
    """Change what is given, and leave the rest."""
    values: dict[str, Any] = {}
    if languages is not None:
        values["languages"] = list(languages)
    if zone is not None:
        values["zone"] = zone
    if reminder_offsets is not None:
        values["reminder_offsets"] = list(reminder_offsets)
    if suggests is not None:
        values["suggests"] = suggests
    if values:
        await _change(session, community_id, values)


async def get_preference(session: AsyncSession, community_id: int, user_id: int) -> Preference | None:
    """What a person chose in a community, or None where they never chose anything."""
    row = (
        await session.execute(
            select(PreferenceRow.language, PreferenceRow.zone).where(
                PreferenceRow.community_id == community_id, PreferenceRow.user_id == user_id
            )
        )
    ).one_or_none()
    return None if row is None else Preference(language=row.language, zone=row.zone)


async def set_preference(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    *,
    language: str | Keep | None = AS_IT_IS,
    zone: str | Keep | None = AS_IT_IS,
) -> None:
    """Note what a person chose; None takes a choice back, what is not given stays."""
    mark(session, "settings")
    values = {name: value for name, value in (("language", language), ("zone", zone)) if not isinstance(value, Keep)}
    await upsert(session, PreferenceRow, {"community_id": community_id, "user_id": user_id}, values)


async def _change(session: AsyncSession, community_id: int, values: dict[str, Any]) -> None:
    mark(session, "settings")
    await session.execute(
        update(CommunityRow)
        .where(CommunityRow.id == community_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def _communities(session: AsyncSession, community_id: int | None) -> list[Community]:
    query = select(
        CommunityRow.id,
        CommunityRow.name,
        CommunityRow.languages,
        CommunityRow.zone,
        CommunityRow.reminder_offsets,
        CommunityRow.set_up_at,
        CommunityRow.suggests,
    ).order_by(CommunityRow.id)
    places_query = select(PlaceRow.community_id, PlaceRow.purpose, PlaceRow.discord_id)
    if community_id is not None:
        query = query.where(CommunityRow.id == community_id)
        places_query = places_query.where(PlaceRow.community_id == community_id)
    rows = (await session.execute(query)).all()
    if not rows:
        return []
    places: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    for owner, purpose, discord_id in await session.execute(places_query):
        places.setdefault(owner, {})[purpose] = discord_id
    return [
        Community(
            id=row.id,
            name=row.name,
            languages=tuple(row.languages),
            zone=row.zone,
            reminder_offsets=tuple(row.reminder_offsets),
            set_up_at=row.set_up_at,
            places=MappingProxyType(places[row.id]),
            suggests=row.suggests,
        )
        for row in rows
    ]

"""Recordings, slides and documents of a webinar: addresses on the web, each posted once and then kept up to date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.models import MaterialRow
from data.webinars.after import MATERIAL, MATERIAL_MARK, THREAD
from data.webinars.answers import locked
from data.webinars.planning import plan_delivery
from data.webinars.records import SERVER, Webinar

RECORDING = "recording"
KINDS = (RECORDING, "slides", "document", "other")
MOST = 20


class FullFault(Exception):
    """A webinar has as many materials as it may have."""


class ThereFault(Exception):
    """That address is among the webinar's materials already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMaterial:
    """What a moderator adds.

    Attributes:
        kind: one of `KINDS`.
        title: one line.
        url: an https address.
        language: ISO 639-1, or None.
    """

    kind: str
    title: str
    url: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(NewMaterial):
    """A recording, slides or a document of a webinar.

    Attributes:
        id: its own, never used again.
        community_id, webinar_id: whose.
        removed: whether a moderator took it away.
        version: grows with every change.
    """

    id: int
    community_id: int
    webinar_id: int
    removed: bool
    version: int


async def list_materials(session: AsyncSession, community_id: int, webinar_id: int) -> list[Material]:
    """A webinar's materials, recordings first, then in the order in which they were added."""
    query = _of(community_id).where(MaterialRow.webinar_id == webinar_id, MaterialRow.removed_at.is_(None))
    found = await _read(session, query.order_by(MaterialRow.id))
    return sorted(found, key=lambda material: material.kind != RECORDING)


async def get_material(session: AsyncSession, community_id: int, material_id: int) -> Material | None:
    """One of them, also one that was taken away; None where there is none here."""
    found = await _read(session, _of(community_id).where(MaterialRow.id == material_id))
    return found[0] if found else None


async def add_material(
    session: AsyncSession, webinar: Webinar, new: NewMaterial, *, by: int, now: datetime
) -> Material:
    """Add one, and plan that it is posted.

    Raises:
        FullFault: there are too many.
        ThereFault: it is there.
    """
    await _check(session, webinar, new.url, None)
    row = MaterialRow(
        community_id=webinar.community_id,
        webinar_id=webinar.id,
        kind=new.kind,
        title=new.title,
        url=new.url,
        language=new.language,
        added_by=by,
        added_at=now,
    )
    session.add(row)
    await session.flush()
    await plan_delivery(session, webinar, MATERIAL, THREAD, now, occurrence=str(row.id))
    await _note(session, webinar, "add", row.id, by, now)
    return _as_material(row)


async def change_material(
    session: AsyncSession, webinar: Webinar, material: Material, new: NewMaterial | None, *, by: int, now: datetime
) -> bool:
    """Correct one, or take it away, and plan that its post follows.

    Args:
        session: a write transaction.
        webinar: its webinar.
        material: as the moderator saw it; if it has changed since, nothing happens.
        new: what it is to be; None takes it away.
        by: the moderator.
        now: the time (UTC).

    Returns:
        Whether it was done.

    Raises:
        ThereFault: the new address is there already.
    """
    values: dict[str, Any] = {"removed_at": now}
    if new is not None:
        await _check(session, webinar, new.url, material.id)
        values = {"kind": new.kind, "title": new.title, "url": new.url, "language": new.language}
    changed = update(MaterialRow).where(
        MaterialRow.id == material.id, MaterialRow.version == material.version, MaterialRow.removed_at.is_(None)
    )
    done = await session.execute(
        changed.values(version=MaterialRow.version + 1, **values)
        .returning(MaterialRow.id)
        .execution_options(synchronize_session=False)
    )
    if done.first() is None:
        return False
    await plan_material_mark(session, webinar, material.id, str(material.version + 1), now)
    await _note(session, webinar, "remove" if new is None else "edit", material.id, by, now)
    return True


async def plan_material_mark(
    session: AsyncSession, webinar: Webinar, material_id: int, turn: str, now: datetime
) -> None:
    """Plan that the post of a material is brought up to date; `turn` tells one time from another."""
    await plan_delivery(session, webinar, MATERIAL_MARK, SERVER, now, occurrence=f"{material_id}:{turn}")


async def _check(session: AsyncSession, webinar: Webinar, url: str, itself: int | None) -> None:
    # Locked, so that of two moderators at once the second finds what the first has added.
    await locked(session, webinar.community_id, webinar.id)
    found = await list_materials(session, webinar.community_id, webinar.id)
    if any(one.url == url and one.id != itself for one in found):
        raise ThereFault
    if itself is None and len(found) >= MOST:
        raise FullFault


async def _note(session: AsyncSession, webinar: Webinar, what: str, material_id: int, by: int, now: datetime) -> None:
    await audit.record(
        session,
        community_id=webinar.community_id,
        at=now,
        actor_id=by,
        action=f"webinar.materials.{what}",
        object_kind="webinar",
        object_id=webinar.id,
        details={"material": material_id},
    )


def _of(community_id: int) -> Select[MaterialRow]:
    return select(MaterialRow).where(MaterialRow.community_id == community_id)


async def _read(session: AsyncSession, query: Select[MaterialRow]) -> list[Material]:
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return [_as_material(row) for row in rows]


def _as_material(row: MaterialRow) -> Material:
    return Material(
        id=row.id,
        community_id=row.community_id,
        webinar_id=row.webinar_id,
        kind=row.kind,
        title=row.title,
        url=row.url,
        language=row.language,
        removed=row.removed_at is not None,
        version=row.version,
    )

"""What an older copy of a database must not bring back: erased people, what was withdrawn, old numbers, old posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import peers, practices
from data.backups.journal import ADAPTATION, PERSON, PRACTICE, QUESTION, Gone, gone_from
from data.database import Database
from data.deliveries import PENDING, SENDING
from data.models import Base, DeliveryRow, MemberRow
from data.personal import ERASED, HOLDINGS, erase
from data.personal.erasing import ensure_secret, those_erased
from data.practices.adaptations import take_back

# Numbers that were given since the backup stand on buttons and posts in Discord: they are not given again.
LEAP = 100_000


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a restored copy.

    Attributes:
        erased: how many people were erased again.
        withdrawn: how many practices, adaptations and questions to peers were withdrawn again.
        looked_up: how many messages will be looked up in Discord before they are sent, since they may have gone out.
    """

    erased: int
    withdrawn: int
    looked_up: int


async def mend(db: Database, gone: Iterable[Gone], now: datetime, *, secret: str | None = None) -> Mended:
    """Make a restored copy fit to go on with.

    Args:
        db: the copy, opened, with nobody at work on it.
        gone: what is known to be gone, from wherever that is known.
        secret: the key of the hashes of erased people, for a copy from before there was one.
        now: the time (UTC).
    """
    async with db.begin() as session:
        # What the copy does not know of came after it, whatever the clocks said.
        since = sorted(set(gone) - set(await gone_from(session)))
        await ensure_secret(session, secret)
        erased = await _erase_again(session, [one for one in since if one.kind == PERSON], now)
        withdrawn = 0
        for one in since:
            withdrawn += await _withdraw_again(session, one, now)
        looked_up = await _doubt(session, now)
        await _leap(session)
    return Mended(erased, withdrawn, looked_up)


async def _withdraw_again(session: AsyncSession, one: Gone, now: datetime) -> bool:
    """Whether it was there again, and is gone now. Nobody is told once more: they were when it went first."""
    where, reason = one.community_id, one.reason or ERASED
    if one.kind == PRACTICE:
        return await practices.withdraw(session, where, one.what, actor_id=None, reason=reason, now=now) is not None
    if one.kind == ADAPTATION:
        return await take_back(session, where, int(one.what), actor_id=None, reason=reason, now=now) is not None
    if one.kind == QUESTION:
        request = await peers.get_request(session, where, int(one.what))
        return request is not None and await peers.end_request(session, request, withdrawn=True, now=now)
    return False


async def _erase_again(session: AsyncSession, gone: list[Gone], now: datetime) -> int:
    if not gone:
        return 0
    marks = {(one.community_id, one.what) for one in gone}
    found = await those_erased(session, marks, await _everybody(session))
    for community_id, user_id in found:
        await erase(session, community_id, user_id, keep_practices=True, by=None, now=now)
    return len(found)


async def _everybody(session: AsyncSession) -> set[int]:
    """All users of whom anything is held anywhere."""
    found = set(await session.scalars(select(MemberRow.user_id)))
    for holding in HOLDINGS:
        for name in holding.persons:
            column = getattr(holding.table, name)
            if isinstance(column.type, BigInteger) and name != "member_id":
                found |= {user_id for user_id in await session.scalars(select(column).distinct()) if user_id}
    for column in (DeliveryRow.target, DeliveryRow.subject):
        named = await session.scalars(select(column).distinct().where(column.startswith("user:")))
        numbers = [name.removeprefix("user:") for name in named]
        found |= {int(number) for number in numbers if number.isascii() and number.isdecimal()}
    return found


async def _doubt(session: AsyncSession, now: datetime) -> int:
    """What was due since may have gone out: it is looked up in Discord before it is sent, as after a crash."""
    due = select(DeliveryRow.id).where(
        DeliveryRow.state == PENDING,
        DeliveryRow.due_at <= now,
        (DeliveryRow.expires_at.is_(None)) | (DeliveryRow.expires_at > now),
    )
    ids = list(await session.scalars(due))
    changed = (
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(due))
        .values(state=SENDING, sending_at=DeliveryRow.due_at, wake_at=now, lease_owner=None, lease_token=None)
    )
    await session.execute(changed.execution_options(synchronize_session=False))
    return len(ids)


async def _leap(session: AsyncSession) -> None:
    """Go on with numbers that were surely not given before."""
    if session.get_bind().dialect.name == "sqlite":
        counted = [
            table.name for table in Base.metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]
        ]
        known = set(await session.scalars(text("SELECT name FROM sqlite_sequence")))
        for name in counted:
            statement = (
                "UPDATE sqlite_sequence SET seq = seq + :leap WHERE name = :name"
                if name in known
                else "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :leap)"
            )
            await session.execute(text(statement), {"name": name, "leap": LEAP})
        return
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, BigInteger) and column.autoincrement is not False and not column.foreign_keys:
                name = await session.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
                if name is not None:
                    await session.execute(
                        text(f"SELECT setval('{name}', (SELECT last_value FROM {name}) + {LEAP})")  # noqa: S608
                    )

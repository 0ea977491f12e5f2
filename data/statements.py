"""What the queries share."""

from collections.abc import Awaitable, Callable, Hashable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, func, literal, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from data.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Found = TypeVar("Found")
# Where processes on PostgreSQL tell each other that something was written.
HINTS = "convenor"

_MARKS, _SEEN = "marks", "seen"
_NOTIFY = text("SELECT pg_notify(:channel, :told)")


def insert(session: AsyncSession, table: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows ON CONFLICT, which both databases have and SQLAlchemy offers for each on its own."""
    # Each is loaded where it is in use, and then here already.
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


async def upsert(session: AsyncSession, table: type[Base], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row, or set `values` in the row that has that `key` already.

    Args:
        session: a write transaction.
        table: the row's class.
        key: the columns of the primary key or of a unique constraint.
        values: the others. Columns named in neither keep what they hold.
    """
    statement = insert(session, table).values(**key, **values)
    if values:
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=values)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    await session.execute(statement)


async def lock(session: AsyncSession, name: str) -> None:
    """Wait until no other transaction holds the lock of that name, and hold it until this one ends.

    On SQLite a write transaction is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number(name)})


def presence_number(name: str) -> tuple[str, dict[str, str]]:
    """The statement that gives the number of the lock by which a PostgreSQL connection says that someone is there."""
    return "SELECT hashtextextended(:name, 0)", {"name": f"convenor {name}"}


def absent(name: ColumnElement[str | None] | InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Whether nobody of that name is there (PostgreSQL only, see `presence_number`). None counts as nobody known."""
    return func.pg_try_advisory_xact_lock_shared(func.hashtextextended(literal("convenor ").concat(name), 0))


def lock_number(name: str) -> int:
    """The number by which PostgreSQL knows a lock: the same in every Convenor, and unlike that of another program."""
    return int.from_bytes(sha256(f"convenor {name}".encode()).digest()[:8], signed=True)


def mark(session: AsyncSession, what: str) -> None:
    """Note that this transaction did something that others wait for; told to them once it is committed.

    Args:
        session: a write transaction.
        what: `planned` (a delivery), `changed` (something the search knows), `gone` (something that must stay gone), or
            `settings` (a community's, or what a person chose there).
    """
    session.info.setdefault(_MARKS, set()).add(what)


async def notify(session: AsyncSession, by: str, marked: frozenset[str]) -> None:
    """Tell the other processes what this transaction marked, once it is committed (PostgreSQL only)."""
    await session.execute(_NOTIFY, {"channel": HINTS, "told": " ".join([by, *sorted(marked)])})


def marks(session: AsyncSession) -> frozenset[str]:
    """What was marked in this transaction."""
    return frozenset(session.info.get(_MARKS, ()))


def keep_seen(session: AsyncSession) -> None:
    """Let this session, which only reads and from one snapshot, keep what `seen_once` reads."""
    session.info[_SEEN] = {}


async def seen_once(session: AsyncSession, key: Hashable, load: Callable[[], Awaitable[Found]]) -> Found:
    """Read something, or return what was read by the same key in the same snapshot, where it cannot have changed."""
    seen: dict[Hashable, Any] | None = session.info.get(_SEEN)
    if seen is None:
        return await load()
    if key not in seen:
        seen[key] = await load()
    return seen[key]

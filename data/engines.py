"""How the two databases are reached: addresses, connections and their settings.

SQLite gets two pools: one connection that writes, and a few that cannot. A writer therefore never waits for a
connection that readers hold, and a query that should only read is refused by SQLite itself when it writes.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from data.faults import ReadOnlyFault, UnreadableAddressFault

BUSY_MILLISECONDS = 5_000
# The option of a connection that asks one thing, with no transaction around it.
GLANCE = "glance"
_READERS = 4
_CONNECT_SECONDS = 10
# A process that was stopped in the middle of a transaction must not keep what it holds from all others.
IDLE_SECONDS = 8.0
_EXAMPLES = "sqlite:///path/to/file.sqlite or postgresql://user:password@host/name"


@dataclass(frozen=True)
class Address:
    """Where the database is.

    Attributes:
        url: as SQLAlchemy takes it, with the driver.
        dialect: `sqlite` or `postgresql`.
        path: the file, for SQLite.
        shown: fit for logs and messages: no password.
        schema: the schema that is meant, for PostgreSQL; empty for that of everyday use.
    """

    url: URL
    dialect: str
    path: Path | None
    shown: str
    schema: str = ""


def parse_address(text: str) -> Address:
    """Read the address of a database.

    Raises:
        UnreadableAddressFault: it is not one of SQLite or PostgreSQL, or lacks a part. The address itself is not
            repeated in the message, since it may hold a password.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        # Without the cause: it repeats what was typed.
        raise UnreadableAddressFault(f"The database address cannot be read. It looks like {_EXAMPLES}.") from None
    match url.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            return _sqlite_address(url)
        case "postgres" | "postgresql" | "postgresql+asyncpg":
            return _postgresql_address(url)
        case _:
            raise UnreadableAddressFault(f"Convenor keeps its data in SQLite or PostgreSQL: {_EXAMPLES}.")


def _sqlite_address(url: URL) -> Address:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:") or url.query or url.host:
        raise UnreadableAddressFault(
            "The database address must name a file, with three slashes before a relative path and four before an "
            "absolute one: sqlite:///convenor.sqlite or sqlite:////srv/convenor/convenor.sqlite."
        )
    path = Path(url.database).expanduser().absolute()
    return Address(url=URL.create("sqlite+aiosqlite", database=str(path)), dialect="sqlite", path=path, shown=str(path))


def _postgresql_address(url: URL) -> Address:
    if not url.database:
        raise UnreadableAddressFault(f"The database address lacks the database's name: {_EXAMPLES}.")
    query = dict(url.query)
    # Hosting providers hand out libpq's name of this option; asyncpg calls it `ssl`.
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    url = url.set(drivername="postgresql+asyncpg", query=query)
    shown = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    return Address(url=url, dialect="postgresql", path=None, shown=shown)


def prepare_file(path: Path) -> None:
    """Make the file of a new SQLite database, and its folder, so that only Convenor's user can read them.

    An existing file is left as it is. SQLite gives its helper files (`-wal`, `-shm`) the same rights.

    Raises:
        ReadOnlyFault: the folder or the file cannot be made.
        UnreadableAddressFault: the path is a folder.
    """
    if path.is_dir():
        raise UnreadableAddressFault(f"The database address names a folder, not a file: {path}.")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.exists():
            raise ReadOnlyFault(f"The folder of the database file {path} cannot be made.") from None
    except OSError as error:
        raise ReadOnlyFault(f"The database file {path} cannot be made: {error.strerror}.") from error


def sqlite_writer(address: Address, *, foreign_keys: bool = True) -> AsyncEngine:
    """The engine whose one connection writes: every transaction begins with `BEGIN IMMEDIATE`.

    Args:
        address: where.
        foreign_keys: False for migrations, where SQLite must not cascade while a table is being made anew.
    """
    engine = create_async_engine(
        address.url,
        connect_args={"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000},
        pool_size=1,
        max_overflow=0,
    )
    _on_connect(
        engine,
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA trusted_schema = OFF",
    )
    _on_begin(engine, "BEGIN IMMEDIATE")
    return engine


def sqlite_readers(address: Address) -> AsyncEngine:
    """The engine whose connections only read, each transaction on one snapshot."""
    engine = create_async_engine(
        address.url,
        connect_args={"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000},
        pool_size=_READERS,
        max_overflow=_READERS,
    )
    _on_connect(
        engine,
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        "PRAGMA query_only = ON",
        # One connection copies the log into the file, and no other: see `data.sqlite_release`.
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA trusted_schema = OFF",
    )
    _on_begin(engine, "BEGIN")
    return engine


def postgresql_engine(address: Address, *, patient: bool = False) -> AsyncEngine:
    """The engine for PostgreSQL; a connection that died while idle is replaced unseen.

    Args:
        address: where.
        patient: whether a transaction may wait for its own program as long as it likes.
    """
    asked = _asked_of_server(address, "convenor")
    if not patient:
        asked["idle_in_transaction_session_timeout"] = f"{round(IDLE_SECONDS * 1000)}"
    return create_async_engine(
        address.url,
        connect_args={"timeout": _CONNECT_SECONDS, "server_settings": asked},
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        pool_recycle=1800,
    )


def postgresql_reader(engine: AsyncEngine) -> AsyncEngine:
    """The same connections, with transactions that only read, each on one snapshot (as SQLite's do)."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def sqlite_glances(reader: AsyncEngine) -> AsyncEngine:
    """The connections that read, with no transaction around a statement."""
    return reader.execution_options(**{GLANCE: True})


def postgresql_glances(address: Address) -> AsyncEngine:
    """Connections of their own that only read, with no transaction around a statement: one way there and back for each.

    To ask first whether a connection is still there would be a second. The driver knows of one that has ended; of one
    on which the server is silent, only the statement tells.
    """
    asked = {**_asked_of_server(address, "convenor"), "default_transaction_read_only": "on"}
    engine = create_async_engine(
        address.url,
        connect_args={"timeout": _CONNECT_SECONDS, "server_settings": asked},
        isolation_level="AUTOCOMMIT",
        pool_size=1,
        max_overflow=4,
        pool_recycle=1800,
    )

    def still_there(connection: Any, _record: object, _proxy: object) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    _listen(engine, "checkout", still_there)
    return engine


def single_use(address: Address, purpose: str = "migration") -> AsyncEngine:
    """A PostgreSQL engine that keeps no connection, for a migration or for one that is held for long."""
    return create_async_engine(
        address.url,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "server_settings": _asked_of_server(address, f"convenor-{purpose}"),
        },
        poolclass=NullPool,
    )


def _asked_of_server(address: Address, name: str) -> dict[str, str]:
    """What PostgreSQL is asked for at the beginning of each connection."""
    asked = {"application_name": name}
    if address.schema:
        asked["search_path"] = address.schema
    return asked


def _on_connect(engine: AsyncEngine, *statements: str) -> None:
    def settle(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    _listen(engine, "connect", settle)


def _on_begin(engine: AsyncEngine, statement: str) -> None:
    # The driver's own transaction control is off (isolation_level None): it would begin late and deferred, and a
    # read followed by a write would then lose what another wrote in between.
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(GLANCE):
            connection.exec_driver_sql(statement)

    _listen(engine, "begin", begin)


def _listen(engine: AsyncEngine, name: str, function: Callable[..., None]) -> None:
    event.listen(engine.sync_engine, name, function)

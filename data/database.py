"""The database: opened once, then one transaction at a time.

    async with Database.open("sqlite:///convenor.sqlite") as db:
        async with db.begin() as session:  # writes
            ...
        async with db.read() as session:  # only reads
            ...

There is no hidden session: what a query needs is passed to it.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, Self

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker

from data import engines, schema
from data.engines import Address
from data.faults import (
    AccessFault,
    BusyFault,
    DatabaseFault,
    FullFault,
    NewerSchemaFault,
    NotOursFault,
    OlderSchemaFault,
    ReadOnlyFault,
    UnreachableFault,
    UnreadableAddressFault,
    fault_from,
    unreachable,
)
from data.statements import keep_seen, marks, notify

__all__ = [
    "AccessFault",
    "BusyFault",
    "Database",
    "DatabaseFault",
    "FullFault",
    "NewerSchemaFault",
    "NotOursFault",
    "OlderSchemaFault",
    "ReadOnlyFault",
    "UnreachableFault",
    "UnreadableAddressFault",
]

log = logging.getLogger("convenor.database")


class Database:
    """A SQLite file or a PostgreSQL database, made by `Database.open`."""

    def __init__(self, address: Address, writer: AsyncEngine, reader: AsyncEngine, glances: AsyncEngine) -> None:
        """Use `Database.open`, which also checks the database and closes it."""
        self._address = address
        self._writer = writer
        self._reader = reader
        self._begin_session = async_sessionmaker(writer, expire_on_commit=False)
        self._read_session = async_sessionmaker(reader, expire_on_commit=False)
        self._glance_session = async_sessionmaker(glances, expire_on_commit=False)
        # SQLite has one writer. Waiting here is fair and costs nothing; waiting in SQLite means polling with growing
        # pauses, where an unlucky task runs into the busy timeout.
        self._writing = asyncio.Lock() if address.dialect == "sqlite" else None
        self._writing_task: asyncio.Task[object] | None = None
        self._after_commit: list[Callable[[frozenset[str]], None]] = []
        # Under which other processes hear of what this one wrote.
        self.name = secrets.token_hex(4)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, *, migrate: bool = True, schema: str = "") -> AsyncGenerator[Self]:
        """Open the database, bring its tables up to date, and close it at the end.

        Args:
            url: `sqlite:///path` or `postgresql://user:password@host/name`. A missing SQLite file is made.
            migrate: False refuses a database that is not up to date instead of changing it.
            schema: for PostgreSQL, where in the database, if not in the schema of everyday use.

        Raises:
            DatabaseFault: the database cannot be used; the message says why in one sentence. Nothing is replaced.
        """
        address = replace(engines.parse_address(url), schema=schema)
        if address.path is not None:
            await asyncio.to_thread(engines.prepare_file, address.path)
            writer, reader = engines.sqlite_writer(address), engines.sqlite_readers(address)
            glances = engines.sqlite_glances(reader)
        else:
            writer = engines.postgresql_engine(address)
            reader, glances = engines.postgresql_reader(writer), engines.postgresql_glances(address)
        database = cls(address, writer, reader, glances)
        try:
            await database._check(migrate=migrate)
            yield database
        finally:
            # Readers first: the last connection to close folds SQLite's log into the file, and must be able to write.
            await glances.dispose()
            await reader.dispose()
            await writer.dispose()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._address.dialect

    @property
    def safe_url(self) -> str:
        """Where the database is, fit for logs: a path, or an address without its password."""
        return self._address.shown

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """One write transaction: committed at the end, rolled back on an exception.

        On SQLite it holds the one right to write from its first moment, so what was read inside stays true until the
        commit. On PostgreSQL other writers go on: guard a read-then-write with a condition in the UPDATE, a version,
        or `with_for_update`. Keep it short, and never talk to Discord inside.

        Raises:
            DatabaseFault: the database became busy, full, read-only or unreachable.
            RuntimeError: the same task has a write transaction open already, and would wait for itself (SQLite).
        """
        if self._writing is None:
            async with self._write() as session:
                yield session
            return
        if self._writing_task is asyncio.current_task():
            raise RuntimeError("this task has a write transaction open already: pass its session on")
        async with self._writing:
            self._writing_task = asyncio.current_task()
            try:
                async with self._write() as session:
                    yield session
            finally:
                self._writing_task = None

    def after_commit(self, call: Callable[[frozenset[str]], None]) -> None:
        """Have `call` told what each write transaction marked (see `data.statements.mark`), once it is committed.

        It is called in the event loop and must be quick; transactions that marked nothing are not told.
        """
        self._after_commit.append(call)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """One read transaction on one snapshot. The database refuses writing in it.

        Raises:
            DatabaseFault: the database became busy or unreachable.
            RuntimeError: something was written.
        """
        try:
            async with self._session(self._read_session) as session:
                keep_seen(session)
                yield session
                # Nothing may be left unsaved without a word.
                await session.flush()
        except ReadOnlyFault as fault:
            raise RuntimeError("a read transaction was asked to write: use db.begin()") from fault

    @asynccontextmanager
    async def glance(self) -> AsyncGenerator[AsyncSession]:
        """A session for one statement that reads. A second one might see another state of things: use `read` for that.

        For what is asked after everything that happens: beginning and ending a transaction costs more than the answer.

        Raises:
            DatabaseFault: the database became busy or unreachable.
        """
        async with self._session(self._glance_session) as session:
            yield session

    @asynccontextmanager
    async def apart(self, purpose: str, lost: Callable[[], None]) -> AsyncGenerator[AsyncConnection]:
        """A connection to PostgreSQL outside of any transaction, for what lasts as long as the process.

        Args:
            purpose: how the server's list of connections names it.
            lost: called in the event loop when the connection ends before the block does, as soon as that is known.

        Raises:
            DatabaseFault: the database is unreachable. What is done with the connection belongs inside `reaching`.
        """
        engine = engines.single_use(self._address, purpose)
        try:
            with self.reaching():
                connection = await engine.execution_options(isolation_level="AUTOCOMMIT").connect()
                driver: Any = (await connection.get_raw_connection()).driver_connection

            def ended(_connection: object) -> None:
                lost()

            driver.add_termination_listener(ended)
            try:
                yield connection
            finally:
                driver.remove_termination_listener(ended)
                await connection.close()
        finally:
            await engine.dispose()

    def reaching(self) -> AbstractContextManager[None]:
        """Turns what fails inside because the database is out of reach into a DatabaseFault."""
        return _Faults(self.safe_url, connecting=True)

    async def head(self) -> str | None:
        """The revision of the tables as the database has them, or None where there are none yet.

        Raises:
            DatabaseFault: the database cannot be read, or holds another program's tables.
        """
        async with self.read() as session:
            connection = await session.connection()
            return await connection.run_sync(schema.stored_revision, self.safe_url)

    async def migrate(self) -> None:
        """Bring the tables up to date in one transaction; of several processes at once, one does it.

        Raises:
            DatabaseFault: the database is newer than this program, or cannot be written.
        """
        # Alembic costs a third of a second to import, and is needed once per release.
        from data.migrations.run import upgrade

        with _Faults(self.safe_url, connecting=True):
            await upgrade(self._address)

    async def _check(self, *, migrate: bool) -> None:
        if self.dialect == "sqlite":
            await self._keep_log()
        revision = await self.head()
        if revision == schema.head():
            await self._try_writing()
            return
        if revision is not None and revision not in schema.revisions():
            raise schema.newer(revision)
        if not migrate:
            raise OlderSchemaFault(
                f"The database {self.safe_url} is not up to date (revision {revision or 'none'}, "
                f"this Convenor needs {schema.head()}). Start Convenor once to update it."
            )
        await self.migrate()

    async def _keep_log(self) -> None:
        """Switch a SQLite file to write-ahead logging, which the writer does when it connects.

        SQLite answers "locked" at once, without its usual wait, when another process is doing the same.
        """
        deadline = asyncio.get_running_loop().time() + engines.BUSY_MILLISECONDS / 1000
        while True:
            try:
                with _Faults(self.safe_url, connecting=True):
                    async with self._writer.connect():
                        return
            except BusyFault:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.1)

    async def _try_writing(self) -> None:
        """Find out now, and not at the first click, whether the database can be written."""
        async with self.begin() as session:
            if self.dialect == "postgresql":
                await session.execute(text("SELECT pg_current_xact_id()"))

    @asynccontextmanager
    async def _write(self) -> AsyncGenerator[AsyncSession]:
        async with self._session(self._begin_session) as session:
            yield session
            marked = marks(session)
            if marked and self.dialect == "postgresql":
                await notify(session, self.name, marked)
            await session.commit()
        self.tell(marked)

    def tell(self, marked: frozenset[str]) -> None:
        """Tell all who asked for it (`after_commit`) what a transaction marked, here or in another process."""
        for call in self._after_commit if marked else ():
            try:
                call(marked)
            except Exception:
                # What was written stands: whoever wrote it must not be told that it failed.
                log.exception("what follows a commit failed")

    @asynccontextmanager
    async def _session(self, sessions: async_sessionmaker[AsyncSession]) -> AsyncGenerator[AsyncSession]:
        async with sessions() as session:
            with _Faults(self.safe_url, connecting=True):
                await session.connection()
            with _Faults(self.safe_url, connecting=False):
                yield session


class _Faults:
    """Turns what the drivers raise about the state of the database into faults; other errors pass through."""

    def __init__(self, where: str, *, connecting: bool) -> None:
        self._where = where
        # While connecting, a refused socket or a time-out is about the database; later it may be the caller's own.
        self._connecting = connecting

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, DatabaseFault):
            return
        if isinstance(error, DBAPIError):
            fault = fault_from(error, self._where)
        elif isinstance(error, PoolTimeoutError):
            fault = BusyFault(f"All connections to the database {self._where} are in use.")
        elif self._connecting and isinstance(error, OSError | TimeoutError):
            fault = unreachable(self._where)
        else:
            fault = None
        if fault is not None:
            raise fault from error

"""What hundreds of worlds in one process find out once: each would find out the same.

None of it changes what the program does; it is found out anew as soon as something differs.
"""

import asyncio
import pickle
from collections.abc import Iterable
from typing import Any

import pytest
import simcord
from aiosqlite import Connection
from simcord._runtime import _LIVE_LOOPS
from sqlalchemy import URL
from sqlalchemy import Engine as SyncEngine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from data.search import index
from data.search.documents import Document
from data.search.engine import Engine

# Worlds begin with the facts of the Network alone, or with those of few scenes.
_KINDS_OF_INDEX = 4
# What a search engine learns of documents, beside what it writes of them.
_LEARNT = ("_words", "_seen", "_signs", "_entries")


def share_statements(patch: pytest.MonkeyPatch) -> None:
    """What a statement is in SQL is found out for the first database of each kind."""
    first: dict[str, SyncEngine] = {}

    def sharing(url: URL, **given: Any) -> AsyncEngine:
        made = create_async_engine(url, **given)
        known = first.setdefault(url.drivername, made.sync_engine)
        made.sync_engine.dialect = known.dialect
        made.sync_engine._compiled_cache = known._compiled_cache
        return made

    patch.setattr("data.engines.create_async_engine", sharing)


def share_indexes(patch: pytest.MonkeyPatch) -> None:
    """What the search makes of a document is found out for the first bot that starts with these documents."""
    known: list[tuple[list[Document], bytes, list[Any]]] = []

    def made(documents: Iterable[Document]) -> Engine:
        documents = list(documents)
        for kept, state, prepared in known:
            if kept == documents:
                engine = Engine()
                vars(engine).update(pickle.loads(state))  # noqa: S301 - written below
                for document in prepared:
                    engine._write().add_document(document)
                engine.commit()
                return engine
        engine = Engine()
        if len(known) >= _KINDS_OF_INDEX:
            return make(documents)
        prepared = [engine._made(document) for document in documents]
        for document in prepared:
            engine._write().add_document(document)
        engine.commit()
        known.append((documents, pickle.dumps({name: vars(engine)[name] for name in _LEARNT}), prepared))
        return engine

    make = index._made
    patch.setattr(index, "_made", made)
    # What the words of the facts stand for, too, which a bot that goes on has no use for.
    patch.setattr(index, "forget", lambda: None)


# What SQLite may have to wait for, so that it must not happen in the event loop.
_MAY_WAIT = ("BEGIN IMMEDIATE", "PRAGMA", "VACUUM", "ATTACH", "DETACH")
_STATEMENTS = ("execute", "executemany", "commit", "rollback")


def ask_sqlite_at_once(patch: pytest.MonkeyPatch) -> None:
    """In a simulated server, SQLite is asked in the event loop, and not in a thread for each connection.

    Whatever else goes on has its turn after each statement all the same.
    """
    in_thread: Any = vars(Connection)["_execute"]

    async def execute(self: Connection, fn: Any, *args: Any, **kwargs: Any) -> Any:
        name = getattr(fn, "__name__", "")
        statement = args[0] if args and isinstance(args[0], str) else ""
        waits = name == "close" and fn.__self__ is self._connection
        if waits or statement.startswith(_MAY_WAIT) or asyncio.get_running_loop() not in _LIVE_LOOPS:
            return await in_thread(self, fn, *args, **kwargs)
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        try:
            return fn(*args, **kwargs)
        finally:
            if name in _STATEMENTS:
                await asyncio.sleep(0)

    patch.setattr(Connection, "_execute", execute)


# As long as whatever else is waited for in a world.
_SETTLE_SECONDS = 60.0


def settle_in_time(patch: pytest.MonkeyPatch) -> None:
    """A bot that starts may take as long as anything else: simcord gives it five seconds, too few on a busy machine."""
    settle: Any = vars(simcord.Env)["_settle_internal"]

    async def patiently(self: simcord.Env, *, timeout: float | None = None, **given: Any) -> None:  # noqa: ASYNC109
        await settle(self, timeout=max(timeout or 0.0, _SETTLE_SECONDS), **given)

    patch.setattr(simcord.Env, "_settle_internal", patiently)

"""What can be wrong with the database, each said in one sentence that an operator can act on.

The sentences name the file or the server, never the password.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError


class DatabaseFault(Exception):
    """The database cannot be used as it is; the message is one clear sentence."""


class UnreadableAddressFault(DatabaseFault):
    """The address of the database is not one that Convenor understands."""


class BusyFault(DatabaseFault):
    """Another program holds the database and did not let go in time."""


class DeadlockFault(BusyFault):
    """Two transactions waited for each other; the database undid this one wholly, so that it can be done again."""


class InUseFault(DatabaseFault):
    """Another Convenor is at work with the same SQLite file."""


class ReadOnlyFault(DatabaseFault):
    """The file, its folder, or the account allows no writing."""


class NewerSchemaFault(DatabaseFault):
    """The database was written by a newer Convenor than this one."""


class OlderSchemaFault(DatabaseFault):
    """The database was written by an older Convenor and was opened without bringing it up to date."""


class NotOursFault(DatabaseFault):
    """The file is damaged, is no database, or belongs to another program. It is left as it is."""


class UnreachableFault(DatabaseFault):
    """The database server does not answer, or the connection to it was lost."""


class AccessFault(DatabaseFault):
    """The database server refused the user, the password, or the database's name."""


class FullFault(DatabaseFault):
    """The disk has no room left."""


def fault_from(error: BaseException, where: str) -> DatabaseFault | None:
    """Recognise a driver's error.

    Args:
        error: what SQLAlchemy or a driver raised.
        where: the file or the server, without a password.

    Returns:
        The fault to raise instead, or None where the error is not about the state of the database (a broken
        constraint, a mistake in a query).
    """
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return _fault_from_sqlite(original, where)
    state = getattr(original, "sqlstate", None)
    if isinstance(state, str):
        return _fault_from_sqlstate(state, where)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return UnreachableFault(f"The connection to the database {where} was lost.")
    return None


def unreachable(where: str) -> UnreachableFault:
    """Say that a server did not answer."""
    return UnreachableFault(
        f"The database server {where} does not answer. Check its address and port, and that it is running."
    )


# By SQLite's primary result codes.
_SQLITE: dict[int, tuple[type[DatabaseFault], str]] = {
    sqlite3.SQLITE_BUSY: (
        BusyFault,
        "The database file {where} is in use by another program and did not become free in time.",
    ),
    sqlite3.SQLITE_READONLY: (
        ReadOnlyFault,
        "The database file {where} is read-only. Give Convenor's user the right to write to it and to its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        ReadOnlyFault,
        "The database file {where} cannot be opened. Convenor's user must be able to write to it and to its folder.",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotOursFault,
        "The file {where} is damaged or no database. It was left as it is: restore a backup, or choose another file.",
    ),
    sqlite3.SQLITE_FULL: (FullFault, "The disk that holds the database file {where} is full."),
    sqlite3.SQLITE_IOERR: (UnreachableFault, "The disk that holds the database file {where} reported an error."),
}
_SQLITE[sqlite3.SQLITE_LOCKED] = _SQLITE[sqlite3.SQLITE_BUSY]
_SQLITE[sqlite3.SQLITE_CORRUPT] = _SQLITE[sqlite3.SQLITE_NOTADB]
_SQLITE[sqlite3.SQLITE_PERM] = _SQLITE[sqlite3.SQLITE_CANTOPEN]

# By the beginning of PostgreSQL's error codes.
_POSTGRESQL: dict[str, tuple[type[DatabaseFault], str]] = {
    "28": (AccessFault, "The database server {where} refused the user name or the password."),
    "3D000": (AccessFault, "The database {where} does not exist on its server. Create it first."),
    "42501": (AccessFault, "The user of the database {where} lacks a right it needs there. Make it the owner."),
    "25006": (ReadOnlyFault, "The database {where} is read-only."),
    "53100": (FullFault, "The disk of the database server of {where} is full."),
    "53300": (BusyFault, "The database server of {where} takes no more connections."),
    "40P01": (DeadlockFault, "Two changes in the database {where} waited for each other, and one was undone."),
    "55P03": (BusyFault, "Another program holds what is needed in the database {where}, and did not let go in time."),
    "57P": (UnreachableFault, "The database server of {where} is starting, stopping, or cut the connection."),
    "08": (UnreachableFault, "The connection to the database {where} was lost."),
}


def _fault_from_sqlite(error: sqlite3.Error, where: str) -> DatabaseFault | None:
    # The low byte is the primary code; the rest tells variants of it apart.
    found = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return None if found is None else found[0](found[1].format(where=where))


def _fault_from_sqlstate(state: str, where: str) -> DatabaseFault | None:
    for beginning, (fault, sentence) in _POSTGRESQL.items():
        if state.startswith(beginning):
            return fault(sentence.format(where=where))
    return None

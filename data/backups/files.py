"""Backups of a SQLite file, made while the bot works with it, and checked before they count."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from data.backups.faults import BackupFault
from data.faults import FullFault, fault_from

BUSY_SECONDS = 30.0


def copy(path: Path, target: Path) -> None:
    """Write a whole and compact copy of a database, as it is at this moment.

    It is a reader as any other: nobody waits for it, and it never copies the log into the database.

    Raises:
        DatabaseFault: the database cannot be read, or there is no room for the copy.
    """
    try:
        # Made empty first, so that nobody else can read it for a moment.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(_open(path)) as source:
            source.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        fault = fault_from(error, str(path))
        if isinstance(fault, FullFault):
            raise BackupFault(f"There is no room for a backup on the disk of {target.parent}.") from error
        raise fault or BackupFault(f"The database {path} could not be copied.") from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise BackupFault(f"The backup {target} cannot be written: {error.strerror}.") from error


def damage(path: Path, *, quick: bool = False) -> str | None:
    """What is wrong with a database file in SQLite's words (they name pages and tables, no content); None if nothing.

    Args:
        path: the file.
        quick: leave out what takes long: whether each index fits its table.
    """
    try:
        with closing(_open(path)) as database:
            found = database.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check(1)").fetchone()
            if found is None or found[0] != "ok":
                return str(found[0]).splitlines()[0] if found else "no answer"
            broken = None if quick else database.execute("PRAGMA foreign_key_check").fetchone()
            return None if broken is None else f"a row of {broken[0]} points nowhere"
    except sqlite3.DatabaseError as error:
        return str(getattr(error, "sqlite_errorname", "unreadable"))


def _open(path: Path) -> sqlite3.Connection:
    # Not opened read-only: the log of a database that nobody has open could not be read then.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection

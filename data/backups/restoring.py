"""Putting a backup back in place, without bringing back what was to be gone, and without losing what is there."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.alone import alone
from data.backups import files, journal, servers
from data.backups.faults import BackupFault
from data.backups.journal import Gone
from data.backups.mending import Mended, mend
from data.backups.names import ENCRYPTED, UNFINISHED, read_name, settle, stamp
from data.database import Database
from data.engines import Address, parse_address
from data.faults import DatabaseFault
from data.kept import get_value
from data.personal.erasing import SECRET

# What SQLite keeps beside a database.
BESIDE = ("-wal", "-shm", "-journal")
# What stands in the name of a file that a backup took the place of.
REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it.

    Attributes:
        made_at: when the backup was made (UTC), None where its name does not tell.
        mended: what had to be done again.
        aside: where what was there before lies, in words; None where there was nothing.
    """

    made_at: datetime | None
    mended: Mended
    aside: str | None


async def restore(
    url: str, backup: Path, now: datetime, *, folders: tuple[Path, ...] = (), keys: Path | None = None
) -> Restored:
    """Put a backup in place of a database; what was erased or withdrawn since is so again before anybody reads it.

    What is gone is known from the file beside the backup, from those in `folders`, and from the database that is there,
    if it can be read. What is there is set aside, beside the file or in a schema of its own.

    Args:
        url: the database.
        backup: a file that `make` wrote.
        now: the time (UTC).
        folders: where else what is gone may be written down.
        keys: the file with the private key of an encrypted backup.

    Raises:
        DatabaseFault: the backup cannot be used, or somebody is at work with the database. Nothing was changed.
    """
    address = parse_address(url)
    if not await asyncio.to_thread(backup.is_file):
        raise BackupFault(f"There is no backup {backup}.")
    known = read_name(backup)
    of_server = backup.name.removesuffix(".age").endswith(".dump")
    if of_server != (address.dialect == "postgresql"):
        raise BackupFault(
            f"The backup {backup.name} is not of the kind of database that DATABASE_URL names. Restore it into its own "
            "kind, then carry it over: convenor move."
        )
    gone = {one for folder in {backup.parent, *folders} for one in journal.read(folder / journal.FILE)}
    made_at = known.made_at if known else None
    async with AsyncExitStack() as stack:
        stack.enter_context(alone(url))
        held = None if address.path else await stack.enter_async_context(servers.reserved(address))
        gone_now, secret = await _known_now(url, address)
        readable = backup
        if backup.suffix == ".age":
            from data.backups.sealing import unseal

            readable = await asyncio.to_thread(unseal, backup, keys, backup.parent)
            stack.callback(readable.unlink, missing_ok=True)
        if address.path is not None:
            return await _into_file(address.path, readable, gone | gone_now, made_at, now, secret)
        assert held is not None  # noqa: S101 - there is no path, so it is a server
        await asyncio.to_thread(servers.load, address, readable)
        async with Database.open(url, schema=servers.LOADING) as db:
            mended = await mend(db, gone | gone_now, now, secret=secret)
        aside = await servers.swap(held, address, now)
    return Restored(made_at, mended, f"the schema {aside} of the database")


async def clear(db: Database, url: str, folder: Path) -> bool:
    """Remove what a restore left behind that was stopped before its end; gives whether there was any.

    Nothing of it was ever in use, and it may hold what was to be gone.

    Args:
        db: the database, opened by the only one who works with it if it is a file.
        url: its address.
        folder: where the backups are: one that was decrypted may lie there.

    Raises:
        InUseFault: a restore is at work.
    """
    path = parse_address(url).path
    found = await servers.clear(db) if path is None else await asyncio.to_thread(_clear_beside, path)
    return await asyncio.to_thread(_clear_readable, folder) or found


def _clear_readable(folder: Path) -> bool:
    """Remove backups that were decrypted to be restored; gives whether there were any."""
    left = list(folder.glob(f"*{ENCRYPTED}{UNFINISHED}"))
    for one in left:
        one.unlink(missing_ok=True)
    return bool(left)


def _clear_beside(path: Path) -> bool:
    """Remove a copy that was being made ready, and what SQLite keeps beside it; gives whether there was any."""
    fresh = _fresh(path)
    left = [one for one in (fresh, *(fresh.with_name(fresh.name + ending) for ending in BESIDE)) if one.exists()]
    for one in left:
        one.unlink(missing_ok=True)
    return bool(left)


def _fresh(path: Path) -> Path:
    """Where the copy lies that is to take the place of a database file."""
    return path.with_name(f"{path.name}.restoring{UNFINISHED}")


async def _known_now(url: str, address: Address) -> tuple[set[Gone], str | None]:
    """What the database that is there knows to be gone, and its key; nothing where it cannot be read."""
    if address.path is not None and not (address.path.exists() and address.path.stat().st_size):
        return set(), None
    try:
        async with Database.open(url, migrate=False) as db, db.read() as session:
            return set(await journal.gone_from(session)), await get_value(session, SECRET)
    except DatabaseFault:
        return set(), None


async def _into_file(
    path: Path, readable: Path, gone: set[Gone], made_at: datetime | None, now: datetime, secret: str | None
) -> Restored:
    fresh = _fresh(path)
    # A log that an earlier try left there would be taken for that of this one.
    await asyncio.to_thread(_clear_beside, path)
    try:
        await asyncio.to_thread(_copy, readable, fresh)
        async with Database.open(f"sqlite:///{fresh}") as db:
            mended = await mend(db, gone, now, secret=secret)
        await asyncio.to_thread(fold, fresh)
        aside = await asyncio.to_thread(set_aside, path, REPLACED, now)
        # In one step: whatever ends this program, there is the old database or the new one.
        fresh.replace(path)
        await asyncio.to_thread(settle, [path.parent])
    finally:
        _clear_beside(path)
    return Restored(made_at, mended, str(aside) if aside else None)


def _copy(source: Path, target: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        shutil.copyfile(source, target)
    except OSError as error:
        raise BackupFault(f"The backup cannot be copied to {target}: {error.strerror}.") from error
    if (found := files.damage(target)) is not None:
        raise BackupFault(f"The backup {source} is damaged ({found}). Take an earlier one.")


def fold(path: Path) -> None:
    """Put what stands in the log beside a file into the file, so that it is whole by itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def replaced(db: Database, url: str) -> list[str]:
    """What restores replaced and nobody removed: names of schemas, or of files beside the database; oldest first."""
    path = parse_address(url).path
    if path is None:
        return await servers.set_aside(db)
    # What belongs to such a file has its name, and an ending.
    there = await asyncio.to_thread(lambda: {one.name for one in path.parent.glob(f"{path.name}.{REPLACED}-*")})
    return sorted(name for name in there if not name.endswith(BESIDE))


def set_aside(path: Path, why: str, now: datetime, *, as_it_is: bool = False) -> Path | None:
    """Keep a database file, and what belongs to it, under a name with the time; gives the name.

    It stays under its own name, too, until something takes its place; only what stands beside it goes, so that nothing
    old is taken for a part of what comes. None where there is no file.

    Args:
        path: the file.
        why: a word for its new name.
        now: the time (UTC).
        as_it_is: not a byte of it may change; else it is made whole by itself first.
    """
    if not path.exists():
        return None
    if not as_it_is:
        with suppress(sqlite3.Error, OSError):
            fold(path)
    aside = path.with_name(f"{path.name}.{why}-{stamp(now)}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.{why}-{stamp(now)}-{number}")
    for ending in BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    try:
        os.link(path, aside)
    except OSError:
        # A file system without links.
        shutil.copy2(path, aside)
    return aside

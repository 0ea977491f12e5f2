"""Making a backup: whole, checked, encrypted if wished, and only then under its name."""

import asyncio
from datetime import datetime
from pathlib import Path

from data.backups import files, servers
from data.backups.faults import BackupFault
from data.backups.names import (
    ENCRYPTED,
    SUFFIXES,
    UNFINISHED,
    Backup,
    free_name,
    in_folder,
    prepare_folder,
    rotate,
    settle,
)
from data.engines import Address, parse_address


def default_folder(url: str, otherwise: Path) -> Path:
    """Where backups go if nobody says: beside the SQLite file, else into a folder of the person's own."""
    path = parse_address(url).path
    return path.parent / "backups" if path is not None else otherwise


async def make(url: str, folder: Path, now: datetime, *, key: str | None = None, keep: int | None = None) -> Backup:
    """Make a backup, also while the bot is at work with the database.

    Args:
        url: the database.
        folder: where to; made if it is missing.
        now: the time (UTC).
        key: encrypt it for this public key of age.
        keep: how many backups stay, this one included; None for all.

    Raises:
        DatabaseFault: there is no backup; the sentence says why. Earlier ones are all still there.
    """
    return await asyncio.to_thread(_make, parse_address(url), folder, now, key, keep)


def _make(address: Address, folder: Path, now: datetime, key: str | None, keep: int | None) -> Backup:
    if address.path is not None and not address.path.exists():
        raise BackupFault(f"There is no database {address.path} to back up.")
    try:
        prepare_folder(folder)
        path = free_name(folder, now, SUFFIXES[address.dialect])
        unfinished = path.with_name(path.name + UNFINISHED)
        try:
            path = _write(address, unfinished, path, key)
        finally:
            for left in folder.glob(f"{unfinished.name}*"):
                left.unlink(missing_ok=True)
        settle([folder])
        if keep is not None:
            rotate(folder, keep, but=path)
    except OSError as error:
        raise BackupFault(f"The backup in {folder} could not be written: {error.strerror}.") from error
    return next(backup for backup in in_folder(folder) if backup.path == path)


def _write(address: Address, unfinished: Path, path: Path, key: str | None) -> Path:
    if address.path is not None:
        files.copy(address.path, unfinished)
        if (found := files.damage(unfinished)) is not None:
            raise BackupFault(
                f"The database {address.path} is damaged ({found}), and so would be its backup. Stop the bot and "
                "restore an earlier one: convenor restore."
            )
    else:
        servers.dump(address, unfinished)
    if key is not None:
        # Late: it is a library of its own, and most hosts do without.
        from data.backups.sealing import seal

        sealed = unfinished.with_name(unfinished.name + ENCRYPTED)
        seal(unfinished, key, sealed)
        path = path.with_name(path.name + ENCRYPTED)
        unfinished = sealed
    settle([unfinished])
    unfinished.replace(path)
    return path

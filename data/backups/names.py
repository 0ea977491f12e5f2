"""Where backups lie, how they are called, and which of them go."""

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

STAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = {"sqlite": ".sqlite", "postgresql": ".dump"}
ENCRYPTED = ".age"
# What is not finished yet: never taken for a backup, and removed by the next one.
UNFINISHED = ".part"
ABANDONED = 3600.0
_NAME = re.compile(r"convenor-(\d{8}T\d{6}Z)(?:-\d+)?(\.sqlite|\.dump)(\.age)?")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A finished backup.

    Attributes:
        made_at: when it was begun (UTC): all that was committed before is in it.
        path: the file.
        dialect: of which database: `sqlite` or `postgresql`.
        encrypted: whether it takes a key to read it.
    """

    made_at: datetime
    path: Path
    dialect: str
    encrypted: bool


def stamp(moment: datetime) -> str:
    """A moment as it stands in the names of files."""
    return moment.astimezone(UTC).strftime(STAMP)


def read_name(path: Path) -> Backup | None:
    """What a file's name says of it; None where it is none of ours."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        made_at = datetime.strptime(found[1], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    dialect = next(name for name, suffix in SUFFIXES.items() if suffix == found[2])
    return Backup(made_at, path, dialect, found[3] is not None)


def in_folder(folder: Path) -> list[Backup]:
    """The backups in a folder, oldest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    return sorted(backup for path in folder.iterdir() if (backup := read_name(path)) is not None)


def free_name(folder: Path, made_at: datetime, suffix: str) -> Path:
    """A name that no backup has yet."""
    path, number = folder / f"convenor-{stamp(made_at)}{suffix}", 1
    while path.exists() or path.with_name(path.name + ENCRYPTED).exists():
        number += 1
        path = folder / f"convenor-{stamp(made_at)}-{number}{suffix}"
    return path


def prepare_folder(folder: Path) -> None:
    """Make the folder, for its owner alone, and take away what an interrupted backup left in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob(f"convenor-*{UNFINISHED}*"):
        # What is newer may be another program's, at work now.
        if time.time() - path.stat().st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def rotate(folder: Path, keep: int, *, but: Path | None = None) -> list[Path]:
    """Remove all but the newest backups, and one that was just made whatever its date; gives what went."""
    gone = [backup.path for backup in in_folder(folder)[:-keep] if backup.path != but]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def settle(paths: Iterable[Path]) -> None:
    """Have the disk itself hold these files or folders before anybody is told that they are there."""
    for path in paths:
        if path.is_dir() and os.name == "nt":
            continue
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

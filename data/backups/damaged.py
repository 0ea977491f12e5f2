"""A database that is found damaged: it is set aside under its time, loudly, and nothing empty takes its place."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from data.alone import alone
from data.backups.files import damage
from data.backups.names import in_folder
from data.backups.restoring import set_aside
from data.engines import parse_address
from data.faults import NotOursFault

WHY = "damaged"
HEADER = b"SQLite format 3\0"
# Up to that size the whole file is read at each start, in less than a second.
LOOKED_THROUGH = 256 * 1024 * 1024
OURS = "convenor"


def guard(url: str, folder: Path, now: datetime) -> None:
    """Look at a SQLite file before it is opened for work.

    Args:
        url: the database.
        folder: where the backups are.
        now: the time (UTC).

    Raises:
        NotOursFault: it is damaged, and lies under another name now; or it was found so before, and nothing was put in
            its place. The message says what to do.
        InUseFault: it is damaged, and another Convenor is still at work with it.
    """
    path = parse_address(url).path
    if path is None:
        return
    if not path.exists() or not path.stat().st_size:
        earlier = sorted(path.parent.glob(f"{path.name}.{WHY}-*"))
        if earlier and not path.exists():
            raise NotOursFault(
                f"There is no database {path}: it was found damaged and set aside as {earlier[-1].name}. "
                f"{_advice(folder)} To begin anew with an empty one instead, move the damaged file to another folder."
            )
        return
    if not _is_ours(path) or path.stat().st_size > LOOKED_THROUGH:
        return
    found = damage(path, quick=True)
    if found is None or found in ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM"):
        return
    with alone(url):
        aside = set_aside(path, WHY, now, as_it_is=True)
        path.unlink()
    raise NotOursFault(
        f"THE DATABASE {path} IS DAMAGED ({found}). It was set aside as {aside.name if aside else '?'}, "
        f"and nothing was put in its place. {_advice(folder)}"
    )


def claim(url: str) -> None:
    """Note beside a SQLite file that it was opened as a database of ours: should it be damaged, it is known again."""
    path = parse_address(url).path
    if path is not None:
        with suppress(OSError):
            path.with_name(f"{path.name}.lock").write_text(f"{OURS}\n", encoding="utf-8")


def _is_ours(path: Path) -> bool:
    """Whether it is, or was, a database of ours: another's file under that name is left alone."""
    with path.open("rb") as file:
        if file.read(len(HEADER)) == HEADER:
            return True
    with suppress(OSError):
        return path.with_name(f"{path.name}.lock").read_text(encoding="utf-8").startswith(OURS)
    return False


def _advice(folder: Path) -> str:
    backups = [backup for backup in in_folder(folder) if backup.dialect == "sqlite"]
    if not backups:
        return f"There is no backup in {folder}: look for one elsewhere, then: convenor restore FILE."
    key = " --key FILE" if backups[-1].encrypted else ""
    return f"Put the newest backup back: convenor restore {backups[-1].path}{key}."

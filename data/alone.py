"""One Convenor for one SQLite file: two of them would each send what is due.

PostgreSQL tells its clients who else is there (`Database.present`); a file does not, so a lock beside it does. The
system takes the lock away when the process ends, whatever ends it; the file that it is on may stay.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

from data.engines import parse_address, prepare_file
from data.faults import InUseFault

# How systems say that another has it.
_TAKEN = (EACCES, EAGAIN, EDEADLK)


@contextmanager
def alone(url: str) -> Generator[None]:
    """Be the only one at work with a database, until the end or until this process dies.

    Args:
        url: as for `Database.open`. Nothing is held for PostgreSQL.

    Raises:
        InUseFault: another process is at work with the file; the message says so in one sentence.
        DatabaseFault: the address is none, or the file cannot be made.
    """
    path = parse_address(url).path
    if path is None:
        yield
        return
    prepare_file(path)
    beside = path.with_name(f"{path.name}.lock")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # A folder that takes no file is found out about when the database is opened, with a better sentence.
        yield
        return
    try:
        _lock(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Any other error: this file system has no locks, and that must keep nobody from running.
        if error.errno in _TAKEN:
            raise InUseFault(
                f"Another Convenor is at work with the database {path}: two of them would send everything twice. "
                "Stop the other one first."
            ) from error

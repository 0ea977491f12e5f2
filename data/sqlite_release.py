"""Which SQLite this Python brings, and whether it has the fault by which a database can be damaged.

From 3.7.0 to 3.51.2 a write-ahead log may be begun anew at the very moment at which a second connection copies it into
the database ("WAL-reset bug"): the copy is then taken for complete, and pages are lost. It takes two connections that
write or copy at once. Convenor has one: of each file, one process at a time writes (`data.alone`), over one connection
(`data.engines.sqlite_writer`), which also does all copying; all others refuse to write, and copy nothing.
"""

import sqlite3

Release = tuple[int, int, int]

FIRST, MENDED = (3, 7, 0), (3, 51, 3)
# Older lines into which the repair was carried back: line, and its first release that has it.
CARRIED_BACK = {(3, 44): 6, (3, 50): 7}


def release() -> Release:
    """The release that is in use."""
    major, minor, patch, *_ = (*sqlite3.sqlite_version_info, 0, 0)
    return int(major), int(minor), int(patch)


def can_lose_pages(found: Release) -> bool:
    """Whether a release has the fault."""
    if not FIRST <= found < MENDED:
        return False
    mended = CARRIED_BACK.get(found[:2])
    return mended is None or found[2] < mended


def written(found: Release) -> str:
    """A release as people write it."""
    return ".".join(str(part) for part in found)

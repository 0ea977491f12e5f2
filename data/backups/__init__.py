"""Copies of the whole database: made while the bot works, checked, encrypted if wished, and put back.

What was to be gone stays gone: `journal.py` writes it down beside the backups, `mending.py` sees to it.
"""

from data.backups.damaged import claim, guard
from data.backups.faults import BackupFault
from data.backups.journal import keep
from data.backups.making import default_folder, make
from data.backups.mending import Mended
from data.backups.names import Backup, in_folder
from data.backups.restoring import Restored, clear, replaced, restore

__all__ = [
    "Backup",
    "BackupFault",
    "Mended",
    "Restored",
    "claim",
    "clear",
    "default_folder",
    "guard",
    "in_folder",
    "keep",
    "make",
    "replaced",
    "restore",
]

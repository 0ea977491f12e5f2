"""What can be wrong with a backup, each in one sentence for the host."""

from data.faults import DatabaseFault


class BackupFault(DatabaseFault):
    """A backup could not be made, read or restored; nothing was changed."""

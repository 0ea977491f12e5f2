"""Whether all is well: one list of checks, for `convenor doctor` and for `/doctor`.

Each check looks at a `Case` and says what it found, and what to do where something is not well.
"""

from bot.checks.case import Case, Server
from bot.checks.found import Channel, Finding, Level, Said
from bot.checks.listed import CHECKS, examine

__all__ = ["CHECKS", "Case", "Channel", "Finding", "Level", "Said", "Server", "examine"]

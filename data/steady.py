"""Seconds that pass alike for everyone on this machine, whatever anybody does to its clock."""

import time


def steady() -> float:
    """Seconds that only grow, and that also count while the machine sleeps, where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()

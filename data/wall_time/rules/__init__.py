"""What can be said about a moment, as rules over tokens."""

from data.wall_time.rules.days import DAYS
from data.wall_time.rules.spans import SPANS, Duration
from data.wall_time.rules.times import TIMES
from data.wall_time.rules.zones import ZONES

RULES = (*DAYS, *SPANS, *TIMES, *ZONES)

__all__ = ["RULES", "Duration"]

"""The weekly digest: who wants it, when it goes out, and what is in it.

One delivery waits for each member who wants it: that of their next Monday. What becomes of it plans the one after.
"""

from data.digests.mornings import Morning, next_morning
from data.digests.wanting import (
    KIND,
    Wish,
    follow_zone,
    next_due,
    plan_after,
    plan_missing,
    since_of,
    start_digest,
    stop_digest,
    take_undelivered,
    wish_of,
    zone_of,
)
from data.digests.week import SPAN, Coming, Week, read_week, welcomed

__all__ = [
    "KIND",
    "SPAN",
    "Coming",
    "Morning",
    "Week",
    "Wish",
    "follow_zone",
    "next_due",
    "next_morning",
    "plan_after",
    "plan_missing",
    "read_week",
    "since_of",
    "start_digest",
    "stop_digest",
    "take_undelivered",
    "welcomed",
    "wish_of",
    "zone_of",
]

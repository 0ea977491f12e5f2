"""Which days a period has: months, quarters and years as the community's calendars show them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# The period under way, or the one before it.
CHOICES = tuple(f"{which}-{span}" for span in MONTHS for which in ("last", "this"))


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` until `until` (UTC), which is no part of it."""

    since: datetime
    until: datetime


def period_of(choice: str, now: datetime, zone: str) -> Period:
    """A period by its name.

    Args:
        choice: one of `CHOICES`; one under way ends now.
        now: the time (UTC).
        zone: the community's, as an IANA name.
    """
    which, _, span = choice.partition("-")
    local = now.astimezone(ZoneInfo(zone))
    months = MONTHS[span]
    first = local.year * 12 + (local.month - 1) // months * months
    if which == "this":
        return Period(_month(first, zone), now)
    return Period(_month(first - months, zone), _month(first, zone))


def last_day(period: Period, zone: str) -> datetime:
    """The last moment of a period, as the clocks of a zone show it."""
    return (period.until - timedelta(seconds=1)).astimezone(ZoneInfo(zone))


def _month(number: int, zone: str) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)

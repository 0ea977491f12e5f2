"""A program that writes and moves series of webinars, and is killed at one statement after another.

    python -m tests.faults.series_writing DATABASE_URL COMMUNITY_ID

Each deed runs in a process of its own, and so does each look at what is there afterwards: four dates of every series,
all at their old hours or all at their new ones, and reminders that fit. It ends with 1 where that is not so.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Engine, event, select

from data.communities import Community, get_community
from data.database import Database
from data.deliveries import PENDING, list_for_subject
from data.models import SeriesRow
from data.wall_time import Moment
from data.webinars import NewWebinar
from data.webinars.records import REMINDER, as_new
from data.webinars.rhythms import WEEKLY, days_of, occurrences
from data.webinars.series import webinars_of_series
from data.webinars.series_changing import Date, OccurrenceChange, create_series, edit_series

STARTS = datetime.now(UTC).replace(microsecond=0) + timedelta(days=20)
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
DATES = 4
# The how manieth statement, of a deed that takes some sixty; none for the last, which gets to its end.
MOMENTS = (20, 50, None)


async def write(db: Database, community: Community) -> None:
    """A new series."""
    first = Moment.at(STARTS, "UTC")
    new = NewWebinar(title="Budgets", description="", speakers="", link=None, moment=first, minutes=60)
    chosen = occurrences(first, days_of(first.wall.date(), WEEKLY, count=DATES), {})
    dates = [Date(one.slot.wall, one.moment) for one in chosen if one.moment]
    async with db.begin() as session:
        await create_series(session, community, new, dates, rhythm=WEEKLY, by=1, now=datetime.now(UTC))


async def move(db: Database, community: Community) -> None:
    """Every date of the first series begins an hour later."""
    async with db.begin() as session:
        # What was undone has used up numbers on PostgreSQL.
        first = (await session.scalars(select(SeriesRow.id).order_by(SeriesRow.id))).first()
        assert first is not None
        several = await webinars_of_series(session, community.id, first)
        changes = [
            OccurrenceChange(
                one.id,
                one.version,
                replace(as_new(one), moment=Moment.at(one.starts_at + HOUR, one.zone)),
                one.wall_time + HOUR,
            )
            for one in several
        ]
        await edit_series(session, community, changes, by=1, now=datetime.now(UTC))


async def look(db: Database, community: Community) -> None:
    """Every series is whole: its dates a week apart, and each reminded of in time."""
    async with db.read() as session:
        for series_id in await session.scalars(select(SeriesRow.id)):
            several = await webinars_of_series(session, community.id, series_id)
            starts = [one.starts_at for one in several]
            assert len(starts) == DATES, f"series {series_id}: {starts}"
            assert all(later - earlier == WEEK for earlier, later in pairwise(starts)), starts
            for one in several:
                rows = await list_for_subject(session, community.id, one.subject)
                due = sorted(row.due_at for row in rows if row.kind == REMINDER and row.state == PENDING)
                offsets = community.reminder_offsets if one.reminder_offsets is None else one.reminder_offsets
                wanted = sorted(one.starts_at - timedelta(seconds=offset) for offset in offsets)
                assert due == wanted, f"webinar {one.id}: {due}"


def die_at(statement: int) -> None:
    """Kill this process at the so manieth statement that it sends, or at a commit after that."""
    left = [statement]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


def apart(
    deed: Callable[[Database, Community], Coroutine[Any, Any, None]], url: str, community_id: int, at: int | None
) -> int:
    """Do it in a process of its own, which is killed at that statement. Gives how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    async def work() -> None:
        async with Database.open(url, migrate=False) as db:
            async with db.read() as session:
                community = await get_community(session, community_id)
            assert community is not None
            if at is not None:
                die_at(at)
            await deed(db, community)

    try:
        asyncio.run(work())
    except BaseException as error:  # noqa: BLE001 - a process of its own has no other way to tell
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def main(url: str, community_id: int) -> int:
    """Write and move, killed at every moment in turn. Gives how it went: 0 is well."""
    for deed in (write, move):
        for at in MOMENTS:
            ended = apart(deed, url, community_id, at)
            if ended != (0 if at is None else -signal.SIGKILL):
                sys.stderr.write(f"{deed.__name__} at {at} ended with {ended}\n")
                return 1
            if apart(look, url, community_id, None):
                sys.stderr.write(f"{deed.__name__} at {at} left it in part\n")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))

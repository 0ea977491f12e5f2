"""Series over two years of clock changes in many zones, held against calendars and clocks read the other way round."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.wall_time import Moment
from data.webinars.planning import plan_reminders
from data.webinars.rhythms import (
    EARLIER,
    FORTNIGHTLY,
    LATER,
    MONTH_DAY,
    MONTH_END,
    MONTH_LAST,
    MONTH_NTH,
    MOST,
    OUT,
    PLAIN,
    SKIPPED,
    TWICE,
    WEEKLY,
    RhythmFault,
    SeriesFault,
    TooFewFault,
    TooLongFault,
    TooManyFault,
    days_of,
    decide,
    farthest,
    occurrences,
    rhythms_of,
    slot_at,
)
from data.webinars.series import AHEAD, announce_at

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# A Monday, two years before which and after which every one of these zones has had its say.
FIRST = date(2027, 1, 4)
# Those that change their clocks twice a year, four times, by half an hour, at midnight, or did so until lately.
ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Dakar",
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Chicago",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Miquelon",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Paris",
    "Europe/Tirane",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Norfolk",
)
OFFSETS = (604_800, 86_400, 3_600, 0)


def shown(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def times_it_is_shown(wall: datetime, zone: str) -> list[datetime]:
    """Every minute of two days, looked up: when the clocks show a wall time."""
    start = wall.replace(tzinfo=UTC) - timedelta(hours=26)
    minutes = (start + timedelta(minutes=15 * step) for step in range(4 * 52 + 1))
    return [instant for instant in minutes if shown(instant, zone) == wall]


def test_there_are_enough_zones() -> None:
    assert len(ZONES) >= 40


@pytest.mark.parametrize("zone", ZONES)
def test_two_years_of_every_rhythm_keep_the_hour_on_the_wall(zone: str) -> None:
    for wall_time in (time(0, 0), time(0, 30), time(1, 30), time(2, 15), time(3, 0), time(15, 0), time(23, 30)):
        for rhythm, first in (
            (WEEKLY, date(2027, 1, 10)),
            (FORTNIGHTLY, FIRST),
            (MONTH_DAY, date(2027, 1, 28)),
            (MONTH_LAST, date(2027, 1, 31)),
            (MONTH_NTH, date(2027, 1, 10)),
        ):
            count = {WEEKLY: MOST, FORTNIGHTLY: 52}.get(rhythm, 24)
            days = days_of(first, rhythm, count=count)
            opening = slot_at(datetime.combine(first, wall_time), zone)
            assert opening.kind == PLAIN
            chosen = occurrences(opening.moments[0], days, {})
            assert [one.slot.wall for one in chosen] == [datetime.combine(day, wall_time) for day in days.days]
            for one in chosen:
                found = times_it_is_shown(one.slot.wall, zone) if one.open else [one.slot.moments[0].instant]
                if one.open:
                    assert one.slot.kind == (TWICE if found else SKIPPED)
                    assert one.moment is None, "nobody guesses"
                    before, after = one.slot.moments
                    assert before.instant < after.instant
                    if found:
                        assert [before.instant, after.instant] == found
                    else:
                        assert before.wall < one.slot.wall < after.wall
                        assert before.instant + (after.wall - before.wall) / 2 <= after.instant
                else:
                    assert one.moment is not None
                    assert shown(one.moment.instant, zone) == one.slot.wall
                    assert one.moment == Moment(one.slot.wall, zone, one.moment.instant)
                    reminders = plan_reminders(one.moment.instant, 60, OFFSETS, datetime(2026, 12, 1, tzinfo=UTC))
                    assert [one.moment.instant - reminder.due_at for reminder in reminders] == [
                        timedelta(seconds=offset) for offset in OFFSETS
                    ], "a reminder an hour before is an hour of real time before"


def test_a_series_moves_with_the_clocks_of_its_zone() -> None:
    days = days_of(date(2027, 3, 18), WEEKLY, count=3)
    chosen = occurrences(Moment.at(datetime(2027, 3, 18, 14, tzinfo=UTC), "Europe/Paris"), days, {})
    assert [one.moment.instant.hour for one in chosen if one.moment] == [14, 14, 13]
    assert {one.moment.wall.hour for one in chosen if one.moment} == {15}


def test_what_was_decided_holds() -> None:
    for wall, zone, kind in (
        (datetime.fromisoformat("2027-03-28 02:30"), "Europe/Paris", SKIPPED),
        (datetime.fromisoformat("2027-10-31 02:30"), "Europe/Paris", TWICE),
        (datetime.fromisoformat("2027-10-03 02:15"), "Australia/Lord_Howe", SKIPPED),
        (datetime.fromisoformat("2027-04-04 01:45"), "Australia/Lord_Howe", TWICE),
        (datetime.fromisoformat("2027-09-05 00:00"), "America/Santiago", SKIPPED),
        (datetime.fromisoformat("2027-04-03 23:30"), "America/Santiago", TWICE),
        (datetime.fromisoformat("2027-04-30 00:15"), "Africa/Cairo", SKIPPED),
    ):
        slot = slot_at(wall, zone)
        assert slot.kind == kind, (wall, zone)
        assert decide(slot, {slot.key: "whatever"}).open
        assert [decide(slot, {slot.key: choice}).moment for choice in (EARLIER, LATER)] == list(slot.moments)
        assert decide(slot, {slot.key: OUT}).moment is None
        assert not decide(slot, {slot.key: OUT}).open
    assert {
        slot_at(datetime.combine(date(2027, month, 7), time(hour)), "America/Sao_Paulo").kind
        for month in range(1, 13)
        for hour in range(24)
    } == {PLAIN}


def test_a_day_can_be_meant_in_more_than_one_way_and_all_are_offered() -> None:
    assert rhythms_of(date(2027, 1, 12)) == (WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_NTH)
    assert rhythms_of(date(2027, 1, 31)) == (WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_END, MONTH_LAST)
    assert rhythms_of(date(2027, 2, 26)) == (WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_NTH, MONTH_LAST)
    assert MONTH_NTH not in rhythms_of(date(2027, 1, 29)), "not every month has a fifth Friday"


def test_months_without_that_day_are_left_out_or_end_earlier_as_was_said() -> None:
    left_out = days_of(date(2027, 1, 31), MONTH_DAY, until=date(2027, 6, 30))
    assert left_out.days == (date(2027, 1, 31), date(2027, 3, 31), date(2027, 5, 31))
    assert left_out.missing == (date(2027, 2, 1), date(2027, 4, 1), date(2027, 6, 1))
    assert days_of(date(2027, 1, 31), MONTH_DAY, count=2).missing == (date(2027, 2, 1),)
    at_the_end = days_of(date(2027, 1, 31), MONTH_END, count=5)
    assert [day.day for day in at_the_end.days] == [31, 28, 31, 30, 31]
    assert days_of(date(2028, 1, 30), MONTH_END, count=3).days[1] == date(2028, 2, 29)
    assert [day.isoformat() for day in days_of(date(2027, 1, 12), MONTH_NTH, count=3).days] == [
        "2027-01-12",
        "2027-02-09",
        "2027-03-09",
    ]
    assert [day.isoformat() for day in days_of(date(2027, 1, 29), MONTH_LAST, count=3).days] == [
        "2027-01-29",
        "2027-02-26",
        "2027-03-26",
    ]


def test_what_makes_no_series_is_told_apart() -> None:
    cases: tuple[tuple[type[SeriesFault], str, dict[str, Any]], ...] = (
        (TooFewFault, WEEKLY, {"until": date(2027, 1, 10)}),
        (TooFewFault, WEEKLY, {"count": 1}),
        (TooFewFault, WEEKLY, {"until": date(2020, 1, 1)}),
        (TooManyFault, WEEKLY, {"count": 61}),
        (TooManyFault, WEEKLY, {"until": date(2028, 12, 31)}),
        (TooLongFault, MONTH_DAY, {"count": 26}),
        (TooLongFault, MONTH_DAY, {"until": date(2029, 2, 10)}),
        (RhythmFault, MONTH_LAST, {"count": 3}),
        (RhythmFault, "daily", {"count": 3}),
    )
    for fault, rhythm, end in cases:
        with pytest.raises(fault):
            days_of(FIRST, rhythm, **end)
    with pytest.raises(TooManyFault) as caught:
        days_of(FIRST, WEEKLY, until=date(2028, 12, 31))
    assert caught.value.number == 104
    assert len(days_of(FIRST, MONTH_DAY, count=25).days) == 25
    assert farthest(date(2028, 2, 29)) == date(2030, 2, 28)


@given(
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.sampled_from((WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_END, MONTH_NTH, MONTH_LAST)),
    st.integers(2, MOST),
)
def test_the_days_are_what_a_calendar_says(first: date, rhythm: str, count: int) -> None:
    try:
        days = days_of(first, rhythm, count=count).days
    except RhythmFault:
        assert rhythm not in rhythms_of(first)
        return
    except TooLongFault:
        assert rhythm != WEEKLY
        return
    assert len(days) == count
    assert days[0] == first
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    if rhythm in (WEEKLY, FORTNIGHTLY):
        assert gaps == {7 if rhythm == WEEKLY else 14}
        return
    months = [day.year * 12 + day.month for day in days]
    if rhythm == MONTH_DAY:
        assert {day.day for day in days} == {first.day}
        assert first.day > 28 or gaps <= {28, 29, 30, 31}
        return
    assert months == list(range(months[0], months[0] + count)), "one in each month"
    if rhythm == MONTH_END:
        assert all(day.day == first.day or ((day + DAY).day == 1 and day.day < first.day) for day in days)
        return
    assert {day.weekday() for day in days} == {first.weekday()}
    if rhythm == MONTH_LAST:
        assert all((day + 7 * DAY).month != day.month for day in days)
    else:
        assert {(day.day + 6) // 7 for day in days} == {(first.day + 6) // 7}
    assert gaps <= {28, 35}
    assert days_of(first, rhythm, until=days[-1]).days == days


@given(
    st.integers(0, 400),
    st.lists(st.sampled_from((0, 3_600, 86_400, 604_800, 2_592_000)), max_size=4),
    st.integers(0, 10),
)
def test_an_announcement_comes_before_the_first_reminder_and_never_before_it_is_published(
    hours: int, offsets: list[int], earlier: int
) -> None:
    now = datetime(2027, 1, 12, 9, tzinfo=UTC)
    starts_at, before = now + 7 * DAY + HOUR * hours, now + 7 * DAY + HOUR * (hours - 24 * earlier)
    due_at = announce_at(starts_at, 60, offsets, before, now)
    assert now <= due_at < starts_at
    reminders = plan_reminders(starts_at, 60, offsets, now)
    assert all(due_at < reminder.due_at or due_at == now for reminder in reminders)
    if starts_at - AHEAD > now and max(offsets, default=0) < 604_801:
        assert due_at == starts_at - AHEAD

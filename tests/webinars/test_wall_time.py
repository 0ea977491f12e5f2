"""Wall times: read without guessing, in every zone and over every change of the clocks."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.wall_time import (
    AmbiguousFault,
    ImpossibleDateFault,
    Moment,
    NoDateFault,
    NonexistentFault,
    NoTimeOfDayFault,
    PastFault,
    TwiceFault,
    UnparseableFault,
    WeekdayFault,
    WhenFault,
    in_words,
    parse_when,
    write,
    write_offset,
)
from data.wall_time.parsing import READERS
from data.wall_time.reading import Reading

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)

# Every member of the Network, and every kind of change there is: half an hour, at midnight, in Ramadan, none at all.
NAMES = """
    Africa/Cairo Africa/Casablanca Africa/Dakar Africa/El_Aaiun Africa/Johannesburg Africa/Kigali Africa/Niamey
    America/Argentina/Buenos_Aires America/Asuncion America/Bogota America/Halifax America/Havana America/Lima
    America/Mexico_City America/New_York America/Nuuk America/Santiago America/Sao_Paulo America/St_Johns
    Antarctica/Troll Asia/Amman Asia/Beirut Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Kolkata Asia/Nicosia
    Asia/Tehran Asia/Tokyo Atlantic/Azores Atlantic/Reykjavik Australia/Adelaide Australia/Lord_Howe Europe/Amsterdam
    Europe/Dublin Europe/Helsinki Europe/Ljubljana Europe/London Europe/Tirane Pacific/Auckland Pacific/Chatham
    Pacific/Easter Pacific/Kiritimati UTC
"""
ZONES = NAMES.split()


def wall(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """What a clock shows. A wall time has no zone; the linter would have one on every datetime."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "language, phrase",
    [
        ("en", "2027-03-14 15:00"),
        ("en", "2027-03-14T15:00"),
        ("en", "2027-03-14 15:00:00"),
        ("en", "2027/03/14 3 pm"),
        ("en", "14 March 2027 15:00"),
        ("en", "14th of March 2027, 3 p.m."),
        ("en", "March 14, 2027 at 3:00 PM"),
        ("en", "Mar 14 2027 3pm"),
        ("en", "Sunday 14 March 2027 at 15:00"),
        ("en", "15:00 on 14 March 2027"),
        ("en", "14/03/2027 15:00"),
        ("fr", "14/03/2027 15h00"),
        ("fr", "14/03/2027 à 15h"),
        ("fr", "le 14 mars 2027 à 15 heures"),
        ("fr", "dimanche 14 mars 2027, 15 h 00"),
        ("fr", "dim. 14 mars 2027 15:00"),
        ("es", "14/3/2027 15:00"),
        ("es", "14 de marzo de 2027 a las 15:00"),
        ("es", "domingo, 14 de marzo de 2027, 3 p. m."),
        ("pt", "14/03/2027 15h00"),
        ("pt", "14 de março de 2027 às 15h"),
        ("pt", "domingo, 14 de março de 2027 às 15:00"),
        ("pt", "  14-03-2027   15.00 "),
    ],
)
def test_one_moment_is_written_in_many_ways(language: str, phrase: str) -> None:
    moment = parse_when(phrase, language, "Europe/Amsterdam", NOW)
    assert moment == Moment(wall(2027, 3, 14, 15), "Europe/Amsterdam", datetime(2027, 3, 14, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    "phrase, hour",
    [
        ("2027-03-14 15:00Z", 15),
        ("2027-03-14T15:00:00Z", 15),
        ("2027-03-14 15:00 UTC", 15),
        ("2027-03-14 15:00 GMT+2", 13),
        ("2027-03-14 15:00 +05:30", 9),
        ("2027-03-14 15:00-03", 18),
        ("2027-03-14 3 pm -0300", 18),
    ],
)
def test_an_offset_wins_over_the_zone(phrase: str, hour: int) -> None:
    moment = parse_when(phrase, "en", "America/Santiago", NOW)
    assert moment.instant.replace(minute=0) == datetime(2027, 3, 14, hour, tzinfo=UTC)
    assert moment == Moment.at(moment.instant, "America/Santiago")


def test_day_and_month_are_asked_about_where_they_may_be_the_other_way_round() -> None:
    with pytest.raises(AmbiguousFault) as caught:
        parse_when("03/04/2027 15:00", "en", "Europe/London", NOW)
    assert caught.value.readings == ("2027-04-03 15:00", "2027-03-04 15:00")
    assert caught.value.code == "ambiguous"
    for language in ("fr", "es", "pt"):
        assert parse_when("03/04/2027 15:00", language, "UTC", NOW).wall == wall(2027, 4, 3, 15)
    assert parse_when("04/04/2027 15:00", "en", "UTC", NOW).wall == wall(2027, 4, 4, 15)


def test_a_weekday_settles_which_of_two_days_is_meant() -> None:
    assert parse_when("Saturday 03/04/2027 15:00", "en", "UTC", NOW).wall == wall(2027, 4, 3, 15)
    with pytest.raises(AmbiguousFault):
        parse_when("Sunday 03/04/2027 15:00", "en", "UTC", NOW)


def test_a_weekday_that_contradicts_its_date_is_asked_about() -> None:
    with pytest.raises(WeekdayFault) as caught:
        parse_when("lundi 14 mars 2027 15h", "fr", "UTC", NOW)
    assert caught.value.readings == ("2027-03-14 15:00", "2027-03-08 15:00", "2027-03-15 15:00")
    assert caught.value.code == "ambiguous"


def test_an_hour_that_exists_twice_is_asked_about_with_both_offsets() -> None:
    with pytest.raises(TwiceFault) as caught:
        parse_when("2027-10-31 02:30", "en", "Europe/Amsterdam", NOW)
    assert caught.value.readings == ("2027-10-31 02:30 +02:00", "2027-10-31 02:30 +01:00")
    assert caught.value.code == "ambiguous"
    instants = [parse_when(phrase, "en", "Europe/Amsterdam", NOW).instant for phrase in caught.value.readings]
    assert instants == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)]


def test_an_hour_that_is_skipped_is_told_with_the_nearest_that_exists() -> None:
    with pytest.raises(NonexistentFault) as caught:
        parse_when("2027-03-28 02:30", "en", "Europe/Amsterdam", NOW)
    assert caught.value.readings == ("2027-03-28 03:30",)
    assert caught.value.code == "nonexistent"


def test_clocks_that_change_by_half_an_hour_are_known() -> None:
    with pytest.raises(TwiceFault):
        parse_when("2027-04-04 01:45", "en", "Australia/Lord_Howe", NOW)
    assert parse_when("2027-04-04 01:15", "en", "Australia/Lord_Howe", NOW).offset == timedelta(hours=11)


@pytest.mark.parametrize(
    "phrase, fault",
    [
        ("2027-03-14", NoTimeOfDayFault),
        ("14 March 2027", NoTimeOfDayFault),
        ("Sunday 14 March 2027", NoTimeOfDayFault),
        ("15:00", NoDateFault),
        ("3 pm", NoDateFault),
        ("2027-02-30 15:00", ImpossibleDateFault),
        ("2027-13-01 15:00", ImpossibleDateFault),
        ("31/31/2027 15:00", ImpossibleDateFault),
        ("2027-03-14 24:00", ImpossibleDateFault),
        ("2027-03-14 15:60", ImpossibleDateFault),
        ("2027-03-14 15:30 pm", ImpossibleDateFault),
        ("2027-03-14 15:00 +25:00", ImpossibleDateFault),
        ("0000-01-01 10:00", ImpossibleDateFault),
        ("9999-12-31 23:00", ImpossibleDateFault),
        ("", UnparseableFault),
        ("   \u200b ", UnparseableFault),
        ("soon", UnparseableFault),
        ("2027-03-14 15", UnparseableFault),
        ("14/03/27 15:00", UnparseableFault),
        ("2027-03-14 15:00 17:00", UnparseableFault),
        ("2027-03-14 15:00; DROP TABLE webinar", UnparseableFault),
        ("9" * 4000, UnparseableFault),
        ("\u202e00:51 41-30-7202", ImpossibleDateFault),
    ],
)
def test_what_cannot_be_read_is_told_apart(phrase: str, fault: type[WhenFault]) -> None:
    with pytest.raises(UnparseableFault) as caught:
        parse_when(phrase, "en", "UTC", NOW)
    assert type(caught.value) is fault
    assert caught.value.code == "unparseable"


def test_what_has_passed_is_told_with_its_moment() -> None:
    with pytest.raises(PastFault) as caught:
        parse_when("12 January 2027 10:00", "en", "Europe/Amsterdam", NOW)
    assert caught.value.moment.instant == NOW, "now itself has passed"
    assert parse_when("12 January 2027 10:01", "en", "Europe/Amsterdam", NOW).instant > NOW
    with pytest.raises(PastFault):
        parse_when("03/04/1926 15:00", "en", "UTC", NOW)


def test_another_way_of_reading_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_as_usual(phrase: str, language: str, now: datetime) -> list[Reading]:
        return [Reading((now + timedelta(days=1)).date(), now.time())] if phrase == "as usual" else []

    monkeypatch.setattr("data.wall_time.parsing.READERS", [*READERS, read_as_usual])
    assert parse_when("As usual", "en", "Pacific/Kiritimati", NOW).instant == NOW + timedelta(days=1)


@settings(max_examples=600, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    instant=st.datetimes(wall(2027, 1, 13, 0), wall(2029, 1, 1, 0), timezones=st.just(UTC)),
    language=st.sampled_from(["en", "fr", "es", "pt"]),
    near_change=st.booleans(),
    data=st.data(),
)
def test_what_is_written_is_read_as_the_same_instant(
    zone: str, instant: datetime, language: str, near_change: bool, data: st.DataObject
) -> None:
    """In 44 zones over two years, half of the time within three hours of a change of the clocks."""
    changes = CHANGES[zone]
    if near_change and changes:
        minutes = data.draw(st.integers(-180, 180))
        instant = data.draw(st.sampled_from(changes)) + timedelta(minutes=minutes)
    moment = Moment.at(instant.replace(second=0, microsecond=0), zone)

    # With its offset it is always that instant.
    assert parse_when(write(moment.wall, moment.offset), language, zone, NOW) == moment
    # Without, it is that instant or it is asked about; never another one.
    try:
        assert parse_when(write(moment.wall), language, zone, NOW) == moment
        assert parse_when(in_words(moment.wall, language), language, zone, NOW) == moment
    except TwiceFault as fault:
        found = [parse_when(phrase, language, zone, NOW) for phrase in fault.readings]
        assert moment in found
        assert len({each.instant for each in found}) == 2
        assert {each.wall for each in found} == {moment.wall}


@settings(max_examples=300, deadline=None)
@given(zone=st.sampled_from(ZONES), data=st.data())
def test_a_wall_time_exists_once_twice_or_not_at_all_as_the_clocks_go(zone: str, data: st.DataObject) -> None:
    """Compared with what a clock really shows, minute by minute, around each change."""
    if not CHANGES[zone]:
        return
    change = data.draw(st.sampled_from(CHANGES[zone]))
    shown = [Moment.at(change + timedelta(minutes=minutes), zone).wall for minutes in range(-240, 241)]
    asked = shown[120] + timedelta(minutes=data.draw(st.integers(0, 240)))
    times = shown.count(asked)
    try:
        moment = parse_when(write(asked), "en", zone, NOW)
    except TwiceFault:
        assert times == 2
    except NonexistentFault as fault:
        (nearest,) = fault.readings
        assert (times, parse_when(nearest, "en", zone, NOW).wall > asked) == (0, True)
    else:
        assert times == 1
        assert moment.wall == asked


def changes_of(zone: str) -> list[datetime]:
    """The instants in 2027 and 2028 at which the clocks of a zone change."""
    place, found = ZoneInfo(zone), list[datetime]()
    at = datetime(2027, 1, 14, tzinfo=UTC)
    while at.year < 2029:
        after = at + timedelta(hours=1)
        if at.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            found += [
                minute
                for minute in (at + timedelta(minutes=n) for n in range(1, 61))
                if (minute - timedelta(minutes=1)).astimezone(place).utcoffset() != minute.astimezone(place).utcoffset()
            ]
        at = after
    return found


CHANGES = {zone: changes_of(zone) for zone in ZONES}


def test_the_zones_cover_what_they_promise() -> None:
    assert len(ZONES) >= 40
    assert sum(bool(changes) for changes in CHANGES.values()) > 20


def test_wall_times_are_written_as_each_language_does() -> None:
    at = wall(2027, 3, 14, 9, 5)
    assert in_words(at, "en") == "Sunday 14 March 2027, 09:05"
    assert in_words(at, "fr") == "dimanche 14 mars 2027, 09:05"
    assert in_words(at, "es") == "domingo, 14 de marzo de 2027, 09:05"
    assert in_words(at, "pt") == "domingo, 14 de março de 2027, 09:05"
    assert in_words(at, "tlh") == in_words(at, "en")


def test_offsets_are_written_in_hours_and_minutes() -> None:
    assert write_offset(timedelta(hours=-3, minutes=-30)) == "-03:30"
    assert write_offset(timedelta()) == "+00:00"
    assert Moment.at(NOW, "Asia/Kathmandu").offset == timezone(timedelta(hours=5, minutes=45)).utcoffset(None)

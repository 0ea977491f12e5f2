"""What a moderator is warned of: by tables, since the rules are pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.languages import texts
from cogs.webinars.warnings import (
    Around,
    Hours,
    Shift,
    day_of,
    hours_around,
    hours_line,
    part_of_day,
    shifts_before,
    warning_lines,
)
from data.days_off import DaysOff, Holiday, days_off, weekend
from data.wall_time import Moment
from data.webinars import Webinar
from data.webinars.concerned import Place
from data.zones import country_of, main_zone, name_city

PARIS, SANTIAGO, DAKAR, KATHMANDU = (
    Place("Europe/Paris", "FR"),
    Place("America/Santiago", "CL"),
    Place("Africa/Dakar", "SN"),
    Place("Asia/Kathmandu", "NP"),
)
WINTER = datetime(2027, 1, 12, 9, tzinfo=UTC)


def moment(text: str, zone: str = "Europe/Paris") -> Moment:
    """A moment given in UTC, as the clocks of a zone show it."""
    return Moment.at(datetime.fromisoformat(text).replace(tzinfo=UTC), zone)


@pytest.mark.parametrize(
    "begins, minutes, part",
    [
        ("08:00", 60, Hours.WORK),
        ("17:00", 60, Hours.WORK),
        ("17:01", 60, Hours.EDGE),
        ("07:00", 60, Hours.EDGE),
        ("06:59", 60, Hours.NIGHT),
        ("21:00", 60, Hours.EDGE),
        ("21:30", 60, Hours.NIGHT),
        ("23:30", 30, Hours.NIGHT),
        ("00:00", 10, Hours.NIGHT),
        ("12:00", 1440, Hours.NIGHT),
    ],
)
def test_the_part_of_the_day_counts_from_the_beginning_to_the_end(begins: str, minutes: int, part: Hours) -> None:
    assert part_of_day(datetime.fromisoformat(f"2027-05-03 {begins}"), minutes) is part


def test_cities_with_one_hour_stand_together_east_first_with_words_beside_the_sign() -> None:
    lines = hours_around(moment("2027-05-03 13:00"), 60, [SANTIAGO, PARIS, DAKAR, Place("Europe/Madrid", "ES")])
    shown = [hours_line(texts("fr"), line) for line in lines]
    assert shown == [
        "☀️ `lun. 3 mai, 15:00 UTC+02:00` **heures de travail** · Paris, Madrid",
        "☀️ `lun. 3 mai, 13:00 UTC+00:00` **heures de travail** · Dakar",
        "☀️ `lun. 3 mai, 09:00 UTC-04:00` **heures de travail** · Santiago",
    ]
    [night] = hours_around(moment("2027-05-03 04:00"), 60, [SANTIAGO])
    assert hours_line(texts("en"), night).startswith("🌙 `Mon 3 May, 00:00 UTC-04:00` **night**")


@pytest.mark.parametrize(
    "place, then, shift",
    [
        # Between winter in Europe and summer in Chile, and after both have changed.
        (SANTIAGO, "2027-03-30 13:00", (4, 5)),
        (SANTIAGO, "2027-06-01 13:00", (4, 6)),
        (DAKAR, "2027-06-01 13:00", (1, 2)),
        (Place("Europe/Madrid", "ES"), "2027-06-01 13:00", None),
        # A year later all is as it was.
        (SANTIAGO, "2028-01-12 13:00", None),
        (KATHMANDU, "2027-06-01 13:00", (-4.75, -3.75)),
    ],
)
def test_differences_that_the_clocks_change_before_then(
    place: Place, then: str, shift: tuple[float, float] | None
) -> None:
    wanted = [Shift(timedelta(hours=shift[0]), timedelta(hours=shift[1]), (place.zone,))] if shift else []
    assert shifts_before(WINTER, moment(then), [place]) == wanted


def test_a_shift_is_told_in_hours_and_minutes() -> None:
    around = Around(shifts=shifts_before(WINTER, moment("2027-06-01 13:00"), [SANTIAGO, KATHMANDU]))
    assert warning_lines(texts("en"), around, "Europe/Paris") == [
        "The clocks change before then: between Paris and Santiago the difference is 4 h now, and 6 h then.",
        "The clocks change before then: between Paris and Kathmandu the difference is 4 h 45 now, and 3 h 45 then.",
    ]


@pytest.mark.parametrize(
    "country, day, language, name",
    [
        ("CL", "2027-09-18", "es", "Día de la Independencia"),
        ("SN", "2027-04-04", "fr", "Fête de l'Indépendance"),
        ("BR", "2027-09-07", "pt", "Independência do Brasil"),
        ("FI", "2027-12-06", "en", "Independence Day"),
        # In no language of ours: as the country itself calls it.
        ("FI", "2027-12-06", "es", "Itsenäisyyspäivä"),
        ("RW", "2027-07-01", "pt", "Umunsi w'Ubwigenge"),
        ("FR", "2027-05-04", "fr", None),
    ],
)
def test_public_holidays_by_country_and_language(country: str, day: str, language: str, name: str | None) -> None:
    found = days_off([(country, date.fromisoformat(day))], language).holidays
    assert found == (() if name is None else (Holiday(country, name),))


def test_weekends_are_those_of_each_country_and_what_nobody_knows_is_said() -> None:
    wanted = {"FR": {5, 6}, "EG": {4, 5}, "IL": {4, 5}, "BD": {4, 5}, "NE": {5, 6}, "AE": {5, 6}}
    assert {country: set(weekend(country, 2027)) for country in wanted} == wanted
    friday = date(2027, 4, 30)
    assert days_off([("FR", friday), ("EG", friday), ("ZZ", friday)], "en") == DaysOff((), ("EG",), ("ZZ",))


def other(title: str, begins: str, minutes: int = 60) -> Webinar:
    """Another webinar of the community."""
    known: dict[str, Any] = dict.fromkeys(Webinar.__dataclass_fields__)
    known |= {"id": 2, "community_id": 1, "title": title, "minutes": minutes, "starts_at": moment(begins).instant}
    return Webinar(**known)


LINES: Sequence[tuple[str, str]] = (
    ("en", "At the same time: “Other \\*one\\*”, Mon 3 May, 15:30."),
    ("en", "Public holiday in: Chile (Fiesta), Senegal (Fête)."),
    ("en", "It is the weekend in: Egypt."),
    ("en", "It is night (22:00 to 07:00), at least in part, in: Santiago."),
    ("en", "On the same day: “Third”, Mon 3 May, 20:00."),
    ("en", "Convenor does not know the public holidays of: Senegal."),
    ("fr", "Jour férié dans ces pays\u00a0: Chili (Fiesta), Sénégal (Fête)."),
    ("es", "Es de noche (de 22:00 a 07:00), al menos en parte, en: Santiago de Chile."),
    ("pt", "No mesmo dia: “Third”, seg. 3 mai., 20:00."),
)


@pytest.mark.parametrize("language, line", LINES)
def test_what_is_found_is_told_in_each_language(language: str, line: str) -> None:
    night = replace(hours_around(moment("2027-05-03 13:00"), 60, [SANTIAGO])[0], hours=Hours.NIGHT)
    days = DaysOff((Holiday("CL", "Fiesta"), Holiday("SN", "Fête")), ("EG",), ("SN",))
    around = Around(
        (night,), (), days, [other("Other *one*", "2027-05-03 13:30")], [other("Third", "2027-05-03 18:00")]
    )
    assert line in warning_lines(texts(language), around, "Europe/Paris")


def test_many_countries_are_named_in_part_and_a_weekend_everywhere_in_short() -> None:
    codes = ("FR", "ES", "CL", "PE", "SN", "AT", "FI", "NO", "SE")
    [line] = warning_lines(texts("en"), Around(days=DaysOff((), (), codes)), "UTC")
    assert line.endswith("France, Spain, Chile, Peru, Senegal, Austria and 3 more.")
    lines = hours_around(moment("2027-05-01 13:00"), 60, [PARIS, DAKAR])
    told = warning_lines(texts("en"), Around(lines, days=DaysOff((), ("FR", "SN"))), "UTC")
    assert told == ["It falls on a weekend."]


def test_the_day_is_that_of_the_zone_in_which_the_hour_was_set() -> None:
    since, until = day_of(moment("2027-03-28 21:00"))
    assert (since, until) == (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC))


def test_cities_and_main_zones_of_countries() -> None:
    assert [main_zone(country) for country in ("AU", "CA", "BR", "RU", "US", "KE", "ZZ")] == [
        "Australia/Sydney",
        "America/Toronto",
        "America/Sao_Paulo",
        "Europe/Moscow",
        "America/New_York",
        "Africa/Nairobi",
        None,
    ]
    assert (name_city("Europe/Vienna", "pt"), name_city("UTC", "fr"), country_of("UTC")) == ("Viena", "UTC", None)

"""What the tables cannot show: whose clocks count, what is counted from where, and what the faults tell."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import cast

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from data.languages import LANGUAGES
from data.wall_time import (
    AmbiguousFault,
    Moment,
    NonexistentFault,
    PastFault,
    RangeFault,
    SeveralFault,
    TwiceFault,
    UnparseableFault,
    WhenFault,
    parse_when,
)
from tests.webinars.test_wall_time import ZONES, wall
from tests.when.tables import NOW, given, outcome

TOMORROW = {"en": "tomorrow at {}:00", "fr": "demain à {}h", "es": "mañana a las {}:00", "pt": "amanhã às {}h"}
IN_DAYS = {
    "en": "in {} days at 10:00",
    "fr": "dans {} jours à 10h",
    "es": "dentro de {} días a las 10:00",
    "pt": "daqui a {} dias às 10h",
}
NEXT = {"en": "next {}, 10:00", "fr": "{} prochain à 10h", "es": "el próximo {} a las 10:00", "pt": "{} que vem às 10h"}
LOCALES = {"en": ("en_GB", "en"), "fr": ("fr", "fr_CA"), "es": ("es", "es_MX"), "pt": ("pt_BR", "pt_PT")}


@settings(max_examples=300, deadline=None)
@drawn(
    zone=st.sampled_from(ZONES),
    language=st.sampled_from(LANGUAGES),
    now=st.datetimes(wall(2027, 1, 1, 0), wall(2029, 1, 1, 0), timezones=st.just(UTC)),
    hour=st.integers(0, 23),
    days=st.integers(1, 99),
)
def test_days_are_counted_from_the_local_day(zone: str, language: str, now: datetime, hour: int, days: int) -> None:
    today = Moment.at(now, zone).wall.date()
    for phrase, shift, at in ((TOMORROW[language].format(hour), 1, hour), (IN_DAYS[language].format(days), days, 10)):
        day = today + timedelta(days=shift)
        found = outcome(phrase, language, zone, now)
        if isinstance(found, Moment):
            assert found.wall == wall(day.year, day.month, day.day, at)
        else:
            assert isinstance(found, TwiceFault | NonexistentFault)
            assert all(reading.startswith(f"{day} ") for reading in found.readings)


@settings(max_examples=200, deadline=None)
@drawn(
    language=st.sampled_from(LANGUAGES),
    now=st.datetimes(wall(2027, 1, 1, 0), wall(2029, 1, 1, 0), timezones=st.just(UTC)),
    weekday=st.integers(0, 6),
)
def test_the_next_of_a_weekday_is_the_first_after_today(language: str, now: datetime, weekday: int) -> None:
    name = get_day_names("wide", "format", LOCALES[language][0])[weekday]
    found = parse_when(NEXT[language].format(name), language, "Africa/Dakar", now).wall
    assert (found.weekday(), found.hour) == (weekday, 10)
    assert timedelta() < found.date() - now.date() <= timedelta(days=7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_a_language_has_for_days_and_months_is_known(language: str) -> None:
    """As CLDR has them, which is also how the cards show them."""
    for locale, width in product(LOCALES[language], ("wide", "abbreviated")):
        months = cast("Mapping[int, str]", get_month_names(width, "format", locale))
        weekdays = cast("Mapping[int, str]", get_day_names(width, "format", locale))
        for month, name in months.items():
            phrase = f"14 {name} 2028, 10:00"
            assert given(phrase, language, "UTC") == f"2028-{month:02}-14 10:00", phrase
        for weekday, name in weekdays.items():
            day = date(2027, 3, 15) + timedelta(days=weekday)
            phrase = f"{name} {day:%d/%m/%Y} 10:00"
            assert given(phrase, language, "UTC") == f"{day} 10:00", phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_other_languages_are_understood_where_they_mean_one_thing(language: str) -> None:
    """People write in the language of the meeting as well as in their own."""
    for other in LANGUAGES:
        assert given(TOMORROW[other].format(15), language, "UTC") == "2027-03-11 15:00"


def test_the_order_of_day_and_month_is_that_of_the_person_and_not_of_the_words() -> None:
    assert given("03/04/2027 at 3pm", "fr", "UTC") == "2027-04-03 15:00"
    assert given("03/04/2027 à 15h", "en", "UTC") == "Ambiguous: 2027-04-03 15:00, 2027-03-04 15:00"


def test_a_language_that_is_not_known_is_read_as_english() -> None:
    assert given("tomorrow at 3 pm", "tlh", "UTC") == "2027-03-11 15:00"


def test_an_offset_or_a_place_wins_over_the_zone() -> None:
    for phrase in (
        "12:00Z",
        "12:00 UTC",
        "9:00 -03:00",
        "9:00 UTC-3",
        "13:00 CET",
        "9:00 Santiago time",
        "12:00 Dakar",
    ):
        moment = parse_when(f"tomorrow {phrase}", "en", "Asia/Tokyo", NOW)
        assert moment.instant == datetime(2027, 3, 11, 12, tzinfo=UTC), phrase
        assert moment.zone == {"Dakar": "Africa/Dakar", "time": "America/Santiago"}.get(
            phrase.split()[-1], "Asia/Tokyo"
        )


def test_letters_are_taken_where_all_who_use_them_mean_the_same_hour() -> None:
    winter, summer = datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 7, 5, tzinfo=UTC)
    assert parse_when("tomorrow 15:00 CET", "en", "UTC", winter).wall == wall(2027, 1, 6, 14)
    with pytest.raises(SeveralFault) as caught:
        parse_when("tomorrow 15:00 CET", "en", "UTC", summer)
    assert caught.value.readings == ("2027-07-06 15:00 +01:00", "2027-07-06 15:00 +02:00")
    with pytest.raises(SeveralFault) as caught:
        parse_when("tomorrow 15:00 IST", "en", "UTC", winter)
    assert len({parse_when(phrase, "en", "UTC", winter).instant for phrase in caught.value.readings}) == 4
    with pytest.raises(AmbiguousFault):
        parse_when("2027-03-14 15:00 EST", "en", "UTC", winter)


def test_a_fault_of_the_clocks_names_the_zone_that_the_phrase_names() -> None:
    with pytest.raises(NonexistentFault) as skipped:
        parse_when("28 March 2027 02:30 Paris time", "en", "America/Lima", NOW)
    assert (skipped.value.zone, skipped.value.readings) == ("Europe/Paris", ("2027-03-28 03:30 Europe/Paris",))
    with pytest.raises(TwiceFault) as twice:
        parse_when("31 October 2027 02:30 Paris time", "en", "America/Lima", NOW)
    assert twice.value.zone == "Europe/Paris"
    with pytest.raises(TwiceFault) as own:
        parse_when("31 October 2027 02:30", "en", "Europe/Paris", NOW)
    assert own.value.zone is None


@pytest.mark.parametrize("dash", "-–—−‐‑")
def test_the_end_of_a_range_is_no_offset(dash: str) -> None:
    for phrase in (f"09:00{dash}10:00", f"09:00 {dash} 10:00", f"09:00{dash}10", f"9h{dash}10h", f"9{dash}10am"):
        for day in ("tomorrow", "14 March 2027", "2027-03-14", "14/03/2027"):
            for written in (f"{day} {phrase}", f"{phrase} {day}"):
                with pytest.raises(RangeFault):
                    parse_when(written, "en", "UTC", NOW)
    assert given("2027-03-14T09:00-10:00", "en", "UTC") == "2027-03-14 19:00"
    assert given("2027-03-14 09:00:00-10:00", "en", "UTC") == "2027-03-14 19:00"
    assert given("2027-03-14 09:00 -10:00", "en", "UTC") == "2027-03-14 19:00", "as `write` has it"


def test_midnight_is_the_beginning_of_the_day_and_today_its_end() -> None:
    for language, phrase in (
        ("en", "12 March at midnight"),
        ("fr", "le 12 mars à minuit"),
        ("es", "el 12 de marzo a medianoche"),
        ("pt", "12 de março à meia-noite"),
    ):
        assert given(phrase, language, "UTC") == "2027-03-12 00:00"
    for language, phrase in (
        ("en", "today at midnight"),
        ("fr", "ce soir à minuit"),
        ("es", "hoy a medianoche"),
        ("pt", "hoje à meia-noite"),
    ):
        assert given(phrase, language, "UTC") == "2027-03-11 00:00"


def test_a_day_without_its_year_or_month_is_the_next_there_is() -> None:
    leap = datetime(2096, 3, 1, tzinfo=UTC)
    assert parse_when("29 February 10:00", "en", "UTC", leap).wall == wall(2104, 2, 29, 10), "2100 has none"
    assert given("10 March 10:00", "en", "UTC") == "2027-03-10 10:00"
    assert given("10 March 08:00", "en", "UTC") == "Past", "not in a year"
    assert given("9 March 10:00", "en", "UTC") == "2028-03-09 10:00"
    end = datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert parse_when("le 30 à 10h", "fr", "UTC", end).wall == wall(2027, 3, 30, 10)
    with pytest.raises(PastFault):
        parse_when("le 31 à 10h", "fr", "UTC", end)


def test_a_month_from_a_day_that_the_next_month_lacks_is_not_guessed_at() -> None:
    with pytest.raises(UnparseableFault):
        parse_when("dans un mois à 10h", "fr", "UTC", datetime(2027, 1, 31, tzinfo=UTC))


@settings(max_examples=200, deadline=None)
@drawn(
    zone=st.sampled_from(ZONES), minutes=st.integers(1, 99), now=st.datetimes(wall(2027, 1, 1, 0), wall(2029, 1, 1, 0))
)
def test_a_length_of_time_is_counted_in_instants(zone: str, minutes: int, now: datetime) -> None:
    """Across a change of the clocks as well; seconds are left out."""
    instant = now.replace(tzinfo=UTC)
    moment = parse_when(f"in {minutes} minutes", "en", zone, instant)
    assert moment.instant == instant.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    assert moment == Moment.at(moment.instant, zone)


def test_what_is_offered_can_be_chosen() -> None:
    """Each reading of a question is read in one way, in every language."""
    phrases = [
        "03/04 at 3",
        "Wednesday at 10",
        "tomorrow at 3 IST",
        "tomorrow at 3 Paris time",
        "14 July 2027 15:00 CET",
        "Sunday next week at 10:00",
        "28 March 2027 02:30 Paris time",
        "31 October 2027 01:30",
    ]
    for phrase in phrases:
        with pytest.raises(WhenFault) as caught:
            parse_when(phrase, "en", "Europe/London", NOW)
        assert 1 <= len(set(caught.value.readings)) == len(caught.value.readings) <= 4
        for reading, language in product(caught.value.readings, LANGUAGES):
            assert parse_when(reading, language, "Europe/London", NOW).instant > NOW

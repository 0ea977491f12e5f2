"""What nobody means, and what is meant to hurt: refused at once, and never half read."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from data.languages import LANGUAGES
from data.wall_time import Moment, UnparseableFault, parse_when
from data.wall_time.words import lexicon
from tests.when.tables import NOW, given, outcome

# Every phrase that a rule may take, and figures of every form.
WORDS = sorted(lexicon(LANGUAGES))
FIGURES = [
    "3",
    "14",
    "100",
    "2027",
    "15:00",
    "15h30",
    "03/04",
    "03/04/2027",
    "2027-03-14",
    "1st",
    "2ª",
    "3pm",
    "-",
    ",",
]
OTHERS = ["-10:00", "+02:00", "utc+2", "dakar", "cet", "europe/paris"]


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        " \t\n ",
        "\u200b\u200e\u202e",
        "x" * 4000,
        "9" * 4000,
        "tomorrow at 3 pm " * 300,
        "(" * 4000,
        "-" * 4000,
        "15:00 " * 600,
        "a la " * 80,
        "de la de la " * 40,
        "mar " * 100,
        "🎉 tomorrow at 3 pm",
        "tomorrow at 3 pm 🎉",
        "غدا الساعة ٣",
        "١٤/٠٣/٢٠٢٧ ١٥:٠٠",
        "१४ मार्च २०२७ १५:००",
        "завтра в 15:00",
        "明日の午後3時",
        "tomorrow at ३ pm",
        "2027-03-14 15:00; DROP TABLE webinar",
        "2027-03-14 15:00 && rm -rf /",
        "<t:1806757200:F>",
        "@everyone tomorrow at 3pm",
        "[tomorrow](https://evil.example) at 3pm",
        "../../etc/passwd tomorrow 10:00",
        "tomorrow 10:00 ../../../etc/passwd",
        "tomorrow 10:00 ../Paris",
        "${now} 10:00",
        "%s%n 10:00",
        "None",
        "\ud800 tomorrow",
        "\x00\x01",
    ],
)
def test_it_is_unparseable(phrase: str) -> None:
    for language in LANGUAGES:
        with pytest.raises(UnparseableFault):
            parse_when(phrase, language, "Europe/Paris", NOW)


def test_what_cannot_be_seen_changes_nothing() -> None:
    for phrase in ("\u202etomorrow at 3 pm", "to\u200bmorrow\u00ad at 3\u2060 pm\u200f", "\ufefftomorrow at 3 pm"):
        assert given(phrase, "en", "UTC") == "2027-03-11 15:00"
    assert given("ｔｏｍｏｒｒｏｗ ａｔ １５：００", "en", "UTC") == "2027-03-11 15:00", "wide letters are letters"


def test_long_nonsense_is_refused_at_once() -> None:
    parse_when("tomorrow 10:00 Dakar time", "en", "UTC", NOW)  # loads what is loaded once
    for phrase in ("9" * 10_000_000, "a la " * 79, "mar " * 40, "le 3 " * 40, "in a half an hour " * 24, "- " * 200):
        begun = time.perf_counter()
        for language in LANGUAGES:
            with pytest.raises(UnparseableFault):
                parse_when(phrase, language, "UTC", NOW)
        assert time.perf_counter() - begun < 2, phrase[:20]


@settings(max_examples=400, deadline=None)
@drawn(
    words=st.lists(st.sampled_from(WORDS) | st.sampled_from(FIGURES + OTHERS), max_size=12),
    language=st.sampled_from(LANGUAGES),
)
def test_words_in_any_order_give_a_moment_or_a_fault(words: list[str], language: str) -> None:
    _stands(" ".join(words), language)


@settings(max_examples=300, deadline=None)
@drawn(phrase=st.text(max_size=60), language=st.sampled_from(LANGUAGES))
def test_any_text_gives_a_moment_or_a_fault(phrase: str, language: str) -> None:
    _stands(phrase, language)


@pytest.mark.parametrize("year", [1900, 1971, 2026, 8998])
def test_now_may_be_any_time(year: int) -> None:
    now = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    for phrase in (
        "tomorrow at 10:00",
        "in 99 years at 10:00",
        "29 February 10:00",
        "in 999 weeks at 10:00",
        "25 December 10:00",
    ):
        for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
            found = outcome(phrase, "en", zone, now)
            assert found.instant > now if isinstance(found, Moment) else found.code in ("unparseable", "ambiguous")


def _stands(phrase: str, language: str) -> None:
    found = outcome(phrase, language, "Europe/Paris")
    if isinstance(found, Moment):
        assert found.instant > NOW
    else:
        assert found.code in ("ambiguous", "nonexistent", "past", "unparseable")
        assert len(found.readings) <= 4

"""The gate through which what people wrote is shown."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import ORDINARY, clean, cut, label, one_line, plain, safe_link

HOSTILE = [
    "@everyone",
    "@here hello",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "[click](https://evil.example)",
    "[a](<https://evil.example>)",
    "**bold** _it_ ~~gone~~ ||spoiler|| `code` ```block```",
    "# heading\n> quote\n- list\n-# small",
    "<t:0:F> </lookup:123456789012345678>",
    "\u202eevil\u202c",
    "zero\u200bwidth\ufeff\u2060",
    "https://example.org/a_b_c?x=1*2",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    shown = plain(text)
    assert "@everyone" not in shown
    assert "@here" not in shown
    assert not re.search(r"(?<!\\)<[@#t/]", shown)
    assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", shown)
    outside = re.sub(r"https?://\S+", "", shown)
    assert not re.search(r"(?<!\\)[*_~`|]", outside)
    assert not re.search(r"^[#>-]", shown, re.MULTILINE)
    assert not any(char in shown for char in "\u202e\u202c\ufeff\u2060")


def test_an_address_stays_whole() -> None:
    assert plain("see https://example.org/a_b_c?x=1 now_") == "see https://example.org/a_b_c?x=1 now\\_"


def test_what_passes_without_a_closer_look_is_what_would_stay() -> None:
    ordinary = [char for char in map(chr, range(0x110000)) if ORDINARY.fullmatch(char)]
    assert len(ordinary) > 500
    for char in ordinary:
        assert char == "\n" or unicodedata.category(char)[0] not in "CMZ" or char == " ", f"U+{ord(char):04X}"
        assert unicodedata.is_normalized("NFC", char), f"U+{ord(char):04X}"
    assert clean("a\u00ad\u200bb") == "ab"
    assert clean("e\u0301\u00a0x") == "é x"


def test_clean_keeps_what_people_mean() -> None:
    assert clean("  Élodie\t N'Diaye \r\n\r\n\r\n\r\nدكار 👩‍⚖️ ") == "Élodie  N'Diaye\n\nدكار 👩‍⚖️"
    assert clean("\u200b \u2060\n") == ""


@given(st.text(max_size=300), st.integers(min_value=5, max_value=120))
def test_nothing_is_longer_than_allowed_or_invisible(text: str, limit: int) -> None:
    for shown in (plain(text, limit), one_line(text, limit), label(text, limit)):
        assert len(shown) <= limit
    assert "\n" not in one_line(text, limit)
    assert "\n" not in label(text, limit)
    assert clean(clean(text)) == clean(text)
    assert all(unicodedata.category(char)[0] != "C" or char in "\n\u200d" for char in clean(text))


@given(st.text(alphabet="a*_`[]()<>@#|~\\\n -everyonhttps:/.", max_size=80))
def test_no_mention_survives(text: str) -> None:
    shown = plain(text)
    assert "@everyone" not in shown
    assert "@here" not in shown


def test_cut_leaves_no_dangling_escape() -> None:
    assert cut("abc\\*def", 5) == "abc…"


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "javascript:alert(1)", "https://user@example.org", "https://a b", "https://x>", "", None],
)
def test_links_that_are_not_shown_as_links(url: str | None) -> None:
    assert safe_link(url) is None


def test_a_link_that_is() -> None:
    assert safe_link("https://www.un.org/en/a?b=c#d") == "https://www.un.org/en/a?b=c#d"

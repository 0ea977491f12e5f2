"""How a search fits into a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import fill, read
from bot.render import clean
from cogs.lookup.cog import whole_words
from cogs.lookup.results import GoToPage
from cogs.lookup.rules import KEY_AREAS, KINDS, LAST_PAGE, QUERY_LIMIT, Search, packed, page_number, pages, unpacked
from data.languages import LANGUAGES

SEARCHES = st.builds(
    Search,
    st.text(min_size=1, max_size=QUERY_LIMIT).map(lambda text: " ".join(clean(text).split())).filter(bool),
    st.sampled_from([None, *KINDS]),
    st.sampled_from([None, *KEY_AREAS]),
    st.sampled_from([None, "SN", "CL"]),
    st.sampled_from([None, *LANGUAGES]),
)


@given(SEARCHES)
def test_what_fits_comes_back_as_it_was(search: Search) -> None:
    key = packed(search)
    if key is None:
        assert len(search.query.encode("utf-16-le")) // 2 > 50 or "~" in search.query
        assert Search.from_data(search.as_data()) == search
        return
    assert unpacked(key) == search
    for form in ("lookup:share:{page}:{key*}", GoToPage.form):
        custom_id = fill(form, {"page": LAST_PAGE, "key": key})
        assert len(custom_id.encode("utf-16-le")) // 2 <= 100


@given(SEARCHES)
def test_a_button_reads_what_it_wrote(search: Search) -> None:
    key = packed(search)
    if key is not None:
        assert read(GoToPage.form, fill(GoToPage.form, {"page": 3, "key": key})) == {"page": "3", "key": key}


@given(st.text(max_size=90))
def test_anything_else_is_refused_or_sound(text: str) -> None:
    for key in (text, f"q{text}", f"q....{text}", f"q.1.SN.fr.{text}"):
        search = unpacked(key)
        assert search is None or search.is_sound()


@pytest.mark.parametrize(
    "key", ["", "q", "q....", "qz....x", "q.6...x", "q.12...x", "q..sn..x", "q..SNX..x", "q...de.x", "t123", "....x"]
)
def test_what_nobody_wrote_is_no_search(key: str) -> None:
    assert unpacked(key) is None


@pytest.mark.parametrize("data", [{}, {"query": ""}, {"query": "x", "kind": "secret"}, {"query": "x" * 301}])
def test_a_draft_that_is_no_search_is_none(data: dict[str, str]) -> None:
    assert Search.from_data(data) is None


def test_pages_are_counted() -> None:
    assert [pages(total) for total in (0, 1, 5, 6, 25, 100)] == [1, 1, 1, 2, 5, 20]
    assert [page_number(text) for text in ("0", "12", "9999", "", "-1", "10000", "١", "1.0")] == [0, 12, 9999] + [
        None
    ] * 5


def test_a_long_title_is_cut_between_words() -> None:
    assert whole_words("Short title") == "Short title"
    assert whole_words("word " * 30) == " ".join(["word"] * 20)
    assert whole_words("x" * 120) == "x" * 100

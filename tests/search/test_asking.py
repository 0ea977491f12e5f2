"""Filters, pages, what is typed so far, and what nobody should type."""

import time

import pytest

from data.search.documents import Document
from data.search.index import SearchIndex

HOSTILE = [
    "",
    " ",
    "\0",
    "\0\0police\0",
    '"',
    '"police',
    "(police OR (",
    "title:police AND NOT body:*",
    "police^1000 handbook~5 +gender -women",
    ".*",
    "(a+)+$",
    "[a-z]{1,99999}",
    "police\\",
    "'; DROP TABLE resource; --",
    "*" * 4_000,
    "police " * 4_000,
    "a" * 4_000,
    "violence-" * 500,
    "".join(chr(0x4E00 + number) for number in range(2_000)),
    "\u202egnicilop\u202c",
    "شرطة المرأة",
    "αστυνομία",
    "👮‍♀️🚓",
    "\ud800",
    "e\u0301" * 500,
    "@everyone <@123> [x](https://example.org)",
    "policier·ère·s" * 200,
    "l'" * 300,
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_get_an_answer_in_time(index: SearchIndex, query: str) -> None:
    for language in ("en", "xx"):
        start = time.perf_counter()
        page = index.search(query, language=language, community_id=1)
        index.complete(query, language=language, community_id=1)
        assert time.perf_counter() - start < 1
        assert page.total >= len(page.hits)
        assert all(0 < hit.score < 1 for hit in page.hits)


def test_operators_are_words_like_any_other(index: SearchIndex) -> None:
    plain = [hit.id for hit in index.search("police handbook", language="en").hits]
    assert [hit.id for hit in index.search('+"police" (handbook)*', language="en").hits] == plain


def test_invisible_characters_do_not_hide_a_word(index: SearchIndex) -> None:
    assert index.search("femi\u200bcide", language="en").hits[0].id == "ohchr-femicide-2014"


def test_filters(index: SearchIndex) -> None:
    def ids(**filters: object) -> set[str]:
        page = index.search("violence", language="en", limit=100, **filters)  # pyright: ignore[reportArgumentType]
        assert page.hits
        return {hit.id for hit in page.hits}

    assert {hit.kind for hit in index.search("police", language="en", kinds=["practice"]).hits} == {"practice"}
    assert "eige-costs-2021" in ids(key_area="budgeting")
    assert "unodc-handbook-vaw-2010" not in ids(key_area="budgeting")
    assert "unodc-mx-manual-2021" in ids(resource_language="es")
    assert "unw-tfvawg-2025" not in ids(resource_language="es")
    assert {hit.id for hit in index.search("police", language="en", country="FR").hits} == {"fr-social-workers"}
    assert not index.search("police", language="en", country="KE").hits


def test_pages_continue_each_other(index: SearchIndex) -> None:
    whole = index.search("violence", language="en", limit=20)
    parts = [index.search("violence", language="en", limit=5, offset=offset) for offset in range(0, 20, 5)]
    assert [hit.id for part in parts for hit in part.hits] == [hit.id for hit in whole.hits]
    assert {part.total for part in parts} == {whole.total}
    assert whole.total > 20
    assert not index.search("violence", language="en", offset=1_000).hits
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)


def test_completion_finds_words_anywhere_in_the_title_in_any_order(index: SearchIndex) -> None:
    def titles(typed: str, language: str = "en", **more: object) -> list[str]:
        hits = index.complete(typed, language=language, community_id=None, **more)  # pyright: ignore[reportArgumentType]
        return [hit.title for hit in hits]

    assert "Social workers in police stations" in titles("pol wor", kinds=["practice"])
    assert titles("social w")[0] == "Social workers in police stations"
    assert titles("intervenants so", "fr")[0] == "Des intervenants sociaux dans les commissariats"
    assert titles("pais", "es")[0] == "Países Bajos"
    assert titles("PAÍS", "pt", kinds=["network_member"]) == ["Países Baixos"]
    assert titles("S", "fr", kinds=["network_member"]) == ["Suède", "Sénégal", "Slovénie"]
    assert len(titles("")) == 25
    assert titles("qzx") == []


def test_completion_falls_back_on_meaning(index: SearchIndex) -> None:
    hits = index.complete("feminicidio", language="en", community_id=None)
    assert hits[0].id == "ohchr-femicide-2014"


def of(community_id: int | None, identity: str, title: str, **more: str) -> Document:
    return Document("practice", identity, community_id, {"": title}, **more)  # pyright: ignore[reportArgumentType]


def test_a_community_never_sees_anothers() -> None:
    index = SearchIndex(
        [of(None, "everyones", "Night patrols"), of(1, "one", "Zebrafish patrols"), of(2, "two", "Walrus patrols")]
    )

    def seen(community_id: int | None) -> set[str]:
        found = {hit.id for hit in index.search("patrols", language="en", community_id=community_id).hits}
        typed = {hit.id for hit in index.complete("patr", language="en", community_id=community_id)}
        assert found == typed
        return found

    assert seen(None) == {"everyones"}
    assert seen(1) == {"everyones", "one"}
    assert seen(2) == {"everyones", "two"}
    # Not even as a guess at what was meant.
    assert index.search("zebrafsh", language="en", community_id=1).suggestion == "zebrafish"
    for query in ("zebrafsh", "zebrafish", "zebraf", "zebrafish patrols"):
        page = index.search(query, language="en", community_id=2)
        assert not page.hits or {hit.id for hit in page.hits} == {"everyones", "two"}
        assert "zebrafish" not in (page.suggestion or "") or "zebrafish" in query


def test_equal_results_come_in_the_same_order_whatever_order_they_were_loaded_in() -> None:
    documents = [of(None, f"same-{number}", "Same title") for number in range(5)]
    orders = [
        [hit.id for hit in SearchIndex(each).search("same title", language="en").hits]
        for each in (documents, documents[::-1])
    ]
    assert orders[0] == orders[1] == [f"same-{number}" for number in range(5)]


def test_an_empty_index_answers() -> None:
    index = SearchIndex()
    assert index.search("police", language="en").hits == ()
    assert index.complete("", language="en", community_id=None) == []

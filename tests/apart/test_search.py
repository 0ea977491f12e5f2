"""Whether a word is known in one community changes nothing of what is answered in another: not even a suggestion."""

from typing import Any

import pytest

from data.search.documents import Document
from data.search.index import SearchIndex
from tests.apart.marking import MARK

HERE, THERE = 1, 2
# A name, and words that are written nearly like it; with much that is known here, and with little.
NAMES = (MARK, "zorila", "Zorrila", "zor", MARK[:-1])
BESIDE = ("", "training", "budget", "police training", "helpline villages", "night", "bodycam", "women officers")
TEXTS = (
    ("Quokka patrols at night", "Officers walk with the neighbours at night."),
    ("Training of officers", "Police training on violence and referral."),
    ("Helpline for villages", "A helpline in rural villages with volunteers."),
    ("Budget of a unit", "How the budget of a unit for victims is planned."),
)


def document(community_id: int | None, number: int, title: str, body: str, kind: str = "practice") -> Document:
    return Document(
        kind=kind,
        id=str(number),
        community_id=community_id,
        titles={"en": title},
        body={"en": body},
        key_areas=("budgeting",),
        country="SN",
        languages=("en",),
    )


def index_beside(name: str) -> SearchIndex:
    """The index of an installation in which the other community knows somebody of that name."""
    return SearchIndex(
        [
            # Some is everybody's.
            *(document(HERE if n % 2 else None, n, title, body) for n, (title, body) in enumerate(TEXTS)),
            # Among many, a word of one tells something.
            *(document(None, n, f"Report {n}", "Statistics of a year.") for n in range(200, 240)),
            document(THERE, 100, f"{name} patrols", f"{name} walks at night with {name} and a bodycam."),
            document(THERE, 101, name, f"{name} training", kind="member"),
        ]
    )


def answers(index: SearchIndex, words: str, community_id: int | None) -> Any:
    """All that somebody could be told by."""
    found = index.search(words, language="en", community_id=community_id)
    offered = index.complete(words, language="en", community_id=community_id)
    return (
        [(hit.kind, hit.id, hit.title, hit.matched) for hit in found.hits],
        found.total,
        found.suggestion,
        [(hit.kind, hit.id) for hit in offered],
    )


@pytest.mark.parametrize("community_id", [HERE, -HERE, None])
def test_a_name_next_door_is_as_good_as_none(community_id: int | None) -> None:
    # Of the same length, and no more like any word here.
    beside, without = index_beside(MARK), index_beside("Gwombat")
    wrong = [
        (words, said, otherwise)
        for name in NAMES
        for word in BESIDE
        for words in (f"{name} {word}".strip(), f"{word} {name}".strip())
        if (said := answers(beside, words, community_id)) != (otherwise := answers(without, words, community_id))
    ]
    assert not wrong

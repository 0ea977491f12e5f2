"""What is offered while somebody types."""

import pytest

from bot.choosing import fitting

THINGS = [
    ("Night patrols of women officers", "Patrouilles de nuit"),
    ("Women in patrols", "Femmes en patrouille"),
    ("Évaluation des risques", "Risk assessment"),
]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("", [0, 1, 2]),
        ("wom", [1, 0]),
        ("pat wom", [0, 1]),
        ("risk ass", [2]),
        ("eval", [2]),
        ("omen", []),
        ("?", []),
        ("patrou", [0, 1]),
        ("risk patrols", []),
    ],
)
def test_beginnings_of_words_in_any_order_and_language(typed: str, found: list[int]) -> None:
    assert fitting(THINGS, typed, lambda pair: pair) == [THINGS[number] for number in found]

"""Times before the start, as people type them."""

import pytest

from bot.errors import Refusal
from bot.languages import texts
from cogs.webinars.offsets import offsets_text, read_offsets, write_offsets

MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    "typed, offsets",
    [
        ("", None),
        ("  ", None),
        (None, None),
        ("none", ()),
        ("Aucun", ()),
        ("ninguno", ()),
        ("7d 24h 1h 0", (7 * DAY, DAY, HOUR, 0)),
        ("0, 1h; 1h", (HOUR, 0)),
        ("1w", (7 * DAY,)),
        ("2 jours, 3 heures et 10 min", (2 * DAY, 3 * HOUR, 10 * MINUTE)),
        ("2 días y 1 hora", (2 * DAY, HOUR)),
        ("1 semana e 30 minutos", (7 * DAY, 30 * MINUTE)),
        ("7j", (7 * DAY,)),
        ("90d", (90 * DAY,)),
    ],
)
def test_what_is_typed_is_read(typed: str | None, offsets: tuple[int, ...] | None) -> None:
    assert read_offsets(typed) == offsets
    if offsets is not None:
        assert read_offsets(write_offsets(offsets)) == offsets


@pytest.mark.parametrize(
    "typed, told",
    [
        ("-1h", "A reminder comes before the start"),
        ("1h, +10m", "A reminder comes before the start"),
        ("1 heure après", "A reminder comes before the start"),
        ("91d", "90 days before the start at most"),
        ("99999d", "90 days before the start at most"),
        ("14w", "90 days before the start at most"),
        ("tomorrow", "These times cannot be read."),
        ("1", "These times cannot be read."),
        ("1h30", "These times cannot be read."),
        ("1d\u0660", "These times cannot be read."),
        ("1h 2h 3h 4h 5h 6h 7h 8h 0", "too many reminders: 8 at most"),
    ],
)
def test_what_cannot_be_is_refused_in_words(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_offsets(typed)
    assert told in refused.value.text(texts("en"))
    assert refused.value.text(texts("fr")) != refused.value.text(texts("en"))


def test_they_are_shown_in_words() -> None:
    shown = {language: offsets_text(texts(language), (2 * DAY, HOUR, 0)) for language in ("en", "fr", "es", "pt")}
    assert shown["en"] == "2 days before, 1 hour before, and at the start"
    assert shown["fr"] == "2 jours avant, 1 heure avant et au début"
    assert shown["es"].endswith("y al comienzo") or shown["es"].endswith("y al inicio")
    assert shown["pt"].startswith("2 dias antes")

"""Times before a start, such as `7d 24h 1h 0`: read from what people type, and shown in words."""

import re
from collections.abc import Iterable
from typing import Any

from bot.errors import Refusal
from bot.languages import Texts
from bot.render import clean
from bot.settings import parse_offsets
from data.webinars.reminding import MOST_REMINDERS

LONGEST_DAYS = 90
OFFSETS_LIMIT = 100
# How people say that there are to be none, in the languages of the bot.
NONE = frozenset(
    ("none", "no", "-", "–", "aucun", "aucune", "non", "ninguno", "ninguna", "nenhum", "nenhuma", "não", "nao")
)
# The words people use for a unit, and the letter that settings have for it.
UNITS = (
    ("w", r"weeks?|wks?|semaines?|sem|semanas?"),
    ("d", r"days?|jours?|d[ií]as?|j"),
    ("h", r"hours?|hrs?|heures?|horas?"),
    ("m", r"minutes?|minutos?|mins?|mn"),
)
AFTER = re.compile(r"(?:^|[\s,;])[+\-−–]\s*\d|\b(?:after|après|después|depois)\b")


def read_offsets(typed: Any) -> tuple[int, ...] | None:
    """The times before a start that somebody typed, in seconds, longest first.

    Returns:
        None where nothing was typed; nothing at all where the person wants none.

    Raises:
        Refusal: they cannot be read, one is after the start or absurd, or there are too many.
    """
    text = " ".join(clean(str(typed or "")).lower().split())
    if not text:
        return None
    if text in NONE:
        return ()
    if AFTER.search(text):
        raise Refusal("A reminder comes before the start, or at it (0). Write for example: 7d 24h 1h 0.")
    for letter, words in UNITS:
        text = re.sub(rf"(\d)\s*(?:{words}|{letter})\b", rf"\1{letter}", text)
    text = re.sub(r";|\b(?:and|et|y|e)\b", " ", text)
    parts = text.replace(",", " ").split()
    if any(re.fullmatch(r"\d{5,}[wdhm]", part) or _days(part) > LONGEST_DAYS for part in parts):
        raise Refusal("A reminder comes {days} days before the start at most.", days=LONGEST_DAYS)
    try:
        offsets = parse_offsets(" ".join(parts)) if text.isascii() else None
    except ValueError:
        offsets = None
    if offsets is None:
        raise Refusal(
            "These times cannot be read. Write for example 7d 24h 1h 0: d for days, h for hours, m for minutes, "
            "and 0 for the start itself."
        )
    if len(offsets) > MOST_REMINDERS:
        raise Refusal("That is too many reminders: {most} at most.", most=MOST_REMINDERS)
    return offsets


def write_offsets(offsets: Iterable[int] | None) -> str:
    """Offsets as people type them: `7d 1h 0`; empty for None, `none` where there are none."""
    if offsets is None:
        return ""
    return " ".join(_short(seconds) for seconds in offsets) or "none"


def offsets_text(t: Texts, offsets: Iterable[int]) -> str:
    """Offsets in words: `7 days before, 1 hour before, at the start`."""
    named = [before(t, seconds) for seconds in offsets]
    return t.list([name[:1].lower() + name[1:] for name in named])


def before(t: Texts, seconds: int) -> str:
    """How long before the start, in words."""
    if seconds == 0:
        return t("At the start")
    if seconds % 86400 == 0:
        return t.plural("{n} day before", "{n} days before", seconds // 86400)
    if seconds % 3600 == 0:
        return t.plural("{n} hour before", "{n} hours before", seconds // 3600)
    return t.plural("{n} minute before", "{n} minutes before", round(seconds / 60))


def _short(seconds: int) -> str:
    for letter, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{letter}"
    return "0"


def _days(part: str) -> float:
    """How many days a part stands for; none where it stands for nothing."""
    match = re.fullmatch(r"(\d{1,4})([wdhm])", part)
    return int(match[1]) * {"w": 7, "d": 1, "h": 1 / 24, "m": 1 / 1440}[match[2]] if match else 0

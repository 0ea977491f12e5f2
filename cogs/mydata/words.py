"""What is held, in words: each holding with its entries, each entry with its columns."""

from collections.abc import Mapping
from typing import Any

from bot.languages import Texts
from cogs.mydata.names import COLUMNS, TITLES
from cogs.mydata.values import PURPOSES, Names, value_text

__all__ = ["COLUMNS", "PURPOSES", "TITLES", "Names", "entry_text", "sections"]


def sections(t: Texts, held: Mapping[str, list[dict[str, Any]]], names: Names) -> list[tuple[str, list[str]]]:
    """All that is held: a title and its entries, each entry one piece of text."""
    return [
        (t(TITLES.get(name, name)), [entry_text(t, entry, names) for entry in entries])
        for name, entries in held.items()
    ]


def entry_text(t: Texts, entry: Mapping[str, Any], names: Names) -> str:
    """One row, a line for each column that holds something."""
    lines = [
        t.pair(f"**{t(COLUMNS.get(name, name))}**", value_text(t, names, name, value))
        for name, value in entry.items()
        if value not in (None, "", [], {})
    ]
    return "\n".join(lines)

"""What is held, in words: each holding with its entries, each entry with its columns."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.languages import Texts
from cogs.mydata.names import COLUMNS, TITLES
from cogs.mydata.values import PURPOSES, Names, value_text

__all__ = ["COLUMNS", "PURPOSES", "TITLES", "Names", "entry_text", "sections"]

# Of these there are many, and each fits a line: what is shown of them there. The file has all of it.
SHORT: Mapping[str, tuple[str, ...]] = {
    "key_areas": ("key_area",),
    "messages": ("due_at", "kind", "state"),
    "actions": ("at", "action"),
}
# How many lines stay together on a page.
LINES = 15


def sections(t: Texts, held: Mapping[str, list[dict[str, Any]]], names: Names) -> list[tuple[str, list[str]]]:
    """All that is held: a title and its entries, each entry one piece of text; what there is much of by the line."""
    found: list[tuple[str, list[str]]] = []
    for name, entries in held.items():
        if name in SHORT:
            lines = [line_text(t, entry, SHORT[name], names) for entry in entries]
            texts = ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]
        else:
            texts = [entry_text(t, entry, names) for entry in entries]
        found.append((t(TITLES.get(name, name)), texts))
    return found


def line_text(t: Texts, entry: Mapping[str, Any], columns: Iterable[str], names: Names) -> str:
    """One row in one line, without the names of its columns."""
    shown = [value_text(t, names, name, entry[name]) for name in columns if entry.get(name) not in (None, "", [], {})]
    return "- " + " · ".join(shown)


def entry_text(t: Texts, entry: Mapping[str, Any], names: Names) -> str:
    """One row, a line for each column that holds something."""
    lines = [
        t.pair(f"**{t(COLUMNS.get(name, name))}**", value_text(t, names, name, value))
        for name, value in entry.items()
        if value not in (None, "", [], {})
    ]
    return "\n".join(lines)

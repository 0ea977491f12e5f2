"""What Discord's clients show inside cards, and simcord's preview leaves as it was written."""

import re
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

# In descriptions and values of fields; titles, names and footers show them as they were written in Discord, too.
_SHOWN = {
    "embed_description": ("mentions", "commands", "subtext"),
    "embed_field_value": ("mentions", "commands"),
}
_QUOTES = "_discord_multiline_quotes"


def show_as_discord() -> None:
    """Let the preview show people, channels, roles and commands in cards by their names.

    It knows how, and keeps a table of where; another version of it without that table is left as it is.
    """
    preview: Any = import_module("simcord.preview._markdown")
    table: dict[str, dict[str, bool | str]] = getattr(preview, "_FIELD_POLICIES", {})
    for part, shown in _SHOWN.items():
        if part in table:
            table[part].update(dict.fromkeys(shown, True))
    quotes: Callable[[str], str] | None = getattr(preview, _QUOTES, None)
    if quotes is not None and not hasattr(quotes, "__wrapped__"):
        setattr(preview, _QUOTES, _ended(quotes))


def _ended(quotes: Callable[[str], str]) -> Callable[[str], str]:
    """A quotation ends with its line in Discord; Markdown takes the line after it for a part of it."""

    @wraps(quotes)
    def end(text: str) -> str:
        return re.sub(r"^(> .*\n)(?=[^>\n])", r"\1\n", quotes(text), flags=re.MULTILINE)

    return end

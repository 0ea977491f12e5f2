"""What Discord's clients show inside cards, and simcord's preview leaves as it was written."""

from importlib import import_module

# In descriptions and values of fields; titles, names and footers show them as they were written in Discord, too.
_SHOWN = {
    "embed_description": ("mentions", "commands", "subtext"),
    "embed_field_value": ("mentions", "commands"),
}


def show_as_discord() -> None:
    """Let the preview show people, channels, roles and commands in cards by their names.

    It knows how, and keeps a table of where; another version of it without that table is left as it is.
    """
    table: dict[str, dict[str, bool | str]] = getattr(import_module("simcord.preview._markdown"), "_FIELD_POLICIES", {})
    for part, shown in _SHOWN.items():
        if part in table:
            table[part].update(dict.fromkeys(shown, True))

"""Findings as the command line prints them: in English, as all it prints."""

import json
from collections.abc import Sequence
from typing import Any

from bot.checks.found import Finding, Level, for_terminal
from bot.languages import texts

MARKS = {Level.WELL: "ok  ", Level.NOTE: "note", Level.WRONG: "BAD "}


def as_lines(found: Sequence[Finding]) -> str:
    """One line for each, and beneath it what to do."""
    t = texts("en")
    lines: list[str] = []
    for one in found:
        lines.append(f"{MARKS[one.level]} {one.about}: {one.says.text(t, for_terminal)}")
        if one.detail:
            lines.append(f"     {one.detail}")
        if one.do is not None:
            lines.append(f"     -> {one.do.text(t, for_terminal)}")
    bad = sum(one.is_wrong for one in found)
    lines.append("" if not bad else f"\n{bad} to put right.")
    return "\n".join(lines).rstrip()


def as_json(found: Sequence[Finding]) -> str:
    """The same for programs: `ok` for all, and each finding with its level (`well`, `note` or `wrong`)."""
    t = texts("en")
    entries: list[dict[str, Any]] = [
        {
            "about": one.about,
            "level": one.level.value,
            "says": one.says.text(t, for_terminal),
            "do": one.do.text(t, for_terminal) if one.do else None,
            "detail": one.detail or None,
        }
        for one in found
    ]
    return json.dumps({"ok": not any(one.is_wrong for one in found), "findings": entries}, indent=2, ensure_ascii=False)

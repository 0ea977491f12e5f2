"""The few names that Convenor needs of CLDR, kept apart from the rest of it.

Babel reads whole languages, which takes a fifth of a second and ten megabytes that never come back. What is needed of
them is written beside this module when it is first read, and is in the wheel; where nothing may be written, it is read
from Babel each time.
"""

import contextlib
import json
import os
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

MADE = Path(__file__).with_name("cldr.made.json")
# In which countries are named: European spellings and those of Latin America beside ours.
LOCALES = ("en", "fr", "es", "es_419", "es_MX", "pt", "pt_PT")


@cache
def names() -> dict[str, Any]:
    """`territories`: by locale, then by code. `codes`: a territory's two-letter code by its codes of three letters."""
    with contextlib.suppress(OSError, ValueError):
        known: dict[str, Any] = json.loads(MADE.read_bytes())
        if known.get("babel") == version("babel"):
            return known
    made = read_babel()
    # Others may be making the same file: it appears whole, or not at all.
    beside = MADE.with_name(f"{MADE.name}.{os.getpid()}.{threading.get_ident()}")
    with contextlib.suppress(OSError):
        beside.write_bytes(as_file(made))
        beside.replace(MADE)
    return made


def as_file(made: dict[str, Any]) -> bytes:
    """The names as they are written: always the same for the same names."""
    return json.dumps(made, ensure_ascii=False, sort_keys=True).encode()


def read_babel() -> dict[str, Any]:
    """The same as Babel has it."""
    from babel import Locale
    from babel.core import get_global

    aliases: Any = get_global("territory_aliases")
    return {
        "babel": version("babel"),
        "territories": {name: dict(Locale.parse(name).territories) for name in LOCALES},
        "codes": {
            other: means[0]
            for other, means in aliases.items()
            if len(other) == 3 and other.isalpha() and len(means) == 1
        },
    }

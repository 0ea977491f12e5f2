"""Discord's own description of its API, against which every request of the suite is checked.

The description lies beside the project, in a folder that not every machine has; `available` tells.
"""

import importlib.util
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast

FOLDER = Path(__file__).parents[2] / "shared" / "discord"
available = (FOLDER / "validate.py").is_file() and (FOLDER / "openapi.json").is_file()


@cache
def _validator() -> Any:
    spec = importlib.util.spec_from_file_location("discord_openapi", FOLDER / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.SpecValidator(json.loads((FOLDER / "openapi.json").read_text("utf-8")))


_ID = re.compile(r"\d{15,}")
# Up to this length a text counts by the letter; no text has to be longer than that.
_SHORT = 48


@cache
def _limits() -> list[int]:
    """The numbers of letters that Discord allows somewhere."""
    return sorted({int(found) for found in re.findall(r'"maxLength": ?(\d+)', (FOLDER / "openapi.json").read_text())})


def _alike(value: Any) -> Any:
    """A value that Discord takes or refuses as it does this one: with other ids, and other words in its texts.

    Most of what a suite sends differs in nothing else, and need not be looked at again.
    """
    if isinstance(value, dict):
        return {name: _alike(part) for name, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_alike(part) for part in cast("list[Any]", value)]
    if not isinstance(value, str):
        return value
    if " " not in value or "://" in value or not value.strip():
        return _ID.sub(lambda found: "1" * len(found[0]), value)
    length = len(value)
    if length > _SHORT:
        length = next((limit for limit in _limits() if limit >= length), length)
    return "x " + "x" * (length - 2)


@cache
def _faults_of(exchange: str) -> tuple[str, ...]:
    return tuple(
        f"{fault.operation}: {fault.where} {fault.message}" for fault in _validator().check(json.loads(exchange))
    )


def exchange_faults(exchange: dict[str, Any]) -> tuple[str, ...]:
    """What is wrong with one exchange, as `validate.py` takes it; there must be a description."""
    return _faults_of(json.dumps(_alike(exchange), sort_keys=True, default=str))


def faults(requests: Iterable[Any]) -> list[str]:
    """What is wrong with requests that simcord recorded, each fault once; nothing where there is no description."""
    if not available:
        return []
    found: dict[str, None] = {}
    for request in requests:
        parameters: dict[str, Any] = request.params or {}
        exchange: dict[str, Any] = {
            "method": request.method,
            "path": request.path,
            "query": {name: str(value) for name, value in parameters.items()},
            "request": request.json,
            "status": None,
        }
        found |= dict.fromkeys(exchange_faults(exchange))
    return list(found)

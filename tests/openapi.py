"""Discord's own description of its API, against which every request of the suite is checked.

The description lies beside the project, in a folder that not every machine has; `available` tells.
"""

import importlib.util
import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

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


@cache
def exchange_faults(exchange: str) -> tuple[str, ...]:
    """What is wrong with one exchange, a JSON object as `validate.py` takes it; there must be a description."""
    return tuple(
        f"{fault.operation}: {fault.where} {fault.message}" for fault in _validator().check(json.loads(exchange))
    )


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
        found |= dict.fromkeys(exchange_faults(json.dumps(exchange, sort_keys=True, default=str)))
    return list(found)

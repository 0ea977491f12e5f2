"""The facts that Convenor comes with: the files in `data/seed`, read as they are."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "seed"


@cache
def read(name: str) -> dict[str, Any]:
    """The content of one seed file; its head says what is in it.

    Args:
        name: without folder and ending, for instance `network`.
    """
    # Read only where something changed, so it is not worth a start's time.
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(_path(name).read_bytes(), loader)  # noqa: S506 - a safe loader, in C if there
    return content


def digest(names: Iterable[str], *others: Path) -> str:
    """What changes when one of these seed files, or of other files, does."""
    total = sha256()
    for path in [*map(_path, names), *others]:
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _path(name: str) -> Path:
    return FOLDER / f"{name}.yaml"

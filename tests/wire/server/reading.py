"""Reading JSON in which anything may be missing or null."""

from typing import Any

JSON = dict[str, Any]


def listed(given: JSON, name: str) -> list[Any]:
    """A list of a JSON object, empty where it is missing or null."""
    found: list[Any] | None = given.get(name)
    return found or []


def inner(given: JSON, name: str) -> JSON:
    """An object of a JSON object, empty where it is missing or null."""
    found: JSON | None = given.get(name)
    return found or {}

"""What is tried of the audit log."""

from tests.gates.case import Case
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    return {
        "audit:page:{user}:{action}:{page}": [Case({"user": 0, "action": "", "page": 0}, own=True)],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "audit": [Case(own=True), Case({"action": "report.file"}, own=True)],
    }

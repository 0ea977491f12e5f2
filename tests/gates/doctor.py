"""What is tried of the doctor."""

from tests.gates.case import Case
from tests.neighbours import Neighbours


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {"doctor": [Case(own=True)]}

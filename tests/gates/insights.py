"""What is tried of the numbers of a community."""

from tests.gates.case import Case
from tests.neighbours import Neighbours


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {"insights": [Case({"period": "this-year"}, own=True)]}

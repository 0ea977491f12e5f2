"""What is tried of help and languages."""

from tests.gates.case import ALL, Case, own
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    return {
        "guide:language": [Case(options=["fr"], open_to=ALL, own=True), Case(options=["en"], open_to=ALL, own=True)],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "help": [own()],
        "language choose": [own(language="en", zone="UTC"), own(language="xx")],
    }

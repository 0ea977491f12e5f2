"""What is tried of setting up."""

from tests.gates.case import Case
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    return {
        "setup:automod:{to}": [
            Case({"to": "show"}, own=True),
            Case({"to": "on"}, own=True, changes=True),
            Case({"to": "off"}, own=True, changes=True),
            Case({"to": "perhaps"}),
        ],
        "setup:following": [Case(own=True, changes=True)],
        "setup:perform": [Case(own=True, changes=True)],
        "setup:plan": [Case(own=True)],
        "setup:related:{to}": [Case({"to": "off"}, own=True, changes=True), Case({"to": "perhaps"})],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "setup": [Case(own=True), Case({"languages": "fr", "zone": "Europe/Paris"}, own=True, changes=True)],
    }

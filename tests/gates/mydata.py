"""What is tried of what is held about a person."""

from tests.gates.case import Case, own
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    return {
        "mydata:page:{page}": [own(page=0)],
        "mydata:export": [own()],
        "mydata:consent:{purpose}:{given}": [
            own(purpose="directory", given="yes"),
            Case({"purpose": "x", "given": "yes"}),
        ],
        # What really erases is tried in tests/mydata: it would take the asker's standing away.
        "mydata:erase:{practices}": [Case({"practices": "nothing"})],
        "mydata:keep": [own()],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        **{f"mydata {name}": [own()] for name in ("show", "export", "consent", "erase")},
    }

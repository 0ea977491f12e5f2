"""What is tried of the weekly digest."""

from tests.gates.case import ALL, MEMBERS, Case
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    here = n.here.guild.id
    now = int(n.here.now.timestamp())
    span = {"since": now - 86_400, "until": now + 86_400}
    return {
        "digest:on": [Case(open_to=MEMBERS, own=True, changes=True)],
        "digest:off:{community}": [Case({"community": here}, open_to=ALL, own=True, changes=True)],
        "digest:show": [Case(open_to=MEMBERS, own=True)],
        "digest:members:{community}:{since}:{until}": [
            Case({"community": here, **span}, open_to=MEMBERS),
            # No digest tells of all that ever was, or of nothing.
            Case({"community": here, "since": 0, "until": now}),
            Case({"community": here, "since": now, "until": now}),
        ],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "digest": [
            Case(open_to=MEMBERS, own=True),
            Case({"weekly": "on"}, open_to=MEMBERS, own=True, changes=True),
            Case({"weekly": "off"}, open_to=ALL, own=True, changes=True),
            Case({"weekly": "sometimes"}, open_to=MEMBERS, own=True),
        ]
    }

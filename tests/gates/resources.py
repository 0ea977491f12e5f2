"""What is tried of keeping the list of guidance."""

from tests.gates.case import MEMBER, Case
from tests.neighbours import WEBINAR_DRAFT, Neighbours

WHAT: dict[str, str | list[str]] = {
    "title": "Mine",
    "url": "https://example.org/mine",
    "publishers": "Mine",
    "year": "2024",
    "type": ["toolkit"],
}
MORE: dict[str, str | list[str]] = {
    "areas": ["capacity"],
    "languages": ["en"],
    "title_language": ["en"],
    "summary": "Mine.",
}
SUGGESTED: dict[str, str | list[str]] = {
    "title": "Mine",
    "url": "",
    "type": ["toolkit"],
    "areas": ["capacity"],
    "summary": "It helps.",
}
# Of neither community: what everybody has.
SHARED = "unodc-handbook-vaw-2010"


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    mine = [Case({"token": token}) for token in (WEBINAR_DRAFT, n.resource)]
    theirs = [
        Case({"resource": n.resource}, never={"resource": "own-nothing"}),
        # Every community has it, and may retire it for itself alone.
        Case({"resource": SHARED}, own=True, changes=True),
    ]
    suggested = Case({"suggestion": n.suggestion}, never={"suggestion": "987654"})
    return {
        "resource:accept:{suggestion}": [suggested],
        "resource:back:{resource}": theirs,
        "resource:complete:{resource}": [Case({"resource": n.resource}, never={"resource": "own-nothing"})],
        "resource:discard:{token}": mine,
        "resource:import:{token}": [Case({"token": WEBINAR_DRAFT})],
        "resource:keep:{token}": mine,
        "resource:retire:{resource}": theirs,
        "resource:stand:{community}:{suggestion}": [
            Case({"community": n.here.guild.id, "suggestion": n.suggestion}, never={"suggestion": "987654"})
        ],
    }


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [
        Case({"form": "resource:suggest"}, open_to=frozenset([MEMBER]), own=True),
        Case({"form": f"resource:what:{WEBINAR_DRAFT}"}, own=True),
        Case({"form": f"resource:what:{n.resource}"}, never={"form": "resource:what:own-nothing"}),
        Case({"form": f"resource:more:{n.resource}"}, never={"form": "resource:more:own-nothing"}),
        Case({"form": f"resource:decline:{n.suggestion}"}, never={"form": "resource:decline:987654"}),
    ]


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    return {
        "resource:suggest": [Case(typed=SUGGESTED, open_to=frozenset([MEMBER]), own=True, changes=True)],
        "resource:what:{token}": [
            Case({"token": WEBINAR_DRAFT}, typed=WHAT, own=True),
            Case({"token": n.resource}, typed=WHAT, never={"token": "own-nothing"}),
        ],
        "resource:more:{token}": [Case({"token": n.resource}, typed=MORE, never={"token": "own-nothing"})],
        "resource:decline:{suggestion}": [
            Case({"suggestion": n.suggestion}, typed={"reason": "Mine."}, never={"suggestion": "987654"})
        ],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "resource add": [Case(own=True)],
        "resource edit": [Case({"resource": n.resource}, never={"resource": "own-nothing"})],
        "resource export": [Case({"sort": "csv"}, own=True, changes=True)],
        "resource import": [],
        "resource retire": [
            Case({"resource": n.resource}, never={"resource": "own-nothing"}),
            Case({"resource": SHARED}, own=True),
        ],
        "resource suggest": [Case(open_to=frozenset([MEMBER]), own=True)],
    }

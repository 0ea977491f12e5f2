"""What is tried of questions to peers."""

from tests.gates.case import MEMBERS, Case
from tests.neighbours import Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    request, offer = n.peer
    community = n.here.guild.id
    never = {"offer": 987654, "request": 987654}
    return {
        **{
            f"peer:{word}:{{community}}:{{offer}}": [Case({"community": community, "offer": offer}, never=never)]
            for word in ("help", "decline", "introduce")
        },
        **{
            f"peer:{word}:{{community}}:{{request}}": [Case({"community": community, "request": request}, never=never)]
            for word in ("close", "withdraw")
        },
        "peer:discard": [Case(open_to=MEMBERS, own=True)],
        "peer:inbox:{community}": [Case({"community": community}, open_to=MEMBERS, own=True)],
        "peer:questions:{community}": [Case({"community": community}, open_to=MEMBERS, own=True)],
        "peer:open:{community}": [
            Case({"community": community}, [f"mine:{request}"], never_options=["mine:987654"]),
            Case({"community": community}, [f"asked:{offer}"], never_options=["asked:987654"]),
        ],
        "peer:send": [Case(open_to=MEMBERS, own=True)],
        "peer:stepin:{request}": [Case({"request": request}, never=never)],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    typed: dict[str, str | list[str]] = {
        "question": "Who trains officers for this, and how is it paid?",
        "key_areas": ["budgeting"],
        "languages": [],
        "region": ["anywhere"],
    }
    return {"peer:ask": [Case(typed=typed, open_to=MEMBERS, own=True)]}


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {"peer ask": [Case(open_to=MEMBERS, own=True)], "peer inbox": [Case(open_to=MEMBERS, own=True)]}


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [Case({"form": "peer:ask"}, open_to=MEMBERS, own=True)]

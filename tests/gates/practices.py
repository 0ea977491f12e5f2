"""What is tried of practices."""

from typing import Any

from tests.gates import practices_after, practices_passed
from tests.gates.case import MEMBERS, Case, own
from tests.neighbours import PRACTICE_DRAFT, Neighbours

BASICS = {
    "title": "A practice of nobody",
    "country": "Senegal",
    "key_areas": ["capacity"],
    "stage": ["pilot"],
    "summary": "It is long enough to be taken, and it says nothing that anyone would mind.",
}
WHAT = {
    "problem": "Something was wrong for many.",
    "done": "Something was done about it.",
    "intended": "",
    "participants": "",
    "cost": "",
}
EVIDENCE = {"results": "Some came of it.", "how": "", "enablers": "", "adapting": "", "risks": "None were found."}
RELEASE = {
    "evidence_level": ["0"],
    "outcome": ["harm"],
    "sources": "",
    "allowed": [],
    "declarations": ["identity", "case", "authorised"],
}


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    waiting: dict[str, Any] = {"practice": n.in_review, "version": 1}
    mine = {"draft": PRACTICE_DRAFT}
    return {
        **practices_after.buttons(n),
        **practices_passed.buttons(n),
        "practice:anew:{country}": [Case({"country": "SN"}, open_to=MEMBERS, own=True)],
        "practice:approve:{practice}:{version}": [Case(waiting)],
        "practice:continue:{draft}": [Case(mine), Case({"draft": n.returned}), Case({"draft": n.published})],
        "practice:discard:{draft}": [Case(mine), Case({"draft": n.returned})],
        "practice:discarded:{draft}": [Case(mine), Case({"draft": n.returned})],
        "practice:keep": [own()],
        "practice:language:{draft}": [Case(mine, ["fr"]), Case({"draft": n.returned}, ["fr"])],
        "practice:level:{practice}:{version}": [Case(waiting, ["3"])],
        "practice:mine:{page}": [
            Case({"page": 0}, [option], never_options=["practice:nothing-ffffffff"])
            for option in (f"draft:{PRACTICE_DRAFT}", f"practice:{n.published}", f"practice:{n.returned}")
        ]
        + practices_after.mine(n),
        "practice:minepage:{page}": [own(page=0)],
        "practice:page:{practice}:{page}": [
            Case({"practice": n.published, "page": 0}, open_to=MEMBERS),
            Case({"practice": n.in_review, "page": 0}),
            Case({"practice": n.returned, "page": 0}),
        ],
        "practice:publish:{practice}": [Case({"practice": name}) for name in (n.in_review, n.published)],
        "practice:read:{practice}": [
            Case({"practice": n.published}, open_to=MEMBERS),
            Case({"practice": n.in_review}),
            Case({"practice": n.returned}),
        ],
        "practice:safer:{draft}:{step}": [Case({**mine, "step": "what"}), Case({"draft": n.returned, "step": "what"})],
        "practice:send:{draft}": [Case(mine), Case({"draft": n.returned})],
        "practice:sendback:{practice}:{version}": [Case(waiting)],
        "practice:stand:{community}:{practice}": [
            Case({"community": n.here.guild.id, "practice": name}) for name in (n.published, n.in_review, n.returned)
        ],
        "practice:waiting:{page}": [Case({"page": 0}, [n.in_review], never_options=["nothing-ffffffff"])],
        "practice:waitpage:{page}": [Case({"page": 0})],
        "practice:withdraw:{practice}": [Case({"practice": name}) for name in (n.published, n.in_review, n.returned)],
        "practice:withdrawn:{practice}": [Case({"practice": name}) for name in (n.published, n.in_review, n.returned)],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    steps = {"basics": BASICS, "what": WHAT, "evidence": EVIDENCE, "release": RELEASE}
    return {
        **practices_after.forms(n),
        **practices_passed.forms(n),
        "practice:contest:{draft}:{step}": [
            Case({"draft": name, "step": "what"}, typed={"reason": "It is a public helpline."})
            for name in (PRACTICE_DRAFT, n.returned)
        ],
        "practice:return:{practice}:{version}": [
            Case({"practice": name, "version": 1}, typed={"comment": "Please change all of it."})
            for name in (n.in_review, n.returned, n.published)
        ],
        **{
            f"practice:{step}:{{draft}}": [
                # Somebody else's token is only a name for a draft of one's own.
                Case({"draft": PRACTICE_DRAFT}, typed=typed, open_to=MEMBERS, own=True),
                Case({"draft": n.returned}, typed=typed, never={"draft": "nothing-ffffffff"}),
                Case({"draft": n.published}, typed=typed, never={"draft": "nothing-ffffffff"}),
            ]
            for step, typed in steps.items()
        },
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    practices = (n.in_review, n.returned, n.published)
    title = {"practice": "Tapir patrols at noon"}
    never = {"practice": "Nothing at all"}
    return {
        **practices_after.commands(n),
        **practices_passed.commands(n),
        "practice mine": [own()],
        "practice publish": [Case({"practice": name}) for name in practices] + [Case(title, never=never)],
        "practice return": [Case({"practice": name, "comment": "Please change it."}) for name in practices],
        "practice review": [Case()],
        "practice share": [
            Case({}, open_to=MEMBERS, own=True),
            Case({"country": "Nowhere"}, open_to=MEMBERS, own=True),
        ],
        "practice show": [
            Case({"practice": n.published}, open_to=MEMBERS),
            Case({"practice": "Quokka patrols at night"}, never=never, open_to=MEMBERS),
            *(Case({"practice": name}) for name in (n.in_review, n.returned)),
        ],
        "practice withdraw": [Case({"practice": name}) for name in practices] + [Case(title, never=never)],
    }


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [
        *practices_after.opens(n),
        Case({"form": f"practice:return:{n.in_review}:1"}, never={"form": "practice:return:nothing-ffffffff:1"}),
        Case({"form": f"practice:basics:{n.returned}"}, never={"form": "practice:basics:nothing-ffffffff"}),
        *(
            Case({"form": f"practice:{step}:{PRACTICE_DRAFT}"}, open_to=MEMBERS, own=True)
            for step in ("basics", "what", "evidence", "release")
        ),
    ]

"""What is tried of what follows a published practice: adaptations, saving, its discussion, whether it is up to date."""

from typing import Any

from tests.gates.case import MEMBERS, Case
from tests.neighbours import PRACTICE_DRAFT, Neighbours

TOLD: dict[str, Any] = {
    "country": "Chile",
    "period": "spring 2026",
    "changed": "Mine was done in another way than yours.",
    "result": ["worked"],
    "learnt": "Mine was done in another way than yours.",
}
NONE = "practice:nothing-ffffffff"


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    adaptation = Case({"adaptation": n.adaptation}, never={"adaptation": "987654"})
    practices = (n.published, n.in_review, n.returned)
    # Of these, nobody who asks here is the owner, nor was asked.
    answers = [Case({"community": n.here.guild.id, "practice": name}) for name in practices]
    return {
        "practice:adaptdown:{adaptation}": [adaptation],
        "practice:adaptdrop:{practice}": [Case({"practice": n.published})],
        "practice:adaptgone:{adaptation}": [adaptation],
        "practice:adaptlet:{adaptation}": [adaptation],
        "practice:adaptsafer:{practice}": [Case({"practice": n.published})],
        "practice:adaptsend:{practice}": [Case({"practice": n.published})],
        "practice:fresh:{community}:{practice}": answers,
        "practice:handover:{community}:{practice}": answers,
        "practice:heir:{practice}": [Case({"practice": name}, [str(n.author.id)]) for name in practices],
        "practice:keepdraft:{community}:{draft}": [Case({"community": n.here.guild.id, "draft": PRACTICE_DRAFT})],
        # Only direct messages have it.
        "practice:noted:{practice}": [Case({"practice": n.published})],
        "practice:reopen:{practice}": [
            Case({"practice": n.published}, open_to=MEMBERS),
            Case({"practice": n.in_review}),
        ],
        "practice:retire:{community}:{practice}": answers,
        "practice:save:{practice}": [
            Case({"practice": n.published}, open_to=MEMBERS, changes=True),
            Case({"practice": n.in_review}),
        ],
        "practice:takeover:{community}:{practice}:{answer}": [
            Case({"community": n.here.guild.id, "practice": n.published, "answer": "yes"})
        ],
        "practice:tried:{practice}:{page}": [
            Case({"practice": n.published, "page": 0}, open_to=MEMBERS),
            Case({"practice": n.in_review, "page": 0}),
        ],
        # Whoever saved it just now takes it off their own list.
        "practice:unsave:{practice}": [Case({"practice": n.published}, open_to=MEMBERS, changes=True)],
    }


def mine(n: Neighbours) -> list[Case]:
    """What a forged list of one's own could hold."""
    return [
        *(
            Case({"page": 0}, [option], never_options=[NONE])
            for option in (
                f"adaptation:{n.adaptation}",
                f"offered:{n.published}",
                f"adapting:{n.published}",
                f"translated:{n.passed[1]}",
            )
        ),
        Case({"page": 0}, [f"saved:{n.published}"], never_options=[NONE], open_to=MEMBERS),
        Case({"page": 0}, [f"saved:{n.in_review}"], never_options=[NONE]),
    ]


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    reason = {"reason": "It is a public helpline."}
    return {
        "practice:adapt:{practice}": [
            Case({"practice": n.published}, typed=TOLD, open_to=MEMBERS),
            Case({"practice": n.in_review}, typed=TOLD),
        ],
        "practice:adaptcontest:{practice}": [
            # What the case before left, nobody found anything in.
            Case({"practice": n.published}, typed=reason, open_to=MEMBERS),
            Case({"practice": n.in_review}, typed=reason),
        ],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    never = {"practice": "Nothing at all"}
    return {
        "practice adapt": [
            Case({"practice": n.published}, open_to=MEMBERS),
            Case({"practice": "Quokka patrols at night"}, never=never, open_to=MEMBERS),
            *(Case({"practice": name}) for name in (n.in_review, n.returned)),
        ],
    }


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [
        Case({"form": f"practice:adapt:{n.published}"}, never={"form": "practice:adapt:none"}, open_to=MEMBERS),
        Case({"form": f"practice:adapt:{n.in_review}"}, never={"form": "practice:adapt:none"}),
        Case({"form": f"practice:adaptcontest:{n.published}"}, never={"form": "practice:adaptcontest:none"}),
    ]

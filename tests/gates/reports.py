"""What is tried of private reports."""

from tests.gates.case import ALL, MEMBERS, NOBODY, Case, own
from tests.neighbours import WEBINAR_DRAFT, Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    return {
        "report:mine:{community}": [Case({"community": n.here.guild.id}, open_to=ALL, own=True)],
        "report:back:{community}:{report}": [Case({"community": n.here.guild.id, "report": n.report}, open_to=NOBODY)],
        "report:open:{report}": [Case({"report": n.report})],
        "report:take:{report}:{version}": [Case({"report": n.report, "version": 1})],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    return {
        # Without a draft there is nothing that it would be about.
        "report:new:{token}": [
            Case({"token": WEBINAR_DRAFT}, typed={"category": ["other"], "text": "Mine."}, own=True)
        ],
        "report:about:{sort}:{thing}": [
            *(
                Case(
                    {"sort": sort, "thing": thing},
                    typed={"category": ["other"], "text": "Mine."},
                    never={"thing": "nothing-ffffffff"},
                    open_to=MEMBERS,
                    changes=True,
                )
                for sort, thing in (("practice", n.published), ("adaptation", str(n.adaptation)))
            ),
            Case(
                {"sort": "practice", "thing": n.in_review},
                typed={"category": ["other"], "text": "Mine."},
                never={"thing": "nothing-ffffffff"},
            ),
        ],
        "report:close:{report}:{version}": [
            Case({"report": n.report, "version": 1}, typed={"outcome": ["none"], "word": "Mine."})
        ],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "report status": [own()],
    }

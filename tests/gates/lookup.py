"""What is tried of looking things up."""

from tests.gates.case import ALL, MEMBERS, NOBODY, Case, own, thing
from tests.neighbours import LOOKUP_DRAFT, TERM, Neighbours


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    things = [f"member:{n.author_member.id}", f"practice:{n.published}", f"webinar:{n.webinar.id}"]
    people = [n.hidden, n.pending, n.declined, n.left]
    hidden_things = [f"member:{person.id}" for person in people] + [f"practice:{n.in_review}"]
    return {
        "keyarea:choose": [Case(options=["key_area:budgeting"], open_to=ALL, own=True)],
        "keyarea:open:{area}:{page}": [
            *(thing({"area": "budgeting", "page": 0}, name, MEMBERS) for name in things),
            *(thing({"area": "budgeting", "page": 0}, name, NOBODY) for name in hidden_things),
        ],
        "keyarea:page:{area}:{page}": [own(area="budgeting", page=0)],
        "keyarea:share:{area}:{page}": [own(area="budgeting", page=0)],
        "lookup:card:{thing*}": [
            # In the welcome channel visitors read along: members are told so, and nothing is shared there.
            *(Case({"thing": name}, open_to=MEMBERS) for name in things),
            *(Case({"thing": name}) for name in hidden_things),
        ],
        "lookup:missed:{results}:{key*}": [
            own(results=0, key="q....police patrols"),
            own(results="x", key="q....police"),
            Case({"results": 0, "key": "t" + LOOKUP_DRAFT}),
        ],
        "lookup:report:{page}": [Case({"page": 0}, own=True)],
        "glossary:page:{page}": [Case({"page": 0}, own=True)],
        "glossary:teach": [Case(options=["bodycam"], own=True)],
        "glossary:choose": [Case(options=[str(TERM)], never_options=["987654"])],
        "glossary:change:{term}": [Case({"term": TERM}, never={"term": "987654"})],
        "glossary:remove:{term}": [Case({"term": TERM}, never={"term": "987654"})],
        "lookup:in:{community}:{key*}": [Case({"community": n.here.guild.id, "key": "q....police"}, open_to=ALL)],
        "lookup:open:{page}:{key*}": [
            *(thing({"page": 0, "key": "q....police"}, name, MEMBERS) for name in things),
            *(thing({"page": 0, "key": "q....police"}, name, NOBODY) for name in hidden_things),
            thing({"page": 0, "key": "t" + LOOKUP_DRAFT}, hidden_things[0], NOBODY),
        ],
        "lookup:page:{page}:{key*}": [
            own(page=0, key="q....police patrols"),
            own(page=0, key="q....Kakap"),
            Case({"page": 0, "key": "qm....police"}, never={"key": "qm....nobody"}, open_to=MEMBERS, own=True),
            Case({"page": 0, "key": "t" + LOOKUP_DRAFT}),
        ],
        "lookup:share:{page}:{key*}": [own(page=0, key="q....police"), Case({"page": 0, "key": "t" + LOOKUP_DRAFT})],
        "lookup:try:{key*}": [own(key="q....police training"), Case({"key": "t" + LOOKUP_DRAFT})],
        "network:country:{country}": [own(country="SN")],
        "network:page:{page}": [own(page="about")],
        "network:read": [Case(options=["about"], open_to=ALL, own=True)],
        "network:share:{page}": [own(page="about")],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    # A moderator may add words in a server of their own: these are none.
    typed = {"word": "?!", "means": "?!"}
    return {"glossary:word:{about}": [Case({"about": about}, typed=typed, own=True) for about in ("new", f"t{TERM}")]}


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "keyarea": [own(area="budgeting"), own(area="nothing")],
        "lookup": [
            own(query="police"),
            own(query="Kakap"),
            own(query="Numbet officers"),
            own(query="Dugon"),
            own(query="police", kind="webinar"),
            own(query="police", kind="nothing"),
            own(query="police", country="SN", area="budgeting", language="en"),
            Case({"query": "police", "kind": "member"}, open_to=MEMBERS, own=True),
        ],
        "lookup-report": [Case(own=True)],
        "network": [own(), own(country="SN"), own(country="Nowhere")],
    }

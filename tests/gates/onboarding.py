"""What is tried of members."""

from tests.gates.case import ALL, MEMBERS, Case, own
from tests.neighbours import WEBINAR_DRAFT, Neighbours

WHO = {"country": "Senegal", "kind": ["police"], "organisation": "Police", "role": "Officer"}
WORK = {"areas": ["capacity"], "languages": ["en"], "offers": "", "seeks": "", "directory": ["yes"]}


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    people = [n.author_member, n.hidden, n.pending, n.declined, n.left]
    return {
        "onboarding:approve:{member}:{version}": [Case({"member": one.id, "version": one.version}) for one in people],
        "onboarding:ask:{member}:{version}": [Case({"member": one.id, "version": one.version}) for one in people],
        "onboarding:again:{community}": [Case({"community": n.here.guild.id}, open_to=MEMBERS, changes=True)],
        "onboarding:focal:end:{number}": [Case({"number": 1}, never={"number": 987654})],
        "onboarding:reply:{community}": [Case({"community": n.here.guild.id})],
        **{
            f"onboarding:{word}:{{community}}:{{member}}": [
                Case({"community": n.here.guild.id, "member": one.id}) for one in people
            ]
            for word in ("vouch", "unknown")
        },
        "onboarding:country": [Case(options=["SN"], open_to=ALL, own=True)],
        "onboarding:decline:{member}:{version}": [Case({"member": one.id, "version": one.version}) for one in people],
        "onboarding:discard": [own()],
        "onboarding:import:{token}": [Case({"token": WEBINAR_DRAFT})],
        "onboarding:open": [Case(options=[str(one.id)], never_options=["987654"]) for one in people],
        "onboarding:queue:{offset}": [Case({"offset": 0})],
        "onboarding:roles:{member}": [Case({"member": one.id}) for one in people],
        "onboarding:send": [own()],
        "onboarding:start": [own()],
        "onboarding:where:{community}": [Case({"community": n.here.guild.id}, open_to=ALL)],
        "profile:edit": [own()],
        "profile:hide": [own()],
        "profile:meet": [Case(open_to=MEMBERS, own=True)],
        "profile:open": [
            Case(options=[str(n.author_member.id)], never_options=["987654"], open_to=MEMBERS),
            *(Case(options=[str(one.id)], never_options=["987654"]) for one in people[1:]),
        ],
        "profile:find:{page}:{country}:{area}:{language}:{words*}": [
            Case(
                {"page": 0, "country": "-", "area": "-", "language": "-", "words": word},
                open_to=MEMBERS,
                own=True,
            )
            for word in ("-", "police")
        ],
        "profile:mine": [own()],
        "profile:see:{member}": [
            Case({"member": n.author_member.id}, open_to=MEMBERS),
            *(Case({"member": one.id}) for one in people[1:]),
        ],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    return {
        "onboarding:who": [Case(typed=WHO, open_to=ALL, own=True)],
        "onboarding:work": [Case(typed=WORK, open_to=ALL, own=True)],
        "profile:visibility": [
            Case(typed={"from_members": ["role"], "from_moderators": []}, open_to=ALL, own=True),
        ],
        "onboarding:decline:{member}:{version}": [
            Case({"member": one.id, "version": one.version}, typed={"reason": "Because."})
            for one in (n.author_member, n.hidden, n.pending, n.declined, n.left)
        ],
        "onboarding:ask:{member}:{version}": [
            Case({"member": one.id, "version": one.version}, typed={"question": "Because?"})
            for one in (n.author_member, n.hidden, n.pending, n.declined, n.left)
        ],
        "onboarding:answer:{community}": [Case({"community": n.here.guild.id}, typed={"answer": "Because."})],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    return {
        "onboarding queue": [Case()],
        "onboarding approve": [],
        # A file cannot be forged into it; tests/onboarding tries it.
        "onboarding import": [],
        # That somebody took the list along is noted.
        "onboarding export": [
            Case(own=True, changes=True),
            Case({"format": "xlsx"}, own=True, changes=True),
        ],
        "onboarding focalpoint": [],
        "onboarding focalpoints": [Case(own=True)],
        "onboarding decline": [],
        "profile edit": [own(), own(country="Nowhere")],
        "profile find": [
            Case({"language": "fr"}, open_to=MEMBERS, own=True),
            Case({"words": "Kakap", "country": "SN", "area": "budgeting"}, open_to=MEMBERS, own=True),
        ],
        "profile view": [own()],
    }


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [
        own(form="onboarding:who"),
        own(form="onboarding:work"),
        own(form="profile:visibility"),
        Case({"form": f"onboarding:decline:{n.pending.id}:1"}, never={"form": "onboarding:decline:987654:1"}),
        Case({"form": "onboarding:decline:1:1"}, never={"form": "onboarding:decline:987654:1"}),
    ]

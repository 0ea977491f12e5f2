"""What is tried of webinars."""

from collections.abc import Mapping

from tests.gates.case import ALL, MEMBERS, Case
from tests.neighbours import WEBINAR_DRAFT, Neighbours

WEBINAR = {"title": "Mine", "when": "20 January 2027 15:00", "speakers": "", "description": "Mine.", "link": ""}
MATERIAL = {"kind": ["slides"], "title": "Mine", "link": "https://mine.example", "language": ["none"]}
FURTHER = {"title.fr": "Le mien", "description.fr": "Le mien."}
OPTIONS: Mapping[str, str | list[str]] = {"zone": "UTC", "minutes": "60", "area": [], "notify": ["no"]}
PLACE_FIELDS: Mapping[str, str | list[str]] = {
    "kind": ["training"],
    "place": "Mine",
    "channel": ["1"],
    "spoken": ["en"],
    "interpreted": [],
}
WHOM: Mapping[str, str | list[str]] = {"who": ["network"], "who_areas": [], "places": "9", "host": ["1"], "co_host": []}


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    preview = {"token": WEBINAR_DRAFT, "digest": "00000000"}
    of_webinar = {"webinar": n.webinar.id}
    of_version = {"webinar": n.webinar.id, "version": n.webinar.version}
    return {
        "webinar:addthere:{webinar}": [Case(of_webinar, [str(n.author.id)])],
        "webinar:cancel:{webinar}:{version}": [Case(of_version)],
        "webinar:carry:{webinar}:{version}": [Case(of_version)],
        "webinar:deliveries:{webinar}": [Case(of_webinar)],
        "webinar:discard:{token}": [Case({"token": WEBINAR_DRAFT})],
        "webinar:editwhen:{webinar}:{version}:{phrase*}": [Case({**of_version, "phrase": "2027-01-20 15:00"})],
        "webinar:event:back:{webinar}": [Case(of_webinar)],
        "webinar:event:take:{webinar}": [Case(of_webinar)],
        # Here the host gives no addresses: members are told so.
        "webinar:feed:new:{seen}": [Case({"seen": 0}, open_to=MEMBERS, own=True)],
        "webinar:feed:end:{seen}": [Case({"seen": 1}, never={"seen": 987654})],
        "webinar:further:{form*}": [
            Case({"form": f"webinar:text:{WEBINAR_DRAFT}"}, ["fr"], own=True),
            Case(
                {"form": f"webinar:edittext:{n.webinar.id}:{n.webinar.version}"},
                ["fr"],
                never={"form": "webinar:edittext:987654:1"},
            ),
        ],
        "webinar:ics:{which}": [
            Case({"which": "all"}, open_to=MEMBERS, own=True),
            Case({"which": "theirs"}),
        ],
        "webinar:leave:{webinar}:{version}": [Case(of_version)],
        # Who has not said that they come is told so, and does not get the link.
        "webinar:link:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        "webinar:list:{area}:{page}": [Case({"area": "budgeting", "page": 0}, open_to=MEMBERS, own=True)],
        "webinar:managematerials:{webinar}": [Case(of_webinar)],
        "webinar:material:{webinar}": [Case(of_webinar, [str(n.material)], never_options=["987654"])],
        "webinar:materials:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        "webinar:materialspage:{webinar}:{page}": [Case({**of_webinar, "page": 0}, open_to=MEMBERS)],
        # Nobody has begun to write one.
        "webinar:recapnow:{webinar}:{version}": [Case({**of_webinar, "version": 0})],
        # It has not begun: members are told so.
        "webinar:notthere:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        "webinar:past:{area}:{page}": [Case({"area": "budgeting", "page": 0}, open_to=MEMBERS, own=True)],
        "webinar:publish:{token}:{digest}": [Case(preview)],
        "webinar:removematerial:{material}:{version}": [Case({"material": n.material, "version": 1})],
        "webinar:removethere:{webinar}": [Case(of_webinar, [str(n.author.id)])],
        "webinar:results:{webinar}:{page}": [Case({**of_webinar, "page": 0})],
        "webinar:sheet:{webinar}:{format}": [Case({**of_webinar, "format": "csv"})],
        # Nobody of these was offered a place.
        **{
            f"webinar:{say}:{{community}}:{{webinar}}": [Case({**of_webinar, "community": n.here.guild.id})]
            for say in ("take", "decline")
        },
        "webinar:who:{webinar}:{page}": [Case({**of_webinar, "page": 0})],
        "webinar:there:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        # A single webinar: members are told that it is none of a series.
        "webinar:series:all:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        "webinar:series:apart:{webinar}:{version}:{scope}:{move}": [
            Case({**of_version, "scope": "ahead", "move": "yes"})
        ],
        "webinar:series:at:{token}:{slot}:{choice}": [
            Case({"token": WEBINAR_DRAFT, "slot": "202703280230", "choice": "a"})
        ],
        "webinar:series:cancel:{webinar}:{scope}:{digest}": [
            Case({**of_webinar, "scope": "following", "digest": "00000000"})
        ],
        "webinar:series:edit:{webinar}:{version}:{scope}": [
            Case({**of_version, "scope": scope}) for scope in ("one", "following")
        ],
        "webinar:series:editat:{webinar}:{version}:{scope}:{slot}:{choice}": [
            Case({**of_version, "scope": "ahead", "slot": "202703280230", "choice": "out"})
        ],
        "webinar:series:end:{token}:{phrase*}": [Case({"token": WEBINAR_DRAFT, "phrase": "2027-06-30 12:00"})],
        "webinar:series:publish:{token}:{digest}": [Case(preview)],
        "webinar:series:save:{webinar}:{version}:{scope}:{digest}": [
            Case({**of_version, "scope": "ahead", "digest": "00000000"})
        ],
        "webinar:save:{webinar}:{version}:{digest}": [Case({**of_version, "digest": "00000000"})],
        **{
            f"webinar:{say}:{{community}}:{{webinar}}:{{starts}}": [
                Case({**of_webinar, "community": n.here.guild.id, "starts": int(n.webinar.starts_at.timestamp())})
            ]
            for say in ("ready", "help")
        },
        "webinar:newlink:{community}:{webinar}": [Case({**of_webinar, "community": n.here.guild.id})],
        "webinar:mylink:{community}:{webinar}": [Case({**of_webinar, "community": n.here.guild.id}, open_to=MEMBERS)],
        "webinar:remind:{webinar}:{version}:{offset}:{asked}": [Case({**of_version, "offset": "now", "asked": 1})],
        "webinar:remindme": [Case(open_to=MEMBERS, own=True, changes=True)],
        "webinar:remindoff:{community}": [
            Case({"community": n.here.guild.id}, open_to=ALL, own=True, changes=True),
        ],
        "webinar:reminders": [Case(open_to=MEMBERS, own=True)],
        "webinar:rsvp:{webinar}:{answer}": [
            Case({**of_webinar, "answer": "maybe"}, open_to=MEMBERS, changes=True),
            Case({**of_webinar, "answer": "perhaps"}),
        ],
        "webinar:news": [Case(open_to=MEMBERS, own=True)],
        # Only direct messages have it; in a server it must not take the buttons off what others read.
        "webinar:seen:{webinar}": [Case(of_webinar)],
        "webinar:show:{webinar}": [Case(of_webinar, open_to=MEMBERS)],
        "webinar:when:{token}:{phrase*}": [Case({"token": WEBINAR_DRAFT, "phrase": "2027-01-20 15:00"})],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    return {
        **{
            f"webinar:{form}:{{webinar}}:{{version}}": [
                Case({"webinar": n.webinar.id, "version": n.webinar.version}, typed=typed)
            ]
            for form, typed in {
                "edit": WEBINAR,
                "editoptions": OPTIONS,
                "editplace": PLACE_FIELDS,
                "editwho": WHOM,
            }.items()
        },
        "webinar:addmaterial:{webinar}": [Case({"webinar": n.webinar.id}, typed=MATERIAL)],
        "webinar:editmaterial:{material}:{version}": [Case({"material": n.material, "version": 1}, typed=MATERIAL)],
        "webinar:recap:{webinar}:{version}": [Case({"webinar": n.webinar.id, "version": 0}, typed={"recap": "Mine."})],
        "webinar:survey:{webinar}": [
            Case({"webinar": n.webinar.id}, typed={"useful": ["5"], "better": ""}, open_to=MEMBERS)
        ],
        "webinar:new:{token}": [Case({"token": WEBINAR_DRAFT}, typed=WEBINAR, own=True)],
        "webinar:text:{token}:{language}": [
            Case({"token": WEBINAR_DRAFT, "language": "fr"}, typed=FURTHER, own=True),
        ],
        "webinar:edittext:{webinar}:{version}:{language}": [
            Case({"webinar": n.webinar.id, "version": n.webinar.version, "language": "fr"}, typed=FURTHER)
        ],
        "webinar:mine": [Case(typed={"offsets": "2d", "maybe": ["no"]}, open_to=MEMBERS, own=True, changes=True)],
        "webinar:newlink:{community}:{webinar}": [
            Case({"community": n.here.guild.id, "webinar": n.webinar.id}, typed={"link": "https://mine.example"})
        ],
        "webinar:offsets:{token}": [Case({"token": WEBINAR_DRAFT}, typed={"reminders": "2d"}, own=True)],
        "webinar:editoffsets:{webinar}:{version}": [
            Case({"webinar": n.webinar.id, "version": n.webinar.version}, typed={"reminders": "2d"})
        ],
        "webinar:options:{token}": [Case({"token": WEBINAR_DRAFT}, typed=OPTIONS, own=True)],
        "webinar:repeat:{token}": [Case({"token": WEBINAR_DRAFT}, typed={"rhythm": ["weekly"], "end": "3"}, own=True)],
        "webinar:place:{token}": [Case({"token": WEBINAR_DRAFT}, typed=PLACE_FIELDS, own=True)],
        "webinar:who:{token}": [Case({"token": WEBINAR_DRAFT}, typed=WHOM, own=True)],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    webinar = {"webinar": str(n.webinar.id)}
    return {
        **{f"webinar {name}": [Case(webinar)] for name in ("attendance", "materials", "recap", "survey")},
        "webinar calendar": [
            Case({}, open_to=MEMBERS, own=True),
            Case(webinar, open_to=MEMBERS),
            Case({"webinar": "Quetzal budgets"}, open_to=MEMBERS, never={"webinar": "Nothing at all"}),
        ],
        "webinar cancel": [Case({**webinar, "reason": "No reason"})],
        "webinar create": [Case({}, own=True), Case({"zone": "UTC", "area": "nothing"}, own=True)],
        "webinar deliveries": [Case(webinar)],
        "webinar duplicate": [Case(webinar)],
        "webinar edit": [Case(webinar)],
        "webinar list": [
            Case({}, open_to=MEMBERS, own=True),
            *(Case({"area": area}, open_to=MEMBERS, own=True) for area in ("x:y", "x" * 90)),
        ],
        "webinar remind": [Case(webinar), Case({**webinar, "before": "2h"})],
        "webinar reminders": [Case(open_to=MEMBERS, own=True)],
        "webinar show": [
            Case(webinar, open_to=MEMBERS),
            Case({"webinar": "Quetzal budgets"}, open_to=MEMBERS, never={"webinar": "Nothing at all"}),
        ],
    }


def opens(n: Neighbours) -> list[Case]:
    """Forms that a button of another leads to."""
    return [
        Case({"form": f"webinar:edit:{n.webinar.id}:{n.webinar.version}"}, never={"form": "webinar:edit:987654:1"}),
        *(
            Case({"form": f"webinar:{form}:{WEBINAR_DRAFT}"}, own=True)
            for form in ("new", "options", "place", "who", "repeat")
        ),
        Case({"form": f"webinar:addmaterial:{n.webinar.id}"}, never={"form": "webinar:addmaterial:987654"}),
        Case({"form": f"webinar:editmaterial:{n.material}:1"}, never={"form": "webinar:editmaterial:987654:1"}),
        Case({"form": f"webinar:recap:{n.webinar.id}:0"}, never={"form": "webinar:recap:987654:0"}),
        Case(
            {"form": f"webinar:survey:{n.webinar.id}"},
            never={"form": "webinar:survey:987654"},
            open_to=MEMBERS,
        ),
    ]

"""Every button, menu, form and command, pressed and sent by those who may not, with values they were never given.

The cases are looked up by what is registered: a new kind without a case fails here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from discord import app_commands

from bot.app import Convenor
from bot.buttons import KINDS, PLACE, fill
from bot.demo.world import Person, World
from bot.forms import LONGEST_ID, Form
from tests import forging
from tests.neighbours import (
    FACTS,
    LOOKUP_DRAFT,
    MEMBERS_READ,
    MODERATORS_READ,
    OWNERS_READ,
    PRACTICE_DRAFT,
    WEBINAR_DRAFT,
    Neighbours,
    bot_of,
    drafts,
    meet,
    posted,
    remembered,
    told,
)

VISITOR, MEMBER = "visitor", "member"
ALL = frozenset((VISITOR, MEMBER))
NOBODY: frozenset[str] = frozenset()
FAULT = "Something went wrong"
# What no button ever held, for every place of every kind.
JUNK = ("", "0", "-1", "9" * 19, "9" * 25, "\u0663", "x' OR 1=1 --", "\u202e\u200b\ud83d\ude00", "\x00", "../..", "1.5")
# Ids that nothing has: what another community's thing must look like.
NEVER = {
    "report": "987654",
    "member": "987654",
    "webinar": "987654",
    "material": "987654",
    "practice": "nothing-at-all-ffffffff",
    "draft": "ffffffff",
    "token": "ffffffff",
    "community": "987654",
    "key": "t" + "f" * 16,
    "thing": "member:987654",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to press, choose, send or ask for, named as it is in the first community.

    Attributes:
        values: what fills the places of its custom_id, or the options of a command.
        options: what is chosen in a menu.
        typed: what is typed into a form.
        never: in place of some values, what nothing was ever called; the rest of it is in NEVER.
        open_to: who of the first community may do something with it; all others are refused.
        own: whether it is about nothing of the first community, so that it works anywhere.
        shows: words that those it is open to may read here, though not in general.
        changes: whether those it is open to may change what is remembered.
    """

    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    options: Sequence[str] = ()
    typed: Mapping[str, str | list[str]] = field(default_factory=dict[str, "str | list[str]"])
    never: Mapping[str, Any] = field(default_factory=dict[str, Any])
    never_options: Sequence[str] = ()
    open_to: frozenset[str] = NOBODY
    own: bool = False
    shows: tuple[str, ...] = ()
    changes: bool = False


def own(**values: Any) -> Case:
    """Something about nobody's things: open to all, everywhere."""
    return Case(values, open_to=ALL, own=True)


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    people = [n.author_member, n.hidden, n.pending, n.declined, n.left]
    waiting: dict[str, Any] = {"practice": n.in_review, "version": 1}
    things = [f"member:{n.author_member.id}", f"practice:{n.published}", f"webinar:{n.webinar.id}"]
    hidden_things = [f"member:{person.id}" for person in people[1:]] + [f"practice:{n.in_review}"]
    mine = {"draft": PRACTICE_DRAFT}
    preview = {"token": WEBINAR_DRAFT, "digest": "00000000"}
    of_webinar = {"webinar": n.webinar.id}
    of_version = {**of_webinar, "version": n.webinar.version}
    return {
        "guide:language": [Case(options=["fr"], open_to=ALL, own=True), Case(options=["en"], open_to=ALL, own=True)],
        "keyarea:choose": [Case(options=["key_area:budgeting"], open_to=ALL, own=True)],
        "keyarea:open:{area}:{page}": [
            *(_thing({"area": "budgeting", "page": 0}, name, frozenset([MEMBER])) for name in things),
            *(_thing({"area": "budgeting", "page": 0}, name, NOBODY) for name in hidden_things),
        ],
        "keyarea:page:{area}:{page}": [own(area="budgeting", page=0)],
        "keyarea:share:{area}:{page}": [own(area="budgeting", page=0)],
        "lookup:card:{thing*}": [
            # In the welcome channel visitors read along: members are told so, and nothing is shared there.
            *(Case({"thing": name}, open_to=frozenset([MEMBER])) for name in things),
            *(Case({"thing": name}) for name in hidden_things),
        ],
        "lookup:open:{page}:{key*}": [
            *(_thing({"page": 0, "key": "q....police"}, name, frozenset([MEMBER])) for name in things),
            *(_thing({"page": 0, "key": "q....police"}, name, NOBODY) for name in hidden_things),
            _thing({"page": 0, "key": "t" + LOOKUP_DRAFT}, hidden_things[0], NOBODY),
        ],
        "lookup:page:{page}:{key*}": [
            own(page=0, key="q....police patrols"),
            own(page=0, key="q....Kakap"),
            Case(
                {"page": 0, "key": "qm....police"}, never={"key": "qm....nobody"}, open_to=frozenset([MEMBER]), own=True
            ),
            Case({"page": 0, "key": "t" + LOOKUP_DRAFT}),
        ],
        "lookup:share:{page}:{key*}": [own(page=0, key="q....police"), Case({"page": 0, "key": "t" + LOOKUP_DRAFT})],
        "lookup:try:{key*}": [own(key="q....police training"), Case({"key": "t" + LOOKUP_DRAFT})],
        "audit:page:{user}:{action}:{page}": [Case({"user": 0, "action": "", "page": 0}, own=True)],
        "mydata:page:{page}": [own(page=0)],
        "mydata:export": [own()],
        "mydata:consent:{purpose}:{given}": [
            own(purpose="directory", given="yes"),
            Case({"purpose": "x", "given": "yes"}),
        ],
        # What really erases is tried in tests/mydata: it would take the asker's standing away.
        "mydata:erase:{practices}": [Case({"practices": "nothing"})],
        "mydata:keep": [own()],
        "network:country:{country}": [own(country="SN")],
        "network:page:{page}": [own(page="about")],
        "network:read": [Case(options=["about"], open_to=ALL, own=True)],
        "network:share:{page}": [own(page="about")],
        "onboarding:approve:{member}:{version}": [Case({"member": one.id, "version": one.version}) for one in people],
        "onboarding:ask:{member}:{version}": [Case({"member": one.id, "version": one.version}) for one in people],
        "onboarding:again:{community}": [
            Case({"community": n.here.guild.id}, open_to=frozenset([MEMBER]), changes=True)
        ],
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
        "open:{form*}": [
            own(form="onboarding:who"),
            own(form="onboarding:work"),
            own(form="profile:visibility"),
            Case({"form": f"onboarding:decline:{n.pending.id}:1"}, never={"form": "onboarding:decline:987654:1"}),
            Case({"form": "onboarding:decline:1:1"}, never={"form": "onboarding:decline:987654:1"}),
            Case({"form": f"practice:return:{n.in_review}:1"}, never={"form": "practice:return:nothing-ffffffff:1"}),
            Case({"form": f"practice:basics:{n.returned}"}, never={"form": "practice:basics:nothing-ffffffff"}),
            *(
                Case({"form": f"practice:{step}:{PRACTICE_DRAFT}"}, open_to=frozenset([MEMBER]), own=True)
                for step in ("basics", "what", "evidence", "release")
            ),
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
                open_to=frozenset([MEMBER]),
            ),
        ],
        "practice:anew:{country}": [Case({"country": "SN"}, open_to=frozenset([MEMBER]), own=True)],
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
        ],
        "practice:minepage:{page}": [own(page=0)],
        "practice:page:{practice}:{page}": [
            Case({"practice": n.published, "page": 0}, open_to=frozenset([MEMBER])),
            Case({"practice": n.in_review, "page": 0}),
            Case({"practice": n.returned, "page": 0}),
        ],
        "practice:publish:{practice}": [Case({"practice": name}) for name in (n.in_review, n.published)],
        "practice:read:{practice}": [
            Case({"practice": n.published}, open_to=frozenset([MEMBER])),
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
        "profile:edit": [own()],
        "profile:hide": [own()],
        "profile:meet": [Case(open_to=frozenset([MEMBER]), own=True)],
        "profile:open": [
            Case(options=[str(n.author_member.id)], never_options=["987654"], open_to=frozenset([MEMBER])),
            *(Case(options=[str(one.id)], never_options=["987654"]) for one in people[1:]),
        ],
        "profile:find:{page}:{country}:{area}:{language}:{words*}": [
            Case(
                {"page": 0, "country": "-", "area": "-", "language": "-", "words": word},
                open_to=frozenset([MEMBER]),
                own=True,
            )
            for word in ("-", "police")
        ],
        "profile:mine": [own()],
        "profile:see:{member}": [
            Case({"member": n.author_member.id}, open_to=frozenset([MEMBER])),
            *(Case({"member": one.id}) for one in people[1:]),
        ],
        "report:mine:{community}": [Case({"community": n.here.guild.id}, open_to=ALL, own=True)],
        "report:back:{community}:{report}": [Case({"community": n.here.guild.id, "report": n.report}, open_to=NOBODY)],
        "report:open:{report}": [Case({"report": n.report})],
        "report:take:{report}:{version}": [Case({"report": n.report, "version": 1})],
        "setup:following": [Case(own=True, changes=True)],
        "setup:perform": [Case(own=True, changes=True)],
        "setup:plan": [Case(own=True)],
        "webinar:addthere:{webinar}": [Case(of_webinar, [str(n.author.id)])],
        "webinar:cancel:{webinar}:{version}": [Case(of_version)],
        "webinar:carry:{webinar}:{version}": [Case(of_version)],
        "webinar:deliveries:{webinar}": [Case(of_webinar)],
        "webinar:discard:{token}": [Case({"token": WEBINAR_DRAFT})],
        "webinar:editwhen:{webinar}:{version}:{phrase*}": [Case({**of_version, "phrase": "2027-01-20 15:00"})],
        "webinar:event:back:{webinar}": [Case(of_webinar)],
        "webinar:event:take:{webinar}": [Case(of_webinar)],
        # Here the host gives no addresses: members are told so.
        "webinar:feed:new:{seen}": [Case({"seen": 0}, open_to=frozenset([MEMBER]), own=True)],
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
            Case({"which": "all"}, open_to=frozenset([MEMBER]), own=True),
            Case({"which": "theirs"}),
        ],
        "webinar:leave:{webinar}:{version}": [Case(of_version)],
        # Who has not said that they come is told so, and does not get the link.
        "webinar:link:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
        "webinar:list:{area}:{page}": [Case({"area": "budgeting", "page": 0}, open_to=frozenset([MEMBER]), own=True)],
        "webinar:managematerials:{webinar}": [Case(of_webinar)],
        "webinar:material:{webinar}": [Case(of_webinar, [str(n.material)], never_options=["987654"])],
        "webinar:materials:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
        "webinar:materialspage:{webinar}:{page}": [Case({**of_webinar, "page": 0}, open_to=frozenset([MEMBER]))],
        # It has not begun: members are told so.
        "webinar:notthere:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
        "webinar:past:{area}:{page}": [Case({"area": "budgeting", "page": 0}, open_to=frozenset([MEMBER]), own=True)],
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
        "webinar:there:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
        # A single webinar: members are told that it is none of a series.
        "webinar:series:all:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
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
        "webinar:mylink:{community}:{webinar}": [
            Case({**of_webinar, "community": n.here.guild.id}, open_to=frozenset([MEMBER]))
        ],
        "webinar:remind:{webinar}:{version}:{offset}:{asked}": [Case({**of_version, "offset": "now", "asked": 1})],
        "webinar:remindme": [Case(open_to=frozenset([MEMBER]), own=True, changes=True)],
        "webinar:remindoff:{community}": [
            Case({"community": n.here.guild.id}, open_to=ALL, own=True, changes=True),
        ],
        "webinar:reminders": [Case(open_to=frozenset([MEMBER]), own=True)],
        "webinar:rsvp:{webinar}:{answer}": [
            Case({**of_webinar, "answer": "maybe"}, open_to=frozenset([MEMBER]), changes=True),
            Case({**of_webinar, "answer": "perhaps"}),
        ],
        "webinar:news": [Case(open_to=frozenset([MEMBER]), own=True)],
        # Only direct messages have it; in a server it must not take the buttons off what others read.
        "webinar:seen:{webinar}": [Case(of_webinar)],
        "webinar:show:{webinar}": [Case(of_webinar, open_to=frozenset([MEMBER]))],
        "webinar:when:{token}:{phrase*}": [Case({"token": WEBINAR_DRAFT, "phrase": "2027-01-20 15:00"})],
    }


def _thing(values: Mapping[str, Any], name: str, open_to: frozenset[str]) -> Case:
    return Case(values, [name], never_options=[name.partition(":")[0] + ":987654"], open_to=open_to)


WHO = {"country": "Senegal", "kind": ["police"], "organisation": "Police", "role": "Officer"}
WORK = {"areas": ["capacity"], "languages": ["en"], "offers": "", "seeks": "", "directory": ["yes"]}
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


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    steps = {"basics": BASICS, "what": WHAT, "evidence": EVIDENCE, "release": RELEASE}
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
                Case({"draft": PRACTICE_DRAFT}, typed=typed, open_to=frozenset([MEMBER]), own=True),
                Case({"draft": n.returned}, typed=typed, never={"draft": "nothing-ffffffff"}),
                Case({"draft": n.published}, typed=typed, never={"draft": "nothing-ffffffff"}),
            ]
            for step, typed in steps.items()
        },
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
        # Without a draft there is nothing that it would be about.
        "report:new:{token}": [
            Case({"token": WEBINAR_DRAFT}, typed={"category": ["other"], "text": "Mine."}, own=True)
        ],
        "report:close:{report}:{version}": [
            Case({"report": n.report, "version": 1}, typed={"outcome": ["none"], "word": "Mine."})
        ],
        "webinar:addmaterial:{webinar}": [Case({"webinar": n.webinar.id}, typed=MATERIAL)],
        "webinar:editmaterial:{material}:{version}": [Case({"material": n.material, "version": 1}, typed=MATERIAL)],
        "webinar:recap:{webinar}:{version}": [Case({"webinar": n.webinar.id, "version": 0}, typed={"recap": "Mine."})],
        "webinar:survey:{webinar}": [
            Case({"webinar": n.webinar.id}, typed={"useful": ["5"], "better": ""}, open_to=frozenset([MEMBER]))
        ],
        "webinar:new:{token}": [Case({"token": WEBINAR_DRAFT}, typed=WEBINAR, own=True)],
        "webinar:text:{token}:{language}": [
            Case({"token": WEBINAR_DRAFT, "language": "fr"}, typed=FURTHER, own=True),
        ],
        "webinar:edittext:{webinar}:{version}:{language}": [
            Case({"webinar": n.webinar.id, "version": n.webinar.version, "language": "fr"}, typed=FURTHER)
        ],
        "webinar:mine": [
            Case(typed={"offsets": "2d", "maybe": ["no"]}, open_to=frozenset([MEMBER]), own=True, changes=True)
        ],
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
    """A case or more for each command; those that name people by a real choice of a person are tried apart."""
    members = frozenset([MEMBER])
    practices = (n.in_review, n.returned, n.published)
    title = {"practice": "Tapir patrols at noon"}
    never = {"practice": "Nothing at all"}
    webinar = {"webinar": str(n.webinar.id)}
    return {
        "audit": [Case(own=True), Case({"action": "report.file"}, own=True)],
        "help": [own()],
        "keyarea": [own(area="budgeting"), own(area="nothing")],
        "language choose": [own(language="en", zone="UTC"), own(language="xx")],
        "lookup": [
            own(query="police"),
            own(query="Kakap"),
            own(query="Numbet officers"),
            own(query="Dugon"),
            own(query="police", kind="webinar"),
            own(query="police", kind="nothing"),
            own(query="police", country="SN", area="budgeting", language="en"),
            Case({"query": "police", "kind": "member"}, open_to=members, own=True),
        ],
        **{f"mydata {name}": [own()] for name in ("show", "export", "consent", "erase")},
        "report status": [own()],
        "network": [own(), own(country="SN"), own(country="Nowhere")],
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
        "practice mine": [own()],
        "practice publish": [Case({"practice": name}) for name in practices] + [Case(title, never=never)],
        "practice return": [Case({"practice": name, "comment": "Please change it."}) for name in practices],
        "practice review": [Case()],
        "practice share": [
            Case({}, open_to=members, own=True),
            Case({"country": "Nowhere"}, open_to=members, own=True),
        ],
        "practice show": [
            Case({"practice": n.published}, open_to=members),
            Case({"practice": "Quokka patrols at night"}, never=never, open_to=members),
            *(Case({"practice": name}) for name in (n.in_review, n.returned)),
        ],
        "practice withdraw": [Case({"practice": name}) for name in practices] + [Case(title, never=never)],
        "profile edit": [own(), own(country="Nowhere")],
        "profile find": [
            Case({"language": "fr"}, open_to=members, own=True),
            Case({"words": "Kakap", "country": "SN", "area": "budgeting"}, open_to=members, own=True),
        ],
        "profile view": [own()],
        "setup": [Case(own=True), Case({"languages": "fr", "zone": "Europe/Paris"}, own=True, changes=True)],
        **{f"webinar {name}": [Case(webinar)] for name in ("attendance", "materials", "recap", "survey")},
        "webinar calendar": [
            Case({}, open_to=members, own=True),
            Case(webinar, open_to=members),
            Case({"webinar": "Quetzal budgets"}, open_to=members, never={"webinar": "Nothing at all"}),
        ],
        "webinar cancel": [Case({**webinar, "reason": "No reason"})],
        "webinar create": [Case({}, own=True), Case({"zone": "UTC", "area": "nothing"}, own=True)],
        "webinar deliveries": [Case(webinar)],
        "webinar duplicate": [Case(webinar)],
        "webinar edit": [Case(webinar)],
        "webinar list": [
            Case({}, open_to=members, own=True),
            *(Case({"area": area}, open_to=members, own=True) for area in ("x:y", "x" * 90)),
        ],
        "webinar remind": [Case(webinar), Case({**webinar, "before": "2h"})],
        "webinar reminders": [Case(open_to=members, own=True)],
        "webinar show": [
            Case(webinar, open_to=members),
            Case({"webinar": "Quetzal budgets"}, open_to=members, never={"webinar": "Nothing at all"}),
        ],
    }


# Asking ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asker:
    """Someone who asks, where they ask, and what they must not read."""

    name: str
    world: World
    person: Person
    secrets: tuple[str, ...]


def askers(n: Neighbours) -> list[Asker]:
    """A visitor and a member of the first community, and a moderator of the other."""
    secret = (*MODERATORS_READ, *OWNERS_READ)
    ids = tuple(str(one) for one in (n.here.guild.id, n.author.id, n.hidden.user_id, n.pending.user_id))
    return [
        Asker(VISITOR, n.here, n.visitor, (*MEMBERS_READ, *secret)),
        Asker(MEMBER, n.here, n.member, secret),
        Asker("moderator of another server", n.there, n.stranger, (*MEMBERS_READ, *secret, *ids)),
    ]


async def ask(asker: Asker, n: Neighbours, kind: str, case: Case) -> Any:
    """Do what a case says, as a client that lies would."""
    door = n.door(asker.world)
    if kind.startswith("/"):
        return await forging.command(asker.world, asker.person, door, kind[1:], case.values)
    if kind.startswith("form:"):
        return await forging.send_form(asker.world, asker.person, door, fill(kind, dict(case.values)), case.typed)
    custom_id = fill(kind, dict(case.values))
    if hasattr(KINDS[kind], "chosen"):
        return await forging.choose(asker.world, asker.person, door, custom_id, case.options)
    return await forging.press(asker.world, asker.person, door, custom_id)


async def try_all(n: Neighbours, cases: Mapping[str, Sequence[Case]]) -> list[str]:
    """What is wrong with any of the answers."""
    wrong: list[str] = []
    facts = await remembered(n.here, facts=True)
    for asker in askers(n):
        for kind, several in cases.items():
            for case in several:
                wrong += [
                    f"{asker.name}, {kind} {dict(case.values)} {list(case.options)}: {fault}"
                    for fault in await _try(asker, n, kind, case)
                ]
    after = await remembered(n.here, facts=True)
    return wrong + [f"changed {table}" for table in FACTS if facts[table] != after[table]]


async def _try(asker: Asker, n: Neighbours, kind: str, case: Case) -> list[str]:
    wrong: list[str] = []
    before, stood = await remembered(n.here), posted(n.here)
    result = await ask(asker, n, kind, case)
    text = told(result)
    may = asker.name in case.open_to or (case.own and asker.world is n.there)
    stands = posted(n.here)
    new = "\n".join(shown for key, shown in stands.items() if key not in stood)
    if not text.strip():
        wrong.append("no answer")
    if FAULT in text:
        wrong.append("a fault of ours")
    if not all(message.ephemeral for message in (result.response, *result.followups) if message):
        wrong.append("answers for all to read")
    if any(stands.get(key) != shown for key, shown in stood.items()):
        wrong.append("what others read was changed")
    shown = _nameless(text, kind, case)
    wrong += [f"shows {word}" for word in asker.secrets if word in shown and not (may and word in case.shows)]
    # What is new in a channel was posted where visitors read.
    wrong += [f"posts {word}" for word in (*MEMBERS_READ, *MODERATORS_READ, *OWNERS_READ) if word in new]
    if not (may and case.changes):
        after = await remembered(n.here)
        wrong += [f"changed {table}" for table, rows in before.items() if rows != after[table]]
    if not may:
        never = Case(
            {key: case.never.get(key, NEVER.get(key, value)) for key, value in case.values.items()},
            case.never_options or case.options,
            case.typed,
        )
        same = told(await ask(asker, n, kind, never))
        if _nameless(text, kind, case) != _nameless(same, kind, never):
            wrong.append(f"is told {text!r}, of what never was {same!r}")
    return wrong


def _nameless(text: str, kind: str, case: Case) -> str:
    """An answer without the words that were asked for, which some answers repeat."""
    typed = [value for value in case.values.values() if isinstance(value, str) and len(value) > 3]
    for value in (_name(kind, case), *typed, *case.options):
        text = text.replace(value, "…")
    return text


def _name(kind: str, case: Case) -> str:
    """What a case is called in a button that leads back to it."""
    return kind if kind.startswith("/") else fill(kind, dict(case.values)).removeprefix("form:")


@pytest.fixture
async def neighbours(world: World) -> Neighbours:
    return await meet(world)


def ours(kind: type) -> bool:
    """Whether a kind belongs to the program; tests make some of their own."""
    return kind.__module__.partition(".")[0] in ("bot", "cogs")


async def test_buttons_and_menus(neighbours: Neighbours) -> None:
    cases = buttons(neighbours)
    assert set(cases) == {form for form, kind in KINDS.items() if form and ours(kind)}
    wrong = await try_all(neighbours, cases)
    assert not wrong, "\n".join(wrong)


async def test_forms(neighbours: Neighbours) -> None:
    cases = forms(neighbours)
    assert set(cases) == {kind.form for _, kind in Form.kinds if ours(kind)}
    wrong = await try_all(neighbours, {f"form:{form}": several for form, several in cases.items()})
    assert not wrong, "\n".join(wrong)


def command_names(bot: Convenor) -> set[str]:
    """All that can be typed after a slash."""
    return {command.qualified_name for command in bot.tree.walk_commands() if not hasattr(command, "walk_commands")}


async def test_commands(neighbours: Neighbours) -> None:
    cases = commands(neighbours)
    assert set(cases) == command_names(bot_of(neighbours.here))
    wrong = await try_all(neighbours, {f"/{name}": several for name, several in cases.items()})
    assert not wrong, "\n".join(wrong)


async def test_what_no_button_ever_held(neighbours: Neighbours) -> None:
    """For a moderator, who may do most: each place of each kind holds what it never could."""
    n = neighbours
    asker = Asker("moderator", n.here, n.moderator, OWNERS_READ)
    wrong: list[str] = []
    before, stood = await remembered(n.here), posted(n.here)
    for form, kind in KINDS.items():
        if not form or not ours(kind):
            continue
        for junk in JUNK if "{" in form or hasattr(kind, "chosen") else ():
            if not junk and "*}" in form:
                # Discord's dispatch knows no such button, and answers nothing.
                continue
            names = [name for name, _ in PLACE.findall(form)]
            # Discord takes no longer custom_id, so nobody can send one.
            room = (LONGEST_ID - len(fill(form, dict.fromkeys(names, "")))) // max(len(names), 1)
            places = dict.fromkeys(names, junk[:room])
            faults = told(await ask(asker, n, form, Case(places, [junk])))
            # What a moderator began is shown to themselves among what is held about them.
            hidden = () if form.startswith("mydata:") else OWNERS_READ
            if not faults or FAULT in faults or any(word in faults for word in hidden):
                wrong.append(f"{form} {junk!r}: {faults!r}")
        if (before, stood) != (await remembered(n.here), posted(n.here)):
            wrong.append(f"{form} changed something")
            before, stood = await remembered(n.here), posted(n.here)
    assert not wrong, "\n".join(wrong)


async def test_what_another_moderator_began(neighbours: Neighbours) -> None:
    """A draft is its owner's alone, whatever standing another has."""
    n = neighbours
    cases = {
        "webinar:publish:{token}:{digest}": Case({"token": WEBINAR_DRAFT, "digest": "00000000"}),
        "webinar:discard:{token}": Case({"token": WEBINAR_DRAFT}),
        "webinar:when:{token}:{phrase*}": Case({"token": WEBINAR_DRAFT, "phrase": "2027-01-20 15:00"}),
        "open:{form*}": Case({"form": f"webinar:new:{WEBINAR_DRAFT}"}),
        "practice:continue:{draft}": Case({"draft": PRACTICE_DRAFT}),
        "practice:send:{draft}": Case({"draft": PRACTICE_DRAFT}),
        "practice:discarded:{draft}": Case({"draft": PRACTICE_DRAFT}),
        "lookup:page:{page}:{key*}": Case({"page": 0, "key": "t" + LOOKUP_DRAFT}),
    }
    before = await drafts(n.here)
    asker = Asker("moderator", n.here, n.moderator, OWNERS_READ)
    for kind, case in cases.items():
        text = told(await ask(asker, n, kind, case))
        assert not [word for word in OWNERS_READ if word in text], kind
    assert await drafts(n.here) == before


async def test_what_is_offered_while_typing(neighbours: Neighbours) -> None:
    """Autocomplete, of each option of each command that has it."""
    n = neighbours
    bot = bot_of(n.here)
    offering = [
        (command.qualified_name, option.name)
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.autocomplete
    ]
    assert len(offering) >= 10
    for asker in askers(n):
        general = asker.world.channel("welcome")
        for command, option in offering:
            for typed in ("", "q", "kaka", "num", "dug", "tapir", "pango", "mar", "nar"):
                offered = repr(await asker.person.actor.autocomplete(general, command, option, typed))
                assert not [word for word in asker.secrets if word in offered], (asker.name, command, option, typed)


async def test_commands_about_people(neighbours: Neighbours) -> None:
    """Those for which a person is chosen, here one who is in neither server, and one who does not want to be seen."""
    n = neighbours
    outside = n.here.env.create_user("nobody.here", global_name="Nobody Here")
    before = await remembered(n.here)
    for asker in askers(n):
        for command, options in (
            ("profile view", {}),
            ("onboarding approve", {}),
            ("onboarding decline", {"reason": "Because."}),
        ):
            people: list[Any] = [outside]
            if asker.world is n.here:
                people += [n.author.actor, n.moderator.actor]
            for person in people:
                general = asker.world.channel("welcome")
                result = await asker.person.actor.slash(general, command, member=person, **options)
                text = told(result)
                assert text
                assert FAULT not in text
                assert [word for word in asker.secrets if word in text] == [], (asker.name, command)
    assert await remembered(n.here) == before

"""Every role, in every kind of channel, with every command: who gets something done, and what everybody else is told.

`make faults` tries every combination; `make test` every two of the three together.

`tests/gates` tries what can be forged. Here everybody types what they can type; what is new is refused here until it
is said who may do it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from discord import app_commands

from bot.authorize import Standing
from bot.demo.world import Person, Persona, World
from data.members import name_focal_point
from tests import forging, neighbours
from tests.faults import LONG
from tests.gates.trying import FAULT, command_names
from tests.neighbours import (
    MEMBERS_READ,
    MODERATORS_READ,
    OWNERS_READ,
    Neighbours,
    bot_of,
    meet,
    posted,
    remembered,
    told,
)

VISITOR, MEMBER, MODERATOR = Standing.VISITOR, Standing.MEMBER, Standing.MODERATOR
# The one sentence each is told who may not, wherever they ask.
REFUSED = {
    MEMBER: "This is for members. Press the button in the welcome channel to become one.",
    MODERATOR: "This is for the moderators of this community.",
}
DIRECT = "This works in the community's server only."
# What Discord lets nobody choose there: a member of a server.
NO_MEMBER = "That value does not fit here. Choose one from the list."

# Who may use each command, with options that change nothing whoever sends them.
COMMANDS: Mapping[str, tuple[Standing, Mapping[str, Any]]] = {
    "audit": (MODERATOR, {}),
    "digest": (MEMBER, {}),
    "doctor": (MODERATOR, {}),
    "help": (VISITOR, {}),
    "insights": (MODERATOR, {"period": "this-year"}),
    "keyarea": (VISITOR, {"area": "budgeting"}),
    "language choose": (VISITOR, {"language": "en", "zone": "UTC"}),
    "lookup": (VISITOR, {"query": "police"}),
    "lookup-report": (MODERATOR, {}),
    "mydata consent": (VISITOR, {}),
    "mydata erase": (VISITOR, {}),
    "mydata export": (VISITOR, {}),
    "mydata show": (VISITOR, {}),
    "network": (VISITOR, {}),
    "onboarding approve": (MODERATOR, {"member": 1}),
    "onboarding decline": (MODERATOR, {"member": 1, "reason": "Because."}),
    "onboarding export": (MODERATOR, {}),
    "onboarding focalpoint": (MODERATOR, {"member": 1}),
    "onboarding focalpoints": (MODERATOR, {}),
    "onboarding import": (MODERATOR, {"file": 1}),
    "onboarding queue": (MODERATOR, {}),
    "peer ask": (MEMBER, {}),
    "peer inbox": (MEMBER, {}),
    "practice adapt": (MEMBER, {"practice": "x"}),
    "practice export": (MEMBER, {}),
    "practice mine": (VISITOR, {}),
    "practice publish": (MODERATOR, {"practice": "nothing-ffffffff"}),
    "practice return": (MODERATOR, {"practice": "nothing-ffffffff", "comment": "Please change it."}),
    "practice review": (MODERATOR, {}),
    "practice share": (MEMBER, {}),
    "practice show": (VISITOR, {"practice": "Nothing at all"}),
    "practice withdraw": (VISITOR, {"practice": "nothing-ffffffff"}),
    "profile edit": (VISITOR, {}),
    "profile find": (MEMBER, {}),
    "profile view": (VISITOR, {}),
    "report status": (VISITOR, {}),
    "resource add": (MODERATOR, {}),
    "resource edit": (MODERATOR, {"resource": "nothing"}),
    "resource export": (MODERATOR, {}),
    "resource import": (MODERATOR, {"file": 1}),
    "resource retire": (MODERATOR, {"resource": "nothing"}),
    "resource suggest": (MEMBER, {}),
    "setup": (MODERATOR, {}),
    "webinar attendance": (MODERATOR, {"webinar": "1"}),
    "webinar calendar": (MEMBER, {}),
    "webinar cancel": (MODERATOR, {"webinar": "1", "reason": "No reason"}),
    "webinar create": (MODERATOR, {}),
    "webinar deliveries": (MODERATOR, {"webinar": "1"}),
    "webinar duplicate": (MODERATOR, {"webinar": "1"}),
    "webinar edit": (MODERATOR, {"webinar": "1"}),
    "webinar list": (MEMBER, {}),
    "webinar materials": (MODERATOR, {"webinar": "1"}),
    "webinar recap": (MODERATOR, {"webinar": "1"}),
    "webinar remind": (MODERATOR, {"webinar": "1"}),
    "webinar reminders": (MEMBER, {}),
    "webinar show": (MEMBER, {"webinar": "1"}),
    "webinar survey": (MODERATOR, {"webinar": "1"}),
}
# A channel of everybody's, the members', the moderators', and a direct message.
PLACES = ("welcome", "introductions", "moderators", "")
TYPED = ("", "tapir")


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody of one sort."""

    name: str
    standing: Standing
    world: World
    person: Person
    secrets: Sequence[str]


async def roles(n: Neighbours) -> list[Role]:
    """One of each; the stranger moderates another server, and asks there."""
    fay = await n.here.join(Persona("fay", "Fay Focal"))
    member = await neighbours._member(n.here, fay.id, "Fay Focal")
    await n.here.give_role(fay, "Member")
    async with bot_of(n.here).db.begin() as session:
        until = n.here.now + timedelta(days=300)
        await name_focal_point(session, member, until=until, by=n.here.owner.id, now=n.here.now)
    hidden = (*MODERATORS_READ, *OWNERS_READ)
    ids = [str(one) for one in (n.here.guild.id, n.author.id, n.hidden.user_id, n.pending.user_id)]
    return [
        Role("visitor", VISITOR, n.here, n.visitor, (*MEMBERS_READ, *hidden)),
        Role("member", MEMBER, n.here, n.member, hidden),
        Role("focal point", MEMBER, n.here, fay, hidden),
        Role("moderator", MODERATOR, n.here, n.moderator, OWNERS_READ),
        Role("stranger", MODERATOR, n.there, n.stranger, (*MEMBERS_READ, *hidden, *ids)),
    ]


# What a moderator typed themselves, and the link that moderators put in.
OWN_WORDS = ("mydata show", "mydata export", "webinar edit", "webinar duplicate")


def places_for(role: int, command: int) -> Sequence[str]:
    """Where a role gives a command: everywhere in the long form; else each meets each, two at a time."""
    return PLACES if LONG else (PLACES[(role + command) % len(PLACES)],)


async def test_who_may_do_what_where(world: World) -> None:
    n = await meet(world)
    everybody = await roles(n)
    assert set(COMMANDS) == command_names(bot_of(world))
    before, stood = await remembered(world), posted(world)
    wrong: list[str] = []
    for number, role in enumerate(everybody):
        for index, (name, (_, options)) in enumerate(COMMANDS.items()):
            for place in places_for(number, index):
                channel = role.world.channel(place) if place else None
                record = forging.give(role.world, role.person, channel, name, options)
                await role.world.env.settle()
                result = forging.answer_to(role.world, record)
                wrong += [
                    f"{role.name}, /{name} in {place or 'a direct message'}: {fault}"
                    for fault in faults(role, name, place, told(result), result)
                ]
    assert not wrong, "\n".join(wrong)
    after = await remembered(world)
    # Who downloads the list of members is noted; nothing else is.
    assert {table for table in before if before[table] != after[table]} <= {"audit_entry", "alias"}
    assert posted(world) == stood


def faults(role: Role, name: str, place: str, text: str, result: Any) -> list[str]:
    """What is wrong with one answer."""
    needs = COMMANDS[name][0]
    wrong: list[str] = []
    if not text.strip():
        wrong.append("no answer")
    if FAULT in text:
        wrong.append("a fault of ours")
    if not all(message.ephemeral for message in (result.response, *result.followups) if message) and place:
        wrong.append("answers for all to read")
    if not place and text.strip("[]\n") not in (DIRECT, NO_MEMBER):
        wrong.append(f"does something without a server: {text!r}")
    refused = [sentence for sentence in REFUSED.values() if sentence in text]
    if place and refused != ([REFUSED[needs]] if role.standing < needs else []):
        wrong.append(f"refuses or lets pass the wrong people: {text[:200]!r}")
    if not (role.name == "moderator" and name in OWN_WORDS):
        wrong += [f"shows {word}" for word in role.secrets if word in text]
    return wrong


async def test_what_is_offered_to_whom_where(world: World) -> None:
    n = await meet(world)
    offering = [
        (command.qualified_name, option.name)
        for command in bot_of(world).tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.autocomplete
    ]
    for number, role in enumerate(await roles(n)):
        for index, (name, option) in enumerate(offering):
            for place in places_for(number, index):
                channel = role.world.channel(place) if place else None
                secrets = role.secrets if place else (*MEMBERS_READ, *MODERATORS_READ, *OWNERS_READ)
                for typed in TYPED:
                    record = forging.type_into(role.world, role.person, channel, name, option, typed)
                    await role.world.env.settle()
                    offered = forging.answer_to(role.world, record).autocomplete_choices
                    where = (role.name, place, name, option, typed)
                    assert not [word for word in secrets if word in repr(offered)], (where, offered)

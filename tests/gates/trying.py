"""Who asks, how a client that lies would, and what is wrong with an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from bot.app import Convenor
from bot.buttons import KINDS, fill
from bot.demo.world import Person, World
from tests import forging
from tests.gates import (
    audit,
    digest,
    doctor,
    guide,
    insights,
    lookup,
    mydata,
    onboarding,
    peers,
    practices,
    reports,
    resources,
    setup,
    webinars,
)
from tests.gates.case import MEMBER, NEVER, VISITOR, Case
from tests.neighbours import (
    FACTS,
    MEMBERS_READ,
    MODERATORS_READ,
    OWNERS_READ,
    Neighbours,
    posted,
    remembered,
    told,
)

FAULT = "Something went wrong"
# By the name of the cog.
ROOMS: Mapping[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        audit,
        digest,
        doctor,
        guide,
        insights,
        lookup,
        mydata,
        onboarding,
        peers,
        practices,
        reports,
        resources,
        setup,
        webinars,
    )
}


def cases_of(what: str, n: Neighbours, rooms: Collection[str] = ROOMS) -> dict[str, list[Case]]:
    """The cases of `buttons`, `forms` or `commands`, of all cogs or of some."""
    return {
        kind: several
        for room in rooms
        if hasattr(ROOMS[room], what)
        for kind, several in getattr(ROOMS[room], what)(n).items()
    }


def ours(kind: type) -> bool:
    """Whether a kind belongs to the program; tests make some of their own."""
    return kind.__module__.partition(".")[0] in ("bot", "cogs")


def command_names(bot: Convenor) -> set[str]:
    """All that can be typed after a slash."""
    return {command.qualified_name for command in bot.tree.walk_commands() if not hasattr(command, "walk_commands")}


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
    facts, before = await remembered(n.here, facts=True), await remembered(n.here)
    for asker in askers(n):
        for kind, case in ((kind, case) for kind, several in cases.items() for case in several):
            faults = await _try(asker, n, kind, case)
            after = await remembered(n.here)
            if not (case.changes and _may(asker, n, case)):
                faults += [f"changed {table}" for table, rows in before.items() if rows != after[table]]
            before = after
            wrong += [f"{asker.name}, {kind} {dict(case.values)} {list(case.options)}: {fault}" for fault in faults]
    after = await remembered(n.here, facts=True)
    return wrong + [f"changed {table}" for table in FACTS if facts[table] != after[table]]


def _may(asker: Asker, n: Neighbours, case: Case) -> bool:
    return asker.name in case.open_to or (case.own and asker.world is n.there)


async def _try(asker: Asker, n: Neighbours, kind: str, case: Case) -> list[str]:
    """What is wrong with what is shown and posted."""
    wrong: list[str] = []
    stood = posted(n.here)
    result = await ask(asker, n, kind, case)
    text = told(result)
    may = _may(asker, n, case)
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
    # What is new in a channel was posted where visitors read; to an author, what they wrote may be named.
    secrets = [word for word in (*MEMBERS_READ, *MODERATORS_READ, *OWNERS_READ) if not (may and word in case.shows)]
    wrong += [f"posts {word}" for word in secrets if word in new]
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

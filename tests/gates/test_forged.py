"""What no client of Discord's would send, and what is offered while typing."""

from typing import Any

import pytest
from discord import app_commands

from bot.buttons import KINDS, PLACE, fill
from bot.forms import LONGEST_ID
from tests.gates.case import Case
from tests.gates.trying import FAULT, Asker, ask, askers, ours
from tests.neighbours import (
    LOOKUP_DRAFT,
    OWNERS_READ,
    PRACTICE_DRAFT,
    WEBINAR_DRAFT,
    Neighbours,
    bot_of,
    drafts,
    posted,
    remembered,
    told,
)

# What no button ever held, for every place of every kind.
JUNK = ("", "0", "-1", "9" * 19, "9" * 25, "\u0663", "x' OR 1=1 --", "\u202e\u200b\ud83d\ude00", "\x00", "../..", "1.5")


# In parts, so that they can be shared out.
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
async def test_what_no_button_ever_held(part: int, neighbours: Neighbours) -> None:
    """For a moderator, who may do most: each place of each kind holds what it never could."""
    n = neighbours
    asker = Asker("moderator", n.here, n.moderator, OWNERS_READ)
    wrong: list[str] = []
    before, stood = await remembered(n.here), posted(n.here)
    forms = sorted(form for form, kind in KINDS.items() if form and ours(kind))
    for form in forms[part::PARTS]:
        kind = KINDS[form]
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

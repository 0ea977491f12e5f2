"""Forms in each language, and what each command shows, are something that Discord takes.

That single labels fit is tested in tests/core/test_catalogues.py; here what they are put together to is looked at.
"""

from itertools import cycle

from bot.buttons import fill
from bot.demo.world import World
from bot.forms import Form
from tests import discord_text, forging
from tests.gates.trying import FAULT, cases_of, ours
from tests.neighbours import meet, told

# In English everything else is tested.
LANGUAGES = ("fr", "es", "pt")
# Commands that do something at once instead of showing a card.
DOING = ("language choose", "practice publish", "practice return", "practice withdraw", "onboarding")


async def test_every_form_and_card_fits_in_every_language(world: World) -> None:
    n = await meet(world)
    door, opened = n.door(world), set[str]()
    for language in LANGUAGES:
        for person in (n.here.owner, n.author):
            await person.actor.slash(world.channel("welcome"), "language choose", language=language)
        for form, cases in cases_of("forms", n).items():
            # A draft of a practice is its author's, all else is for moderators.
            person = n.author if form.startswith("practice:") else n.here.owner
            shown = await forging.press(world, person, door, "open:" + fill(form, dict(cases[0].values)))
            assert FAULT not in told(shown), (language, form)
            opened |= {form} if shown.modal is not None else set()
    assert len(opened) > 3 / 4 * len([kind for kind in Form.kinds.values() if ours(kind)])
    named = [
        (name, case)
        for name, cases in cases_of("commands", n).items()
        if not name.startswith(DOING)
        for case in cases[:1]
    ]
    for language, (name, case) in zip(cycle(LANGUAGES), named, strict=False):
        await n.here.owner.actor.slash(world.channel("welcome"), "language choose", language=language)
        shown = await forging.command(world, n.here.owner, door, name, case.values)
        assert FAULT not in told(shown), (language, name)
    assert not discord_text.faults(world.env.http_requests)

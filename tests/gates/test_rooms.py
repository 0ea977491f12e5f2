"""Everything that can be pressed, chosen, sent and typed, cog by cog."""

import pytest

from bot.buttons import KINDS
from bot.forms import Form
from tests.gates.trying import ROOMS, cases_of, command_names, ours, try_all
from tests.neighbours import Neighbours, bot_of

# The button that opens a form for another, which every cog uses.
OPEN = "open:{form*}"


async def test_nothing_is_without_a_case(neighbours: Neighbours) -> None:
    buttons = {form for form, kind in KINDS.items() if form and ours(kind)}
    assert set(cases_of("buttons", neighbours)) | {OPEN} == buttons
    assert set(cases_of("forms", neighbours)) == {form for form, kind in Form.kinds.items() if ours(kind)}
    assert set(cases_of("commands", neighbours)) == command_names(bot_of(neighbours.here))


# Those with much to try have a scene of their own, so that the tests can be shared out.
MUCH = ("lookup", "onboarding", "practices", "webinars")
ROOM_BY_ROOM = pytest.mark.parametrize("rooms", [*((room,) for room in MUCH), tuple(sorted(set(ROOMS) - set(MUCH)))])


@ROOM_BY_ROOM
async def test_buttons_and_menus(rooms: tuple[str, ...], neighbours: Neighbours) -> None:
    cases = cases_of("buttons", neighbours, rooms)
    cases[OPEN] = [case for room in rooms if hasattr(ROOMS[room], "opens") for case in ROOMS[room].opens(neighbours)]
    assert not await try_all(neighbours, cases)


@ROOM_BY_ROOM
async def test_forms_and_commands(rooms: tuple[str, ...], neighbours: Neighbours) -> None:
    cases = {f"form:{form}": several for form, several in cases_of("forms", neighbours, rooms).items()}
    cases |= {f"/{name}": several for name, several in cases_of("commands", neighbours, rooms).items()}
    assert not await try_all(neighbours, cases)

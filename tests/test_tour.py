"""The tour tells a true story, and notices when it is not."""

import re
import sys
from collections.abc import Awaitable, Callable, Generator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authorize
from bot.app import Convenor
from bot.buttons import KINDS
from bot.cli import main
from bot.delivery import Engine, Kind, Post, Rendered, Skip
from bot.demo import story
from bot.demo.story import STEPS
from bot.demo.story.webinars import LINK
from bot.forms import Form
from data.deliveries import Delivery
from data.search.index import SearchIndex, SearchPage
from data.webinars import rhythms
from tests.faults import LONG

SECONDS = re.compile(r"^\S+ +\d+\.\d s  ")
SETUP, WELCOMED, APPLIED, APPROVED = (title for title, _ in STEPS[:4])
JOINED = (SETUP, WELCOMED, APPLIED, APPROVED)
OTHERS = "Two more become members"
ANNOUNCED = (*JOINED, OTHERS, "/webinar create shows a preview", "Published once")
ANSWERED = (*ANNOUNCED, "Members answer")
REMINDED = ("A week before, it reminds", "A day before, it reminds", "An hour before, it reminds")
SHARED = (*JOINED, OTHERS, "A practice is written", "It is reviewed and published")
Patch = pytest.MonkeyPatch
Sabotage = Callable[[Patch], None]


def leave_rooms() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "cogs"]:
        del sys.modules[name]


@pytest.fixture
def new_rooms() -> Generator[None]:
    """The rooms take gates along when they are imported: they come in anew for the test.

    After it everything is as it was: the tests that follow have imported those of before, and change things in them.
    """
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "cogs"}
    kinds, forms = dict(KINDS), dict(Form.kinds)
    leave_rooms()
    yield
    leave_rooms()
    sys.modules.update(before)
    KINDS.clear()
    KINDS.update(kinds)
    Form.kinds.clear()
    Form.kinds.update(forms)


def test_it_all_happens(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["tour"]) == 0
    told, trouble = capfd.readouterr()
    assert trouble == ""
    assert "\033" not in told
    lines = [line for line in told.splitlines() if SECONDS.match(line)]
    assert len(lines) == len(STEPS) + 1
    assert all(line.startswith("✓") for line in lines)
    for title, _ in STEPS:
        # Each says what was seen.
        assert [line for line in lines if re.search(rf"  {re.escape(title)}: .{{5}}", line)]


Change = Callable[[Any, Any, Rendered], Awaitable[Rendered]]


class Spoilt:
    """A kind of message that something is wrong with."""

    def __init__(self, kind: Kind, change: Change) -> None:
        self.kind = kind
        self.change = change

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        return await self.change(bot, delivery, await self.kind.render(bot, session, delivery))

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        await self.kind.sent(session, delivery, channel_id, made_id)


def spoil(name: str, change: Change) -> Sabotage:
    """Spoil what goes out of one kind."""

    def sabotage(patch: Patch) -> None:
        register = Engine.register

        def spoilt(engine: Engine, kind_name: str, kind: Kind) -> None:
            register(engine, kind_name, Spoilt(kind, change) if kind_name == name else kind)

        patch.setattr(Engine, "register", spoilt)

    return sabotage


async def skip(_running: Any, _delivery: Delivery, _rendered: Rendered) -> Rendered:
    """Nothing goes out."""
    return Skip("sabotaged")


async def twice(running: Any, _delivery: Delivery, rendered: Rendered) -> Rendered:
    """It goes out a second time behind the engine's back."""
    assert isinstance(rendered, Post)
    [channel] = [channel for channel in running.get_all_channels() if channel.name == "webinars"]
    await channel.send(rendered.content, embeds=rendered.embeds)
    return rendered


def reminders_go_on(patch: Patch) -> None:
    """A cancelled webinar goes on to remind."""
    before: list[Rendered] = []

    async def again(_running: Any, _delivery: Delivery, rendered: Rendered) -> Rendered:
        if isinstance(rendered, Post):
            before.append(rendered)
        return before[-1]

    async def nothing(*_: Any, **__: Any) -> None:
        """Leaves what is planned."""

    patch.setattr("data.deliveries.cancel_pending", nothing)
    spoil("webinar.reminder", again)(patch)


def no_practices_found(patch: Patch) -> None:
    search: Callable[..., SearchPage] = SearchIndex.search

    def resources(index: SearchIndex, query: str, **wanted: Any) -> SearchPage:
        return search(index, query, **wanted | {"kinds": ("resource",)})

    patch.setattr(SearchIndex, "search", resources)


async def with_the_link(_running: Any, _delivery: Delivery, rendered: Rendered) -> Rendered:
    """The link for those who come is told to everyone."""
    assert isinstance(rendered, Post)
    return replace(rendered, content=f"{rendered.content} {LINK}")


def clocks_never_change(patch: Patch) -> None:
    """Every date of a series is counted as if it were winter in Paris."""
    slot_at: Callable[[datetime, str], rhythms.Slot] = rhythms.slot_at

    def in_winter(wall: datetime, _zone: str) -> rhythms.Slot:
        return slot_at(wall, "Etc/GMT-1")

    patch.setattr(rhythms, "slot_at", in_winter)


def moderators_read_reports_about_themselves(patch: Patch) -> None:
    action = authorize.Action

    def lax(name: str, load: Any, allows: Any) -> Any:
        return action(name, load, authorize.by_moderators if name == "report.read" else allows)

    patch.setattr(authorize, "Action", lax)


def no_gates(patch: Patch) -> None:
    """Everyone may do everything."""

    def anything(*_: Any) -> bool:
        return True

    for name in ("bot.ask.require", "bot.authorize.require", "bot.authorize.by_moderators"):
        patch.setattr(name, anything)


# What the rooms take along when they are imported.
GATES = (no_gates, moderators_read_reports_about_themselves)


# Each in a way of its own.
NOTICED = [
    (spoil("onboarding.welcome", skip), (SETUP,), WELCOMED),
    (spoil("webinar.event", skip), ANNOUNCED, "The server has the event"),
    (spoil("webinar.reminder", twice), ANNOUNCED, "A week before, it reminds"),
    (no_practices_found, SHARED, "/lookup finds it in Spanish"),
    (spoil("webinar.announcement", with_the_link), ANNOUNCED[:-1], "Published once"),
    (clocks_never_change, JOINED, "A series across a clock change"),
    (moderators_read_reports_about_themselves, (*JOINED, OTHERS), "A private report"),
    (reminders_go_on, (*JOINED, "Another webinar is cancelled"), "It reminds no more"),
    (no_gates, ANNOUNCED, "Forged buttons are refused"),
]
# Further messages that do not go out.
UNSENT = [
    (spoil("practice.publication", skip), SHARED[:-1], "It is reviewed and published"),
    (spoil("onboarding.vouch", skip), (*JOINED, OTHERS), "A focal point vouches"),
    (spoil("webinar.offer.dm", skip), ANSWERED, "A place comes free"),
    (spoil("webinar.reminder.dm", skip), ANSWERED, "A reminder of one's own"),
    (spoil("webinar.host", skip), (*ANNOUNCED, *REMINDED), "The host is asked"),
    (spoil("mydata.posts", skip), SHARED, "/mydata erases"),
]


@pytest.mark.parametrize("sabotage, before, fails", [*NOTICED, *(UNSENT if LONG else UNSENT[:1])])
def test_what_does_not_happen_is_noticed(
    sabotage: Sabotage,
    before: tuple[str, ...],
    fails: str,
    monkeypatch: Patch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    if sabotage in GATES:
        request.getfixturevalue("new_rooms")
    sabotage(monkeypatch)
    taken = [step for step in STEPS if step[0] in (*before, fails)]
    assert len(taken) == len(before) + 1
    monkeypatch.setattr(story, "STEPS", taken)
    assert main(["tour"]) == 1
    told = capfd.readouterr().out
    lines = [line for line in told.splitlines() if SECONDS.match(line)]
    assert [line[0] for line in lines] == ["✓"] * (len(taken)) + ["✗"]
    assert lines[-1].endswith(fails)
    assert re.search(r"^ +expected: .+\n +was there: .+", told, re.MULTILINE)
    assert f"{fails}: this did not happen." in told


def test_a_step_that_cannot_even_be_tried_is_noticed(monkeypatch: Patch, capfd: pytest.CaptureFixture[str]) -> None:
    taken = [step for step in STEPS if step[0] in (SETUP, APPROVED)]
    monkeypatch.setattr(story, "STEPS", taken)
    assert main(["tour"]) == 1
    assert f"{APPROVED}: this did not happen." in capfd.readouterr().out


@pytest.mark.parametrize("encoding, sign", [("utf-8", "✓"), ("ascii", "ok  ")])
def test_a_poor_terminal_gets_words_for_signs(encoding: str, sign: str, monkeypatch: Patch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    terminal.encoding = encoding  # pyright: ignore[reportAttributeAccessIssue]
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert story.mark(done=True) == f"\033[32m{sign}\033[0m"
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert story.mark(done=True) == sign

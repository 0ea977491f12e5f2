"""The log tells what failed and where, and never what a person wrote, nor a secret; whatever fails, at any level."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Generator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import Convenor
from bot.delivery import engine
from bot.demo.world import World
from bot.logs import SafeHandler, set_up_logging
from cogs.onboarding.deliveries import CardKind
from cogs.onboarding.desk import Approve
from cogs.onboarding.forms import WhoForm
from tests.onboarding import acting

CANARY = "canary-of-a-person"
# A secret that every request of the bot carries.
TOKEN = "canary-token"


class Broken(Exception):
    """Quotes what a person wrote, as errors do."""


def breaks_at_once(*_: Any, **__: Any) -> Any:
    raise Broken(CANARY) from ValueError(CANARY)


async def breaks(*_: Any, **__: Any) -> Any:
    breaks_at_once()


@pytest.fixture(params=["console", "json"])
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Generator[io.StringIO]:
    """The log as the host has it, at its most talkative."""
    root, written = logging.getLogger(), io.StringIO()
    names = ["", *root.manager.loggerDict]
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in names}
    # Those of the tests are put aside, else they would be closed.
    root.handlers[:] = []
    # Tools that other tests call in this process set logging up for themselves, and switch off whatever there is.
    for name in names:
        logging.getLogger(name).disabled = False
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", written)
        set_up_logging("debug", request.param)
    yield written
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.faults
async def test_nothing_that_a_person_wrote(world: World, monkeypatch: pytest.MonkeyPatch, told: io.StringIO) -> None:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    bot.http.token = TOKEN
    # The simulation waits for a second try as real time passes.
    monkeypatch.setattr(engine, "RETRY_PAUSES", (timedelta(hours=1),))
    awa = await world.join(acting.AWA)
    said = {"organisation": CANARY, "role": CANARY}

    # A form that fails, a renderer, a button, a command's autocomplete, a listener.
    with monkeypatch.context() as patch:
        patch.setattr(WhoForm, "submitted", breaks)
        shown = await acting.start(world, awa)
        await awa.actor.submit_modal(shown, {**acting.WHO, **said})
    with monkeypatch.context() as patch:
        patch.setattr(CardKind, "about", breaks)
        await acting.apply(world, await world.join(acting.JOAO), said, {"offers": CANARY})
    await world.restart()
    await acting.apply(world, await world.join(acting.AINO), said, {"offers": CANARY})
    with monkeypatch.context() as patch:
        patch.setattr(Approve, "pressed", breaks)
        await acting.press(world.owner, acting.posts(world, "moderators")[-1], "onboarding:approve")
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    with monkeypatch.context() as patch:
        patch.setattr(bot.index, "complete", breaks_at_once)
        await awa.actor.autocomplete(world.channel("general"), "lookup", "query", CANARY)
    bot.dispatch("community_set_up", CANARY)
    await asyncio.sleep(0)

    # A statement that the database refuses, and a task that nobody waits for.
    async def refused() -> None:
        async with bot.db.begin() as session:
            await session.execute(text("INSERT INTO kept (key, value) VALUES (:key, NULL)"), {"key": CANARY})

    for forgotten in (breaks, refused):
        task = asyncio.create_task(forgotten())
        await asyncio.wait([task])
        del task
    gc.collect()
    await asyncio.sleep(0)
    logging.getLogger("convenor").debug("the end")

    log = told.getvalue()
    assert "Broken" in log
    assert "never retrieved" in log
    assert "the end" in log, "it is as talkative as it can be"
    assert CANARY not in log
    assert TOKEN not in log
    assert not [token for token in tokens(world) if token in log]
    if log.startswith("{"):
        assert all(json.loads(line)["message"] for line in log.splitlines())


def tokens(world: World) -> list[str]:
    """Those with which anyone could answer in the bot's place for a while."""
    return [interaction.token for interaction in world.env.backend.interactions.values()]


def test_a_record_that_cannot_be_written_is_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    written = io.StringIO()
    handler = SafeHandler(written)
    handler.handle(logging.LogRecord("convenor", logging.INFO, "", 0, "%s and %s", (CANARY,), None))
    assert written.getvalue() == "a record of convenor could not be written\n"
    written.close()
    handler.handle(logging.LogRecord("convenor", logging.INFO, "", 0, CANARY, (), None))
    assert CANARY not in capsys.readouterr().err

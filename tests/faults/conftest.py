"""A server of our own, a database of each sort, and bots that are meant to die."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.databases import db_url, make
from tests.faults import LONG, Figures
from tests.wire.conftest import nursery
from tests.wire.control import Nursery
from tests.wire.scene import Scene, open_scene

__all__ = ["db_url", "nursery"]


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Keeps what a test counted, for the end."""
    return lambda sentence: request.node.user_properties.append(("figures", sentence))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted."""
    reports = [report for sort in ("passed", "failed") for report in terminalreporter.getreports(sort)]
    sentences = [value for report in reports for name, value in report.user_properties if name == "figures"]
    if sentences:
        terminalreporter.section("figures")
        for sentence in dict.fromkeys(sentences):
            terminalreporter.line(str(sentence))


@pytest.fixture
async def scene(tmp_path: Path, nursery: Nursery) -> AsyncGenerator[Scene]:
    """A server with a community in it, on SQLite, without rate limits."""
    async with open_scene(tmp_path, make("sqlite", tmp_path), nursery=nursery) as opened:
        if not LONG:
            opened.environment["WIRE_HURRY_RETRIES"] = "10"
        yield opened


@pytest.fixture
async def deadly(tmp_path: Path, db_url: str, nursery: Nursery) -> AsyncGenerator[Scene]:
    """The same on either database, and so slow that there is something to be killed in between."""
    async with open_scene(tmp_path, db_url, nursery=nursery) as opened:
        await opened.server.order("delay", least=0.005, most=0.05)
        yield opened

"""Convenor without Discord: the real bot in a simulated server, on a page in the browser or told in the terminal."""

import importlib.util
import sys
from pathlib import Path

FAULT = 2


def demo(port: int, screenshots: Path | None) -> int:
    """Serve the demo on 127.0.0.1 until it is ended with Ctrl+C.

    Args:
        port: of the page; 0 takes any free one.
        screenshots: instead, take the pictures of the guides into this folder and end.

    Returns:
        The exit status: 0 ended, 2 something to put right first.
    """
    if not _can_simulate():
        return FAULT
    from bot.demo.run import run

    return run(port, screenshots)


def tour() -> int:
    """Tell the bot's story in the terminal, each step checked.

    Returns:
        The exit status: 0 everything happened, 1 a step did not, 2 something to put right first.
    """
    if not _can_simulate():
        return FAULT
    from bot.demo.story import run

    return run()


def _can_simulate() -> bool:
    """Whether what the simulation needs is installed; says what to do if not."""
    if importlib.util.find_spec("simcord") and importlib.util.find_spec("PIL"):
        return True
    print("The demo and the tour need more packages: pip install 'convenor[demo]', or make demo.", file=sys.stderr)
    return False

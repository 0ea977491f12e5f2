"""`python -m bot` is `convenor`."""

import gc
import sys


def main() -> int:
    """Load the command line and do what it says; returns the exit status."""
    # What is loaded has come to stay: looking through it for what can go, again and again, takes a tenth of the start.
    gc.disable()
    from bot.cli import main as command_line

    gc.enable()
    return command_line()


if __name__ == "__main__":
    sys.exit(main())
